"""Ends `fix` at random moments and looks at what is left on disk: `python benchmarks/kill.py [--kills 100]`.

A generated collection, every document of which wants its last line ended, is copied afresh for each run. Half of the
moments are spread over the time that a whole run takes, half over the writing, told by the files it has replaced. After
each SIGKILL every document must be its old or its new bytes, and the next run must leave what an undisturbed one does,
and no file besides. After each SIGINT the exit status must be 130, without a traceback.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from generate import generate

ENVIRONMENT = {**os.environ, "PYTHONFAULTHANDLER": ""}
CACHE = ".content-audit-cache"
HARMLESS = ("ended on the way", "ended with some documents written", "strays at the end of the run")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but those of the index, by its path below the folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {name: file.read_bytes() for file in files if CACHE not in (name := str(file.relative_to(folder)))}


def start(folder: Path, jobs: int) -> subprocess.Popen[str]:
    """A run of `fix` over the folder's content."""
    command = [sys.executable, "-m", "content_audit", "fix", "content", "-q", "--jobs", str(jobs)]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def wait(run: subprocess.Popen[str], folder: Path, seconds: float | None, writes: int) -> None:
    """Until so many seconds have gone, or where that is None, until so many documents have been written."""
    started, files = time.time(), sorted(folder.rglob("*.md"))
    while run.poll() is None:
        if seconds is not None:
            if time.time() - started >= seconds:
                return
        elif sum(file.stat().st_mtime >= started for file in files) >= writes:
            return
        time.sleep(0.001)


def end(
    base: Path, whole: Mapping[str, bytes], jobs: int, moment: tuple[float | None, int], number: int
) -> Counter[str]:
    """One run that is ended, and the next one: what of it is as it must not be."""
    before = contents(base)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "run")
        shutil.copytree(base, folder)
        run = start(folder, jobs)
        wait(run, folder, *moment)
        run.send_signal(number)
        said, status = run.communicate()[1], run.returncode
        found["ended on the way"] = int(status in (-number, 130))
        found["tracebacks"] = int("Traceback" in said)
        found["other exit statuses"] = int(status not in ((-number, 0, 1) if number == signal.SIGKILL else (130, 0, 1)))
        left = contents(folder)
        changed = [path for path in before if before[path] != whole[path]]
        written = sum(1 for path in changed if left.get(path) == whole[path])
        found["ended with some documents written"] = int(0 < written < len(changed))
        found["documents neither old nor new"] = sum(
            1 for path in before if left.get(path) not in (before[path], whole[path])
        )
        found["strays at the end of the run"] = len(left.keys() - before.keys())
        start(folder, jobs).communicate()
        after_all = contents(folder)
        found["strays after the next run"] = len(after_all.keys() - before.keys())
        found["documents other than after a whole run"] = sum(1 for path in whole if after_all.get(path) != whole[path])
    return found


def main() -> None:
    """Read the arguments, end the runs, print what was found; ends with 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--interrupts", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    broken = 0
    with tempfile.TemporaryDirectory() as name:
        base, whole = Path(name, "base"), Path(name, "whole")
        generate(arguments.documents, arguments.seed, 0.2, base)
        for file in base.rglob("*.md"):
            file.write_bytes(file.read_bytes().rstrip())
        shutil.copytree(base, whole)
        started = time.monotonic()
        start(whole, 1).communicate()
        seconds = time.monotonic() - started
        expected = contents(whole)
        changed = sum(1 for path, data in contents(base).items() if data != expected[path])
        print(f"{arguments.documents} documents, a whole run takes {seconds:.1f} s and changes {changed} of them")
        for what, times, number in (
            ("SIGKILL", arguments.kills, signal.SIGKILL),
            ("SIGINT", arguments.interrupts, signal.SIGINT),
        ):
            total: Counter[str] = Counter()
            for turn in range(times):
                share = (turn + rng.random()) / times
                moment = (seconds * share, 0) if turn % 2 else (None, round(changed * share))
                total.update(end(base, expected, 1 + turn // 2 % 2, moment, number))
            print(f"{times} x {what}: " + ", ".join(f"{key}: {count}" for key, count in total.items()))
            broken += sum(count for key, count in total.items() if key not in HARMLESS)
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
