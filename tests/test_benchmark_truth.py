"""A collection of 1,000 documents whose damage is known: all of it is found, and nothing else that is grave."""

import json
import re
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from content_audit import examine
from content_audit.cli import cli
from tests.conftest import ROOT, read_report, without_seconds

LINK = re.compile(r"^(related_article\d+):", re.MULTILINE)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("benchmark")
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "generate.py"),
        "--documents",
        "1000",
        "--seed",
        "7",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, ["check", "content", "--jobs", "1", "--output-format", "json"])
    assert result.exit_code == 1
    return read_report(result.stdout)


class Entries:
    """The entry that a finding stands in: of a related link its name, else None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.links: dict[str, list[tuple[int, str]]] = {}

    def link(self, finding: dict[str, Any]) -> str | None:
        """The last link that begins at or before a finding's line."""
        path = finding["path"]
        if path not in self.links:
            text = (self.folder / path).read_bytes().decode("utf-8", "replace")
            self.links[path] = [(text.count("\n", 0, match.start()) + 1, match[1]) for match in LINK.finditer(text)]
        at = bisect_right(self.links[path], (finding["start"]["line"], "~"))
        return self.links[path][at - 1][1] if at else None


def test_all_damage_is_found_and_nothing_else_that_is_grave(collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = json.loads((collection / "truth.json").read_text(encoding="utf-8"))
    findings = check(collection, monkeypatch)["findings"]
    entries = Entries(collection)
    found = {(f["path"], f["code"], entries.link(f) if f["code"].startswith("REL") else None) for f in findings}
    expected = {
        (entry["path"], entry["code"], entry["link"] if entry["code"].startswith("REL") else None) for entry in truth
    }
    assert len([entry for entry in truth if entry["cause"] is None]) >= 150
    assert sorted(expected - found, key=str) == []
    grave = {(f["path"], f["code"]) for f in findings if f["severity"] == "error"}
    assert sorted(grave - {(entry["path"], entry["code"]) for entry in truth}) == []


def test_damage_that_stands_on_a_line_is_found_there(collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truth = json.loads((collection / "truth.json").read_text(encoding="utf-8"))
    findings = check(collection, monkeypatch)["findings"]
    lines = {(f["path"], f["code"], line) for f in findings for line in range(f["start"]["line"], f["end"]["line"] + 1)}
    missed = [e for e in truth if not e["link"] and (e["path"], e["code"], e["line"]) not in lines]
    assert missed == []


def test_a_second_run_reads_only_what_changed_and_says_the_same(
    collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = without_seconds(check(collection, monkeypatch))
    examined: Counter[str] = Counter()
    original = examine.check_document

    def counting(document: Any, *arguments: Any) -> Any:
        examined[document.path] += 1
        return original(document, *arguments)

    monkeypatch.setattr(examine, "check_document", counting)
    assert without_seconds(check(collection, monkeypatch)) == first
    assert examined == {}
    path = next(d["path"] for d in first["documents"] if not d["findings"])
    text = (collection / path).read_bytes()
    (collection / path).write_bytes(text.removesuffix(b"\n"))
    changed = without_seconds(check(collection, monkeypatch))
    assert examined == {path: 1}
    assert [f for f in changed["findings"] if f["path"] != path] == first["findings"]
    (collection / path).write_bytes(text)
    assert without_seconds(check(collection, monkeypatch)) == first
