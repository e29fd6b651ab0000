"""A collection of 1,000 documents whose damage is known: all of it is found, and nothing else that is grave."""

import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from content_audit import examine
from content_audit.cli import cli
from tests.conftest import ROOT, read_report, without_seconds

sys.path.insert(0, str(ROOT / "benchmarks"))
truth = import_module("truth")


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


def test_all_damage_is_found_where_it_is_and_nothing_else_that_is_grave(
    collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = truth.read_truth(collection)
    assert len([entry for entry in told if entry["cause"] is None]) >= 150
    verdict = truth.judge(collection, told, check(collection, monkeypatch)["findings"])
    assert verdict.missed == []
    assert verdict.misplaced == []
    assert verdict.unexpected == []


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
