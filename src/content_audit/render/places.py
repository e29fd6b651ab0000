"""Places of findings in the units that formats count in: bytes of UTF-8, code units of UTF-16."""

from collections.abc import Callable
from typing import NamedTuple

from content_audit.model import Span
from content_audit.render import ReadText
from content_audit.report import Position, Report, position

Size = Callable[[str], int]


def utf8(text: str) -> int:
    """The length of a text in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16(text: str) -> int:
    """The length of a text in code units of UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


class Place(NamedTuple):
    """Lines and columns of a span, from 1, its end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The places of a report's findings; of the documents' texts the last one is kept.

    Where a text can't be read any more, columns are in code points.
    """

    def __init__(self, report: Report, read_text: ReadText, size: Size) -> None:
        self._report, self._read_text, self._size = report, read_text, size
        self._path, self._text = "", ""

    def place(self, span: Span) -> Place:
        """Where a span stands."""
        starts = self._report.starts(span.path)
        start, end = position(starts, span.start), position(starts, span.end)
        return Place(start.line, self._column(span.path, start), end.line, self._column(span.path, end))

    def text(self, span: Span) -> str | None:
        """What stands there; None where it can't be read any more."""
        text = self._read(span.path)[span.start : span.end]
        return text if len(text) == span.end - span.start else None

    def _read(self, path: str) -> str:
        if path != self._path:
            self._path, self._text = path, self._read_text(path)
        return self._text

    def _column(self, path: str, at: Position) -> int:
        before = self._read(path)[at.offset - at.column + 1 : at.offset]
        return 1 + self._size(before) if len(before) == at.column - 1 else at.column
