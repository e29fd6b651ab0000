"""The facts in SQLite: what a run remembers of each file, and the engine that collection rules are asked of.

An index is never trusted: one that is damaged, foreign or made by another configuration is dropped and built anew. So
is one that another user wrote: a repository may bring an index that says what its author likes.
"""

import contextlib
import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, get_type_hints

from content_audit.facts import INDEXES, TABLES, Facts, doc_key
from content_audit.files import Stamp
from content_audit.model import Edit, Fix, Problem, Related, Span
from content_audit.rule import Row

Outcome = TypeVar("Outcome")


class DamagedIndexError(Exception):
    """The index holds something that no run wrote."""


UNUSABLE = (sqlite3.Error, DamagedIndexError)
"""What an index that is damaged, locked or full raises in the middle of a run; `Index.rebuild` is the way on."""

FOLDER = ".content-audit-cache"
FILE = "index.sqlite"
SECRET = "index-secret"
SECRET_BYTES = 32
"""As many bits as the hash of the key takes: nobody tries 2^256."""
UNNAMED = ""
"""SQLite keeps such a database in memory, and in a temporary file of its own what does not fit its cache."""

SCHEMA = 29
CHECKED_WHOLE = 4_000_000
"""Bytes of an index up to which all of it is checked before it is used, in .03 s; a larger one is checked page by page
as it is read: for 100,000 documents a whole check takes a minute and a half from a cold disk."""
BUSY_SECONDS = 30
"""How long another run is waited for: a transaction of 512 results takes .12 s, many runs may be in line."""
SQL_TYPES = {int: "INTEGER NOT NULL", str: "TEXT NOT NULL"}


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that a run keeps of one document: the unit of caching, and what worker processes return. Never the text.

    `digest` is of the bytes; `lines` has the offset of each line's start; `problems` go with the codes of their rules.
    """

    path: str
    digest: str
    lines: bytes
    facts: Facts
    problems: tuple[tuple[str, Problem], ...]


class Index:
    """The index in `folder`, or one in memory where that is None; `key` tells one configuration from another.

    `lost` has what could not be examined since it was opened; no file keeps it.
    """

    def __init__(self, folder: Path | None, key: str, name: str = FILE) -> None:
        self.key = key
        self.file = folder / name if folder else None
        self.current: frozenset[str] = frozenset()
        self.lost: set[object] = set()
        self.connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def _open(self) -> sqlite3.Connection:
        if self.file is not None and not self.file.parent.is_symlink():
            with contextlib.suppress(OSError, sqlite3.Error):
                _remove(self.file, Path.is_symlink)
                return self._open_file(self.file)
            with contextlib.suppress(OSError, sqlite3.Error):
                _remove(self.file)
                return self._open_file(self.file)
        connection = sqlite3.connect(UNNAMED, isolation_level=None)
        _create(connection, self.key)
        return connection

    def reliably(self, work: Callable[[], Outcome]) -> Outcome:
        """The outcome of `work`, which asks this index. One that breaks on the way is built anew, and asked again."""
        try:
            return work()
        except UNUSABLE:
            self.rebuild()
            return work()

    def rebuild(self) -> None:
        """Go on with an empty index: a new file where one can be written, else in memory."""
        self.connection.close()
        self.lost.clear()
        if self.file is not None:
            with contextlib.suppress(OSError):
                _remove(self.file)
        self.connection = self._open()

    def _open_file(self, file: Path) -> sqlite3.Connection:
        file.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), (file.parent / ".gitignore").open("x", encoding="utf-8") as ignore:
            ignore.write("*\n")
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cell_size_check = ON")
            if _stored_key(connection) != self.key:
                _create(connection, self.key)
            for table in ("files", *TABLES):
                connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall()
            small = file.stat().st_size <= CHECKED_WHOLE
            if small and connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the index is damaged")
        except BaseException:
            connection.close()
            raise
        return connection

    def stamps(self) -> dict[str, Stamp]:
        """The stamp of each file as it was when its result was stored."""
        rows = self.connection.execute("SELECT path, mtime_ns, ctime_ns, size FROM files")
        return {path: Stamp(*stamp) for path, *stamp in rows}

    def digest(self, path: str) -> str | None:
        """The digest of the bytes that this file had; None where it is not known."""
        row = self.connection.execute("SELECT digest FROM files WHERE doc = ?", (doc_key(path),)).fetchone()
        return str(row[0]) if row else None

    def detached(self) -> "Index":
        """A copy that vanishes when it is closed, for what must leave no trace in the index."""
        copy = Index(None, self.key)
        copy.lost = self.lost
        self.connection.backup(copy.connection)
        return copy

    def store(self, results: Iterable[tuple[FileResult, Stamp | None]]) -> None:
        """Keep these results in place of what was known of their files, in one transaction."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            for result, stamp in results:
                _delete(connection, doc_key(result.path))
                _insert(connection, result, stamp)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def restamp(self, path: str, stamp: Stamp) -> None:
        """The file was touched, its bytes are the same."""
        self.connection.execute(
            "UPDATE files SET mtime_ns = ?, ctime_ns = ?, size = ? WHERE doc = ?",
            (stamp.mtime_ns, stamp.ctime_ns, stamp.size, doc_key(path)),
        )

    def collection(self, paths: Sequence[str], inventory: Iterable[str] = ()) -> None:
        """From here on, facts are those of these files. What is known of files that are gone is dropped.

        `inventory` has the keys of targets that exist elsewhere: the table of that name, which no file keeps.
        """
        self.connection.execute("DROP TABLE IF EXISTS temp.inventory")
        self.connection.execute("CREATE TEMP TABLE inventory (target_key TEXT PRIMARY KEY) WITHOUT ROWID")
        self.connection.executemany("INSERT INTO temp.inventory VALUES (?)", ((key,) for key in set(inventory)))
        known = {path for (path,) in self.connection.execute("SELECT path FROM files")}
        self.current = frozenset(paths)
        others = known - self.current
        gone = [path for path in others if not Path(path).exists()]
        if gone:
            self.connection.execute("BEGIN IMMEDIATE")
            for path in gone:
                _delete(self.connection, doc_key(path))
            self.connection.execute("COMMIT")
        for table in TABLES:
            self.connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
        self.connection.execute("DROP TABLE IF EXISTS temp.current_docs")
        if len(gone) < len(others):
            self.connection.execute("CREATE TEMP TABLE current_docs (doc INTEGER PRIMARY KEY)")
            self.connection.executemany(
                "INSERT INTO temp.current_docs VALUES (?)", [(doc_key(p),) for p in self.current]
            )
            for table in TABLES:
                chosen = f"SELECT * FROM main.{table} WHERE doc IN (SELECT doc FROM temp.current_docs)"
                self.connection.execute(f"CREATE TEMP VIEW {table} AS {chosen}")

    def query(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """The rows of a query, as mappings of column to value; `values` stand for its question marks."""
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))

    def keep(self, table: str, sql: str, key: Sequence[str] = ()) -> None:
        """From here on, the rows of this query are a table of this name, gone with the index's connection.

        They are found by the columns of `key`.
        """
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self.connection.execute(f"CREATE TEMP TABLE {table} AS {sql}")
        if key:
            self.connection.execute(f"CREATE INDEX temp.{table}_key ON {table} ({', '.join(key)})")

    def hold(self, table: str, key: Sequence[str], rows: Iterable[Sequence[int]]) -> None:
        """The same with these rows, whose columns are those of `key`."""
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        columns = ", ".join(f"{name} {SQL_TYPES[int]}" for name in key)
        self.connection.execute(f"CREATE TEMP TABLE {table} ({columns}, PRIMARY KEY ({', '.join(key)})) WITHOUT ROWID")
        marks = ", ".join("?" * len(key))
        self.connection.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES ({marks})", list(rows))

    def problems(self, path: str) -> tuple[tuple[str, Problem], ...]:
        """The problems stored for a file; empty where it has none."""
        row = self.connection.execute("SELECT problems FROM files WHERE doc = ?", (doc_key(path),)).fetchone()
        try:
            return _load(path, row[0]) if row and row[0] else ()
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedIndexError(f"{path}: its problems are none") from error

    def lines(self, path: str) -> bytes:
        """The offsets of a file's lines, as `FileResult` has them."""
        row = self.connection.execute("SELECT lines FROM files WHERE doc = ?", (doc_key(path),)).fetchone()
        lines = row[0] if row else b""
        if not isinstance(lines, bytes) or len(lines) % 4:
            raise DamagedIndexError(f"{path}: its lines are none")
        return lines


def user_secret(folder: Path) -> str:
    """What this user's runs alone know, from a file in `folder`, made where there is none; "" where that can't be.

    Mixed into the key of an index it tells the user's own from one that somebody else put there.
    """
    file = folder / SECRET
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(secrets.token_hex(SECRET_BYTES))
        text = file.read_text(encoding="ascii", errors="replace")
        return text if len(text) == 2 * SECRET_BYTES else ""
    return ""


def sealed(key: str, secret: str) -> str:
    """The key of an index that only who knows the secret can have written."""
    return blake2b(key.encode("utf-8"), key=secret.encode("ascii")[:64], digest_size=16).hexdigest()


def _remove(file: Path, which: Callable[[Path], bool] = lambda file: True) -> None:
    """Delete the index's files, or `which` of them: SQLite would follow links to databases of others."""
    for name in (file.with_name(file.name + end) for end in ("", "-wal", "-shm")):
        if which(name):
            name.unlink(missing_ok=True)


def file_name(working: Path, folder: Path) -> str:
    """The index's file for runs in `working`: paths are remembered relative to it, so each folder below has its own."""
    return FILE if working == folder else f"index-{doc_key(str(working)):016x}.sqlite"


def _stored_key(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
    except sqlite3.OperationalError:
        return None
    return str(row[0]) if row else None


def _create(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table in ("meta", "files", *TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.execute(
        "CREATE TABLE files (doc INTEGER PRIMARY KEY, path TEXT NOT NULL, mtime_ns INTEGER NOT NULL, "
        "ctime_ns INTEGER NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL, "
        "lines BLOB NOT NULL, problems BLOB NOT NULL)"
    )
    for table, row in TABLES.items():
        columns = ", ".join(f"{name} {SQL_TYPES[kind]}" for name, kind in get_type_hints(row).items())
        connection.execute(f"CREATE TABLE {table} ({columns})")
        own = () if any(names[0] == "doc" for names in INDEXES[table]) else (("doc",),)
        for number, names in enumerate((*own, *INDEXES[table])):
            connection.execute(f"CREATE INDEX {table}_{number} ON {table} ({', '.join(names)})")
    connection.execute("INSERT INTO meta VALUES ('key', ?)", (key,))
    connection.execute("COMMIT")


def _delete(connection: sqlite3.Connection, doc: int) -> None:
    for table in ("files", *TABLES):
        connection.execute(f"DELETE FROM main.{table} WHERE doc = ?", (doc,))


def _insert(connection: sqlite3.Connection, result: FileResult, stamp: Stamp | None) -> None:
    stamp = stamp or Stamp(-1, -1, -1)
    row = (
        doc_key(result.path),
        result.path,
        stamp.mtime_ns,
        stamp.ctime_ns,
        stamp.size,
        result.digest,
        result.lines,
        _dump(result.problems),
    )
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    for table, kind in TABLES.items():
        places = ", ".join("?" * len(kind._fields))
        connection.executemany(f"INSERT INTO main.{table} VALUES ({places})", getattr(result.facts, table))


def _dump(problems: tuple[tuple[str, Problem], ...]) -> bytes:
    """Problems as compressed JSON: an index must hold nothing that could run when it is read."""
    rows = []
    for code, problem in problems:
        fix = problem.fix and [
            [[e.start, e.end, e.text] for e in problem.fix.edits],
            problem.fix.safety,
            problem.fix.title,
        ]
        related = [[r.span.path, r.span.start, r.span.end, r.message] for r in problem.related]
        rows.append([code, problem.span.start, problem.span.end, problem.message, problem.evidence, fix, related])
    return zlib.compress(json.dumps(rows, ensure_ascii=True).encode("ascii"), 1) if rows else b""


def _load(path: str, data: bytes) -> tuple[tuple[str, Problem], ...]:
    return tuple(_problem(path, row) for row in json.loads(zlib.decompress(data)))


def _problem(path: str, row: Sequence[Any]) -> tuple[str, Problem]:
    code, start, end, message, evidence, fix, related = row
    made = Fix(tuple(Edit(*edit) for edit in fix[0]), fix[1], fix[2]) if fix else None
    others = tuple(Related(Span(p, s, e), text) for p, s, e, text in related)
    given: Mapping[str, Any] = evidence
    return str(code), Problem(Span(path, start, end), message, given, made, others)
