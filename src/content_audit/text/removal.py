"""Removes whole lines so that paragraphs stay apart and no pile of blank lines is left."""

from collections.abc import Sequence

from content_audit.expressions import expression
from content_audit.model import Edit

Place = tuple[int, int]
"""Half-open offsets into a text."""

_BLANKS_AFTER = expression(r"(?:[ \t]*(?:\r\n|\r|\n))*(?:[ \t]+\Z)?")
_CONTENT = expression(r"[^ \t\r\n]")
_LINE_END = expression(r"[ \t]*(?:\r\n|\r|\n)?")


def removals(text: str, floor: int, places: Sequence[Place]) -> list[Edit]:
    """One edit for each of these places (whole lines, sorted, disjoint), none reaching before offset `floor`.

    A place takes the blank lines after it along; at the document's end the ones before it; and where no blank line
    stands before a row of adjacent places, the last of the row leaves those after it, so that two paragraphs do not
    become one.
    """
    edits: list[Edit] = []
    content = _CONTENT.search(text, floor)
    top = content.start() if content else len(text)
    for row in _rows(text, places):
        first, last = row[0][0], row[-1][1]
        at_top = first <= top
        at_end = _after(text, last) == len(text)
        if at_end and not at_top:
            left = _line_end(text, floor, first)
            for _, end in row:
                edits.append(Edit(left, end if end < last else len(text), ""))
                left = end
        else:
            apart = at_top or _line_end(text, floor, first) < first
            edits += [Edit(start, _after(text, end) if apart or end < last else end, "") for start, end in row]
    return edits


def _rows(text: str, places: Sequence[Place]) -> list[list[Place]]:
    """Places with nothing but blank lines between them, together."""
    rows: list[list[Place]] = []
    for place in places:
        if rows and _after(text, rows[-1][-1][1]) == place[0]:
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _after(text: str, end: int) -> int:
    """The end of the blank lines that begin at `end`."""
    found = _BLANKS_AFTER.match(text, end)
    return found.end() if found else end


def _line_end(text: str, floor: int, start: int) -> int:
    """The end, line ending included, of the last line before `start` that is not blank."""
    last = start
    while last > floor and text[last - 1] in " \t\r\n":
        last -= 1
    ending = _LINE_END.match(text, last)
    return min(ending.end() if ending else last, start)
