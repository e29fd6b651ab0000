"""What chance makes of a figure: where it stands among those of random pairs of the same collection."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from math import log

Tail = Callable[[float], float]


def surprise_above(sample: Iterable[float]) -> Tail:
    """-ln of the share of the sample that is as high or higher: 0 for what any pair has."""
    ordered = sorted(sample)
    size = len(ordered) + 1
    return lambda value: -log((size - bisect_left(ordered, value)) / size)


def surprise_below(sample: Iterable[float]) -> Tail:
    """-ln of the share of the sample that is as low or lower."""
    ordered = sorted(sample)
    size = len(ordered) + 1
    return lambda value: -log((1 + bisect_right(ordered, value)) / size)


def quantile(sample: Iterable[float]) -> Tail:
    """The figure that this share of the sample is under; 0 where there is no sample."""
    ordered = sorted(sample)
    return lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def rank(sample: Iterable[float]) -> Tail:
    """The share of the sample that is lower."""
    ordered = sorted(sample)
    return lambda value: bisect_left(ordered, value) / max(1, len(ordered))
