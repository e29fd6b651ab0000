"""The findings as workflow commands of GitHub Actions, which become annotations beside the lines."""

from collections.abc import Iterator

from content_audit.model import Severity
from content_audit.render import ReadText
from content_audit.render.shown import visible
from content_audit.render.text import summary
from content_audit.report import Report, position

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """A command for each finding, then the counts. The columns of a finding of several lines are left out.

    GitHub takes a place of several lines only without columns.
    """
    for finding in report.findings:
        span = finding.problem.span
        starts = report.starts(span.path)
        start, end = position(starts, span.start), position(starts, span.end)
        place = {"file": visible(span.path), "line": start.line, "endLine": end.line}
        if start.line == end.line:
            place |= {"col": start.column, "endColumn": max(start.column, end.column - 1)}
        named = {**place, "title": f"{finding.code} {finding.name}"}
        told = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in named.items())
        yield f"::{LEVELS[finding.severity]} {told}::{visible(finding.problem.message).translate(_DATA)}\n"
    yield summary(report) + "\n"
