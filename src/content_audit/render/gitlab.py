"""The findings as GitLab's Code Quality report, which a merge request shows beside its changes."""

from collections.abc import Iterator

from content_audit.model import Severity
from content_audit.render import ReadText
from content_audit.render.as_json import array_items
from content_audit.render.shown import visible
from content_audit.report import Report, position

SEVERITY: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def gitlab_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """One array, an object for each finding. Paths are those of the repository: no slash before, none backwards."""
    yield "["
    yield from array_items(
        {
            "description": visible(f"{finding.code}: {finding.problem.message}"),
            "check_name": finding.name,
            "fingerprint": fingerprint,
            "severity": SEVERITY[finding.severity],
            "location": {
                "path": visible(finding.problem.span.path).lstrip("/").replace("\\", "%5C"),
                "lines": {
                    "begin": position(report.starts(finding.problem.span.path), finding.problem.span.start).line,
                    "end": position(report.starts(finding.problem.span.path), finding.problem.span.end).line,
                },
            },
        }
        for finding, fingerprint in zip(report.findings, report.fingerprints, strict=True)
    )
    yield "\n]\n"
