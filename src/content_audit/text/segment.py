"""Finds the part of a page that is its document: the runs of lines with the greatest sum of prose.

Maximum-sum runs over a page's tokens are J. Pasternack's and D. Roth's (Extracting Article Text from the Web with
Maximum Subsequence Segmentation, 2009). Here they run over lines, with fixed values instead of learned ones.

Beside each value stands how F1 changes with others, first on 80 articles of as many sites, then on 409 pages of seven
kinds, two public benchmarks; articles among the latter follow the former but where that is told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.text.around import below, sections
from content_audit.text.asides import author_box, goes_on, listed, stems, teasers
from content_audit.text.edges import edges
from content_audit.text.furniture import Mark
from content_audit.text.labels import AUTHOR
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE, prose
from content_audit.text.titles import above

CAP = 60
"""Words beyond which a line of prose gains no further value: no single line outweighs a page. With 40 -.001 and -.003,
with 80 0 and +.001, without a cap -.006 and -.001."""

SHORT, ITEM, MARK, AD, ROW = -6.0, -3.0, -12.0, -0.5, 0.5
"""What a line is worth to a run that is no prose: a short line, a list item, a piece of named furniture. An
advertisement costs next to nothing, since it stands between an article's paragraphs, and a row of aligned columns
belongs to a table.

A short line at -4 -.003 and -.004, at -8 +.013 and -.002, at -12 +.018 and -.010; an item at -2 0 and 0, at -6 +.006
and -.007; furniture at -8 0 and -.004, at -24 +.002 and +.001; an advertisement at 0 the same, at -12 +.003 and 0, but
then articles of short paragraphs fall apart; a row at 0 the same, as a short line -.011 and -.001."""

BARRIER = -600.0
"""What it costs to reach across the title of a box on the author, of a teaser list, or of the readers' comments, but
for a list that the article goes on below. With -300 -.002 and 0, with -100 -.003 and 0, as other furniture -.005 and
-.001; more changes nothing."""

OPENED = 100
"""Words of prose after which a title of comments is believed, and further prose worth nothing; before, it is a link to
the comments. With 50 -.006 and 0, with 400 -.010 and +.002, with 200 the same."""

SECOND, SECOND_LEAST = 0.35, 60.0
"""A further run belongs to the document from this share of the best one's sum, and from this sum on. With .2 -.002 and
-.001, with .5 the same, but -.001 on articles; without a least sum -.004 and +.001, with 120 0 and -.001."""

PARTS, PART = 0.5, 0.2
"""Where the best run has less than this share of a page's prose, the page has many parts: there a further run counts
from this share on. With .35 0 and -.001, with .65 -.004 and +.001, everywhere -.015 and 0; a further run from .1 0 and
-.001, from .35 0 and -.001."""

ARTICLE_SHARE, ARTICLE_LEAST, SHORT_ARTICLE_SHARE = 0.09, 60.0, 0.5
"""Under this share of a page's words the best run is no article: the page is a listing or a shop. With .06 0 and -.005,
with .12 -.011 and -.003, with .15 -.011 and +.001. A run below this sum has to be half of the page: without that rule 0
and -.002, with 80 -.005 and -.001; as no article at all 0 and 0, but short reports would keep their menus."""

_COLUMN = expression(r"\S {2,}(?=\S)")


class Segments(NamedTuple):
    """What the segmenter saw: a value and a prose score for each line, the runs it took, and the lines that stay.

    Where the page is no article, the one run is what stands between its menus; there is none where it has no menus.
    """

    values: list[float]
    scores: list[float]
    runs: list[tuple[int, int]]
    kept: set[int]
    article: bool


def segment(lines: Sequence[Line], marks: Sequence[Mark | None]) -> Segments:
    """Which of these lines, none of them blank, are the document.

    An article is the runs of prose, without what names furniture or is an aside in them, with the list that a run
    announces, the few lines between a run and the next label, all lines that are never taken apart, and its title.
    Where no article is found it is all that names no furniture, but for the menus at either end and rows of teasers.
    """
    scores = [0.0 if line.shape in FIXED else prose(line) for line in lines]
    values = _values(lines, marks, scores)
    start, end, total = best_run(values, 0, len(values))
    said = sum(line.words for line, score in zip(lines[start:end], scores[start:end], strict=True) if score >= PROSE)
    spoken = sum(line.words for line in lines)
    if said < (ARTICLE_SHARE if total >= ARTICLE_LEAST else SHORT_ARTICLE_SHARE) * spoken or not said:
        return _no_article(lines, marks, values, scores)
    runs = _runs(values, start, end, total)
    told = runs[-1][1]
    runs[-1] = (runs[-1][0], max(runs[-1][0] + 1, author_box(lines, scores, told)))
    kept = {i for run in runs for i in range(*run) if marks[i] is None or _is_heading(i, marks, scores)}
    kept -= teasers(lines, scores, kept, runs)
    kept |= _list_after(lines, marks, runs)
    kept |= below(lines, marks, scores, kept, runs if runs[-1][1] == told else runs[:-1])
    kept |= {i for i, line in enumerate(lines) if line.shape in FIXED}
    kept -= listed(lines, marks, scores)
    kept |= sections(lines, marks, scores, kept)
    kept |= above(lines, marks, runs)
    return Segments(values, scores, runs, kept, article=True)


def _no_article(
    lines: Sequence[Line], marks: Sequence[Mark | None], values: list[float], scores: list[float]
) -> Segments:
    """The careful steps only: what names itself goes, with the teasers below it, and the menus at either end."""
    first, last = edges(lines, marks, scores)
    kept = {i for i in range(first, last) if marks[i] is None} - listed(lines, marks, scores)
    kept |= {i for i, line in enumerate(lines) if line.shape in FIXED}
    kept |= sections(lines, marks, scores, kept)
    runs = [(first, last)] if (first, last) != (0, len(lines)) else []
    return Segments(values, scores, runs, kept, article=False)


def best_run(values: Sequence[float], start: int, end: int) -> tuple[int, int, float]:
    """The half-open run within `start`..`end` with the greatest sum, and that sum; empty where nothing is above
    zero."""
    best = (start, start, 0.0)
    run_start, total = start, 0.0
    for i in range(start, end):
        if total <= 0:
            run_start, total = i, 0.0
        total += values[i]
        if total > best[2]:
            best = (run_start, i + 1, total)
    return best


def _values(lines: Sequence[Line], marks: Sequence[Mark | None], scores: Sequence[float]) -> list[float]:
    values: list[float] = []
    said = 0
    commented = False
    body: set[str] = set()
    for i, (line, mark, score) in enumerate(zip(lines, marks, scores, strict=True)):
        if mark is not None:
            commented = commented or (said >= OPENED and _opens_comments(mark))
            teased = mark.opens and mark.kind == "related-posts-widget"
            values.append(MARK if teased and goes_on(lines, marks, scores, i, body) else _cost(mark))
        elif line.shape in FIXED or not line.words or (commented and score >= PROSE):
            values.append(0.0)
        elif score >= PROSE:
            said += line.words
            body |= stems(line)
            values.append(min(line.words, CAP) * score)
        elif len(_COLUMN.findall(line.text)) > 1:
            values.append(ROW)
        else:
            values.append((ITEM if line.shape == "item" else SHORT) * (1 - score))
    return values


def _opens_comments(mark: Mark) -> bool:
    return mark.opens and mark.kind == "page-furniture" and mark.label not in AUTHOR


def _cost(mark: Mark) -> float:
    if mark.kind == "advertisement-marker":
        return AD
    parts = mark.opens and not mark.weak and mark.kind in ("page-furniture", "related-posts-widget")
    return BARRIER if parts or mark.label in AUTHOR else MARK


def _runs(values: Sequence[float], start: int, end: int, total: float) -> list[tuple[int, int]]:
    """The best run, and the best of what is left on either side as long as they are worth it."""
    spoken = sum(value for value in values if value > ROW)
    several = sum(value for value in values[start:end] if value > ROW) < PARTS * spoken
    least = PART * total if several else max(SECOND * total, SECOND_LEAST)
    runs = [(start, end)]
    open_ranges = [(0, start), (end, len(values))]
    while open_ranges:
        low, high = open_ranges.pop()
        first, last, worth = best_run(values, low, high)
        if worth > least:
            runs.append((first, last))
            open_ranges += [(low, first), (last, high)]
    return sorted(runs)


def _is_heading(i: int, marks: Sequence[Mark | None], scores: Sequence[float]) -> bool:
    """An ambiguous label right above prose: "News" or "Instagram" may well head a paragraph."""
    mark = marks[i]
    return mark is not None and mark.weak and i + 1 < len(marks) and marks[i + 1] is None and scores[i + 1] >= PROSE


def _list_after(lines: Sequence[Line], marks: Sequence[Mark | None], runs: Sequence[tuple[int, int]]) -> set[int]:
    """The list that a run announces with its last line's colon."""
    found: set[int] = set()
    for _, end in runs:
        i = end
        if lines[end - 1].text.rstrip("*_ ").endswith((":", "：")):
            while i < len(lines) and lines[i].shape == "item" and marks[i] is None:
                i += 1
        found.update(range(end, i))
    return found
