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
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text import Line, body_lines, edits, is_widget_title, judged, removals
from content_audit.text.headings import level

_LEVEL = re.compile(r"[ \t]*(#{1,6})")


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each empty section; a widget's title that the judgement knows is not reported twice."""
    if document.format == "html":
        return
    blocks = judged(document).blocks
    for block in blocks:
        if block.kind == "empty-section":
            edit = edits(document)[block.start, block.end]
            yield _problem(document, block.start, block.end, edit, widget=True)
    if document.format == "markdown":
        starts = [block.start for block in blocks]
        found = [
            (place, title)
            for place, title in _empty(document.text, [line for line in body_lines(document) if not line.blank])
            if not ((i := bisect_right(starts, place[0])) and place[0] < blocks[i - 1].end)
        ]
        places = [place for place, _ in found]
        removed = removals(document.text, document.body_start, places)
        for (place, title), edit in zip(found, removed, strict=True):
            yield _problem(document, *place, edit, widget=is_widget_title(title))


def _problem(document: Document, start: int, end: int, edit: Edit, *, widget: bool) -> Problem:
    shown = document.text[start:end].rstrip()
    title = " ".join(shown.split()).strip("#=- ")
    what = "the title of a widget" if widget else "a heading"
    fix = Fix((edit,), "safe" if widget else "unsafe", f"remove “{title}”")
    message = f"{what} with nothing under it: “{title}”"
    return Problem(document.span(start, start + len(shown)), message, {"title": title, "widget": widget}, fix)


def _empty(text: str, lines: Sequence[Line]) -> Iterator[tuple[tuple[int, int], str]]:
    """Place and title of each heading that another of its level or higher, or the end, follows at once.

    A lone title is none: where a document has nothing but headings, they are what there is.
    """
    if all(line.shape in ("heading", "rule") for line in lines):
        return
    said = [line for line in lines if not text.startswith("<!--", line.start)]
    for i, line in enumerate(said):
        if line.shape != "heading":
            continue
        underlined = i + 1 < len(said) and said[i + 1].shape == "rule" and not _LEVEL.match(text, line.start)
        end = said[i + 1].end if underlined else line.end
        following = next((other for other in said[i + 1 : i + 4] if other.shape != "rule"), None)
        if following is None or (following.shape == "heading" and level(text, following) <= level(text, line)):
            yield (line.start, end), line.text


RULE = DocumentRule(
    "BPL009",
    "empty-section",
    "a heading with nothing under it, not even headings",
    check,
    severity="warning",
    fixes=("safe", "unsafe"),
)
