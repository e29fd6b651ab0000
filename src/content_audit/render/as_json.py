"""The report as JSON, version 1: the contract is schemas/report.schema.json."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from content_audit import __version__
from content_audit.model import Edit, Finding, Fix, Span
from content_audit.render import ReadText
from content_audit.report import Report, position

VERSION = 1


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain values, in the shape of the published schema."""
    return {**_head(report), "findings": list(finding_rows(report)), "documents": list(_document_rows(report))}


def json_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """The report as JSON text, piece by piece."""
    return written(report)


def json_lines_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """The findings as JSON, one a line, as they stand in the report."""
    return (json_text(row) + "\n" for row in finding_rows(report))


def written(
    report: Report, summary: Mapping[str, int] | None = None, edits: Iterable[Any] | None = None
) -> Iterator[str]:
    """The report as JSON text, piece by piece: a large collection's findings never stand in memory as text.

    `summary` has figures to add; `edits` are the edits of a fix, in the originals' offsets. One finding, document or
    edit stands on a line of its own, so that two reports compare line by line.
    """
    head = _head(report)
    head["summary"] |= summary or {}
    start = json.dumps(head, ensure_ascii=False, indent=1)
    yield start.removesuffix("\n}")
    tables = {"findings": finding_rows(report), "documents": _document_rows(report)}
    for name, rows in {**tables, "edits": edits}.items() if edits is not None else tables.items():
        yield from array_chunks(name, rows or ())
    yield "\n}\n"


def array_chunks(name: str, rows: Iterable[Any]) -> Iterator[str]:
    """One more array of the object that is being written, a line an item."""
    yield f',\n "{name}": ['
    yield from array_items(rows)
    yield "\n ]"


def array_items(rows: Iterable[Any]) -> Iterator[str]:
    """The items of an array between its brackets, a line an item."""
    separator = "\n  "
    for row in rows:
        yield separator + json_text(row)
        separator = ",\n  "


def json_text(value: Any) -> str:
    """A value as JSON on one line; bytes of a file's name that are no text stay what they were, as escapes."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _head(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "tool": {"name": "content-audit", "version": __version__},
        "summary": {
            "documents": len(report.documents),
            "collection": report.checked,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "infos": report.count("info"),
            "fixable": report.fixable("safe") + report.fixable("unsafe"),
            "fixable_safe": report.fixable("safe"),
            "known": report.known,
            "words": sum(document.words for document in report.documents),
            "removed_words": sum(document.removed_words for document in report.documents),
            "seconds": round(report.seconds, 3),
        },
    }


def finding_rows(report: Report) -> Iterator[dict[str, Any]]:
    """The findings as plain values."""
    for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True):
        yield _finding(report, finding, fingerprint)


def _document_rows(report: Report) -> Iterator[dict[str, Any]]:
    counts = Counter(finding.problem.span.path for finding in report.findings)
    for document in report.documents:
        yield {
            "path": document.path,
            "format": document.format,
            "title": document.title,
            "subject": document.subject,
            "findings": counts[document.path],
            "words": document.words,
            "removed_words": document.removed_words,
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
