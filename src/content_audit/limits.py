"""What one item of work may take, and how work in this process is held to it."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Common = TypeVar("Common")
Outcome = TypeVar("Outcome")

MAX_SECONDS = 60
"""The slowest document of the real collections takes under one second, the worst of the hostile ones five."""

MAX_MEMORY = 2 * 1024**3
"""Bytes: a text of the largest size that is read, 32 MB, takes .7 GB."""


class Limits(NamedTuple):
    """The most that one item may take: seconds, and bytes of a worker process's memory."""

    seconds: int = MAX_SECONDS
    memory: int = MAX_MEMORY


class Lost(NamedTuple):
    """In place of an outcome: which rule speaks of it, RUN002 for a limit and RUN003 for a crash, and the reason.

    `stage` is what the work was at, as it said by `enter`.
    """

    code: str
    reason: str
    stage: int = 0


class OverTimeError(BaseException):
    """Work took longer than it may. No `Exception`: what is being stopped must not take it for one of its own."""


class Mark(Protocol):
    """Where work says what it is at; a worker's is shared with the process that may have to end it."""

    value: int


class _Mark:
    value = 0


_marks: list[Mark] = [_Mark()]


def marked(mark: Mark) -> None:
    """From here on, this process says at `mark` what it is at."""
    _marks[0] = mark


def enter(stage: int) -> None:
    """Say what the work on an item is at from here on, by a number of its own; 0, with which it begins, is all else."""
    _marks[0].value = stage


def over_time(limits: Limits, stage: int = 0) -> Lost:
    """What is said of work that was stopped for its time."""
    return Lost("RUN002", f"took over max-seconds = {limits.seconds}", stage)


def over_memory(limits: Limits, stage: int = 0) -> Lost:
    """What is said of work that got no more memory."""
    return Lost("RUN002", f"took over max-memory = {limits.memory:,} bytes", stage)


def _rings() -> bool:
    """Can an alarm be set here?"""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _stop(number: int, frame: FrameType | None) -> None:
    raise OverTimeError


@contextmanager
def within(seconds: float, *, busy: bool = False) -> Iterator[None]:
    """Raise OverTimeError in the block when its time is over; with `busy`, only time that it computes counts.

    Where no alarm can be set, outside the main thread and on Windows, the block takes what it takes. C code that does
    not return is not interrupted: what may do that belongs into a process of its own (`content_audit.workers`).
    """
    if not _rings():
        yield
        return
    number, timer = (signal.SIGVTALRM, signal.ITIMER_VIRTUAL) if busy else (signal.SIGALRM, signal.ITIMER_REAL)
    before = signal.signal(number, _stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)


def alone(work: Callable[[Item, Common], Outcome], item: Item, common: Common, limits: Limits) -> Outcome | Lost:
    """The outcome of `work(item, common)`, done in this process; what took too much time or memory is `Lost`."""
    (outcome,) = each(work, (item,), common, limits)
    return outcome


def each(
    work: Callable[[Item, Common], Outcome], items: Iterable[Item], common: Common, limits: Limits
) -> Iterator[Outcome | Lost]:
    """As `alone` for one item after the other. The alarm is made ready once for all of them: that takes as long as a
    hundredth of the work on a document."""
    rings = _rings()
    before = signal.signal(signal.SIGALRM, _stop) if rings else None
    try:
        for item in items:
            yield _timed(work, item, common, limits, rings)
    finally:
        if rings:
            signal.signal(signal.SIGALRM, before)


def _timed(
    work: Callable[[Item, Common], Outcome], item: Item, common: Common, limits: Limits, rings: bool
) -> Outcome | Lost:
    enter(0)
    try:
        if not rings:
            return work(item, common)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        try:
            return work(item, common)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except OverTimeError:
        return over_time(limits, _marks[0].value)
    except MemoryError:
        return over_memory(limits, _marks[0].value)
