"""How commands end: what they say at last, and their exit status."""

from typing import TYPE_CHECKING, Any

from content_audit.cli.options import USAGE_ERROR, say
from content_audit.model import Finding
from content_audit.report import Report

if TYPE_CHECKING:
    from content_audit.repair import Outcome


def tell_failures(found: Report) -> bool:
    """Name on stderr the documents that something asked for could not be done with; whether there are any."""
    failures = [f for f in found.findings if f.code == "RUN003" or _undone(f)]
    for finding in failures:
        say(f"{finding.problem.span.path}: {finding.problem.message}")
    return bool(failures)


def _undone(finding: Finding) -> bool:
    """Is this what a document took too much of for something that was asked for?"""
    return finding.code == "RUN002" and "where" in finding.problem.evidence


def closing(outcome: "Outcome") -> str:
    """What was fixed and what is left, in a line."""
    left = outcome.report.findings
    fixable = sum(1 for finding in left if finding.problem.fix)
    return f"{outcome.fixed} fixed, {len(left)} left ({fixable} with --unsafe)"


def status(found: Report, fail_on: str, given: dict[str, Any]) -> int:
    """The exit status of a run with this report."""
    if found.internal_errors:
        return USAGE_ERROR
    most = given["max_warnings"]
    failed = found.fails(fail_on) or (most is not None and found.count("warning") > most)
    return 0 if given["exit_zero"] else int(failed)
