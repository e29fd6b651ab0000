"""Lines as editors count them: ended by LF, CRLF or CR and by nothing else."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from content_audit.expressions import expression

LINE_END = expression(r"\r\n|\n|\r")


def line_starts(text: str) -> list[int]:
    """The offset of each line's first character; the first is 0, and a text that ends with a line end has one more."""
    if "\r" not in text:
        starts, at = [0], text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts
    return [0, *(m.end() for m in LINE_END.finditer(text))]


def line_of(starts: Sequence[int], offset: int) -> int:
    """The 1-based line that an offset stands in."""
    return bisect_right(starts, offset)


def iter_lines(text: str, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """(start, end without line end, end with it) of each line from `start` on; no empty line after the last end."""
    at = start
    for match in LINE_END.finditer(text, start):
        yield at, match.start(), match.end()
        at = match.end()
    if at < len(text):
        yield at, len(text), len(text)
