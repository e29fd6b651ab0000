"""The commands as they are used: what they take, what they say, and how they end."""

import json
import os
from pathlib import Path

import pytest

from content_audit.rules import CATALOGUE
from tests.cli_samples import CLEAN, FIXED, PAGE, PLACEHOLDER
from tests.conftest import Invoke, codes, contents, read_report, without_seconds, write


def test_findings_end_with_one(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE})
    result = invoke("check", "a.md", "--output-format", "concise")
    assert result.exit_code == 1
    assert "a.md:5:1: REL001 related_article2 repeats related_article1 (id 2) [*]\n" in result.stdout
    assert "1 document: 1 error, " in result.stdout


def test_nothing_found_ends_with_none(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": FIXED, "b.txt": CLEAN})
    result = invoke("check", "--select", "REL001", "--output-format", "json")
    assert result.exit_code == 0
    assert [document["path"] for document in read_report(result.stdout)["documents"]] == ["a.md", "b.txt"]


def test_an_empty_folder_is_no_error(invoke: Invoke) -> None:
    result = invoke("check", "--output-format", "json")
    assert result.exit_code == 0
    assert read_report(result.stdout)["summary"]["documents"] == 0
    assert invoke("check").stdout.startswith("0 documents: ")


@pytest.mark.parametrize(
    ("fail_on", "text", "status"),
    [
        ("error", PAGE, 1),
        ("error", PLACEHOLDER, 0),
        ("warning", PLACEHOLDER, 0),
        ("warning", PAGE, 1),
        ("info", PLACEHOLDER, 1),
        ("info", CLEAN, 0),
        ("never", PAGE, 0),
    ],
)
def test_fail_on(invoke: Invoke, work: Path, fail_on: str, text: str, status: int) -> None:
    write(work, {"a.md": text})
    assert invoke("check", "--select", "REL001,BPL012", "--fail-on", fail_on).exit_code == status


def test_exit_zero_and_quiet(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE})
    assert invoke("check", "--exit-zero").exit_code == 0
    quiet = invoke("check", "--quiet")
    assert (quiet.exit_code, quiet.output) == (1, "")
    assert (invoke("fix", "--quiet", "--diff").exit_code, contents(work)["a.md"]) == (0, PAGE.encode())
    fixed = invoke("fix", "--quiet")
    assert (fixed.exit_code, fixed.output, contents(work)["a.md"]) == (0, "", FIXED.encode())
    assert invoke("clean", "--quiet", "--output", "out").output == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["--select", "REL001"], {"REL001"}, id="a code"),
        pytest.param(["--select", "duplicate-related-link"], {"REL001"}, id="a name"),
        pytest.param(["--select", "REL00"], {"REL001", "REL007"}, id="a beginning, rules that are off left out"),
        pytest.param(
            ["--select", "REL00,REL009"], {"REL001", "REL007", "REL009"}, id="a rule that is off, by its code"
        ),
        pytest.param(["--select", "REL001,TXT"], {"REL001", "TXT001"}, id="several, with commas"),
        pytest.param(["--select", "REL001", "--select", "TXT001"], {"REL001", "TXT001"}, id="several, one by one"),
        pytest.param(["--select", "REL", "--ignore", "REL007,REL009"], {"REL001"}, id="all of a family but two"),
        pytest.param(["--ignore", "REL,TXT"], set(), id="all but two families"),
        pytest.param(["--select", "TXT", "--extend-select", "REL001"], {"REL001", "TXT001"}, id="besides"),
    ],
)
def test_rules_are_chosen(invoke: Invoke, work: Path, arguments: list[str], expected: set[str]) -> None:
    write(work, {"a.md": PAGE.removesuffix("\n")})
    found = read_report(invoke("check", "--output-format", "json", *arguments).stdout)
    assert set(codes(found)) == expected


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["check", "--select", "REL999"], "REL999"),
        (["check", "--select", "dupli-related-link"], "duplicate-related-link"),
        (["check", "--ignore", "rel-001"], "rel-001"),
        (["check", "nowhere"], "nowhere"),
        (["check", "--config", "nowhere.toml"], "nowhere.toml"),
        (["check", "--schema", "nowhere.json"], "nowhere.json"),
        (["explain", "REL999"], "REL999"),
        (["clean", ".", "--output", "."], "."),
    ],
)
def test_what_makes_no_sense_ends_with_two_and_one_line(
    invoke: Invoke, work: Path, arguments: list[str], named: str
) -> None:
    write(work, {"a.md": PAGE})
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("content-audit: ")
    assert result.stderr.count("\n") == 1
    assert named in result.stderr
    assert contents(work) == {"a.md": PAGE.encode()}


def test_full_output_shows_the_line_and_marks_the_span(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE})
    lines = invoke("check", "--select", "REL001").stdout.split("\n")
    assert lines[0] == "REL001 duplicate-related-link: related_article2 repeats related_article1 (id 2)"
    assert lines[1].strip() == "--> a.md:5:1"
    shown = lines.index("5 | related_article2: {id: 2, title: Pears, url: /learn/fruit/pears}")
    assert lines[shown + 1] == "  | " + "^" * len("related_article2: {id: 2, title: Pears, url: /learn/fruit/pears}")
    assert any(line.strip().startswith("fix (safe): ") for line in lines)


def test_statistics(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "b.md": PAGE})
    first, *_, last = invoke("check", "--select", "REL001", "--statistics").stdout.splitlines()
    assert first.split()[:3] == ["2", "REL001", "duplicate-related-link"]
    assert last.startswith("2 documents: 2 errors")
    assert invoke("check", "--statistics", "--output-format", "json").exit_code == 2


@pytest.mark.parametrize("code", CATALOGUE)
def test_explain(invoke: Invoke, code: str) -> None:
    result = invoke("explain", code)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {code} {CATALOGUE[code].name}\n")
    assert "## Why" in result.stdout
    assert invoke("explain", CATALOGUE[code].name).stdout == result.stdout == invoke("explain", code.lower()).stdout


def test_rules_lists_the_catalogue(invoke: Invoke) -> None:
    lines = invoke("rules").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[code, rule.name] for code, rule in CATALOGUE.items()]
    rows = json.loads(invoke("rules", "--output-format", "json").stdout)
    assert [row["code"] for row in rows] == list(CATALOGUE)
    assert {row["severity"] for row in rows} == {"error", "warning", "info"}


def test_init_writes_a_configuration_that_changes_nothing(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE})
    before = without_seconds(read_report(invoke("check", "--output-format", "json").stdout))
    assert invoke("init").exit_code == 0
    assert without_seconds(read_report(invoke("check", "--output-format", "json").stdout)) == before
    text = (work / "content-audit.toml").read_text(encoding="utf-8")
    again = invoke("init")
    assert (again.exit_code, again.stderr) == (2, "content-audit: content-audit.toml is there already\n")
    assert (work / "content-audit.toml").read_text(encoding="utf-8") == text


def test_every_line_that_init_offers_can_be_taken(invoke: Invoke, work: Path) -> None:
    invoke("init")
    file = work / "content-audit.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    taken = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines]
    file.write_text("\n".join(taken), encoding="utf-8")
    write(work, {"schemas/article.schema.json": "{}", "sitemap.xml": "<urlset/>", "content/a.md": CLEAN})
    result = invoke("check", "--output-format", "json")
    assert result.stderr == ""
    assert [document["path"] for document in read_report(result.stdout)["documents"]] == ["content/a.md"]


def test_files_that_are_none(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": CLEAN, "big.md": "x" * 200, "content-audit.toml": "max-size = 100\n"})
    os.mkfifo(work / "pipe.md")
    (work / "loop.md").symlink_to(work / "loop.md")
    (work / "out.md").symlink_to("/etc/passwd")
    data = read_report(invoke("check", "--output-format", "json").stdout)
    found = {finding["path"]: finding["code"] for finding in data["findings"] if finding["code"].startswith("RUN")}
    assert found == {"big.md": "RUN002", "pipe.md": "RUN001", "loop.md": "RUN001", "out.md": "RUN001"}
    assert {document["path"] for document in data["documents"]} == {"a.md", *found}
    assert invoke("clean", ".", "--output", "out").exit_code == 0
    assert set(contents(work / "out")) == {"a.md", "ledger.json"}


def test_a_rule_that_fails_is_named_and_ends_with_two(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: object) -> object:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("content_audit.examine.extract", broken)
    write(work, {"a.md": PAGE})
    result = invoke("check", "--output-format", "json", "--exit-zero", "--no-cache")
    assert result.exit_code == 2
    (finding,) = [f for f in read_report(result.stdout)["findings"] if f["code"] == "RUN003"]
    assert "ZeroDivisionError: by nought" in finding["message"]
