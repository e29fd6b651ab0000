"""Runs whole programs and says what each took: wall and CPU time, and memory at its peak, all its processes together.

Needs Linux: what a process leaves behind is told by making this one the reaper of its descendants, memory by /proc.
"""

import ctypes
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36
"""Of <linux/prctl.h>."""

SHORTEST, LONGEST = 0.01, 0.5
"""Seconds between two looks at memory: close together at first, for short runs."""

LOOKING = 0.02
"""Share of the time that looking may take: a process with gigabytes takes long to look at."""

ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "NO_COLOR": "1",
}


CRASHES = (b"Traceback (most recent call last)", b"\nNode.js v", b" panicked at ")
"""What interpreters say of a program that broke off, some of them with the status of one that found faults."""


class FailedError(Exception):
    """A program that can't be measured; the text says why."""


class Cost(NamedTuple):
    """Seconds on the clock, seconds of computing, and bytes at the peak."""

    wall: float
    cpu: float
    memory: int


def nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True)
class Command:
    """A program as it is measured. `before` and `after` each run are not timed; other ends than `ends` are failures."""

    name: str
    argv: Sequence[str | Path]
    cwd: Path
    documents: int
    before: Callable[[], None] = nothing
    after: Callable[[], None] = nothing
    ends: Container[int] = (0, 1)


@dataclass
class Row:
    """What the runs of one command took."""

    command: Command
    costs: list[Cost] = field(default_factory=list)
    failure: str = ""

    def median(self, what: str) -> float:
        """The median of `wall` or `cpu`, in seconds, and of `memory`, in bytes."""
        return float(statistics.median(getattr(cost, what) for cost in self.costs))

    @property
    def spent(self) -> float:
        """Seconds that all the runs took."""
        return sum(cost.wall for cost in self.costs)


def adopt_descendants() -> None:
    """Let what measured programs leave behind become children of this process, so that it can be waited for."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command: Command, output: Path) -> Cost:
    """One run; what the program says goes to `output`. Raises FailedError for an unexpected end."""
    command.before()
    try:
        with output.open("wb") as out:
            started = time.perf_counter()
            argv = [str(part) for part in command.argv]
            process = subprocess.Popen(argv, cwd=command.cwd, env=ENVIRONMENT, stdout=out, stderr=subprocess.STDOUT)
            peak = _Peak(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime + _rest()
        memory = peak.end()
    finally:
        command.after()
    said = output.read_bytes()
    if process.returncode not in command.ends or any(sign in said for sign in CRASHES):
        told = said.decode("utf-8", "replace").strip().splitlines() or [""]
        raise FailedError(f"exit status {process.returncode}: {told[-1][:120]}")
    return Cost(wall, cpu, memory)


def _rest() -> float:
    """Wait for what the program left behind: the seconds of computing it took."""
    seconds = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


class _Peak:
    """Looks at the memory of a process and its descendants until told to end; what is shared counts once."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        pause = SHORTEST
        while not self.over.wait(pause):
            started = time.perf_counter()
            self.most = max(self.most, sum(map(_memory, _family(self.pid))))
            pause = max(min(pause * 1.2, LONGEST), (time.perf_counter() - started) / LOOKING)

    def end(self) -> int:
        """The most that was seen, in bytes."""
        self.over.set()
        self.thread.join()
        return self.most


def _family(pid: int) -> list[int]:
    family = [pid]
    for parent in family:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                family += map(int, task.read_text().split())
            except OSError:  # it has ended
                continue
    return family


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def interleave(commands: Sequence[Command], rounds: int, budget: float, outputs: Path) -> list[Row]:
    """Run each command once, then each once more, and so on; one that has taken `budget` seconds has had enough.

    A command has at least one run. One that fails is not tried again.
    """
    rows = [Row(command) for command in commands]
    outputs.mkdir(parents=True, exist_ok=True)
    for turn in range(rounds):
        for number, row in enumerate(rows):
            if row.failure or row.spent > budget:
                continue
            command = row.command
            try:
                cost = run(command, outputs / f"{number:02}.txt")
            except FailedError as error:
                row.failure = str(error)
                print(f"  {command.name}: {error}", file=sys.stderr)
                continue
            row.costs.append(cost)
            told = f"{command.name} ({command.documents:,}): {cost.wall:.2f} s, {cost.cpu:.2f} s computing"
            print(f"  round {turn + 1}: {told}", file=sys.stderr, flush=True)
    return rows


def quiet(argv: Sequence[str | Path], cwd: Path, ends: Container[int] = (0,)) -> None:
    """Run what only prepares a measurement. Raises FailedError, with the last line it said, for another end."""
    told = subprocess.run(argv, cwd=cwd, env=ENVIRONMENT, check=False, capture_output=True, text=True, errors="replace")
    _rest()
    if told.returncode not in ends:
        raise FailedError(f"{argv[0]}: {(told.stderr.strip().splitlines() or ['failed'])[-1][:120]}")
