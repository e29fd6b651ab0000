"""Every format keeps to its grammar whatever findings say: each is read back by a reader of that format."""

import json
import re
from typing import Any

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from content_audit.model import Finding, Problem, Related, Span
from content_audit.render.as_json import report_data, written
from content_audit.render.excerpts import build_excerpts
from content_audit.render.html import detailed_findings, render_html
from content_audit.render.text import concise_chunks, full_chunks, render_statistics
from content_audit.report import DocumentSummary, Report, positions
from tests.conftest import checked_report, examples

NASTY = (
    *"\n\r\0\x85\u202e\u2066\u2028\ud800\ufffe\x7f\t|`\\🍐日\"'",
    *("\x1b[2J", "\x1b]8;;http://x\x07", "::error::x", "%0A", "]]>", "<!--", "-->", "&amp;", "{{ 7*7 }}", "=cmd()"),
    *("</script><script>alert(1)</script>", "<img onerror=x>", "javascript:alert(1)"),
)
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), max_size=6).map("".join)
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SOURCE = "One line.\nAnother one.\n"


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report whose texts are as nasty as can be, over documents with nasty names."""
    paths = draw(st.lists(TEXT.filter(bool), min_size=1, max_size=3, unique=True))
    findings = []
    for path in draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4)):
        start = draw(st.integers(0, len(SOURCE)))
        related = (Related(Span(path, 0, 3), draw(TEXT)),) if draw(st.booleans()) else ()
        evidence = {"found": draw(TEXT), "list": [draw(TEXT)]}
        span = Span(path, start, draw(st.integers(start, len(SOURCE))))
        problem = Problem(span, "found " + draw(TEXT), evidence, None, related)
        findings.append(Finding("REL001", "duplicate-related-link", "error", problem))
    documents = [DocumentSummary(path, "markdown", draw(TEXT), draw(TEXT), 4, 0) for path in paths]
    findings.sort(key=lambda finding: paths.index(finding.problem.span.path))
    return Report((), documents, 0.0, len(paths)).of(findings, lambda path: positions.pack(SOURCE))


def read(path: str) -> str:
    return SOURCE


@given(reports())
@examples(100)
def test_json_is_read_back_and_keeps_its_contract(report: Report) -> None:
    text = "".join(written(report))
    data: dict[str, Any] = json.loads(text.encode("utf-8"))
    assert len(checked_report(data)["findings"]) == len(report.findings)


@given(reports())
@examples(100)
def test_lines_of_text_are_those_of_findings(report: Report) -> None:
    concise = "".join(concise_chunks(report, read))
    assert not UNSAFE.search(concise)
    assert len(concise.splitlines()) == len(report.findings) + 1
    for text in ("".join(full_chunks(report, read)), render_statistics(report)):
        assert not UNSAFE.search(text)
        assert not [line for line in text.splitlines() if line.startswith("::")]


@given(reports())
@examples(40)
def test_the_page_has_the_elements_of_a_plain_one(report: Report) -> None:
    data = report_data(report)
    page = render_html(data, build_excerpts(report, read, detailed_findings(data)))
    root = lxml.html.document_fromstring(page.encode("utf-8", "replace"))
    running = [script for script in root.findall(".//script") if script.get("type") is None]
    assert len(running) == 1
    assert not root.findall(".//img")
    assert not [link for link in root.iter("a") if (link.get("href") or "").strip().lower().startswith("javascript")]
