"""BPL009: a heading with nothing under it, not even headings.

## Why
A heading promises a section. With nothing under it, it is either the title of a widget whose content was lost on the
way ("Related articles"), or a section that nobody wrote.

Headings are known in Markdown only; in plain text a line counts when it is the title of a known widget. An ambiguous
one ("Comments", "Tags") counts in Markdown alone.

## Fix safety
Safe for the title of a known widget: it led to other pages, not to this document's text. Unsafe for any other heading:
someone may still mean to write the section.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text import Line, edits, is_widget_title, judged, removals, split

_LEVEL = re.compile(r"#{1,6}")


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each empty section; a widget's title that the judgement knows is not reported twice."""
    if document.format == "html":
        return
    known = [block for block in judged(document).blocks if block.kind == "empty-section"]
    for block in known:
        edit = edits(document)[block.start, block.end]
        yield _problem(document, block.start, block.end, edit, widget=True)
    if document.format == "markdown":
        lines = split(document.text, document.body_start, markdown=True)
        seen = {start for block in known for start in range(block.start, block.end)}
        for start, end, title in _empty(document.text, [line for line in lines if not line.blank]):
            if start not in seen:
                (edit,) = removals(document.text, document.body_start, [(start, end)])
                yield _problem(document, start, end, edit, widget=is_widget_title(title))


def _problem(document: Document, start: int, end: int, edit: Edit, *, widget: bool) -> Problem:
    shown = document.text[start:end].rstrip()
    title = " ".join(shown.split()).strip("#=- ")
    what = "the title of a widget" if widget else "a heading"
    fix = Fix((edit,), "safe" if widget else "unsafe", f"remove “{title}”")
    message = f"{what} with nothing under it: “{title}”"
    return Problem(document.span(start, start + len(shown)), message, {"title": title, "widget": widget}, fix)


def _empty(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Start, end and title of each heading that another of its level or higher, or the end, follows at once.

    A lone title is none: where a document has nothing but headings, they are what there is.
    """
    if all(line.shape in ("heading", "rule") for line in lines):
        return
    spoken = [line for line in lines if line.shape != "rule" and not text.startswith("<!--", line.start)]
    ends = {line.start: line.end for line in lines}
    for above, rule in pairwise(lines):
        if (
            above.shape == "heading"
            and rule.shape == "rule"
            and not _LEVEL.match(text[above.start : above.end].lstrip())
        ):
            ends[above.start] = rule.end
    for line, following in pairwise([*spoken, None]):
        if line is not None and line.shape == "heading":
            ended = following is None or (
                following.shape == "heading" and _level(text, following, ends) <= _level(text, line, ends)
            )
            if ended:
                yield line.start, ends[line.start], line.text


def _level(text: str, line: Line, ends: dict[int, int]) -> int:
    marks = _LEVEL.match(text[line.start : line.end].lstrip())
    if marks:
        return len(marks[0])
    return 1 if "=" in text[line.end : ends[line.start]] else 2


RULE = DocumentRule(
    "BPL009",
    "empty-section",
    "a heading with nothing under it, not even headings",
    check,
    severity="warning",
    fixes=("safe", "unsafe"),
)
