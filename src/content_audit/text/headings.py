"""Tells the headings of a document from titles of widgets that sound like them."""

from collections.abc import Container, Iterator, Sequence

from content_audit.expressions import expression
from content_audit.text.furniture import Mark, mark
from content_audit.text.gate import polluted
from content_audit.text.labels import CONTROLS, Kind, normalised
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE, ends_sentence, prose

_HASHES = expression(r"[ \t]*(#{1,6})")
_NUMBERED = expression(r"[ \t]*(?:#{1,6}[ \t]+)?\d{1,3}[.)][ \t]")
_ANCHOR = "](#"
_DEFINES = expression(r"[ \t]*:[ \t]")

_WIDGETS: frozenset[Kind] = frozenset({"related-posts-widget", "page-furniture"})
"""Widgets that have prose of their own under their titles: teasers and comments."""


def level(text: str, line: Line) -> int:
    """One to six; of an underlined heading, the line below tells."""
    return hashes(text, line) or (1 if text.startswith("=", line.end) else 2)


def hashes(text: str, line: Line) -> int:
    """How many of the signs `#` open a heading's line; 0 for an underlined one."""
    found = _HASHES.match(text, line.start)
    return len(found[1]) if found else 0


def furniture(text: str, lines: Sequence[Line]) -> list[Mark | None]:
    """What furniture each of these lines of `text` names, blank lines left out.

    A line that belongs to the text around it names none: the number of a section or a link into the document stands
    before it, a definition or its own paragraph right under it, or its sentence goes on. Nor does a Markdown heading
    with text, code or a table under it: "About us" heads a section there. Teasers and comments are text as well, so
    that their titles still count where other lines give the page away.
    """
    marks = [mark(line) for line in lines]
    if not any(marks):
        return marks
    contents = {normalised(line.text) for line in lines if line.shape == "heading"}
    marks = [
        found and (None if _own(text, lines, marks, i, found) or _content(text, line, contents) else found)
        for i, (line, found) in enumerate(zip(lines, marks, strict=True))
    ]
    heads = set(_heads(text, lines, marks))
    others = [None if i in heads else found for i, found in enumerate(marks)]
    if not heads or not polluted(lines, others):
        return others
    return [None if i in heads and not _widget(found) else found for i, found in enumerate(marks)]


def _own(text: str, lines: Sequence[Line], marks: Sequence[Mark | None], i: int, found: Mark) -> bool:
    """Does the line that this mark was found in belong to the text around it?"""
    line = lines[i]
    if found.label in CONTROLS:
        return False
    if _NUMBERED.match(text, line.start):
        return True
    above = lines[i - 1] if i and lines[i - 1].touches(line) else None
    below = lines[i + 1] if i + 1 < len(lines) else None
    if above and line.text[:1].islower() and marks[i - 1] is None and not ends_sentence(above.text):
        return True
    if below is None or marks[i + 1] is not None:
        return False
    if _DEFINES.match(text, below.start):
        return True
    if below.words <= 2 or (found.opens and (prose(below) < PROSE or not ends_sentence(below.text))):
        return False  # what a picture shows, a row of tags, a teaser's title
    goes_on = below.text[:1].islower() and below.shape == line.shape
    return goes_on or (not above and below.start == line.end and ends_sentence(below.text))


def _content(text: str, line: Line, titles: Container[str]) -> bool:
    """Is this line of a table of contents: a link to a heading of the document?"""
    return line.linked > 0 and _ANCHOR in text[line.start : line.end] and normalised(line.text) in titles


def _heads(text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The headings that name furniture and have content before the next one of their level or a higher.

    Where such furniture has text of its own, that is content only if it is prose.
    """
    above: list[tuple[int, int]] = []
    for i, (line, found) in enumerate(zip(lines, marks, strict=True)):
        if line.shape == "heading":
            depth = level(text, line)
            while above and above[-1][0] >= depth:
                above.pop()
            above.append((depth, i))
        elif above and (line.shape in FIXED or found is None):
            prosaic = line.shape != "island" if line.shape in FIXED else prose(line) >= PROSE
            yield from (
                head for _, head in above if (of := marks[head]) and (prosaic or (_said(line) and not of.opens))
            )
            above = [] if prosaic else above


def _said(line: Line) -> bool:
    """Text that is no row of links."""
    return line.shape not in FIXED and line.words > 2 * line.linked


def _widget(found: Mark | None) -> bool:
    return found is not None and found.opens and not found.weak and found.kind in _WIDGETS
