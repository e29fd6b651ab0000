"""Finds passages that stand again in the same document with a few words changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest

from content_audit.text.lines import FIXED, Line
from content_audit.text.repeats import MIN_WORDS, Repeat

ALIKE = 0.9
"""The share of its words that a line of a later copy has in common with the original's. Of 489 main texts chosen by
hand four have such a passage, each of them a variant of an earlier one (.95 to 1)."""

ANCHOR = 5
"""Words that stand in both copies just so: the places from which they are compared."""

ANCHORS = 8
"""Anchors kept of each line, those with the smallest hashes (A. Broder, On the resemblance and containment of
documents, 1997), so that a line of any length costs the same memory."""

_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")


def near_repeats(text: str, lines: Sequence[Line], min_words: int = MIN_WORDS) -> list[Repeat]:
    """The later of two passages of at least `min_words` words that are nearly the same, line by line; disjoint.

    Code and tables end a passage, and so does a line whose numbers differ: rows of data are alike in all but those.
    Time and memory grow linearly with the text.
    """
    spoken = [line for line in lines if line.words or line.shape in FIXED]
    found: list[Repeat] = []
    free = 0
    for first, here in _anchored(text, spoken):
        if here < free:
            continue
        length, words, shared = _common(text, spoken, first, here)
        if words >= min_words:
            last, first_last = spoken[here + length - 1], spoken[first + length - 1]
            likeness = round(shared / words, 3)
            found.append(Repeat(spoken[here].start, last.end, spoken[first].start, first_last.end, words, likeness))
            free = here + length
    return found


def _anchored(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Each line that has anchors in common with an earlier one, after the number of that line."""
    numbers: dict[str, int] = {}
    seen: dict[int, int] = {}
    for here, line in enumerate(lines):
        anchors = [] if line.shape in FIXED or line.words < ANCHOR else _anchors(text, line, numbers)
        earlier = Counter(seen[anchor] for anchor in anchors if anchor in seen)
        if earlier:
            yield max(earlier, key=lambda i: (earlier[i], -i)), here
        for anchor in anchors:
            seen.setdefault(anchor, here)


def _anchors(text: str, line: Line, numbers: dict[str, int]) -> list[int]:
    """The words are numbered as they come: numbers hash alike in every process, strings do not."""
    ids = [numbers.setdefault(token, len(numbers)) for token in _tokens(text, line)]
    return nsmallest(ANCHORS, {hash(tuple(ids[i : i + ANCHOR])) for i in range(len(ids) - ANCHOR + 1)})


def _tokens(text: str, line: Line) -> list[str]:
    return _TOKEN.findall(text[line.start : line.end].casefold())


def _common(text: str, lines: Sequence[Line], first: int, here: int) -> tuple[int, int, float]:
    """How many lines are alike from `first` and `here` on, before the first would run into the second.

    With the words of the later ones, and how many of them the earlier have too.
    """
    length, words, shared = 0, 0, 0.0
    while first + length < here and here + length < len(lines):
        share = _alike(text, lines[first + length], lines[here + length])
        if share < ALIKE:
            break
        words += lines[here + length].words
        shared += share * lines[here + length].words
        length += 1
    return length, words, shared


def _alike(text: str, first: Line, second: Line) -> float:
    """Dice's coefficient of the words of two lines; 0 where their numbers differ."""
    most, least = max(first.words, second.words), min(first.words, second.words)
    if first.shape in FIXED or second.shape in FIXED or least < ALIKE / (2 - ALIKE) * most:
        return 0.0
    a, b = Counter(_tokens(text, first)), Counter(_tokens(text, second))
    both = a & b
    changed = (a - both) + (b - both)
    if any(character.isdigit() for token in changed for character in token):
        return 0.0
    return 2 * both.total() / (a.total() + b.total()) if a or b else 1.0
