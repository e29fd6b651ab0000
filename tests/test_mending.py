"""The fixes of what rules over all documents find: whoever makes them, and where they can't be made."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from content_audit import inquiry, mending
from content_audit.audit import audit
from content_audit.config import load_config
from content_audit.discover import discover
from content_audit.index import Index
from content_audit.inquiry import Starts
from content_audit.limits import Lost
from content_audit.model import Finding
from content_audit.report import Report
from content_audit.run import Run, make_run
from content_audit.walk import Selection
from tests.conftest import write
from tests.topics import pages, written


@pytest.fixture
def run(work: Path) -> Run:
    """A run over pages of which every third has a link to a page of another topic."""
    made = pages()
    for page in made[::3]:
        page.links[1] = (page.number + 2) % len(made)
    write(work, written(made))
    config = load_config(None, work)
    return make_run(config, discover([Path()], Selection(work, config.include, config.exclude), work))


def strangers(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.code == "REL008"]


def test_workers_mend_as_the_run_itself_does(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Index(None, "") as index:
        alone = audit(replace(run, jobs=1), index)
    assert {each.problem.fix is not None for each in strangers(alone)} == {True}
    monkeypatch.setattr(mending, "CHUNK", 4)
    with Index(None, "") as index:
        assert audit(replace(run, jobs=2), index).findings == alone.findings


def test_what_has_changed_meanwhile_is_not_mended(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mends, changed = mending.mends, list[str]()

    def later(run: Run, index: Index, code: str, problems: Starts) -> Iterator[object]:
        problems = [*problems]
        gone, other, *_ = changed[:] = [path for path, _ in problems]
        (work / gone).unlink()
        (work / other).write_text("---\ntitle: Another\n---\n")
        return mends(run, index, code, problems)

    monkeypatch.setattr("content_audit.audit.mends", later)
    with Index(None, "") as index:
        unmended = {each.problem.span.path for each in strangers(audit(run, index)) if each.problem.fix is None}
    assert unmended == {*changed[:2]}


def test_a_rule_that_fails_at_it_is_told_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Lost("RUN003", "the process at work on it ended (SIGSEGV)")
    monkeypatch.setattr("content_audit.audit.mends", lambda run, index, code, problems: (lost for _ in problems))
    with Index(None, "") as index:
        report = audit(run, index)
    failed = {each.problem.span.path: each.problem.message for each in report.findings if each.code == "RUN003"}
    assert failed.keys() == {each.problem.span.path for each in strangers(report)}
    assert {*failed.values()} == {inquiry.internal_error("", "REL008", lost.reason).message}
    assert all(each.problem.fix is None for each in strangers(report))
