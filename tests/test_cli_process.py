"""The tool as a process: terminals, pipes, workers and signals."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from content_audit import __version__
from tests.cli_samples import CLEAN, FIXED, PAGE
from tests.conftest import Invoke, codes, contents, read_report, run_tool, without_seconds, write


@pytest.mark.parametrize(
    "arguments", [["check", "--jobs", "0"], ["check", "--no-such"], ["clean", "."], ["nonsense"], ["explain"]]
)
def test_usage_errors_end_with_two(work: Path, arguments: list[str]) -> None:
    result = run_tool(*arguments, cwd=work)
    assert result.returncode == 2
    assert "Usage: " in result.stderr


def test_json_is_the_same_from_a_process_with_two_workers(invoke: Invoke, work: Path) -> None:
    write(work, {f"{number}.md": PAGE.replace("id: 1\n", f"id: {number + 10}\n") for number in range(70)})
    alone = read_report(invoke("check", "--output-format", "json", "--no-cache").stdout)
    workers = run_tool("check", "--output-format", "json", "--no-cache", "--jobs", "2", cwd=work)
    assert workers.returncode == 1
    assert without_seconds(read_report(workers.stdout)) == without_seconds(alone)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_any_encoding_of_the_terminal_will_do(
    work: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, output_format: str
) -> None:
    write(work, {"á🍐.md": PAGE.replace("id: 2,", "id: 日,")})
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    command = [sys.executable, "-m", "content_audit", "check", "--output-format", output_format]
    result = subprocess.run(command, cwd=work, capture_output=True, check=False)
    assert b"Traceback" not in result.stderr
    assert result.returncode == 1
    assert b"REL001" in result.stdout


def test_stdin_stands_for_a_file(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": CLEAN})
    result = invoke("check", "--stdin-filename", "a.md", "--output-format", "json", stdin=PAGE.encode())
    assert result.exit_code == 1
    data = read_report(result.stdout)
    assert {finding["path"] for finding in data["findings"]} == {"a.md"}
    assert "REL001" in codes(data)
    fixed = invoke("fix", "--stdin-filename", "sub/new.md", stdin=PAGE.encode())
    assert fixed.stdout_bytes == FIXED.encode()
    assert set(contents(work)) == {"a.md"}


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", PAGE.replace("\n", "\r\n").encode(), "\ufeff# Títle\n".encode()])
def test_stdin_comes_out_as_it_went_in_but_for_fixes(work: Path, data: bytes) -> None:
    command = [sys.executable, "-m", "content_audit", "fix", "--select", "REL002", "--stdin-filename", "a.md"]
    assert subprocess.run(command, cwd=work, input=data, capture_output=True, check=False).stdout == data


def test_stdin_over_the_limit_is_not_cut(invoke: Invoke, work: Path) -> None:
    write(work, {"content-audit.toml": "max-size = 100\n"})
    result = invoke("fix", "--stdin-filename", "a.md", stdin=PAGE.encode())
    assert result.exit_code != 0
    assert result.stdout_bytes in (b"", PAGE.encode())


def on_a_terminal(arguments: list[str], cwd: Path, environment: dict[str, str]) -> bytes:
    """What the tool prints where stdout is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "content_audit", *arguments]
    with subprocess.Popen(command, cwd=cwd, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, **environment}):
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
    os.close(ours)
    return b"".join(pieces)


def test_colours_on_a_terminal_unless_unwanted(work: Path) -> None:
    write(work, {"a.md": PAGE})
    assert b"\x1b[31;1mREL001" in on_a_terminal(["check"], work, {})
    assert b"\x1b[" not in on_a_terminal(["check"], work, {"NO_COLOR": "1"})
    assert b"\x1b[" not in on_a_terminal(["check", "--no-color"], work, {})
    assert "\x1b[" not in run_tool("check", cwd=work).stdout


def test_nothing_in_a_document_reaches_the_terminal_raw(work: Path) -> None:
    write(work, {"a\x1b[2J.md": '---\nid: 1\ntitle: "\\e[31m"\n"\x1b]0;x": 1\n---\n', "b\u202e.md": PAGE})
    for output_format in ("full", "concise"):
        printed = run_tool("check", "--output-format", output_format, cwd=work).stdout
        assert not set(printed) & {"\x1b", "\u202e", "\x07", "\r"}


def test_version_and_help(work: Path) -> None:
    assert run_tool("--version", cwd=work).stdout == f"content-audit, version {__version__}\n"
    for command in ("check", "fix", "clean", "links", "explain", "rules", "init"):
        assert run_tool(command, "--help", cwd=work).returncode == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted(work: Path, jobs: str) -> None:
    """As Ctrl-C does it: the signal goes to the workers as well."""
    page = PAGE + "\n".join(f"Sentence {number} of a long page about apples." for number in range(1500))
    write(work, {f"{number}.md": page for number in range(1200)})
    command = [sys.executable, "-m", "content_audit", "check", "--jobs", jobs]
    with subprocess.Popen(
        command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        deadline = time.monotonic() + 30
        while not (work / ".content-audit-cache" / "index.sqlite").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(1.5)  # the workers stand and work by then
        assert process.poll() is None, "ended before it could be interrupted"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "REL001" not in out
    again = run_tool("check", "1.md", "--select", "REL001", "--output-format", "json", cwd=work)
    assert codes(read_report(again.stdout)) == ["REL001"]


def test_a_reader_that_goes_away_is_no_error(work: Path) -> None:
    write(work, {f"{number}.md": PAGE for number in range(300)})
    command = f"{sys.executable} -m content_audit check | head -1"
    result = subprocess.run(["bash", "-c", command], cwd=work, capture_output=True, text=True, check=False)
    assert result.stderr == ""


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_streams_may_be_closed(work: Path, closed: str) -> None:
    write(work, {"a.md": PAGE})
    for command in ("check", "check --output-format json", "fix --diff", "fix"):
        line = f"{sys.executable} -m content_audit {command} {closed}"
        result = subprocess.run(["bash", "-c", line], cwd=work, capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr.count("Traceback")) in ((0, 0), (1, 0))
