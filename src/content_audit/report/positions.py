"""Offsets to lines and columns: done once, at the edge, from the offsets of the lines alone."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from content_audit.lines import line_starts


class Position(NamedTuple):
    """A place in a document: line and column from 1, offset from 0, all in code points."""

    line: int
    column: int
    offset: int


def pack(text: str) -> bytes:
    """The offset of each line's start, as 32-bit integers."""
    return array("I", line_starts(text)).tobytes()


def unpack(lines: bytes) -> Sequence[int]:
    """What `pack` packed; at least the first line."""
    return array("I", lines) if lines else array("I", [0])


def position(starts: Sequence[int], offset: int) -> Position:
    """The place of an offset in a text whose lines start at `starts`."""
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1, offset)
