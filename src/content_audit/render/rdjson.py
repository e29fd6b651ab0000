"""The findings as reviewdog's diagnostics (rdjson), which it brings to any code host, fixes as suggestions."""

from collections.abc import Iterator
from typing import Any

from content_audit.fixes import apply
from content_audit.model import Edit, Finding, Problem, Severity, Span
from content_audit.render import ReadText
from content_audit.render.as_json import array_items
from content_audit.render.places import Places, utf8
from content_audit.report import Report

SEVERITY: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def rdjson_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """One object with all diagnostics; columns are in bytes of UTF-8, as the format has them."""
    places = Places(report, read_text, utf8)
    yield '{"source": {"name": "content-audit"}, "diagnostics": ['
    yield from array_items(_diagnostic(places, finding) for finding in report.findings)
    yield "\n]}\n"


def _diagnostic(places: Places, finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "message": problem.message,
        "location": _location(places, problem.span),
        "severity": SEVERITY[finding.severity],
        "code": {"value": finding.code},
        "suggestions": [*_suggestions(places, problem)],
        "related_locations": [
            {"message": other.message, "location": _location(places, other.span)} for other in problem.related
        ],
    }


def _suggestions(places: Places, problem: Problem) -> Iterator[dict[str, Any]]:
    """The fix as one suggestion: several would be offered one by one, and a fix is made whole or not at all."""
    if problem.fix is None:
        return
    edits = problem.fix.edits
    span = Span(problem.span.path, min(edit.start for edit in edits), max(edit.end for edit in edits))
    between = places.text(span)
    if between is not None:
        inside = (Edit(edit.start - span.start, edit.end - span.start, edit.text) for edit in edits)
        yield {"range": _range(places, span), "text": apply(between, inside)}


def _location(places: Places, span: Span) -> dict[str, Any]:
    return {"path": span.path, "range": _range(places, span)}


def _range(places: Places, span: Span) -> dict[str, Any]:
    place = places.place(span)
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
