"""What one item of work may take, and how work in this process is held to it."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

Item = TypeVar("Item")
Common = TypeVar("Common")
Outcome = TypeVar("Outcome")

MAX_SECONDS = 60
"""The slowest document of the real collections takes under one second, the worst of the hostile ones five."""

MAX_MEMORY = 2 * 1024**3
"""Bytes: a text of the largest size that is read, 32 MB, takes .7 GB."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one item may take: seconds, and bytes of a worker process's memory."""

    seconds: int = MAX_SECONDS
    memory: int = MAX_MEMORY


@dataclass(frozen=True, slots=True)
class Lost:
    """In place of an outcome: which rule speaks of it, RUN002 for a limit and RUN003 for a crash, and the reason."""

    code: str
    reason: str


class OverTimeError(BaseException):
    """Work took longer than it may. No `Exception`: what is being stopped must not take it for one of its own."""


def over_time(limits: Limits) -> Lost:
    """What is said of work that was stopped for its time."""
    return Lost("RUN002", f"took over max-seconds = {limits.seconds}")


def over_memory(limits: Limits) -> Lost:
    """What is said of work that got no more memory."""
    return Lost("RUN002", f"took over max-memory = {limits.memory:,} bytes")


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Raise OverTimeError in the block when its time is over.

    Where no alarm can be set, outside the main thread and on Windows, the block takes what it takes. C code that does
    not return is not interrupted: what may do that belongs into a process of its own (`content_audit.workers`).
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OverTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def alone(work: Callable[[Item, Common], Outcome], item: Item, common: Common, limits: Limits) -> Outcome | Lost:
    """The outcome of `work(item, common)`, done in this process; what took too much time or memory is `Lost`."""
    try:
        with within(limits):
            return work(item, common)
    except OverTimeError:
        return over_time(limits)
    except MemoryError:
        return over_memory(limits)
