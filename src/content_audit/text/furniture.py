"""Recognises the lines by which page furniture names itself."""

from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.text.labels import NAVIGATION, WEAK, Kind, known, normalised
from content_audit.text.lines import FIXED, Line
from content_audit.text.openings import COMMENTS, fitting, reserves_rights

LABEL_WORDS = 12
"""Words of a label at most: the longest of the vocabulary, in Thai, has eleven, and a number may stand beside it.
Longer lines are not looked up, which saves time; from 4 to 30 F1 moves by less than .0001."""

OPENING_WORDS = 40
"""Beyond so many words a line that begins like furniture is a paragraph. With 10 F1 is .001 lower; from 20 on it moves
by .0001."""

_NOT_SAID = expression(r">\s?\S|\d{1,2}[:.]\d\d\b|\d+(?:\.\d+)*[.)]?\s{2,}|\d+(?:\.\d+)+[.)]?\s|\d+[.)]\s")
"""A quotation, a time, or the number of a section in front of a label."""

_CLAUSE = expression(r"[.,;!?。、，；！？؟،؛।።։۔][\"'”’»›)\]」』*_]*$")

_STOPS = frozenset(".,;!?")


class Mark(NamedTuple):
    """A line that says what it is: its kind, whether it opens a widget, whether its words are ambiguous, its label."""

    kind: Kind
    opens: bool
    weak: bool
    label: str


def mark(line: Line) -> Mark | None:
    """What page furniture this line names; None where it names none, is quoted or numbered, or ends a sentence."""
    _, _, said, words, _, shape = line
    if not words or words > OPENING_WORDS or shape in FIXED or (not said[:1].isalpha() and _NOT_SAID.match(said)):
        return None
    if said[-1:] in _STOPS or (not said[-1:].isalnum() and _CLAUSE.search(said[-40:])):
        return _opening(line, ("page-footer", "page-furniture"))
    return (_label(line) if line.words <= LABEL_WORDS else None) or _opening(line, ())


def _label(line: Line) -> Mark | None:
    label = normalised(line.text)
    found = known(label)
    return Mark(*found, label in WEAK or label in NAVIGATION, label) if found else _row_of_labels(label)


def _row_of_labels(label: str) -> Mark | None:
    """ "Home About Contact", "Facebook Twitter Email": labels side by side in one line."""
    parts = label.split()
    if len(parts) < 2:
        return None
    first = known(parts[0])
    if first is None or not all(map(known, parts)):
        return None
    return Mark(first[0], False, all(part in WEAK or part in NAVIGATION for part in parts), label)


def _opening(line: Line, only: tuple[Kind, ...]) -> Mark | None:
    for kind, pattern in fitting(line.text[:1], only):
        if pattern.match(line.text) or (kind == "page-footer" and reserves_rights(line.text)):
            # However many owners a licence names, they are one sign of a footer.
            label = "all rights reserved" if kind == "page-footer" else line.text[:40].casefold()
            return Mark(kind, COMMENTS.match(line.text) is not None, False, label)
    return None
