"""The facts in SQLite: what a run remembers of each file, and the engine that collection rules are asked of.

An index is never trusted: one that is damaged, foreign or made by another configuration is dropped and built anew. So
is one that another user wrote: a repository may bring an index that says what its author likes.
"""

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from content_audit.facts import TABLES, DamagedIndexError, doc_key
from content_audit.files import Stamp
from content_audit.index.asking import ask_all
from content_audit.index.database import parted
from content_audit.index.earlier import note
from content_audit.index.place import FILE, FOLDER, SECRET, file_name, parts, remove, sealed, user_secret
from content_audit.index.problems import load
from content_audit.index.tables import (
    OWN,
    FileResult,
    create,
    create_keys,
    delete,
    drop_keys,
    insert,
    meta,
    set_meta,
)
from content_audit.index.told import Files, Stamped, Told, Verdict
from content_audit.model import Problem

Outcome = TypeVar("Outcome")

UNUSABLE = (sqlite3.Error, DamagedIndexError)
"""What an index that is damaged, locked or full raises in the middle of a run; `Index.rebuild` is the way on."""

FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""The errors of a disk that has no room for an index, or for what SQLite sorts: what is asked again is so in memory."""

UNNAMED, IN_MEMORY = "", ":memory:"
"""SQLite keeps such a database in memory: of the first what does not fit its cache in a temporary file of its own."""

SCHEMA = 36
CHECKED_WHOLE = 4_000_000
"""Bytes of an index up to which all of it is checked before it is used, in .03 s; a larger one is checked page by page
as it is read: for 100,000 documents a whole check takes a minute and a half from a cold disk."""
CACHE_KB = 16_384
"""Of the index's pages that are kept, and of what is sorted before it goes to a file. With 64 MB storing 30,000
documents and asking about them takes as long."""
READ_KB = 256
"""The same where all is read once: the lines of 267,577 findings take half of the time that a cache of 64 MB takes."""
BUSY_SECONDS = 30
"""How long another run is waited for: a transaction of 512 results takes .12 s, many runs may be in line."""


class Index(Told):
    """The index in `folder`, or one in memory where that is None; `key` tells one configuration from another.

    `lost` has what could not be examined since it was opened; no file keeps it.
    """

    def __init__(self, folder: Path | None, key: str, name: str = FILE) -> None:
        self.key = key
        self.file = folder / name if folder else None
        self.lost: set[object] = set()
        self.full = False
        self.connection = self._open()

    @classmethod
    def of_user(cls, folder: Path, name: str, key: Callable[[str], str]) -> "Index | None":
        """The index as an earlier run left it, if it has the key that follows from what it tells; else None."""
        file = folder / name
        if folder.is_symlink() or not file.is_file() or any(part.is_symlink() for part in parts(file)):
            return None
        with contextlib.suppress(sqlite3.Error):
            connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                told, known = meta(connection, "told"), meta(connection, "key")
            finally:
                connection.close()
            if known and known == key(told):
                index = cls(folder, known, name)
                index.connection.execute(f"PRAGMA cache_size = {-READ_KB}")
                return index
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def _open(self) -> sqlite3.Connection:
        if self.file is not None and not self.file.parent.is_symlink():
            with contextlib.suppress(OSError, sqlite3.Error):
                remove(self.file, Path.is_symlink)
                return self._open_file(self.file)
            with contextlib.suppress(OSError, sqlite3.Error):
                remove(self.file)
                return self._open_file(self.file)
        connection = sqlite3.connect(IN_MEMORY if self.full else UNNAMED, isolation_level=None)
        self._bounded(connection)
        create(connection, self.key)
        ask_all(connection)
        return connection

    def reliably(self, work: Callable[[], Outcome]) -> Outcome:
        """The outcome of `work`, which asks this index. One that breaks on the way is built anew, and asked again."""
        try:
            return work()
        except UNUSABLE as error:
            self.rebuild(full=getattr(error, "sqlite_errorcode", 0) & 0xFF in FULL)
            return work()

    def rebuild(self, full: bool = False) -> None:
        """Go on with an empty index: a new file where one can be written and the disk is not full, else in memory."""
        self.connection.close()
        self.lost.clear()
        if self.file is not None:
            with contextlib.suppress(OSError):
                remove(self.file)
        if full:
            self.file, self.full = None, True
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
            self._bounded(connection)
            if meta(connection, "key") != self.key:
                create(connection, self.key)
            for table in (*OWN, *TABLES):
                connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall()
            small = file.stat().st_size <= CHECKED_WHOLE
            if small and connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the index is damaged")
            create_keys(connection)
            ask_all(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _bounded(self, connection: sqlite3.Connection) -> None:
        """Say what it may have in memory: all that is sorted, too, once there was no room for that on disk."""
        connection.execute(f"PRAGMA cache_size = {-CACHE_KB}")
        if self.full:
            connection.execute("PRAGMA temp_store = MEMORY")

    def stamps(self, paths: Iterable[str]) -> Iterator[Stamp | None]:
        """The stamp of each of these files as it was when its result was stored; None where it is not known."""
        columns = ", ".join(Stamp._fields)
        for docs in parted(map(doc_key, paths)):
            rows = self.among(f"SELECT doc, {columns} FROM files WHERE doc IN", docs)
            known = {row.pop("doc"): Stamp(**row) for row in rows}
            yield from map(known.get, docs)

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

    def store(self, results: Sequence[tuple[FileResult, Stamp | None]]) -> None:
        """Keep these results in place of what was known of their files, in one transaction."""
        with self.changing() as connection:
            self._change(connection, [result.path for result, _ in results])
            for result, _ in results:
                delete(connection, doc_key(result.path))
            insert(connection, results)

    def _change(self, connection: sqlite3.Connection, paths: Iterable[str]) -> None:
        """What is known of these documents is about to change: verdicts hold no more, or for the others alone."""
        set_meta(connection, "generation", os.urandom(8).hex())
        if meta(connection, "told") and not note(connection, paths):
            set_meta(connection, "told", "")
            connection.execute("DELETE FROM earlier")

    @contextlib.contextmanager
    def filling(self) -> Iterator[None]:
        """While many results are stored in an index that has none yet: its keys are sorted once, at the end.

        For 10,000 documents that takes .15 ms of each instead of .31. Where it does not come to the end, the keys are
        made when the index is opened again.
        """
        if self.connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is not None:
            yield
            return
        with self.changing() as connection:
            drop_keys(connection)
        yield
        with self.changing() as connection:
            create_keys(connection)

    def restamp(self, path: str, stamp: Stamp) -> None:
        """The file was touched, its bytes are the same."""
        self.connection.execute(
            "UPDATE files SET mtime_ns = ?, ctime_ns = ?, size = ?, inode = ? WHERE doc = ?", (*stamp, doc_key(path))
        )

    def collection(self, paths: Sequence[str], inventory: Iterable[str] = ()) -> None:
        """From here on, facts are those of these files, of which all are known. What is known of files that are gone is
        dropped.

        `inventory` has the keys of targets that exist elsewhere: the table of that name, which no file keeps.
        """
        self.connection.execute("DROP TABLE IF EXISTS temp.inventory")
        self.connection.execute("CREATE TEMP TABLE inventory (target_key TEXT PRIMARY KEY) WITHOUT ROWID")
        self.connection.executemany("INSERT INTO temp.inventory VALUES (?)", ((key,) for key in set(inventory)))
        (known,) = self.connection.execute("SELECT COUNT(*) FROM main.files").fetchone()
        others = set[str]() if known == len(paths) else set(self._paths()).difference(paths)
        gone = [path for path in others if not Path(path).exists()]
        if gone:
            with self.changing() as connection:
                self._change(connection, gone)
                for path in gone:
                    delete(connection, doc_key(path))
        for table in TABLES:
            self.connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
        self.connection.execute("DROP TABLE IF EXISTS temp.current_docs")
        if len(gone) < len(others):
            self.connection.execute("CREATE TEMP TABLE current_docs (doc INTEGER PRIMARY KEY)")
            docs = ((doc_key(path),) for path in paths)
            self.connection.executemany("INSERT INTO temp.current_docs VALUES (?)", docs)
            for table in TABLES:
                chosen = f"SELECT * FROM main.{table} WHERE doc IN (SELECT doc FROM temp.current_docs)"
                self.connection.execute(f"CREATE TEMP VIEW {table} AS {chosen}")
        ask_all(self.connection)
        self.begin()

    def _paths(self) -> Iterator[str]:
        """What is called what in this index."""
        return (path for (path,) in self.connection.execute("SELECT path FROM main.files"))

    def problems(self, paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
        """The problems stored for these files, in the files' order."""
        for row in self.rows_of(paths, "files", "path, problems"):
            try:
                yield from load(row["path"], row["problems"]) if row["problems"] else ()
            except (zlib.error, ValueError, TypeError) as error:
                raise DamagedIndexError(f"{row['path']}: its problems are none") from error

    def lines(self, path: str) -> bytes:
        """The offsets of a file's lines, as `FileResult` has them."""
        row = self.connection.execute("SELECT lines FROM files WHERE doc = ?", (doc_key(path),)).fetchone()
        lines = row[0] if row else b""
        if not isinstance(lines, bytes) or len(lines) % 4:
            raise DamagedIndexError(f"{path}: its lines are none")
        return lines


__all__ = [
    "FILE",
    "FOLDER",
    "SECRET",
    "UNUSABLE",
    "DamagedIndexError",
    "FileResult",
    "Files",
    "Index",
    "Stamped",
    "Verdict",
    "file_name",
    "sealed",
    "user_secret",
]
