"""Finds the part of a page that is its document: the runs of lines with the greatest sum of prose.

Maximum-sum runs over a page's tokens are J. Pasternack's and D. Roth's (Extracting Article Text from the Web with
Maximum Subsequence Segmentation, 2009). Here they run over lines, with fixed values instead of learned ones.

The values were chosen on 290 article pages of two public extraction benchmarks; within a third of each of them F1
moves by less than .01.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from content_audit.text.asides import author_box, stems, teasers
from content_audit.text.edges import edges
from content_audit.text.furniture import Mark
from content_audit.text.labels import AUTHOR
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE, prose

CAP = 60
"""Words beyond which a line of prose gains no further value: no single line outweighs a page."""

SHORT, ITEM, MARK, AD, ROW = -6.0, -3.0, -12.0, -0.5, 0.5
"""What a line is worth to a run that is no prose: a short line, a list item, a piece of named furniture. An
advertisement costs next to nothing, since it stands between an article's paragraphs, and a row of aligned columns
belongs to a table."""

AUTHOR_BARRIER, RELATED_BARRIER, COMMENT_BARRIER = -100.0, -150.0, -400.0
"""What it costs to reach across the title of a box on the author, of a teaser list, or of the readers' comments."""

ECHO = 0.1
"""The share of its value that prose keeps below the comments' title: comments may be longer than what they speak of."""

OPENED = 100
"""Words of prose after which a comments' title is believed; before, it is a link to the comments. With 50 F1 of one set
is .006 lower, with 400 .010; with 200 it is the same."""

SECOND, SECOND_LEAST = 0.35, 60.0
"""A further run belongs to the document from this share of the best one's sum, and from this sum on."""

PARTS, PART, PART_LEAST = 0.5, 0.15, 20.0
"""Where the best run has less than this share of a page's prose, the page has many parts: there a further run counts
from this share and this sum on. Pages of services gained .01 by it, articles lost nothing."""

ARTICLE_SHARE, ARTICLE_LEAST, SHORT_ARTICLE_SHARE = 0.09, 60.0, 0.5
"""Under this share of a page's words the best run is no article: on such pages (listings, shops) taking it alone scored
.23 where leaving the page as it is scored .41. A run below this sum has to be half of the page."""

TITLE_REACH, TITLE_WORDS, TITLE_SHARE = 10, 25, 0.5
"""A title is looked for so many lines above the document, up to so many words long, with such a share of its longer
words among the document's. From a reach of 5 to one of 60 F1 falls by .0025 on one set and .0005 on the other; from 12
to 40 words it falls by .0023 and from a share of .75 to one of .3 by .0024 on the one, by .0003 on the other."""

_COLUMN = re.compile(r"\S {2,}(?=\S)")


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

    Where no article is found it is all that names no furniture, but for the menus at either end.
    """
    scores = [0.0 if line.shape in FIXED else prose(line) for line in lines]
    values = _values(lines, marks, scores)
    start, end, total = best_run(values, 0, len(values))
    said = sum(line.words for line, score in zip(lines[start:end], scores[start:end], strict=True) if score >= PROSE)
    spoken = sum(line.words for line in lines)
    if said < (ARTICLE_SHARE if total >= ARTICLE_LEAST else SHORT_ARTICLE_SHARE) * spoken or not said:
        return _no_article(lines, marks, values, scores)
    runs = _runs(values, start, end, total)
    runs[-1] = (runs[-1][0], max(runs[-1][0] + 1, author_box(lines, scores, runs[-1][1])))
    kept = {i for run in runs for i in range(*run) if marks[i] is None or _is_heading(i, marks, scores)}
    kept -= teasers(lines, scores, kept, runs)
    kept |= _list_after(lines, marks, runs)
    kept |= {i for i, line in enumerate(lines) if line.shape in FIXED}
    if (title := _title(lines, marks, runs)) is not None:
        kept.add(title)
    return Segments(values, scores, runs, kept, article=True)


def _no_article(
    lines: Sequence[Line], marks: Sequence[Mark | None], values: list[float], scores: list[float]
) -> Segments:
    """The careful steps only: what names itself goes, and the menus at either end."""
    first, last = edges(lines, marks, scores)
    kept = {i for i in range(first, last) if marks[i] is None}
    kept |= {i for i, line in enumerate(lines) if line.shape in FIXED}
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
    echo = 1.0
    for line, mark, score in zip(lines, marks, scores, strict=True):
        if mark is not None:
            if (
                mark.opens
                and mark.kind == "page-furniture"
                and mark.label not in AUTHOR
                and said >= OPENED
                and line.words <= 3
            ):
                echo = ECHO
            values.append(_cost(mark))
        elif line.shape in FIXED or not line.words:
            values.append(0.0)
        elif score >= PROSE:
            said += line.words
            values.append(min(line.words, CAP) * score * echo)
        elif len(_COLUMN.findall(line.text)) > 1:
            values.append(ROW)
        else:
            values.append((ITEM if line.shape == "item" else SHORT) * (1 - score))
    return values


def _cost(mark: Mark) -> float:
    if mark.kind == "advertisement-marker":
        return AD
    if mark.label in AUTHOR:
        return AUTHOR_BARRIER
    if mark.opens and not mark.weak:
        return {"page-furniture": COMMENT_BARRIER, "related-posts-widget": RELATED_BARRIER}.get(mark.kind, MARK)
    return MARK


def _runs(values: Sequence[float], start: int, end: int, total: float) -> list[tuple[int, int]]:
    """The best run, and the best of what is left on either side as long as they are worth it."""
    spoken = sum(value for value in values if value > ROW)
    several = sum(value for value in values[start:end] if value > ROW) < PARTS * spoken
    least = max(PART * total, PART_LEAST) if several else max(SECOND * total, SECOND_LEAST)
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


def _title(lines: Sequence[Line], marks: Sequence[Mark | None], runs: Sequence[tuple[int, int]]) -> int | None:
    """The line above the first run that shares most words with the document, as titles do and menus do not.

    Failing that, the line right above it, if it is a heading or a paragraph of its own.
    """
    first = runs[0][0]
    body = {stem for run in runs for line in lines[slice(*run)] for stem in stems(line)}
    best: tuple[int, int] | None = None
    for i in range(max(0, first - TITLE_REACH), first):
        if marks[i] is not None or not 3 <= lines[i].words <= TITLE_WORDS:
            continue
        words = stems(lines[i])
        shared = len(words & body)
        if shared > 1 and shared >= TITLE_SHARE * len(words) and (best is None or shared > best[0]):
            best = (shared, i)
    if best is None and first and marks[first - 1] is None and _heads(lines, first - 1):
        return first - 1
    return best and best[1]


def _heads(lines: Sequence[Line], i: int) -> bool:
    """Is this line a heading, or short and alone between blank lines?"""
    line = lines[i]
    alone = line.end < lines[i + 1].start and (i == 0 or lines[i - 1].end < line.start)
    return line.shape == "heading" or (line.shape == "text" and alone and 3 <= line.words <= TITLE_WORDS)
