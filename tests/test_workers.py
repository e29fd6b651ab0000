"""Worker processes: outcomes in order, and items that crash, hang or eat memory lose nothing but their own."""

import itertools
import os
import signal
import time
from collections.abc import Sequence
from contextlib import ExitStack

import pytest

from content_audit.limits import Limits, Lost, alone, each
from content_audit.workers import WINDOW, spread

LIMITS = Limits(seconds=1, memory=512 * 1024**2)


def work(item: int | str, common: int) -> int | str:
    """A number is done at once; a word is what it says."""
    if isinstance(item, int):
        return item * common
    if item == "big answer":
        return "a" * 2_000_000
    if item == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "leave":
        os._exit(3)
    if item == "memory":
        return len("a" * 10**9)
    while True:
        time.sleep(0.01)


def outcomes(items: Sequence[int | str], workers: int, chunk: int, here: bool = False) -> list[int | str | Lost]:
    with ExitStack() as stack:
        return list(spread(work, items, 2, LIMITS, here=lambda item: here, workers=workers, chunk=chunk, stack=stack))


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_outcomes_come_in_order(workers: int, chunk: int) -> None:
    items = list(range(50))
    assert outcomes(items, workers, chunk) == [2 * item for item in items]


def test_nothing_to_do() -> None:
    assert outcomes([], 2, 10) == []


HARM = [
    pytest.param("crash", "RUN003", "ended (SIGSEGV)", id="a crash in C"),
    pytest.param("leave", "RUN003", "ended (exit status 3)", id="the end of the process"),
    pytest.param("memory", "RUN002", "max-memory = 536,870,912", id="memory"),
    pytest.param("hang", "RUN002", "max-seconds = 1", id="no end"),
]


@pytest.mark.parametrize(("harm", "code", "reason"), HARM)
@pytest.mark.parametrize("chunk", [1, 8])
def test_an_item_that_does_harm_is_lost_alone(harm: str, code: str, reason: str, chunk: int) -> None:
    items: list[int | str] = [*range(5), harm, *range(5, 9)]
    found = outcomes(items, 2, chunk)
    lost = found.pop(5)
    assert found == [2 * item for item in range(9)]
    assert isinstance(lost, Lost)
    assert lost.code == code
    assert reason in lost.reason


def test_every_item_may_do_harm() -> None:
    assert [outcome.code for outcome in outcomes(["crash"] * 6, 2, 4) if isinstance(outcome, Lost)] == ["RUN003"] * 6


def test_large_items_and_large_answers_wait_for_nobody() -> None:
    items: list[int | str] = ["big answer", 1] * 8
    assert outcomes(items, 2, 2) == ["a" * 2_000_000, 2] * 8


def test_in_this_process_what_is_allowed_here() -> None:
    assert outcomes([1, 2, 3], 1, 1, here=True) == [2, 4, 6]
    (lost,) = outcomes(["hang"], 1, 1, here=True)
    assert lost == Lost("RUN002", "took over max-seconds = 1")


def test_work_in_this_process_is_stopped_though_it_catches_all_errors() -> None:
    def stubborn(item: int, common: None) -> None:
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue

    def at_times(item: int, common: None) -> int:
        if item:
            stubborn(item, common)
        return 7

    lost = Lost("RUN002", "took over max-seconds = 1")
    assert alone(stubborn, 1, None, LIMITS) == lost
    assert list(each(at_times, [0, 1, 0], None, LIMITS)) == [7, lost, 7]
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize(("workers", "here"), [(1, True), (1, False), (2, False)])
def test_items_are_made_a_few_chunks_ahead(workers: int, here: bool) -> None:
    """However many there are, no more of them are in memory."""
    made = itertools.count()
    items = (next(made) for _ in range(1_000))
    with ExitStack() as stack:
        found = spread(work, items, 2, LIMITS, here=lambda item: here, workers=workers, chunk=5, stack=stack)
        assert [next(found) for _ in range(20)] == [2 * item for item in range(20)]
        assert next(made) <= 20 + 5 * WINDOW * workers


def test_workers_end_where_the_run_breaks_off() -> None:
    with ExitStack() as stack:
        items: list[int | str] = [1, "hang"]
        found = spread(work, items, 2, LIMITS, here=lambda item: False, workers=2, chunk=1, stack=stack)
        assert next(found) == 2
        import multiprocessing

        children = multiprocessing.active_children()
        assert children
    assert not any(child.is_alive() for child in children)
