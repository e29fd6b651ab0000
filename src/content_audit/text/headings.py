"""Tells the headings of a document from titles of widgets that sound like them."""

import re
from collections.abc import Iterator, Sequence

from content_audit.text.furniture import Mark, mark
from content_audit.text.gate import polluted
from content_audit.text.labels import Kind
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE, prose

_LEVEL = re.compile(r"[ \t]*(#{1,6})")

_WIDGETS: frozenset[Kind] = frozenset({"related-posts-widget", "page-furniture"})
"""Widgets that have prose of their own under their titles: teasers and comments."""


def level(text: str, line: Line) -> int:
    """One to six; of an underlined heading, the line below tells."""
    marks = _LEVEL.match(text, line.start)
    if marks:
        return len(marks[1])
    return 1 if text.startswith("=", line.end) else 2


def furniture(text: str, lines: Sequence[Line]) -> list[Mark | None]:
    """What furniture each of these lines of `text` names, blank lines left out.

    A Markdown heading with prose, code or a table under it names none: "About us" heads a section there. Teasers and
    comments are prose as well, so that their titles still count where other lines give the page away.
    """
    marks = [mark(line) for line in lines]
    heads = {i for i in _heads(text, lines, marks) if marks[i] is not None}
    others = [None if i in heads else found for i, found in enumerate(marks)]
    if not heads or not polluted(others):
        return others
    return [None if i in heads and not _widget(found) else found for i, found in enumerate(marks)]


def _heads(text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The headings with content before the next one of their level or a higher."""
    above: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if line.shape == "heading":
            depth = level(text, line)
            while above and above[-1][0] >= depth:
                above.pop()
            above.append((depth, i))
        elif above and _content(line, marks[i]):
            yield from (head for _, head in above)
            above.clear()


def _content(line: Line, found: Mark | None) -> bool:
    """Code, a table, or prose that names no furniture."""
    if line.shape in FIXED:
        return line.shape != "island"
    return found is None and prose(line) >= PROSE


def _widget(found: Mark | None) -> bool:
    return found is not None and found.opens and not found.weak and found.kind in _WIDGETS
