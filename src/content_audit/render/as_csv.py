"""The findings as comma-separated values, a finding a row: for spreadsheets."""

import csv
import io
from collections.abc import Iterator

from content_audit.render import ReadText
from content_audit.render.shown import one_line
from content_audit.report import Report, position

COLUMNS = (
    "path",
    "line",
    "column",
    "end line",
    "end column",
    "severity",
    "code",
    "name",
    "message",
    "fix",
    "fingerprint",
)
FORMULA = ("=", "+", "-", "@", "\t")
"""Beginnings that make a spreadsheet calculate: a quote before them makes it text (OWASP, "CSV Injection")."""


def csv_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """A head, then a row for each finding; lines end with CR LF (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True):
        problem, starts = finding.problem, report.starts(finding.problem.span.path)
        start, end = position(starts, problem.span.start), position(starts, problem.span.end)
        place = (start.line, start.column, end.line, end.column)
        texts = (finding.severity, finding.code, finding.name, _text(problem.message))
        fix = problem.fix.safety if problem.fix else ""
        writer.writerow((_text(problem.span.path), *place, *texts, fix, fingerprint))
        yield _taken(buffer)
    yield _taken(buffer)


def _text(text: str) -> str:
    shown = one_line(text)
    calculates = shown.startswith(FORMULA) or shown.lstrip().startswith(FORMULA)
    return f"'{shown}" if calculates else shown


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
