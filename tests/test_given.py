"""The documents that the tool was built on: the given ones where they are, the project's own seeds always."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Invoke, contents, read_report

SHARED = ROOT.parent / "shared"
SEEDS = ROOT / "seeds"
SAMPLES = (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| *(?:\[[^\]]+\]\(\.\./seeds/(?P<file>[^)]+)\))? *\|(?P<lines>[^|]*)\|(?P<rules>[^|]*)\|", re.MULTILINE
)
CODE = re.compile(r"\b[A-Z]{2,3}\d{3}\b")
given = pytest.mark.skipif(
    not (SHARED / "accept").is_dir(), reason="the given documents are not beside this repository"
)


def told() -> dict[str, list[tuple[str, str]]]:
    """What docs/samples.md says of each sample: pairs of lines and rule."""
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for row in ROW.finditer(SAMPLES):
        name = row["file"] or name
        if name:
            found.setdefault(name, []).extend((row["lines"].strip(), code) for code in CODE.findall(row["rules"]))
    return found


TOLD = told()


@pytest.fixture
def seeds(work: Path) -> Path:
    shutil.copytree(SEEDS, work / "seeds")
    return work / "seeds"


@pytest.fixture
def found(invoke: Invoke, seeds: Path) -> Mapping[str, list[dict[str, Any]]]:
    """The findings in each seed."""
    data = read_report(invoke("check", "seeds", "--output-format", "json", "--no-cache").stdout)
    assert len(data["documents"]) == len(TOLD) >= 10
    return {name: [f for f in data["findings"] if f["path"] == f"seeds/{name}"] for name in TOLD}


def covers(finding: Mapping[str, Any], lines: str) -> bool:
    """Does a finding stand on one of these lines, as in "26, 32" or "1–22, 188–194"?"""
    for part in re.split(r",\s*", lines):
        first, _, last = part.partition("–")
        if finding["start"]["line"] <= int(last or first) and finding["end"]["line"] >= int(first):
            return True
    return False


def test_every_sample_is_told_of() -> None:
    assert {file.name for file in SEEDS.iterdir()} == set(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_what_is_said_of_a_sample_is_found_in_it(found: Mapping[str, list[dict[str, Any]]], name: str) -> None:
    for lines, code in TOLD[name]:
        assert any(f["code"] == code and covers(f, lines) for f in found[name]), f"{code} on {lines}"


@pytest.mark.parametrize("name", TOLD)
def test_nothing_grave_is_found_in_a_sample_of_which_it_is_not_said(
    found: Mapping[str, list[dict[str, Any]]], name: str
) -> None:
    said = {code for _, code in TOLD[name]}
    assert {f["code"] for f in found[name] if f["severity"] == "error"} <= said
    if not said:
        assert found[name] == []


def test_every_line_that_is_said_of_a_link_is_found(found: Mapping[str, list[dict[str, Any]]]) -> None:
    for name, rows in TOLD.items():
        for lines, code in rows:
            if code == "REL008":
                starts = {f["start"]["line"] for f in found[name] if f["code"] == code}
                assert starts == {int(line) for line in lines.split(",")}


def test_cleaning_leaves_the_seeds_as_they_are(invoke: Invoke, seeds: Path) -> None:
    before = contents(SEEDS)
    assert invoke("clean", "seeds", "--output", "out").exit_code == 0
    assert contents(seeds) == before
    cleaned = contents(seeds.parent / "out")
    assert {name.removesuffix(".md") for name in cleaned} >= {
        name.removesuffix(".html").removesuffix(".md") for name in before
    }
    untouched = {name for name in before if not TOLD[name] and not name.endswith(".html")}
    assert len(untouched) >= 3
    assert {name: cleaned[name] for name in untouched} == {name: before[name] for name in untouched}


@pytest.mark.parametrize("unsafe", [[], ["--unsafe"]])
def test_fixing_the_seeds_twice_is_fixing_them_once(invoke: Invoke, seeds: Path, unsafe: list[str]) -> None:
    before = contents(seeds)
    invoke("fix", "seeds", *unsafe)
    once = contents(seeds)
    assert once != before
    assert "\n0 fixed, " in "\n" + invoke("fix", "seeds", *unsafe).stdout
    assert contents(seeds) == once


def test_cleaned_seeds_have_nothing_left_to_clean(invoke: Invoke, seeds: Path) -> None:
    invoke("clean", "seeds", "--output", "once")
    invoke("clean", "once", "--output", "twice")
    once, twice = contents(seeds.parent / "once"), contents(seeds.parent / "twice")
    assert {**once, "ledger.json": b""} == {**twice, "ledger.json": b""}


@given
def test_the_given_documents_show_what_they_must() -> None:
    binary = Path(sys.executable).with_name("content-audit")
    command = [sys.executable, str(SHARED / "accept" / "seeds.py"), "--bin", str(binary)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@given
@pytest.mark.parametrize("unsafe", [[], ["--unsafe"]])
def test_fixing_the_given_documents_twice_is_fixing_them_once(invoke: Invoke, work: Path, unsafe: list[str]) -> None:
    shutil.copytree(SHARED / "seeds", work / "given")
    invoke("fix", "given", *unsafe)
    once = contents(work / "given")
    invoke("fix", "given", *unsafe)
    assert contents(work / "given") == once
