"""For the findings that a page shows: the source lines around each, and the lines its fix changes, before and after."""

from collections.abc import Iterable, Iterator, Sequence

from content_audit import fixes
from content_audit.model import Edit, Finding
from content_audit.patches import blocks
from content_audit.render import ReadText
from content_audit.render.html_text import MAX_EXCERPT_LINES, Excerpt
from content_audit.report import Report, position

CONTEXT = 2
"""Lines shown before and after the span's."""


def build_excerpts(report: Report, read_text: ReadText, shown: Iterable[int]) -> dict[int, Excerpt]:
    """The excerpt of each of these findings, by its number in the report."""
    texts: dict[str, str] = {}
    found = {}
    for number in shown:
        finding = report.findings[number]
        path = finding.problem.span.path
        if path not in texts:
            texts = {path: read_text(path)}
        found[number] = _excerpt(report, finding, texts[path])
    return found


def _excerpt(report: Report, finding: Finding, text: str) -> Excerpt:
    span, starts = finding.problem.span, report.starts(finding.problem.span.path)
    first = max(0, position(starts, span.start).line - 1 - CONTEXT)
    last = min(len(starts), position(starts, span.end).line + CONTEXT, first + MAX_EXCERPT_LINES * 2)
    bounds = [*starts, len(text)]
    lines = tuple(text[bounds[n] : bounds[n + 1]].rstrip("\r\n") for n in range(first, last))
    fix = finding.problem.fix
    return Excerpt(first + 1, lines, tuple(_changes(bounds, fix.edits, text)) if fix else ())


def _changes(bounds: Sequence[int], edits: Iterable[Edit], text: str) -> Iterator[tuple[str, str]]:
    """The lines that edits touch, as they are and as they become, and between them those that stay."""
    reached = -1
    for first, end, inside in blocks(bounds, edits):
        if 0 <= reached < first:
            between = text[bounds[reached] : bounds[first]]
            yield between, between
        low, before = bounds[first], text[bounds[first] : bounds[end]]
        yield before, fixes.apply(before, [Edit(edit.start - low, edit.end - low, edit.text) for edit in inside])
        reached = end
