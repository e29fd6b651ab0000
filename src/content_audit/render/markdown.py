"""The findings as Markdown, worst first and no longer than a comment may be: for pull requests and job summaries."""

import re
from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import SEVERITIES, Finding
from content_audit.render import MARKER, ReadText
from content_audit.render.html_text import clip
from content_audit.render.shown import one_line
from content_audit.render.text import plural, summary
from content_audit.report import Report, position

MAX_LENGTH = 65_000
"""GitHub takes comments of 65,536 characters; what posts them may add a line of its own."""

MAX_MESSAGE = 300
_SYNTAX = expression(r"([\\`*_\[\]<>&~|$])")
_CALL = expression(r"(?<=[@#:])(?=[\w/])|(?<=www)(?=\.)", re.IGNORECASE)
"""Places where a code host makes links and calls people: a space of no width there keeps text what it is."""


def markdown_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """A headline, a table of the findings as far as it goes, what did not fit in numbers, and the counts."""
    worst_first = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    affected = len({finding.problem.span.path for finding in worst_first})
    found = ", ".join(plural(report.count(each), each) for each in SEVERITIES if report.count(each))
    title = f"{found} in {plural(affected, 'document')}" if worst_first else "nothing found"
    head = f"{MARKER}\n### content-audit: {title}\n\n"
    foot = f"\n{_shown(summary(report))}\n"
    yield head
    if worst_first:
        yield "| severity | place | rule | what |\n|---|---|---|---|\n"
    room = MAX_LENGTH - len(head) - len(foot) - 200
    for number, finding in enumerate(worst_first):
        row = _row(report, finding)
        room -= len(row)
        if room < 0:
            yield f"\n… and {plural(len(worst_first) - number, 'finding')} more\n"
            break
        yield row
    yield foot


def _row(report: Report, finding: Finding) -> str:
    span, message = finding.problem.span, clip(finding.problem.message, MAX_MESSAGE, 60)
    at = position(report.starts(span.path), span.start)
    place = f"{_shown(clip(span.path, 100, 100))}:{at.line}"
    return f"| {finding.severity} | {place} | {finding.code} {finding.name} | {_shown(message)} |\n"


def _shown(text: str) -> str:
    """The text as text: no markup, no link, nobody called."""
    return _CALL.sub("&#8203;", _SYNTAX.sub(r"\\\1", one_line(text)))
