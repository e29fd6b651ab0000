"""Finds what stands above a document's first run of prose and is its own: the title, and a list that comes first."""

from collections.abc import Sequence

from content_audit.text.asides import stems
from content_audit.text.furniture import Mark
from content_audit.text.labels import Kind
from content_audit.text.lines import Line
from content_audit.text.prose import ends_sentence

TITLE_REACH, TITLE_WORDS, TITLE_SHARE = 10, 25, 0.5
"""A title is looked for so many lines above the document, up to so many words long, with such a share of its longer
words among the document's. Main texts of the first set have no titles, so that without this step F1 is .005 higher
there. With a reach of 5 +.001 and 0, of 60 -.001 and 0; with 12 words +.002 and 0, with 40 the same; with a share of .3
-.001 and 0, of .75 +.001 and 0."""

TITLE_LEAST = 3
"""Words of a title at least: shorter lines are entries of menus."""

GROUP, GROUP_LEAST = 20, 3
"""Lines of a list between the title and the prose, at most and at least: ingredients, facts. F1 on 80 articles and on
409 pages is .0006 and .0003 lower with such lists."""

HEADING_WORDS = 9
"""Words of a heading over one of many parts, at most. F1 on articles is .0003 lower with the first of them, on 80 of
other sites the same."""

_BESIDE: frozenset[Kind] = frozenset({"call-to-action", "advertisement-marker"})
"""Kinds of labels that stand between a title and its text as well."""


def above(lines: Sequence[Line], marks: Sequence[Mark | None], runs: Sequence[tuple[int, int]]) -> set[int]:
    """The title's lines above the first run, and the lines of one list right above it.

    The title is the line that shares most words with the document, as titles do and menus do not. Failing that, it is
    the line right above the run, if it is a heading or a paragraph of its own, and with it the first line that is alone
    between the page's head and the document: titles share no words with their text where words are inflected, or where
    they are meant to make curious. They cost .0007 of F1 on 80 articles.
    """
    first = runs[0][0]
    shared = _shared(lines, marks, runs)
    title = {shared} if shared is not None else _unshared(lines, marks, first)
    if not title:
        return set()
    sister = first - 1 if _heading(lines, marks, first - 1) and _has_headings(lines, marks, runs[0]) else first
    return title | _group(lines, marks, first) | set(range(sister, first))


def _shared(lines: Sequence[Line], marks: Sequence[Mark | None], runs: Sequence[tuple[int, int]]) -> int | None:
    first = runs[0][0]
    body = {stem for run in runs for line in lines[slice(*run)] for stem in stems(line)}
    best: tuple[int, int] | None = None
    for i in range(max(0, first - TITLE_REACH), first):
        if marks[i] is not None or not TITLE_LEAST <= lines[i].words <= TITLE_WORDS:
            continue
        words = stems(lines[i])
        shared = len(words & body)
        if shared > 1 and shared >= TITLE_SHARE * len(words) and (best is None or shared > best[0]):
            best = (shared, i)
    return best and best[1]


def _unshared(lines: Sequence[Line], marks: Sequence[Mark | None], first: int) -> set[int]:
    found = {first - 1} if first and marks[first - 1] is None and _heads(lines, first - 1) else set()
    top = first
    while top > max(0, first - TITLE_REACH) and _may_follow_a_title(marks[top - 1]):
        top -= 1
    alone = (i for i in range(top, first) if marks[i] is None and _alone(lines, i) and _speaks(lines[i]))
    return found | {i for i in [next(alone, None)] if i is not None}


def _has_headings(lines: Sequence[Line], marks: Sequence[Mark | None], run: tuple[int, int]) -> bool:
    """Then the line above the first paragraph is a heading as well: the first term of a glossary."""
    return any(_heading(lines, marks, i) and ends_sentence(lines[i + 1].text) for i in range(run[0], run[1] - 1))


def _heading(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> bool:
    """A short line of plain text without a number, alone between blank ones."""
    if i < 0 or marks[i] is not None or lines[i].shape != "text" or not 0 < lines[i].words <= HEADING_WORDS:
        return False
    said = lines[i].text
    return _alone(lines, i) and not ends_sentence(said) and not any(char.isdigit() for char in said)


def _may_follow_a_title(mark: Mark | None) -> bool:
    return mark is None or mark.weak or mark.kind in _BESIDE


def _group(lines: Sequence[Line], marks: Sequence[Mark | None], first: int) -> set[int]:
    """The lines below each other that stand between blank ones right above the first run."""
    top = first
    while top and first - top <= GROUP and marks[top - 1] is None and (top == first or _joined(lines, top)):
        top -= 1
    apart = top < first and not lines[first - 1].touches(lines[first]) and not (top and _joined(lines, top))
    return set(range(top, first)) if apart and GROUP_LEAST <= first - top <= GROUP else set()


def _joined(lines: Sequence[Line], i: int) -> bool:
    """Does no blank line stand above this line?"""
    return lines[i - 1].touches(lines[i])


def _alone(lines: Sequence[Line], i: int) -> bool:
    return not lines[i].touches(lines[i + 1]) and (i == 0 or not lines[i - 1].touches(lines[i]))


def _speaks(line: Line) -> bool:
    """Has it words that are no link, and not more of them than titles have?"""
    return line.linked < line.words <= TITLE_WORDS


def _heads(lines: Sequence[Line], i: int) -> bool:
    """Is this line a heading, or short and alone between blank lines?"""
    line = lines[i]
    return line.shape == "heading" or (
        line.shape == "text" and _alone(lines, i) and TITLE_LEAST <= line.words <= TITLE_WORDS
    )
