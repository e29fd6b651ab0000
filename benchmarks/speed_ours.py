"""Our own runs, and the floors they are held against: `git status`, and an interpreter that does nothing."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from speed_places import CACHE, Place
from speed_runs import Command, quiet

COLD = "content-audit, no index"
WARM = "content-audit, unchanged"
TEN = "content-audit, ten changed"
HOOK = "content-audit, hook of three files"
HOOK_CHANGED = "content-audit, hook of three changed files"
STATUS = "git status"
NOTHING = "python -c pass"
NO_SPEED = (HOOK, HOOK_CHANGED, NOTHING)
"""What is not about all documents."""

SETTLED = 2.5
"""Seconds after which a change is no longer so fresh that a program has to look at the file again."""

ENDS = (0, 1)
"""Without findings, and with some."""

PROGRAM = Path(sys.executable).with_name("content-audit")
CHECK: tuple[str | Path, ...] = (PROGRAM, "check", "content", "--output-format", "concise")
STATUS_ARGV: tuple[str | Path, ...] = ("git", "status")
IN_HOOK: tuple[str | Path, ...] = (PROGRAM, "check", "--force-exclude", "--output-format", "concise")


def cold(place: Place) -> Command:
    """A first run: there is no index yet, and it writes one."""
    return Command(COLD, CHECK, place.folder, place.documents, before=lambda: _forget(place))


def warm(place: Place) -> Command:
    """A run over what the one before has seen."""
    return Command(WARM, CHECK, place.folder, place.documents)


def ten_changed(place: Place) -> Command:
    """A run over ten documents with another last sentence than the index knows."""
    change, restore = _edits(place, place.files[:: max(1, place.documents // 10)][:10])
    return Command(TEN, CHECK, place.folder, place.documents, before=change, after=restore)


def hook(place: Place) -> Command:
    """What pre-commit calls for three of the documents, held against all of them."""
    return Command(HOOK, (*IN_HOOK, *_three(place)), place.folder, place.documents)


def hook_changed(place: Place) -> Command:
    """The same for three documents that were changed since the last run, as those of a commit are."""
    change, restore = _edits(place, [place.folder / name for name in _three(place)])
    return Command(
        HOOK_CHANGED, (*IN_HOOK, *_three(place)), place.folder, place.documents, before=change, after=restore
    )


def _edits(place: Place, files: list[Path]) -> tuple[Callable[[], None], Callable[[], None]]:
    """What changes the last sentences of these documents, and what makes everything as it was."""
    texts = {file: file.read_bytes() for file in files}

    def change() -> None:
        for file, text in texts.items():
            file.write_bytes(text.rstrip() + b" Nobody had expected it to end like this.\n")
        time.sleep(SETTLED)

    def restore() -> None:
        for file, text in texts.items():
            file.write_bytes(text)
        time.sleep(SETTLED)
        ready(place)

    return change, restore


def status(place: Place) -> Command:
    """What has to be done to see that nothing has changed, as git does it."""
    return Command(STATUS, STATUS_ARGV, place.folder, place.documents)


def interpreter(place: Place) -> Command:
    """The start and the end of the interpreter that our program runs in."""
    return Command(NOTHING, (sys.executable, "-c", "pass"), place.folder, place.documents)


def ready(place: Place) -> None:
    """Bring the indexes up to date, ours and git's."""
    for argv in (CHECK, (*IN_HOOK, *_three(place)), STATUS_ARGV):
        quiet(argv, place.folder, ENDS)


def remembered(place: Place) -> None:
    """Bring the documents and git's index into the system's memory: what is measured are programs, not the disk."""
    for file in place.files:
        file.read_bytes()
    quiet(STATUS_ARGV, place.folder)


def profiled(place: Place) -> dict[str, list[tuple[str, str, float]]]:
    """Where the computing of a first run in one process goes, and of one over an unchanged collection."""
    out = place.folder / "profile.json"
    script = Path(__file__).with_name("speed_profile.py")
    found: dict[str, list[tuple[str, str, float]]] = {}
    _forget(place)
    for run in ("no index", "unchanged"):
        quiet([sys.executable, script, out, *CHECK[1:], "--jobs", "1"], place.folder, ENDS)
        found[run] = [(stage, part, seconds) for stage, part, seconds in json.loads(out.read_text(encoding="utf-8"))]
    return found


def _three(place: Place) -> list[str]:
    return [os.fspath(file.relative_to(place.folder)) for file in place.files[:: max(1, place.documents // 3)][:3]]


def _forget(place: Place) -> None:
    for folder in (place.folder, place.folder / "content"):
        shutil.rmtree(folder / CACHE, ignore_errors=True)
