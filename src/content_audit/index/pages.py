"""The lines of all findings as they are shown, some hundred kilobytes at a time: what has not changed is read as it is.

A page has the lines of all verdicts from its place on, up to the next one's. Where one of these changes it is empty,
and its lines are those of the verdicts.
"""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise

PAGE = 262_144
"""Bytes: 54 MB of lines are read in .02 s; from 36,000 verdicts, and from pages of 4 MB, in three times that."""

TABLE = "CREATE TABLE pages (place BLOB PRIMARY KEY, lines BLOB)"

TRIGGERS = tuple(
    f"CREATE TRIGGER pages_after_{event} AFTER {event} ON verdicts BEGIN UPDATE pages SET lines = NULL "
    f"WHERE place = (SELECT MAX(place) FROM pages WHERE place <= {row}.place); END"
    for event, row in (("DELETE", "OLD"), ("INSERT", "NEW"))
)


def turn_to_pages(connection: sqlite3.Connection) -> None:
    """Make the pages of the verdicts as they are."""
    connection.execute("DELETE FROM pages")
    first, lines, size = b"", list[bytes](), 0
    for place, shown in connection.execute("SELECT place, shown FROM verdicts ORDER BY place"):
        if size >= PAGE:
            _add(connection, first, lines)
            first, lines, size = place, [], 0
        lines.append(shown)
        size += len(shown)
    _add(connection, first, lines)


def _add(connection: sqlite3.Connection, first: bytes, lines: list[bytes]) -> None:
    connection.execute("INSERT INTO pages VALUES (?, ?)", (first, b"".join(lines)))


def mend_pages(connection: sqlite3.Connection) -> None:
    """Fill the empty ones: from here on, they are read as they are."""
    empty = {place for (place,) in connection.execute("SELECT place FROM pages WHERE lines IS NULL")}
    for first, after in _places(connection):
        if first in empty:
            lines = b"".join(_shown(connection, first, after))
            connection.execute("UPDATE pages SET lines = ? WHERE place = ?", (lines, first))


def read_pages(connection: sqlite3.Connection) -> Iterator[bytes]:
    """All lines, in order."""
    for first, after in _places(connection):
        lines = _lines(connection, first)
        yield from _shown(connection, first, after) if lines is None else (lines,)


def _places(connection: sqlite3.Connection) -> list[tuple[bytes, bytes | None]]:
    """Where each page begins, and the next one."""
    places = [place for (place,) in connection.execute("SELECT place FROM pages ORDER BY place")]
    return [*pairwise([*places, None])]


def _lines(connection: sqlite3.Connection, place: bytes) -> bytes | None:
    (lines,) = connection.execute("SELECT lines FROM pages WHERE place = ?", (place,)).fetchone()
    return lines if lines is None else bytes(lines)


def _shown(connection: sqlite3.Connection, first: bytes, after: bytes | None) -> Iterator[bytes]:
    asked = "SELECT shown FROM verdicts WHERE place >= ? AND (? IS NULL OR place < ?) ORDER BY place"
    for (shown,) in connection.execute(asked, (first, after, after)):
        yield shown
