"""The index's tables: made, filled and emptied document by document."""

import marshal
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, get_type_hints

from content_audit.facts import INDEXES, TABLES, Facts, doc_key
from content_audit.files import Stamp
from content_audit.index import pages
from content_audit.index.neighbours import NEIGHBOURS
from content_audit.index.problems import load
from content_audit.model import Problem

NEVER = Stamp(-1, -1, -1, -1)
"""The stamp of a file that must be read again."""

OWN = ("meta", "files", "verdicts", "earlier", "folders", "stamps", "pages")
"""The tables besides those of facts."""

SQL_TYPES = {int: "INTEGER NOT NULL", str: "TEXT NOT NULL"}


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that a run keeps of one document: the unit of caching, and what worker processes return. Never the text.

    `digest` is of the bytes; `lines` has the offset of each line's start; `packed` are the problems, with the codes of
    their rules, as the index keeps them.
    """

    path: str
    digest: str
    lines: bytes
    facts: Facts
    packed: bytes

    @property
    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """The problems, with the codes of their rules."""
        return load(self.path, self.packed)

    def __reduce__(self) -> tuple[Any, ...]:
        """On its way between processes it is one text of plain values: .03 ms instead of .14 to .2 there and back."""
        rows = [[*map(tuple, table)] for table in self.facts]
        return _unpacked, (marshal.dumps((self.path, self.digest, self.lines, rows, self.packed)),)


def _unpacked(data: bytes) -> FileResult:
    path, digest, lines, rows, packed = marshal.loads(data)
    facts = (tuple(map(kind._make, table)) for kind, table in zip(TABLES.values(), rows, strict=True))
    return FileResult(path, digest, lines, Facts._make(facts), packed)


def meta(connection: sqlite3.Connection, name: str) -> str:
    """What the index says of itself under this name; "" where it says nothing, or is none."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0]) if row else ""


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Let it say that."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def create(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table in (*OWN, *TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.execute(
        "CREATE TABLE files (doc INTEGER PRIMARY KEY, path TEXT NOT NULL, mtime_ns INTEGER NOT NULL, "
        "ctime_ns INTEGER NOT NULL, size INTEGER NOT NULL, inode INTEGER NOT NULL, digest TEXT NOT NULL, "
        "lines BLOB NOT NULL, problems BLOB NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE verdicts "
        "(place BLOB PRIMARY KEY, shown BLOB NOT NULL, problems BLOB NOT NULL, unjudged TEXT NOT NULL)"
    )
    connection.execute("CREATE TABLE folders (path TEXT PRIMARY KEY, names BLOB NOT NULL)")
    connection.execute("CREATE TABLE stamps (path TEXT PRIMARY KEY, stamps BLOB NOT NULL)")
    connection.execute("CREATE TABLE earlier (doc INTEGER PRIMARY KEY, path TEXT NOT NULL, facts BLOB NOT NULL)")
    for statement in (pages.TABLE, *pages.TRIGGERS):
        connection.execute(statement)
    for table, columns in NEIGHBOURS.items():
        connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute(f"CREATE TABLE {table} {columns}")
    for table, row in TABLES.items():
        columns = ", ".join(f"{name} {SQL_TYPES[kind]}" for name, kind in get_type_hints(row).items())
        connection.execute(f"CREATE TABLE {table} ({columns})")
    create_keys(connection)
    set_meta(connection, "key", key)
    connection.execute("COMMIT")


def create_keys(connection: sqlite3.Connection) -> None:
    """Make the keys that are missing."""
    for name, place in _keys():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {place}")


def drop_keys(connection: sqlite3.Connection) -> None:
    """Do without them for now."""
    for name, _ in _keys():
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def _keys() -> Iterator[tuple[str, str]]:
    """The name of each key, and its table and columns; each table has one by document.

    That of files tells their number, for which the table itself is read from end to end: .1 s for 100,000.
    """
    yield "files_0", "files (doc)"
    for table in TABLES:
        own = () if any(names[0] == "doc" for names in INDEXES[table]) else (("doc",),)
        for number, names in enumerate((*own, *INDEXES[table])):
            yield f"{table}_{number}", f"{table} ({', '.join(names)})"


def delete(connection: sqlite3.Connection, doc: int) -> None:
    """Drop what is known of a document."""
    if connection.execute("SELECT 1 FROM main.files WHERE doc = ?", (doc,)).fetchone() is None:
        return
    for table in ("files", *TABLES):
        connection.execute(f"DELETE FROM main.{table} WHERE doc = ?", (doc,))


def insert(connection: sqlite3.Connection, results: Sequence[tuple[FileResult, Stamp | None]]) -> None:
    """Add these results, of which nothing is known."""
    rows = ((doc_key(r.path), r.path, *(stamp or NEVER), r.digest, r.lines, r.packed) for r, stamp in results)
    connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for table, kind in TABLES.items():
        places = ", ".join("?" * len(kind._fields))
        facts = chain.from_iterable(getattr(result.facts, table) for result, _ in results)
        connection.executemany(f"INSERT INTO main.{table} VALUES ({places})", facts)
