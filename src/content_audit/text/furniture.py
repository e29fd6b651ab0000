"""Recognises the lines by which page furniture names itself."""

from collections.abc import Sequence
from typing import NamedTuple

from content_audit.text.labels import NAVIGATION, WEAK, Kind, known, normalised
from content_audit.text.lines import FIXED, Line
from content_audit.text.openings import COMMENTS, OPENINGS
from content_audit.text.prose import ends_sentence

LABEL_WORDS = 8
"""A label has at most so many words; the longest of the vocabulary has nine, the longest common one seven."""

OPENING_WORDS = 40
"""Beyond so many words a line that begins like furniture is a paragraph."""


class Mark(NamedTuple):
    """A line that says what it is: its kind, whether it opens a widget, whether its words are ambiguous, its label."""

    kind: Kind
    opens: bool
    weak: bool
    label: str


def mark(line: Line) -> Mark | None:
    """What page furniture this line names; None where it names none."""
    if line.shape in FIXED or not line.words or line.words > OPENING_WORDS:
        return None
    if line.words <= LABEL_WORDS + 1:
        label = normalised(line.text)
        found = known(label)
        if found is not None:
            return Mark(*found, label in WEAK, label)
        if row := _row_of_labels(label):
            return row
    if ends_sentence(line.text) and line.words > LABEL_WORDS:
        return _opening(line, ("page-footer", "page-furniture"))
    return _opening(line, ())


def _row_of_labels(label: str) -> Mark | None:
    """ "Home About Contact", "Facebook Twitter Email": labels side by side in one line."""
    parts = label.split()
    if len(parts) < 2:
        return None
    kinds = [known(part) for part in parts]
    first = kinds[0]
    if first is None or None in kinds:
        return None
    return Mark(first[0], False, all(part in WEAK or part in NAVIGATION for part in parts), label)


def _opening(line: Line, only: Sequence[Kind]) -> Mark | None:
    for kind, pattern in OPENINGS:
        if (not only or kind in only) and pattern.match(line.text):
            return Mark(kind, COMMENTS.match(line.text) is not None, False, line.text[:40].casefold())
    return None
