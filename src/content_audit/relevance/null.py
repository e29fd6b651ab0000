"""What chance makes of a figure: where it stands among those of random pairs of the same collection."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import log

Tail = Callable[[float], float]


@lru_cache(maxsize=1)
def surprises(size: int) -> list[float]:
    """-ln of each share, in parts of so many, from one to all of them."""
    return [-log(part / size) for part in range(1, size + 1)]


def surprise_above(sample: Iterable[float]) -> Tail:
    """-ln of the share of the sample that is as high or higher: 0 for what any pair has."""
    ordered = sorted(sample)
    least = surprises(len(ordered) + 1)
    return lambda value: least[~bisect_left(ordered, value)]


def surprise_below(sample: Iterable[float]) -> Tail:
    """-ln of the share of the sample that is as low or lower."""
    ordered = sorted(sample)
    least = surprises(len(ordered) + 1)
    return lambda value: least[bisect_right(ordered, value)]


def quantile(sample: Iterable[float]) -> Tail:
    """The figure that this share of the sample is under; 0 where there is no sample."""
    ordered = sorted(sample)
    return lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def rank(sample: Iterable[float]) -> Tail:
    """The share of the sample that is lower."""
    ordered = sorted(sample)
    return lambda value: bisect_left(ordered, value) / max(1, len(ordered))
