"""Fixes as text changes: applied whole or not at all, round after round, and told in the original's offsets."""

from bisect import bisect_left, insort
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
    runs = _runs(first, length)
    # From the last to the first; `reverse=True` would keep two insertions at one place in their order.
    for edit in sorted(second, key=lambda edit: (edit.start, edit.end))[::-1]:
        head, rest = _cut(runs, edit.start)
        middle, tail = _cut(rest, edit.end - edit.start)
        runs = [*head, (*_extent(head, middle), edit.text), *tail]
    return _merge(runs)


def locate(first: Sequence[Edit], edit: Edit, length: int) -> tuple[int, int]:
    """Where an edit of the text that `first` left stands in the text before it."""
    head, rest = _cut(_runs(first, length), edit.start)
    return _extent(head, _cut(rest, edit.end - edit.start)[0])


def _extent(head: Sequence[Run], middle: Sequence[Run]) -> tuple[int, int]:
    start = middle[0][0] if middle else head[-1][1] if head else 0
    return start, middle[-1][1] if middle else start


def _runs(edits: Sequence[Edit], length: int) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        runs += [(at, edit.start, None), (edit.start, edit.end, edit.text)]
        at = edit.end
    return [*runs, (at, length, None)]


def _cut(runs: list[Run], offset: int) -> tuple[list[Run], list[Run]]:
    """The runs before and after an offset of the new text; one that lies across it is divided."""
    for number, (start, end, text) in enumerate(runs):
        size = end - start if text is None else len(text)
        if offset >= size:
            offset -= size
            continue
        if offset == 0:
            return runs[:number], runs[number:]
        if text is None:
            left, right = (start, start + offset, None), (start + offset, end, None)
            return [*runs[:number], left], [right, *runs[number + 1 :]]
        return [*runs[:number], (start, end, text[:offset])], [(end, end, text[offset:]), *runs[number + 1 :]]
    return runs, []


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
