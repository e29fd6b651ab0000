"""What holds for every collection and every fix, whatever is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit import fixes
from content_audit.audit import audit
from content_audit.config import Config, load_config
from content_audit.index import Index
from content_audit.model import Edit
from content_audit.output import fix_chunks
from content_audit.parse import parse
from content_audit.render.as_json import report_data
from content_audit.repair import Applied, Outcome, repair
from content_audit.rules import CATALOGUE
from content_audit.run import Run, make_run
from content_audit.sources import Source
from tests.conftest import ROOT, checked_report, examples, read_report, without_seconds
from tests.properties.documents import collections
from tests.properties.test_any_bytes import BYTES


@lru_cache(maxsize=1)
def config() -> Config:
    return replace(load_config(None, ROOT / "nowhere"), extend_select=tuple(CATALOGUE))


def run_over(documents: Mapping[str, bytes]) -> Run:
    """A run over documents that only it knows."""
    sources = [Source(str(ROOT / "nowhere" / path), path, path) for path in sorted(documents)]
    return replace(make_run(config(), sources), overlay=dict(documents))


def repaired(documents: Mapping[str, bytes], unsafe: bool) -> Outcome:
    run = run_over(documents)
    with Index(None, run.task.key) as index:
        return repair(run, index, unsafe)


def after(documents: Mapping[str, bytes], outcome: Outcome) -> dict[str, bytes]:
    return {**documents, **{path: document.data for path, document in outcome.changed.items()}}


@examples(60)
@given(collections())
def test_a_report_keeps_its_contract_and_points_into_its_documents(documents: dict[str, bytes]) -> None:
    run = run_over(documents)
    with Index(None, run.task.key) as index:
        report = audit(run, index)
        again = audit(run, index)
    data = checked_report(report_data(report))
    assert without_seconds(report_data(again)) == without_seconds(data)
    assert "RUN003" not in {finding["code"] for finding in data["findings"]}
    for finding in data["findings"]:
        text = documents[finding["path"]].decode("utf-8", "replace")
        assert finding["end"]["offset"] <= len(text)
        edits = sorted((edit["start"], edit["end"]) for edit in finding["fix"]["edits"]) if finding["fix"] else []
        assert all(0 <= start <= end <= len(text) for start, end in edits)
        assert all(one[1] <= other[0] for one, other in pairwise(edits))
        assert not finding["fix"] or finding["fix"]["safety"] in CATALOGUE[finding["code"]].fixes


@pytest.mark.parametrize("unsafe", [False, True])
@examples(60)
@given(collections())
def test_fixing_twice_is_fixing_once(unsafe: bool, documents: dict[str, bytes]) -> None:
    outcome = repaired(documents, unsafe)
    left = [f for f in outcome.report.findings if f.problem.fix and (unsafe or f.problem.fix.safety == "safe")]
    assert left == []
    second = repaired(after(documents, outcome), unsafe)
    assert second.changed == {}
    assert [(f.code, f.problem) for f in second.report.findings] == [
        (f.code, f.problem) for f in outcome.report.findings
    ]


@pytest.mark.parametrize("unsafe", [False, True])
@examples(60)
@given(collections())
def test_nothing_changes_outside_the_edits_that_are_reported(unsafe: bool, documents: dict[str, bytes]) -> None:
    outcome = repaired(documents, unsafe)
    data = read_report("".join(fix_chunks(outcome)))
    for path, fixed in after(documents, outcome).items():
        edits = [Edit(e["start"], e["end"], e["text"]) for e in data["edits"] if e["path"] == path]
        assert bool(edits) == (path in outcome.changed)
        if not edits:
            assert fixed == documents[path]
            continue
        assert fixes.apply(documents[path].decode("utf-8"), edits).encode("utf-8") == fixed
        places = [(edit.start, edit.end) for applied in applied_to(outcome, path) for edit, _ in applied.edits]
        assert all(any(start <= edit.start and edit.end <= end for start, end in merged(places)) for edit in edits)


def applied_to(outcome: Outcome, path: str) -> list[Applied]:
    return outcome.changed[path].applied if path in outcome.changed else []


def merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """These ranges, those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


@pytest.mark.parametrize("unsafe", [False, True])
@examples(60)
@given(st.dictionaries(st.sampled_from(("a.md", "b.txt", "c.html", "d.mdx")), BYTES, min_size=1))
def test_whatever_the_bytes_fixing_ends_and_twice_is_once(unsafe: bool, documents: dict[str, bytes]) -> None:
    outcome = repaired(documents, unsafe)
    assert "RUN003" not in {finding.code for finding in outcome.report.findings}
    assert repaired(after(documents, outcome), unsafe).changed == {}
    for path, document in outcome.changed.items():
        assert fixes.apply(documents[path].decode("utf-8"), document.edits) == document.data.decode("utf-8")


@pytest.mark.parametrize("unsafe", [False, True])
@examples(60)
@given(collections())
def test_no_fix_breaks_front_matter(unsafe: bool, documents: dict[str, bytes]) -> None:
    outcome = repaired(documents, unsafe)
    for path, fixed in after(documents, outcome).items():
        before, now = parse(path, documents[path]), parse(path, fixed)
        if unsafe and before.front_matter is None:
            continue  # what goes above a fence further down makes it one that is read
        if not before.problems:
            assert [problem.message for _, problem in now.problems] == []
            assert not before.front_matter or now.format == before.format
            kept = {key: value for key, value in before.metadata.items() if not key.startswith("related_")}
            assert [key for key in now.metadata if not key.startswith("related_")] == list(kept)
            if not unsafe:
                assert {key: visible(now.metadata[key]) for key in kept} == {key: visible(kept[key]) for key in kept}


def visible(value: Any) -> Any:
    """A value without the characters that a safe fix takes out of words."""
    if isinstance(value, dict):
        return {key: visible(inner) for key, inner in value.items()}
    return re.sub("[\u200b\u00ad]", "", value) if isinstance(value, str) else value


def test_a_fix_may_make_work_in_another_document() -> None:
    """The url that is mended in one document is stale in a link of another, which had nothing to mend before."""
    moved, own = "/learn/fitness/questions/how-to-ride", "/learn/cycling/questions/how-to-brake"
    documents = {
        "how-to-ride.md": f"---\nid: 1\ntitle: How to ride\nsubject: Cycling\nurl: {moved}\n---\n\nSit upright.\n",
        "how-to-brake.md": f"---\nid: 2\ntitle: How to brake\nsubject: Cycling\nurl: {own}\n"
        f"related_article1:\n  id: 1\n  title: How to ride\n  url: {moved}\n---\n\nWith both hands.\n",
    }
    given = {path: text.encode("utf-8") for path, text in documents.items()}
    outcome = repaired(given, unsafe=True)
    fixed = after(given, outcome)
    assert b"url: /learn/cycling/questions/how-to-ride" in fixed["how-to-ride.md"]
    assert b"url: /learn/cycling/questions/how-to-ride" in fixed["how-to-brake.md"]
    assert repaired(fixed, unsafe=True).changed == {}


def test_a_document_whose_fixes_do_not_settle_stays_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are repaired all the same."""
    link = "related_article1: {id: 1, title: How to ride, url: /learn/cycling/questions/how-to-ride}\n"
    documents = {
        "restless.md": f"---\nid: 2\ntitle: How to brake\n{link}{link.replace('1:', '2:', 1)}---\n\nWith\u200b both.",
        "quiet.md": "---\nid: 1\ntitle: How to ride\n---\n\nSit upright.",
    }
    given = {path: text.encode("utf-8") for path, text in documents.items()}
    choose = fixes.choose
    monkeypatch.setattr("content_audit.repair.MAX_ROUNDS", 2)
    monkeypatch.setattr("content_audit.fixes.choose", lambda candidates: choose(candidates[:1]))
    outcome = repaired(given, unsafe=False)
    assert after(given, outcome) == {**given, "quiet.md": given["quiet.md"] + b"\n"}
    (failed,) = (f for f in outcome.report.findings if f.code == "RUN003")
    assert failed.problem.span.path == "restless.md"
    assert "still changed it after 2 rounds" in failed.problem.message
    assert outcome.report.internal_errors
