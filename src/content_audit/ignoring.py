"""Suppressions written into documents for what was found there: the way to keep an exception where it is made."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from content_audit import fixes
from content_audit.examine import digest
from content_audit.files import UnreadableError
from content_audit.lines import LINE_END, line_starts
from content_audit.model import Document, Edit, Finding
from content_audit.parse import parse
from content_audit.repair import Outcome, Repaired
from content_audit.report import Report
from content_audit.run import Run, source_bytes
from content_audit.text.lines import split

WHOLE = ("code", "table", "island", "blank")
"""Shapes of lines that no comment can be written behind."""


def ignored(run: Run, report: Report, reason: str) -> Outcome:
    """The documents with a suppression for each finding of the report.

    Findings in JSON front matter have none, nor have those of MDX without front matter that takes comments.
    """
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if not finding.code.startswith(("RUN", "SUP")):
            by_path.setdefault(finding.problem.span.path, []).append(finding)
    changed = {}
    for path, findings in by_path.items():
        try:
            data = source_bytes(run, path)
            text = data.decode("utf-8")
        except (UnreadableError, UnicodeDecodeError):
            continue
        edits = suppressing(parse(path, data, run.task.fields), findings, reason)
        if edits:
            done = fixes.apply(text, edits).encode("utf-8")
            changed[path] = Repaired(done, digest(data), len(text), edits)
    return Outcome(report, changed)


def suppressing(document: Document, findings: Iterable[Finding], reason: str) -> tuple[Edit, ...]:
    """The edits that write a comment for each place of these findings, and one for those of the whole document."""
    starts = line_starts(document.text)
    deep = _inside_values(document, starts)
    shapes = _shapes(document)
    lines: dict[int, dict[str, None]] = {}
    for finding in findings:
        line = bisect_right(starts, finding.problem.span.start) - 1
        in_body = starts[line] >= document.body_start
        if document.format == "html" or _is_mdx(document):  # what ends the line may be a tag, a script, an expression
            fits = False
        elif in_body:
            fits = shapes.get(starts[line], "text") not in WHOLE
        else:
            fits = line > 0 and line not in deep
        lines.setdefault(line if fits else -1, {})[finding.code] = None
    edits = [_edit(document, starts, line, [*codes], reason) for line, codes in sorted(lines.items())]
    return tuple(edit for edit in edits if edit is not None)


def _edit(document: Document, starts: Sequence[int], line: int, codes: Sequence[str], reason: str) -> Edit | None:
    """The comment above an entry, behind a line of the text, or about the whole document."""
    text, region = document.text, document.front_matter
    why = f" -- {reason}" if reason else ""
    words = f"content-audit: {'ignore' if line >= 0 else 'file-ignore'}[{', '.join(codes)}]{why}"
    ending = LINE_END.search(text)
    end = ending[0] if ending else "\n"
    if line < 0 and (region is None or region.syntax == "json"):
        if _is_mdx(document):
            return None
        gap = "" if not text or LINE_END.search(text, starts[-1] - 1) else end
        return Edit(len(text), len(text), f"{gap}<!-- {words} -->{end}")
    if line < 0 and region is not None:
        return Edit(region.content_start, region.content_start, f"# {words}{end}")
    start = starts[line]
    if start >= document.body_start:
        at = _behind_words(text, start)
        return Edit(at, at, f" <!-- {words} -->")
    if region is None or region.syntax == "json":
        return None
    indent = text[start : start + len(text[start:]) - len(text[start:].lstrip(" \t"))]
    return Edit(start, start, f"{indent}# {words}{end}")


def _is_mdx(document: Document) -> bool:
    """Is it of the kind of Markdown that knows no comments of HTML?"""
    return document.path.lower().endswith(".mdx")


def _behind_words(text: str, start: int) -> int:
    """The end of a line's words: before the blanks or the backslash that break the line in Markdown."""
    stop = LINE_END.search(text, start)
    line = text[start : stop.start() if stop else len(text)]
    said = line.rstrip(" \t")
    breaks = said == line and (len(line) - len(line.rstrip("\\"))) % 2
    return start + len(said) - breaks


def _inside_values(document: Document, starts: Sequence[int]) -> frozenset[int]:
    """The lines of front matter that begin inside of a value's text, where nothing is a comment."""
    holders = {pointer[:-1] for pointer in document.nodes}
    inside: set[int] = set()
    for pointer, node in document.nodes.items():
        if pointer not in holders:
            inside.update(range(bisect_right(starts, node.start), bisect_right(starts, max(node.start, node.end - 1))))
    return frozenset(inside)


def _shapes(document: Document) -> Mapping[int, str]:
    lines = split(document.text, document.body_start, markdown=document.format == "markdown")
    return {line.start: line.shape for line in lines}
