"""Worker processes: one function over many items, the outcomes in the items' order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import islice
from multiprocessing import forkserver
from typing import Any, TypeVar

Item = TypeVar("Item")
Common = TypeVar("Common")
Outcome = TypeVar("Outcome")


def spread(
    work: Callable[[Item, Common], Outcome],
    items: Sequence[Item],
    common: Common,
    *,
    workers: int,
    chunk: int,
    stack: ExitStack,
) -> Iterator[Outcome]:
    """The outcomes of `work(item, common)` from `workers` processes, which are given `chunk` items at a time.

    `work` is a module's function; what all items have in `common` is sent once. The processes end with `stack`: when
    they are done, or at once where the run breaks off.
    """
    pool = ProcessPoolExecutor(workers, _context(work.__module__), _start, (work, common))
    stack.push(partial(_end, pool))
    return _outcomes(pool, [items[at : at + chunk] for at in range(0, len(items), chunk)], workers)


def _outcomes(pool: ProcessPoolExecutor, chunks: Sequence[Sequence[Any]], workers: int) -> Iterator[Any]:
    """The outcomes chunk by chunk, no more chunks under way than keep the workers busy."""
    coming = iter(chunks)
    waiting = deque(pool.submit(_work, chunk) for chunk in islice(coming, 4 * workers))
    while waiting:
        done = waiting.popleft().result()
        waiting.extend(pool.submit(_work, chunk) for chunk in islice(coming, 1))
        yield from done


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


def _end(pool: ProcessPoolExecutor, kind: type[BaseException] | None, *_: object) -> None:
    """Let the workers finish; where the run breaks off, end them first, lest one that starts misses what goes."""
    if kind is not None:
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
    pool.shutdown(wait=kind is None, cancel_futures=True)


_task: list[Any] = []


def _start(work: Callable[..., Any], common: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _task[:] = [work, common]


def _work(items: Sequence[Any]) -> list[Any]:
    work, common = _task
    return [work(item, common) for item in items]
