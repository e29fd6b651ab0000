"""The run that goes on: one report at the start, another after each change, and an end by interrupt."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content_audit.cli.watching import changes
from tests.conftest import Invoke, write

TWICE = "---\nrelated_article1: {id: 2}\nrelated_article2: {id: 2}\n---\n"
ONCE = "---\nrelated_article1: {id: 2}\n---\n"
PATIENCE = 60


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes], Callable[[int], str]]]:
    """A folder, a run that watches it, and a function that waits for so many reports and gives what was printed."""
    folder = write(tmp_path / "work", {"a.md": TWICE})
    printed = folder / "printed.md"
    command = [sys.executable, "-m", "content_audit", "check", ".", "--watch", "--select", "REL001", "--jobs", "1"]
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--output-format", "concise", "-o", "markdown=comment.md", "--report", "audit"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )

        def reports(number: int) -> str:
            end = time.monotonic() + PATIENCE
            while (text := printed.read_text()).count(" documents/s.") < number and time.monotonic() < end:
                assert process.poll() is None, text
                time.sleep(0.05)
            return text

        yield folder, process, reports
        process.kill()
        process.wait()


def test_a_report_for_each_change(
    watching: tuple[Path, subprocess.Popen[bytes], Callable[[int], str]],
) -> None:
    folder, process, reports = watching
    assert "a.md:3:1: REL001" in reports(1)
    (folder / "b.md").write_text(TWICE)
    assert "b.md:3:1: REL001" in reports(2)
    for name in ("a.md", "b.md"):
        (folder / name).write_text(ONCE)
    assert "0 errors" in reports(3).splitlines()[-1] or "0 errors" in reports(4).splitlines()[-1]
    seen = reports(0).count(" documents/s.")
    time.sleep(1.5)
    assert reports(0).count(" documents/s.") == seen, "what a run writes starts no other"
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert "Traceback" not in reports(0)


def test_a_change_during_the_first_run_is_seen(tmp_path: Path) -> None:
    folder = write(tmp_path / "work", {"a.md": TWICE})
    runs = changes([folder], [])
    next(runs)
    (folder / "a.md").write_text(ONCE)
    seen = threading.Thread(target=next, args=(runs,), daemon=True)
    seen.start()
    seen.join(PATIENCE)
    assert not seen.is_alive()


def test_what_watching_does_not_go_with(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": ONCE})
    done = invoke("check", ".", "--watch", "--add-ignore")
    assert done.exit_code == 2
    assert "--watch goes neither with" in done.stderr


def test_without_the_extra(tmp_path: Path) -> None:
    folder = write(tmp_path / "work", {"a.md": ONCE})
    write(tmp_path / "none", {"watchfiles.py": "raise ImportError\n"})
    done = subprocess.run(
        [sys.executable, "-m", "content_audit", "check", ".", "--watch"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "none"), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'content-audit[watch]'" in done.stderr
