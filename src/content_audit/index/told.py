"""What an index keeps of the last run: its verdicts, and what has changed since."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from content_audit.facts import DamagedIndexError, Facts
from content_audit.files import Stamp, packed
from content_audit.index.database import Database
from content_audit.index.earlier import facts_of, unpacked
from content_audit.index.pages import mend_pages, read_pages, turn_to_pages
from content_audit.index.tables import NEVER, meta, set_meta

Verdict = tuple[bytes, bytes, bytes, str]
"""A document's place in the order of a run, the lines of its findings, these, and what rules could not tell of it."""

STAMP = 8 * len(Stamp._fields)
"""Bytes of a stamp."""


class Files(NamedTuple):
    """Those of one folder, in order: how their paths go on, in UTF-8 with a NUL between them, and their stamps."""

    names: bytes
    stamps: bytes

    def listed(self) -> list[str]:
        """How each path goes on."""
        try:
            return self.names.decode("utf-8", "surrogatepass").split("\0") if self.names else []
        except UnicodeDecodeError as error:
            raise DamagedIndexError("the names of a folder's files are none") from error

    def called(self, names: bytes) -> "Files":
        """Those of these names, with their stamps where they have some here."""
        if names == self.names:
            return self
        places = range(0, len(self.stamps), STAMP)
        stamps = dict(zip(self.listed(), (self.stamps[at : at + STAMP] for at in places), strict=True))
        renamed = Files(names, b"")
        return renamed._replace(stamps=b"".join(stamps.get(name, packed([NEVER])) for name in renamed.listed()))


NONE = Files(b"", b"")
"""Those of a folder that is not there."""

Stamped = dict[str, Files]
"""The files of each folder, by what the paths in it begin with: with a slash at the end, or nothing.

Their stamps have a table of their own: a few changes change no names, which are twice as long.
"""


class Told(Database):
    """The verdicts beside the facts that they rest on.

    Of what rules are asked nothing is kept where another run, at the same time, changed what that rests on.
    """

    _begun: tuple[str, str] | None = None
    _told: str | None = None
    _folders: Stamped

    def begin(self) -> None:
        """From here on, rules are asked about the facts as they are now."""
        self._begun = self._facts()

    def _as_begun(self) -> bool:
        return self._begun in (None, self._facts())

    def _facts(self) -> tuple[str, str]:
        """What changes with the facts, and with the verdicts."""
        return self.generation, meta(self.connection, "told")

    def write(self, changes: Iterable[tuple[str, Iterable[Sequence[Any]]]]) -> None:
        """Make these changes in one transaction: statements, each with the values of every time it is executed."""
        with self.changing() as connection:
            for statement, values in changes if self._as_begun() else ():
                connection.executemany(statement, values)

    @property
    def generation(self) -> str:
        """What tells the facts as they are from what they were before."""
        return meta(self.connection, "generation")

    def told(self) -> dict[str, Any]:
        """What goes with the verdicts, as it was given to `tell`; nothing where there are none."""
        try:
            told = json.loads(meta(self.connection, "told") or "{}")
        except ValueError as error:
            raise DamagedIndexError("what verdicts rest on is not told") from error
        if not isinstance(told, dict):
            raise DamagedIndexError("what verdicts rest on is told otherwise")
        return told

    def tell(self, told: str, folders: Stamped, rows: Iterable[Verdict] | None = None) -> bool:
        """Keep verdicts, on the files of these folders, in place of others; False where they are not kept.

        Without `rows`, these stay as they are.
        """
        with self.changing() as connection:
            if not self._as_begun():
                return False
            for table, part in (("folders", "names"), ("stamps", "stamps")):
                connection.execute(f"DELETE FROM {table}")
                kept = ((path, getattr(each, part)) for path, each in folders.items())
                connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", kept)
            if rows is not None:
                connection.execute("DELETE FROM pages")
                connection.execute("DELETE FROM verdicts")
                connection.executemany("INSERT INTO verdicts VALUES (?, ?, ?, ?)", rows)
                turn_to_pages(connection)
            connection.execute("DELETE FROM earlier")
            set_meta(connection, "told", told)
        return True

    def amend(
        self, told: str, folders: Stamped, left: Iterable[str], gone: Iterable[bytes], rows: Iterable[Verdict]
    ) -> bool:
        """Keep verdicts in place of those of the documents with the places of `gone` and `rows`; False where they are
        not kept.

        They are then on the files of these `folders` and of all others but those that are `left`. What is as it was is
        not written: each row has a page of lines made again.
        """
        with self.changing() as connection:
            if not self._as_begun():
                return False
            for table in ("folders", "stamps"):
                connection.executemany(f"DELETE FROM {table} WHERE path = ?", ((path,) for path in left))
            files = self.folders()
            for path, each in folders.items():
                _keep_folder(connection, path, each, files.get(path, NONE))
            new = {row[0]: row for row in rows}
            before = {row[0]: row for row in self.verdicts({*gone, *new})}
            connection.executemany("DELETE FROM verdicts WHERE place = ?", ((place,) for place in before.keys() - new))
            other = [row for place, row in new.items() if before.get(place) != row]
            connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)", other)
            mend_pages(connection)
            connection.execute("DELETE FROM earlier")
            set_meta(connection, "told", told)
        return True

    def folders(self) -> Stamped:
        """The files that verdicts were told of, as they were then: read once as long as these are told."""
        told = meta(self.connection, "told")
        if self._told != told:
            self._told, self._folders = told, self._read_folders()
        return self._folders

    def _read_folders(self) -> Stamped:
        rows = self.connection.execute("SELECT path, names, stamps FROM folders JOIN stamps USING (path)")
        found = {path: Files(*each) for path, *each in rows}
        try:
            whole = all((each.names.count(b"\0") + 1) * STAMP == len(each.stamps) for each in found.values())
        except (AttributeError, TypeError) as error:
            raise DamagedIndexError("the files of a folder are none") from error
        if not whole:
            raise DamagedIndexError("the stamps of a folder's files are none")
        return found

    def earlier(self) -> dict[int, tuple[str, Facts]]:
        """The documents that have changed since verdicts were told: their paths, and their facts as they were then."""
        rows = self.connection.execute("SELECT doc, path, facts FROM earlier").fetchall()
        try:
            return {doc: (path, unpacked(data)) for doc, path, data in rows}
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedIndexError("what documents were is not told") from error

    def facts(self, doc: int) -> Facts:
        """All that is known of a document: nothing where it is not there."""
        return facts_of(self.connection, doc)

    def shown(self) -> Iterator[bytes]:
        """The lines of all verdicts, in order, in UTF-8."""
        return read_pages(self.connection)

    def verdicts(self, places: Iterable[bytes] | None = None) -> Iterator[Verdict]:
        """All verdicts, in order, or those with these places."""
        if places is None:
            yield from self.connection.execute("SELECT * FROM verdicts ORDER BY place")
        for place in places or ():
            yield from self.connection.execute("SELECT * FROM verdicts WHERE place = ?", (place,))


def _keep_folder(connection: sqlite3.Connection, path: str, now: Files, before: Files) -> None:
    """Keep a folder's files in place of those before, of which what is as it was is not written."""
    if now.names != before.names:
        connection.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", (path, now.names))
    if not before.stamps or len(now.stamps) != len(before.stamps):
        connection.execute("INSERT OR REPLACE INTO stamps VALUES (?, ?)", (path, now.stamps))
        return
    (row,) = connection.execute("SELECT rowid FROM stamps WHERE path = ?", (path,)).fetchone()
    with connection.blobopen("stamps", "stamps", row) as stamps:
        for at, stamp in differing(now.stamps, before.stamps):
            stamps.seek(at)
            stamps.write(stamp)


def differing(stamps: bytes, others: bytes) -> Iterator[tuple[int, bytes]]:
    """The stamps that differ from as many others, with the places where they begin.

    They are looked for in halves, most being what they were.
    """
    left = [(0, len(stamps))]
    while left:
        start, end = left.pop()
        if stamps[start:end] == others[start:end]:
            continue
        if end - start <= STAMP:
            yield start, stamps[start:end]
        else:
            middle = (start + end) // 2 // STAMP * STAMP
            left += (middle, end), (start, middle)
