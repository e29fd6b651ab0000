"""The findings as reviewdog's diagnostics (rdjson), which it brings to any code host, fixes as suggestions."""

from collections.abc import Iterator
from typing import Any

from content_audit.model import Finding, Severity, Span
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
    edits = problem.fix.edits if problem.fix else ()
    return {
        "message": problem.message,
        "location": _location(places, problem.span),
        "severity": SEVERITY[finding.severity],
        "code": {"value": finding.code},
        "suggestions": [
            {"range": _range(places, Span(problem.span.path, edit.start, edit.end)), "text": edit.text}
            for edit in edits
        ],
        "related_locations": [
            {"message": other.message, "location": _location(places, other.span)} for other in problem.related
        ],
    }


def _location(places: Places, span: Span) -> dict[str, Any]:
    return {"path": span.path, "range": _range(places, span)}


def _range(places: Places, span: Span) -> dict[str, Any]:
    place = places.place(span)
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
