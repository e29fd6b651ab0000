"""Every rule's page, run as a test, with the laws that hold for every rule."""

from dataclasses import replace
from pathlib import Path

import pytest

from content_audit.audit import audit
from content_audit.config import load_config
from content_audit.discover import discover
from content_audit.index import Index
from content_audit.repair import Outcome, repair
from content_audit.report import Report, position
from content_audit.rules import CATALOGUE, selected
from content_audit.rules.documentation import module_doc
from content_audit.run import Run, make_run
from content_audit.walk import Selection
from tests.pages import FOLDER, Case, read_page

CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in read_page(file)]


def make(case: Case, folder: Path) -> Run:
    """The case's documents on disk, and a run over them that reports its rule alone."""
    for name, text in case.documents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    config_file = folder / "content-audit.toml" if case.config else None
    if config_file:
        config_file.write_text(case.config, encoding="utf-8")
    config = replace(load_config(config_file, folder), select=(case.code,))
    run = make_run(config, discover([Path()], Selection(folder, config.include, config.exclude), folder))
    return replace(run, codes=selected(config) & {case.code, *config.extend_select, "RUN003"})


def shown(report: Report) -> list[str]:
    """The findings as a page writes them."""
    lines = []
    for finding in report.findings:
        span = finding.problem.span
        at = position(report.starts(span.path), span.start)
        lines.append(f"{span.path}:{at.line}:{at.column} {finding.code} {finding.problem.message}")
    return lines


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.code}: {case.title}") for case in CASES])
def test_page(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = make(case, tmp_path)
    with Index(None, run.task.key) as index:
        report = audit(run, index)
        assert shown(report) == case.findings
        outcome = repair(run, index, unsafe=True)
        laws(case, report, outcome)
        assert changed(outcome) == case.fixed
        if case.replaced:
            outcome = repair(replace(run, replaces=True), index, unsafe=True)
            laws(case, report, outcome)
            assert changed(outcome) == case.replaced


def changed(outcome: Outcome) -> dict[str, str]:
    """The documents that the fixes changed, as they are now."""
    return {path: document.data.decode("utf-8") for path, document in outcome.changed.items()}


def laws(case: Case, report: Report, outcome: Outcome) -> None:
    """A fix has a safety that its rule declares, and nothing is left to fix after fixing."""
    declared = CATALOGUE[case.code].fixes
    for finding in report.findings:
        assert finding.problem.fix is None or finding.problem.fix.safety in declared
    assert [f for f in outcome.report.findings if f.problem.fix] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_rule_has_a_page_and_says_why(code: str) -> None:
    doc = module_doc(CATALOGUE[code])
    assert code in doc.partition("\n")[0] or "to" in doc.partition("\n")[0]
    assert "## Why" in doc
    assert "## Fix safety" in doc
    page = FOLDER / f"{code}.md"
    assert page.read_text(encoding="utf-8").startswith(f"# {code} {CATALOGUE[code].name}\n")


HIDDEN_BYTES = {"TXT001", "TXT004"}
"""No fence can show a missing line end or a byte that is not UTF-8: test_rules.py has these, as it has RUN."""


@pytest.mark.parametrize("code", [c for c in CATALOGUE if not c.startswith("RUN") and c not in HIDDEN_BYTES])
def test_every_page_has_something_left_alone_and_something_found(code: str) -> None:
    cases = [case for case in CASES if case.code == code]
    assert any(case.findings for case in cases)
    assert any(not case.findings for case in cases)


def test_no_page_is_of_no_rule() -> None:
    assert {case.code for case in CASES} <= set(CATALOGUE)
