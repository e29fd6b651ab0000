"""Decides whether a document carries page furniture at all: where it does not, nothing of it is touched."""

from collections.abc import Sequence

from content_audit.text.furniture import Mark
from content_audit.text.labels import CONTROLS, known
from content_audit.text.lines import Line
from content_audit.text.prose import ends_sentence

OPEN = 2.0
"""Points that open the gate. Of 290 main texts of articles, chosen by hand, 289 stay under it; of the pages around them
274 reach it."""

WEAK = 0.5
"""What an ambiguous label ("Home", "Share") counts; one that only furniture has counts 1. Each label counts once.

From .5 to .67 one of 289 main texts opens the gate, and 274 of the pages around them. With 1 three main texts do, and
284 pages, whose F1 is .0005 lower for it; with .25 none and 270, with F1 the same to .0003."""


PHRASE = 3
"""Words from which a label is a phrase of furniture: "story continues below", but "subscribe now" may be said."""


def polluted(lines: Sequence[Line], marks: Sequence[Mark | None]) -> bool:
    """Do these lines name at least two pieces of furniture for certain, or as much in ambiguous ones?

    Furniture comes in heaps: a short label that stands alone between sentences tells nothing, and a footer's label with
    no other beside it ("Terms of use") is ambiguous. In Markdown a heading that sounds like a widget's title is
    ambiguous too, and an item below a heading that is no link tells nothing: somebody wrote that list.
    """
    weight: dict[str, float] = {}
    written = False
    for i, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        written = written or line.shape == "heading"
        if mark is None or (written and line.shape == "item" and not line.linked) or _alone(lines, marks, i, mark):
            continue
        worth = WEAK if mark.weak or _may_be_a_title(lines, marks, i, mark) else 1.0
        weight[mark.label] = max(worth, weight.get(mark.label, 0.0))
    return sum(weight.values()) >= OPEN


def _may_be_a_title(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, mark: Mark) -> bool:
    """Is this a widget's title as a Markdown heading, or a footer's label above something else than furniture?"""
    if lines[i].shape == "heading":
        return mark.opens
    if mark.kind != "page-footer" or known(mark.label) is None or i + 1 == len(lines):
        return False
    return marks[i + 1] is None and (not i or marks[i - 1] is None)


def _alone(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, mark: Mark) -> bool:
    """Is this a short label with a sentence under it, and above it another one or the first line?"""
    if lines[i].words >= PHRASE or mark.label in CONTROLS or i + 1 == len(lines):
        return False
    return _sentence(lines[i + 1], marks[i + 1]) and (i < 2 or _sentence(lines[i - 1], marks[i - 1]))


def _sentence(line: Line, mark: Mark | None) -> bool:
    return mark is None and line.words >= PHRASE and ends_sentence(line.text)
