"""A run says the same where there is no room on disk for what it has to remember."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from content_audit.index import Index
from tests.conftest import write

resource = pytest.importorskip("resource", reason="the system bounds no files")

TOOL = [sys.executable, "-m", "content_audit", "check", "content", "--exit-zero", "--output-format", "concise"]


def said(work: Path, *arguments: str, most: int | None = None) -> tuple[int, list[str]]:
    """The exit status and the findings of a run, no file of which may have more bytes than `most`."""

    def bounded() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [*TOOL, *arguments], check=False, cwd=work, capture_output=True, preexec_fn=bounded, text=True, timeout=120
    )
    *lines, _ = done.stdout.splitlines()
    return done.returncode, lines


@pytest.mark.parametrize("arguments", [pytest.param((), id="index"), pytest.param(("--no-cache",), id="no index")])
def test_a_full_disk_changes_no_finding(work: Path, arguments: tuple[str, ...]) -> None:
    text = "---\nid: 1\ntitle: Quinces\n---\n\n" + "A page about quinces and how long they keep.\n" * 40
    write(work, {f"content/{number}.md": text for number in range(120)})
    expected = said(work, "--no-cache")
    assert expected[0] == 0
    assert len(expected[1]) > 120
    assert said(work, *arguments, most=30_000) == expected


def test_the_reason_is_that_of_the_disk() -> None:
    with Index(None, "") as index:
        index.connection.execute("CREATE TABLE large (data BLOB)")
        index.connection.execute("PRAGMA max_page_count = 60")
        with pytest.raises(sqlite3.OperationalError, match="full"), index.changing() as connection:
            connection.execute("INSERT INTO large VALUES (zeroblob(4000000))")
        assert not index.connection.in_transaction
