"""Decides whether a document carries page furniture at all: where it does not, no line goes for what stands in it."""

from collections.abc import Sequence

from content_audit.text.furniture import Mark
from content_audit.text.labels import CONTROLS, known
from content_audit.text.lines import Line
from content_audit.text.prose import ends_sentence

OPEN = 2.0
"""Points that open the gate. Of 290 main texts of articles, chosen by hand, none reaches it; of the pages around them
264 do. With 1.5 it is 268 pages and F1 is .0018 higher, with 2.5 it is 260 and .0017 lower, with 3 .0041; of 2,866
manuals, licences and lists of changes that come with software one is opened by 2."""

WEAK = 0.67
"""What an ambiguous label ("Home", "Share") counts, so that three of them are enough; one that only furniture has
counts 1. Each label counts once. With .5 it takes four, 263 of 290 pages, and F1 is .0006 lower, with .25 .0019; with 1
it takes two, 266 pages, and F1 is .0007 higher, but a recipe that ends with "Print" and "Share" loses both."""

TITLE = 0.5
"""What a label counts that may be the title of a section or of the document. With 0 F1 is .0013 lower; with 1 it is
.0014 higher, but licences under the title "Terms and conditions" lose lines."""

PHRASE = 3
"""Words from which a label is a phrase of furniture: "story continues below", but "subscribe now" may be said. With 2
F1 is the same, with 4 .0002 lower."""


def polluted(lines: Sequence[Line], marks: Sequence[Mark | None]) -> bool:
    """Do these lines name at least two pieces of furniture for certain, or as much in ambiguous ones?

    Furniture comes in heaps: an ambiguous label tells nothing without another label beside it, and a short one nothing
    alone between sentences. In Markdown an item below a heading that is no link tells nothing either: somebody wrote
    that list.
    """
    weight: dict[str, float] = {}
    written = False
    for i, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        written = written or line.shape == "heading"
        if mark is not None and not (written and line.shape == "item" and not line.linked):
            worth = _worth(lines, marks, i, mark)
            weight[mark.label] = max(worth, weight.get(mark.label, 0.0))
    return sum(weight.values()) >= OPEN


def _worth(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, mark: Mark) -> float:
    beside = any(marks[max(0, i - 1) : i]) or any(marks[i + 1 : i + 2])
    if mark.weak:
        return WEAK if beside else 0.0
    if _between_sentences(lines, marks, i, mark):
        return 0.0
    # "Terms of use" above something else may be a title, and so may "Recent posts" as a heading.
    titled = mark.kind == "page-footer" and known(mark.label) and i + 1 < len(lines) and not beside
    return TITLE if titled or (mark.opens and lines[i].shape == "heading") else 1.0


def _between_sentences(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, mark: Mark) -> bool:
    """Is this a short label with a sentence under it, and above it another one or a title?"""
    if lines[i].words >= PHRASE or mark.label in CONTROLS or i + 1 == len(lines):
        return False
    above = i == 0 or (i == 1 and marks[0] is None) or _sentence(lines[i - 1], marks[i - 1])
    return above and _sentence(lines[i + 1], marks[i + 1])


def _sentence(line: Line, mark: Mark | None) -> bool:
    return mark is None and line.words >= PHRASE and ends_sentence(line.text)
