"""The report as JSON, version 1: the contract is schemas/report.schema.json."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from content_audit import __version__
from content_audit.model import Edit, Finding, Fix, Span
from content_audit.report import Report, position

VERSION = 1


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain values, in the shape of the published schema."""
    counts = Counter(finding.problem.span.path for finding in report.findings)
    pairs = zip(report.findings, report.fingerprints, strict=True)
    return {
        "version": VERSION,
        "tool": {"name": "content-audit", "version": __version__},
        "summary": {
            "documents": len(report.documents),
            "collection": report.checked,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "infos": report.count("info"),
            "fixable": sum(1 for finding in report.findings if finding.problem.fix),
            "fixable_safe": sum(1 for f in report.findings if f.problem.fix and f.problem.fix.safety == "safe"),
            "words": sum(document.words for document in report.documents),
            "removed_words": sum(document.removed_words for document in report.documents),
            "seconds": round(report.seconds, 3),
        },
        "findings": [_finding(report, finding, fingerprint) for finding, fingerprint in pairs],
        "documents": [
            {
                "path": document.path,
                "format": document.format,
                "title": document.title,
                "subject": document.subject,
                "findings": counts[document.path],
                "words": document.words,
                "removed_words": document.removed_words,
            }
            for document in report.documents
        ],
    }


def _finding(report: Report, finding: Finding, fingerprint: str) -> dict[str, Any]:
    problem = finding.problem
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        **_place(report, problem.span),
        "message": problem.message,
        "evidence": problem.evidence,
        "fix": problem.fix and _fix(problem.fix),
        "related": [{**_place(report, other.span), "message": other.message} for other in problem.related],
        "fingerprint": fingerprint,
    }


def _place(report: Report, span: Span) -> dict[str, Any]:
    starts = report.starts(span.path)
    start, end = position(starts, span.start), position(starts, span.end)
    return {"path": span.path, "start": start._asdict(), "end": end._asdict()}


def _fix(fix: Fix) -> dict[str, Any]:
    return {"safety": fix.safety, "title": fix.title, "edits": edits_data(fix.edits)}


def edits_data(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Edits as plain values."""
    return [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in edits]


def to_text(data: Mapping[str, Any]) -> str:
    """JSON text, one finding a line, so that two reports compare line by line."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            parts.append(f'"{key}": [\n  {rows}\n ]')
        else:
            parts.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    text = "{" + ",\n ".join(parts) + "}\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def render_json(report: Report) -> str:
    """The report as JSON text."""
    return to_text(report_data(report))
