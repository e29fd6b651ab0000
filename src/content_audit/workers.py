"""Work on many items, one function for all, in worker processes that can be ended: the outcomes in the items' order."""

import contextlib
import itertools
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver
from typing import Any, NamedTuple, TypeVar

from content_audit.limits import Limits, Lost, each, enter, marked, over_memory, over_time

Item = TypeVar("Item")
Common = TypeVar("Common")
Outcome = TypeVar("Outcome")

AHEAD = 32 * 1024
"""Bytes of work sent to a worker that is busy: what a pipe takes without its reader, on every system."""

WINDOW = 4
"""Chunks under way for each worker: enough that none waits for the slowest."""

TICK = 0.25
"""Seconds between two looks at how far the workers are."""


class _Part(NamedTuple):
    """Some items of a chunk, the first of them at `at`."""

    chunk: int
    at: int
    items: Sequence[Any]


@dataclass
class _Worker:
    """One process, the parts that it was given, and how far it is with the first of them, seen last at `since`.

    `place` has the number of the item, `mark` the stage of the work on it.
    """

    process: Any
    pipe: connection.Connection
    place: Any
    mark: Any
    parts: deque[_Part] = field(default_factory=deque)
    seen: int = 0
    since: float = field(default_factory=time.monotonic)


def spread(
    work: Callable[[Item, Common], Outcome],
    items: Iterable[Item],
    common: Common,
    limits: Limits,
    *,
    here: Callable[[Item], bool],
    workers: int,
    chunk: int,
    stack: ExitStack,
) -> Iterator[Outcome | Lost]:
    """The outcomes of `work(item, common)` from `workers` processes that are given `chunk` items at a time.

    With one worker, what `here` allows is done in this process. `work` is a module's function; what all items have in
    `common` is sent once to each process. An item that takes more than `limits`, or whose process ends under it, has a
    `Lost` for its outcome. Items are asked for a few chunks ahead of their outcomes. Processes start with the first
    outcome that is asked of them, and end with `stack`.
    """
    crew = _Crew(work, common, limits)
    stack.callback(crew.end)
    left = iter(items)
    chunks = iter(lambda: [*itertools.islice(left, chunk)], [])
    if workers > 1:
        return crew.outcomes(chunks, workers)
    return itertools.chain.from_iterable(crew.shared(some, here) for some in chunks)


class _Crew:
    """The processes at work, and what they have answered so far."""

    def __init__(self, work: Callable[..., Any], common: Any, limits: Limits) -> None:
        self.work, self.common, self.limits = work, common, limits
        self.workers: list[_Worker] = []
        self.waiting: deque[_Part] = deque()
        self.done: dict[int, dict[int, Any]] = {}

    def outcomes(self, chunks: Iterable[Sequence[Any]], workers: int) -> Iterator[Any]:
        """The outcomes chunk by chunk, no more chunks under way than keep the workers busy."""
        coming = (_Part(number, 0, items) for number, items in enumerate(chunks))
        under_way = deque(itertools.islice(coming, WINDOW * workers))
        self.waiting.extend(under_way)
        while len(self.workers) < min(workers, len(under_way)):
            self.workers.append(self._hire())
        while under_way:
            number, _, items = under_way.popleft()
            while len(self.done.get(number, ())) < len(items):
                self._step()
            told = self.done.pop(number)
            more = [*itertools.islice(coming, 1)]
            under_way.extend(more)
            self.waiting.extend(more)
            self._give()
            yield from (told[at] for at in range(len(items)))

    def shared(self, items: Sequence[Any], here: Callable[[Any], bool]) -> Iterator[Any]:
        """The outcomes of these items, done in this process where that is allowed `here`, the others meanwhile."""
        is_here = [*map(here, items)]
        apart = self.outcomes([[item] for item, at_hand in zip(items, is_here, strict=True) if not at_hand], 1)
        done_here = each(self.work, itertools.compress(items, is_here), self.common, self.limits)
        return (next(done_here if at_hand else apart) for at_hand in is_here)

    def end(self) -> None:
        """Let go of the processes: none has work left, or the run breaks off."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers = []

    def _hire(self) -> _Worker:
        context = _context(self.work.__module__)
        ours, theirs = context.Pipe()
        place, mark = context.RawValue("Q", 0), context.RawValue("Q", 0)
        given = (theirs, place, mark, self.work, self.common, self.limits)
        process = context.Process(target=_serve, args=given, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, place, mark)

    def _give(self) -> None:
        """Send work to who has none, and a little ahead to the others."""
        for worker in sorted(self.workers, key=lambda worker: len(worker.parts)):
            if not self.waiting or len(worker.parts) > 1:
                return
            data = pickle.dumps(self.waiting[0].items, pickle.HIGHEST_PROTOCOL)
            if not worker.parts or len(data) <= AHEAD:
                worker.parts.append(self.waiting.popleft())
                with contextlib.suppress(OSError):  # it has ended: its pipe will tell
                    worker.pipe.send_bytes(data)

    def _step(self) -> None:
        """Take what the workers answer, and replace those that ended or that must."""
        self._give()
        ready = connection.wait([worker.pipe for worker in self.workers], TICK)
        for number, worker in enumerate(self.workers):
            if worker.pipe in ready:
                try:
                    self._take(worker)
                except (EOFError, OSError):
                    self._replace(number, _ended(worker.process, self.limits, worker.mark.value))
            elif self._is_late(worker):
                self._replace(number, over_time(self.limits, worker.mark.value))

    def _take(self, worker: _Worker) -> None:
        answers = worker.pipe.recv()
        chunk, at, _ = worker.parts.popleft()
        self.done.setdefault(chunk, {}).update(enumerate(answers, at))
        worker.since = time.monotonic()

    def _is_late(self, worker: _Worker) -> bool:
        place, now = worker.place.value, time.monotonic()
        if place != worker.seen or not place:
            worker.seen, worker.since = place, now
        return now - worker.since > self.limits.seconds

    def _replace(self, number: int, reason: Lost) -> None:
        """Go on with another process, without the item that this one was at; what it had not answered is done again."""
        worker = self.workers[number]
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.waiting.extendleft(reversed(list(worker.parts)[1:]))
        if worker.parts:
            chunk, at, items = worker.parts[0]
            culprit = max(worker.place.value, 1) - 1
            self.done.setdefault(chunk, {})[at + culprit] = reason
            rests = (_Part(chunk, at, items[:culprit]), _Part(chunk, at + culprit + 1, items[culprit + 1 :]))
            self.waiting.extendleft(part for part in reversed(rests) if part.items)
        self.workers[number] = self._hire()


def _ended(process: Any, limits: Limits, stage: int) -> Lost:
    process.join()
    code = process.exitcode
    if stage and code == -signal.SIGABRT:  # what is written in Rust ends so where it gets no memory
        return over_memory(limits, stage)
    how = signal.Signals(-code).name if code < 0 and -code in list(signal.Signals) else f"exit status {code}"
    return Lost("RUN003", f"the process at work on it ended ({how})", stage)


def _context(module: str) -> Any:
    """How workers start. The fork server and its workers ignore SIGINT: the main process ends an interrupted run."""
    if not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    if threading.current_thread() is threading.main_thread():
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            forkserver.ensure_running()
        finally:
            signal.signal(signal.SIGINT, handler)
    return context


def _serve(
    pipe: connection.Connection, place: Any, mark: Any, work: Callable[..., Any], common: Any, limits: Limits
) -> None:
    """A worker: answer part after part, and say at `place` which item is being worked on, counted from one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    marked(mark)
    _bound_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):  # the main process has gone
        while True:
            items = pickle.loads(pipe.recv_bytes())
            answers = []
            for number, item in enumerate(items, 1):
                place.value = number
                enter(0)
                try:
                    answers.append(work(item, common))
                except MemoryError:
                    answers.append(over_memory(limits, mark.value))
            place.value = 0
            pipe.send(answers)


def _bound_memory(limit: int) -> None:
    """Let this process have no more memory than that, where the system can be told."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
