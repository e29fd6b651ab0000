"""Measures how the work of a function grows with its input."""

from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")

LINEAR = 9.0
"""Four times the input takes four times as long where the work is linear, and sixteen times where it is quadratic."""


def growth(work: Callable[[T], object], make: Callable[[int], T], size: int) -> float:
    """How many times as long `work` takes for an input of four times the `size`: the least of three measurements.

    Only the processor's time in this process counts, so that a busy machine does not.
    """
    small, large = make(size), make(4 * size)
    return min(_seconds(work, large) / _seconds(work, small) for _ in range(3))


def _seconds(work: Callable[[T], object], value: T) -> float:
    start = process_time()
    work(value)
    return max(process_time() - start, 1e-6)
