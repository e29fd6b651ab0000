"""Fixes as text changes: applied whole or not at all, round after round, and told in the original's offsets."""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

from content_audit.model import Edit, Fix


def choose(fixes: Sequence[Fix]) -> list[int]:
    """The numbers of the fixes that go together: in the order of their places, each that touches no earlier one.

    Each must be sound. What overlaps is left for the next round, when it is looked at anew.
    """
    order = sorted(range(len(fixes)), key=lambda n: (min((e.start for e in fixes[n].edits), default=0), n))
    taken: list[tuple[int, int]] = []
    chosen = []
    for number in order:
        edits = fixes[number].edits
        if not any(_touches(edit, taken) for edit in edits):
            for edit in edits:
                insort(taken, (edit.start, edit.end))
            chosen.append(number)
    return chosen


def _touches(edit: Edit, taken: Sequence[tuple[int, int]]) -> bool:
    """Does the edit share a character with one of these disjoint places, or a border where one of the two inserts?"""
    at = bisect_left(taken, (edit.start, edit.end))
    for start, end in taken[max(0, at - 2) : at + 2]:
        inserts = edit.start == edit.end or start == end
        if (edit.start <= end and start <= edit.end) if inserts else (edit.start < end and start < edit.end):
            return True
    return False


def sound(edits: Sequence[Edit]) -> bool:
    """Are these edits something to make, none of them in another's way?"""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    return bool(edits) and all(before.end <= after.start for before, after in pairwise(ordered))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made; they must not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


Run = tuple[int, int, str | None]
"""A piece of the new text: where it stood in the old one, and what stands there now (None: what stood there)."""


def compose(first: Sequence[Edit], second: Sequence[Edit], length: int) -> tuple[Edit, ...]:
    """One set of edits that does what `first` and then `second` do, in the offsets of the text before both.

    `length` is that text's. `second` speaks of the text as `first` left it.
    """
    replaced: list[Run] = []
    at, runs = 0, deque(_runs(first, length))
    for edit in sorted(second, key=lambda edit: (edit.start, edit.end)):
        replaced += _take(runs, edit.start - at)
        middle = _take(runs, edit.end - edit.start)
        replaced.append((*_extent(replaced, middle), edit.text))
        at = edit.end
    return _merge([*replaced, *runs])


def locate(first: Sequence[Edit], second: Iterable[Edit], length: int) -> dict[Edit, tuple[int, int]]:
    """Where each edit of the text that `first` left stands in the text before it; the second edits must not overlap."""
    places: dict[Edit, tuple[int, int]] = {}
    before: list[Run] = []
    at, runs = 0, deque(_runs(first, length))
    for edit in sorted(second, key=lambda edit: (edit.start, edit.end)):
        before = _take(runs, edit.start - at) or before
        middle = _take(runs, edit.end - edit.start)
        places[edit] = _extent(before, middle)
        before, at = middle or before, edit.end
    return places


def _extent(before: Sequence[Run], middle: Sequence[Run]) -> tuple[int, int]:
    start = middle[0][0] if middle else before[-1][1] if before else 0
    return start, middle[-1][1] if middle else start


def _runs(edits: Sequence[Edit], length: int) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        runs += [(at, edit.start, None), (edit.start, edit.end, edit.text)]
        at = edit.end
    return [*runs, (at, length, None)]


def _take(runs: deque[Run], size: int) -> list[Run]:
    """Take so many characters of the new text from the front; the run that the border lies in is divided."""
    taken: list[Run] = []
    while size > 0 and runs:
        start, end, text = runs.popleft()
        width = end - start if text is None else len(text)
        if width > size:
            cut = start + size if text is None else end
            runs.appendleft((cut, end, None if text is None else text[size:]))
            taken.append((start, cut, None if text is None else text[:size]))
            return taken
        taken.append((start, end, text))
        size -= width
    return taken


def _merge(runs: list[Run]) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for start, end, text in runs:
        if text is None or (start == end and not text):
            continue
        if edits and edits[-1].end == start:
            before = edits.pop()
            edits.append(Edit(before.start, end, before.text + text))
        else:
            edits.append(Edit(start, end, text))
    return tuple(edits)
