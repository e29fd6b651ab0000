"""Measures how the work of a function grows with its input."""

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")

LINEAR = 9.0
"""Four times the input takes four times as long where the work is linear, and sixteen times where it is quadratic."""


def growth(work: Callable[[T], object], make: Callable[[int], T], size: int) -> float:
    """How many times as long `work` takes for an input of four times the `size`: by the quickest of six runs each.

    Only the processor's time in this process counts; a busy machine takes of that too: what looks linear is believed.
    """
    small, large = make(size), make(4 * size)
    shortest, longest = _seconds(work, small), _seconds(work, large)
    for _ in range(5):
        if longest < LINEAR / 2 * shortest:
            break
        shortest, longest = min(shortest, _seconds(work, small)), min(longest, _seconds(work, large))
    return longest / shortest


def _seconds(work: Callable[[T], object], value: T) -> float:
    """Without the collector of cycles: what it looks through are all objects of the tests' process, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        start = process_time()
        work(value)
        return max(process_time() - start, 1e-6)
    finally:
        if was_on:
            gc.enable()
