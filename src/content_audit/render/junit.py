"""The findings as JUnit's XML, which nearly every build server shows: a suite a document, a test case a finding."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from content_audit.model import Finding
from content_audit.render import ReadText
from content_audit.render.shown import visible
from content_audit.report import Report, position

ELEMENTS = {"error": "failure", "warning": "failure", "info": "skipped"}


def junit_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """Every document is a suite; one without findings has one test case, which passes.

    Errors and warnings are failures, what is merely told is skipped, and what the tool itself failed on is an error.
    """
    found = {path: list(group) for path, group in groupby(report.findings, key=lambda f: f.problem.span.path)}
    suites = {**{document.path: [] for document in report.documents}, **found}
    total = sum(max(1, len(findings)) for findings in suites.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="content-audit" tests="{total}" {_counts(report.findings)} time="{report.seconds:.3f}">\n'
    for path in sorted(suites):
        yield from _suite(report, path, suites[path])
    yield "</testsuites>\n"


def _counts(findings: Sequence[Finding]) -> str:
    errors = sum(_element(finding) == "error" for finding in findings)
    failures = sum(_element(finding) == "failure" for finding in findings)
    return f'failures="{failures}" errors="{errors}"'


def _element(finding: Finding) -> str:
    return "error" if finding.code == "RUN003" else ELEMENTS[finding.severity]


def _suite(report: Report, path: str, findings: Sequence[Finding]) -> Iterator[str]:
    name, skipped = quoteattr(visible(path)), sum(_element(finding) == "skipped" for finding in findings)
    tests = max(1, len(findings))
    yield f'  <testsuite name={name} tests="{tests}" {_counts(findings)} skipped="{skipped}">\n'
    for finding in findings:
        at = position(report.starts(path), finding.problem.span.start)
        case = quoteattr(f"{finding.code} {finding.name} ({at.line}:{at.column})")
        message, element = visible(finding.problem.message), _element(finding)
        yield f"    <testcase name={case} classname={name}>\n"
        yield f'      <{element} type="{finding.severity}" message={quoteattr(message)}>'
        yield f"{escape(f'{visible(path)}:{at.line}:{at.column}: {finding.code} {message}')}</{element}>\n"
        yield "    </testcase>\n"
    if not findings:
        yield f'    <testcase name="content-audit" classname={name}/>\n'
    yield "  </testsuite>\n"
