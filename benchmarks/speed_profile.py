"""Where the time of one run goes, by stages: `python speed_profile.py OUT ARGUMENTS…` runs content-audit with them.

OUT gets `[stage, part, seconds]` for each part of a stage, as JSON.

A timer of computing interrupts the run, and what it was at is counted: unlike a profiler that follows every call it
makes none of them dearer. What happens in C counts for the function that called it.
"""

import json
import runpy
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

INTERVAL = 0.004
"""Seconds of computing between two looks: each takes some 20 µs, and many systems' clocks tick no faster."""

PACKAGE = "content_audit."
STAGES = {
    "discover": "discover",
    "files": "read",
    "parse": "parse",
    "schemas": "validate",
    "rules": "rules",
    "suppress": "rules",
    "facts": "facts",
    "index": "index",
    "inquiry": "collection rules",
    "render": "render",
    "report": "render",
    "output": "render",
}
"""What the modules are for, by the first part of their names below the package; others serve who calls them."""

OPEN = ("", "discover", "index")
"""Stages in which others are called; all else that a stage calls is its own time, but for what rules validate."""

IMPORTS = "start-up"


def stage(frame: FrameType | None) -> tuple[str, str]:
    """The stage that a stack belongs to, and in it the rule that is asked, else the module at work."""
    modules: list[str] = []
    while frame is not None:
        modules.append(str(frame.f_globals.get("__name__", "")))
        frame = frame.f_back
    if any(name.startswith("importlib._bootstrap") for name in modules):
        return IMPORTS, ""
    now = ""
    own = [name.removeprefix(PACKAGE) for name in reversed(modules) if name.startswith(PACKAGE)]
    for name in own:
        found = STAGES.get(name.partition(".")[0], now)
        if now in OPEN or (now, found) == ("rules", "validate"):
            now = found
    return now or "the rest", next((name for name in own if name.startswith("rules.")), own[-1] if own else "")


def main() -> None:
    """Run the program, counting."""
    seen: Counter[tuple[str, str]] = Counter()

    def look(number: int, frame: FrameType | None) -> None:
        seen[stage(frame)] += 1

    out, sys.argv = Path(sys.argv[1]), ["content-audit", *sys.argv[2:]]
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        runpy.run_module("content_audit", run_name="__main__")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        each = time.process_time() / max(1, seen.total())
        told = [[*key, count * each] for key, count in seen.most_common()]
        out.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
