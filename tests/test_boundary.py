"""The boundary around one document: in every round and every conversion, what takes too much is named and left."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_audit import examine
from content_audit.audit import audit
from content_audit.config import load_config
from content_audit.index import Index
from content_audit.model import Document, Problem
from content_audit.repair import Outcome, repair
from content_audit.report import Report
from content_audit.rule import DocumentRule
from content_audit.rules import COLLECTION_RULES, DOCUMENT_RULES
from content_audit.run import Run, make_run
from content_audit.sources import Source
from tests.cli_samples import PAGE
from tests.conftest import Invoke, contents, read_report, write

MARK = "Mended."
"""Stands in the last line of the document that a rule of these tests can't bear, once that line is ended."""

HARM = [
    pytest.param("wait", "RUN002", "a fix took over max-seconds = 1", id="slow"),
    pytest.param("hunger", "RUN002", "a fix took over max-memory", id="hungry"),
]


def harmful(document: Document, harm: str, at: str) -> Iterator[Problem]:
    """No problem, but no end or no memory where the text ends like this."""
    if document.text.endswith(at) and harm == "hunger":
        raise MemoryError
    while document.text.endswith(at):
        time.sleep(0.01)
    yield from ()


@pytest.fixture
def harming(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a rule in the place of SEO002 that does harm on texts with this end."""

    def put(harm: str, at: str) -> None:
        rules = tuple(
            DocumentRule(rule.code, rule.name, rule.summary, lambda document, options: harmful(document, harm, at))
            if rule.code == "SEO002"
            else rule
            for rule in DOCUMENT_RULES
        )
        monkeypatch.setattr("content_audit.examine.DOCUMENT_RULES", rules)

    return put


def run_over(folder: Path, **documents: bytes) -> Run:
    """A run over these files, with a second for each."""
    write(folder, {f"{name}.md": data for name, data in documents.items()})
    sources = [Source(str(folder / f"{name}.md"), f"{name}.md", f"{name}.md") for name in sorted(documents)]
    return make_run(replace(load_config(None, folder), max_seconds=1), sources)


def repaired(run: Run) -> Outcome:
    with Index(None, run.task.key) as index:
        return repair(run, index, unsafe=False)


def failures(report: Report) -> list[tuple[str, str, str]]:
    return [(f.problem.span.path, f.code, f.problem.message) for f in report.findings if f.code.startswith("RUN")]


@pytest.mark.parametrize(("harm", "code", "said"), HARM)
def test_a_document_that_does_harm_once_it_was_fixed_stays_what_it_was(
    work: Path, harming: Callable[[str, str], None], harm: str, code: str, said: str
) -> None:
    harming(harm, f"{MARK}\n")
    run = run_over(work, bad=f"Words.\u200b {MARK}".encode(), good=b"Other words.", third=b"None of these.")
    started = time.monotonic()
    outcome = repaired(run)
    assert time.monotonic() - started < 3, "the limit is paid once, not in each round"
    ((path, found, message),) = failures(outcome.report)
    assert (path, found) == ("bad.md", code)
    assert said in message
    assert {path: document.data for path, document in outcome.changed.items()} == {
        "good.md": b"Other words.\n",
        "third.md": b"None of these.\n",
    }
    assert [f.code for f in outcome.report.findings if f.problem.span.path == "bad.md" and f.code == "TXT001"]


def test_a_document_that_is_lost_at_once_costs_its_limit_once(work: Path, harming: Callable[[str, str], None]) -> None:
    harming("wait", MARK)
    run = run_over(work, bad=MARK.encode(), good=b"Other words.")
    started = time.monotonic()
    outcome = repaired(run)
    assert time.monotonic() - started < 2
    assert failures(outcome.report) == [("bad.md", "RUN002", "took over max-seconds = 1")]
    assert set(outcome.changed) == {"good.md"}


def test_what_was_lost_is_tried_again_by_the_next_run(
    work: Path, harming: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that was busy once must not make a finding for ever."""
    monkeypatch.setattr("content_audit.files.RACY_NS", 0)
    run = run_over(work, bad=MARK.encode(), good=b"Other words.")
    time.sleep(0.05)
    with monkeypatch.context() as patch:
        harming("wait", MARK)
        with Index(work / "cache", run.task.key) as index:
            assert failures(audit(run, index))
            assert failures(audit(run, index))
        patch.undo()
    monkeypatch.setattr("content_audit.examine.DOCUMENT_RULES", DOCUMENT_RULES)
    with Index(work / "cache", run.task.key) as index:
        assert failures(audit(run, index)) == []


def test_many_documents_are_never_examined_in_the_run_s_own_process(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few of them a later round is about."""
    run = run_over(work, a=b"Words.", b=b"Other words.\n", c=b"None of these.\n")
    monkeypatch.setattr("content_audit.run.POOL_FROM", 3)
    monkeypatch.setattr("content_audit.limits._timed", lambda *given: pytest.fail("in the run's own process"))
    assert set(repaired(run).changed) == {"a.md"}


@pytest.mark.parametrize("command", [["clean", ".", "--output", "out"], ["check", ".", "--report", "out"]])
def test_a_page_whose_conversion_does_not_end_is_named_and_the_rest_is_written(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def convert(text: str) -> str:
        while "endless" in text:
            time.sleep(0.01)
        return "# Page\n"

    monkeypatch.setattr("content_audit.parse.html.to_markdown", convert)
    pages = {f"{name}.html": f"<!doctype html><html><body><p>{name}</p></body></html>" for name in ("endless", "good")}
    write(work, {**pages, "a.md": PAGE, "content-audit.toml": "max-seconds = 1\n"})
    result = invoke(*command, "--jobs", "1")
    assert "endless.html: the conversion took over max-seconds = 1" in result.stderr
    assert result.exit_code == (2 if command[0] == "clean" else 1)
    found = {name.rpartition("/")[2]: data for name, data in contents(work / "out").items()}
    assert found["good.md"] == b"# Page\n"
    assert found["endless.html"] == pages["endless.html"].encode()
    assert "a.md" in found


def test_a_rule_over_all_documents_that_fails_is_named_and_the_others_are_asked(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(rows: Any, options: object) -> Iterator[Problem]:
        next(iter(rows), None)
        raise ZeroDivisionError("on\x1b[2J purpose")
        yield

    rules = tuple(replace(rule, check=broken) if rule.code == "REL007" else rule for rule in COLLECTION_RULES)
    monkeypatch.setattr("content_audit.inquiry.COLLECTION_RULES", rules)
    write(work, {"a.md": PAGE, "b.md": PAGE})
    result = invoke("check", "--output-format", "json")
    assert result.exit_code == 2
    found = {f["code"]: f["message"] for f in read_report(result.stdout)["findings"]}
    assert "REL007 failed after this document: ZeroDivisionError: on\x1b[2J purpose" in found["RUN003"]
    assert "ID001" in found
    assert "\x1b" not in invoke("clean", ".", "--output", "out").stderr


def test_a_schema_that_never_ends_is_named_once_and_not_paid_by_every_document(invoke: Invoke, work: Path) -> None:
    nested = "{a: " * 29 + "{b: 1}" + "}" * 29
    schema = {"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}, "b": {"type": "string"}}}
    deep = {f"deep{n}.md": f"---\ntitle: Deep {n}\na: {nested}\n---\n\nWords {n}.\n" for n in range(20)}
    write(work, {**deep, "content-audit.toml": "max-seconds = 1\n", "s.json": json.dumps(schema)})
    started = time.monotonic()
    result = invoke("check", "--schema", "s.json")
    assert time.monotonic() - started < 15
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "s.json:1: #/properties/a: deep0.md, deep1.md, deep10.md took more than a document may" in result.stderr


def test_documents_that_are_slow_for_themselves_are_not_the_schema_s_fault(
    work: Path, harming: Callable[[str, str], None]
) -> None:
    harming("wait", MARK)
    slow = {f"slow{n}": f"---\ntitle: {n}\n---\n\n{MARK}".encode() for n in range(4)}
    report = repaired(run_over(work, **slow)).report
    assert [code for _, code, _ in failures(report)] == ["RUN002"] * 4


def test_what_a_validator_says_of_a_large_document_is_held_to_the_memory_of_a_process(
    invoke: Invoke, work: Path
) -> None:
    """Ten thousand errors, each with a copy of 900 KB: 17 GB where nothing bounds it."""
    schema = {"allOf": [{"required": ["x"]}] * 10_000}
    big = f"---\nk: {'a' * 900_000}\n---\n\nWords.\n"
    settings = f"max-memory = {2**28}\n"
    write(work, {"big.md": big, "plain.md": PAGE, "content-audit.toml": settings, "large.json": json.dumps(schema)})
    data = read_report(invoke("check", "--schema", "large.json", "--output-format", "json").stdout)
    found = {f["path"]: f["code"] for f in data["findings"] if f["code"] in ("RUN002", "RUN003", "FM004")}
    assert found == {"big.md": "RUN002", "plain.md": "FM004"}


def test_ordinary_documents_under_the_built_in_schema_need_no_other_process(work: Path) -> None:
    assert make_run(load_config(None, work), []).task.here(100_000)
    assert not make_run(load_config(None, work), []).task.here(examine.HERE + 1)


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param(
            {"properties": {f"a{n}": {"pattern": f"\\w{{900}}{n}"} for n in range(40_000)}}, id="many large patterns"
        ),
        pytest.param({f"word{n}": 1 for n in range(100_000)}, id="many unknown keywords"),
    ],
)
def test_a_schema_that_takes_too_long_before_any_document_is_named(
    invoke: Invoke, work: Path, schema: dict[str, Any]
) -> None:
    write(work, {"a.md": PAGE, "long.json": json.dumps(schema), "content-audit.toml": "max-seconds = 1\n"})
    result = invoke("check", "--schema", "long.json")
    assert result.exit_code == 2
    assert re.search("long.json: took over max-seconds = 1 to be (read|compiled)", result.stderr)
