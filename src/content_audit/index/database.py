"""The tables of an index, as rules ask them and as changes are made to them."""

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from content_audit.facts import doc_key
from content_audit.index.asking import ask_all, ask_some
from content_audit.index.tables import SQL_TYPES

if TYPE_CHECKING:
    from content_audit.rule import Row, Tie

Item = TypeVar("Item")

ASKED = 512
"""Documents that one query asks for: SQLite takes 999 values, before 3.32."""


class Database:
    """What is behind `connection`."""

    connection: sqlite3.Connection

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # where a disk is full SQLite has done so itself
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @property
    def number(self) -> int:
        """Of the documents that rules are asked about."""
        (number,) = self.connection.execute("SELECT COUNT(*) FROM documents").fetchone()
        return int(number)

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator["Row"]:
        """The rows of a query, as mappings of column to value; `values` stand for its question marks."""
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))

    def rows_of(self, paths: Iterable[str], table: str, columns: str) -> Iterator["Row"]:
        """The rows of these documents in a table that has one for each, in the order of `paths`; not all are known."""
        return self.with_keys(map(doc_key, paths), table, columns)

    def with_keys(self, docs: Iterable[int], table: str, columns: str) -> Iterator["Row"]:
        """The same of the documents with these keys, in their order."""
        for some in parted(docs):
            rows = {row["doc"]: row for row in self.among(f"SELECT doc, {columns} FROM {table} WHERE doc IN", some)}
            yield from (rows[doc] for doc in some if doc in rows)

    def among(self, sql: str, docs: Iterable[int]) -> Iterator["Row"]:
        """The rows of a query that ends where the keys of these documents are to stand."""
        for some in parted(docs):
            yield from self.query(f"{sql} ({', '.join('?' * len(some))})", some)

    def keep(self, table: str, sql: str, key: Sequence[str] = ()) -> None:
        """From here on, the rows of this query are a table of this name, gone with the index's connection.

        They are found by the columns of `key`.
        """
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self.connection.execute(f"CREATE TEMP TABLE {table} AS {sql}")
        if key:
            self.connection.execute(f"CREATE INDEX temp.{table}_key ON {table} ({', '.join(key)})")

    def hold(self, table: str, key: Sequence[str], rows: Iterable[Sequence[int | str]], kind: type = int) -> None:
        """The same with these rows, whose columns are those of `key`, all of one kind."""
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        columns = ", ".join(f"{name} {SQL_TYPES[kind]}" for name in key)
        self.connection.execute(f"CREATE TEMP TABLE {table} ({columns}, PRIMARY KEY ({', '.join(key)})) WITHOUT ROWID")
        marks = ", ".join("?" * len(key))
        self.connection.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES ({marks})", list(rows))

    @contextlib.contextmanager
    def asking(self, docs: Mapping["Tie", Collection[int]]) -> Iterator[None]:
        """Meanwhile, rules are asked about these documents alone (`content_audit.index.asking`)."""
        ask_some(self.connection, docs)
        try:
            yield
        finally:
            ask_all(self.connection)


def parted(items: Iterable[Item]) -> Iterator[list[Item]]:
    """These, so many at a time as one query asks for."""
    left = iter(items)
    while some := [*islice(left, ASKED)]:
        yield some
