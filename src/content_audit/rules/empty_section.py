"""BPL009: a heading with nothing under it, not even headings.

## Why
A heading promises a section. With nothing under it, it is either the title of a widget whose content was lost on the
way ("Related articles"), or a section that nobody wrote.

Headings are known in Markdown only; in plain text a line counts when it is the title of a known widget. An ambiguous
one ("Comments", "Tags") counts in Markdown alone.

An HTML comment is nothing to a reader. It may still be the place that a generator fills, or a note on what is to come.

## Fix safety
Safe for the title of a known widget: it led to other pages, not to this document's text. Unsafe for any other heading:
someone may still mean to write the section; and for one with a comment under it, which stays.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text import Line, body_lines, edits, heard, is_widget_title, judged, removals
from content_audit.text.headings import hashes, level

_COMMENT = expression(r"[ \t]*<!--")


class _Section(NamedTuple):
    """The place of a heading with nothing under it, its title, and whether a comment stands there."""

    start: int
    end: int
    title: str
    comment: bool


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each empty section; a widget's title that the judgement knows is not reported twice."""
    if document.format == "html":
        return
    blocks = judged(document).blocks
    for block in blocks:
        if block.kind == "empty-section":
            edit = edits(document)[block.place]
            yield _problem(document, block.start, block.end, edit, widget=True)
    if document.format == "markdown":
        starts = [block.start for block in blocks]
        found = [
            section
            for section in _empty(heard(document), [line for line in body_lines(document) if not line.blank])
            if not ((i := bisect_right(starts, section.start)) and section.start < blocks[i - 1].end)
        ]
        removed = removals(document.text, document.body_start, [(section.start, section.end) for section in found])
        for section, edit in zip(found, removed, strict=True):
            widget = is_widget_title(section.title)
            yield _problem(document, section.start, section.end, edit, widget=widget, comment=section.comment)


def _problem(document: Document, start: int, end: int, edit: Edit, *, widget: bool, comment: bool = False) -> Problem:
    shown = document.text[start:end].rstrip()
    title = " ".join(shown.split()).strip("#=- ")
    what = "the title of a widget" if widget else "a heading"
    fix = Fix((edit,), "safe" if widget and not comment else "unsafe", f"remove “{title}”")
    message = f"{what} with nothing {'but a comment ' * comment}under it: “{title}”"
    return Problem(document.span(start, start + len(shown)), message, {"title": title, "widget": widget}, fix)


def _empty(text: str, lines: Sequence[Line]) -> Iterator[_Section]:
    """Each heading that another of its level or higher, or the end, follows at once.

    A lone title is none: where a document has nothing but headings, they are what there is.
    """
    if all(line.shape in ("heading", "rule") for line in lines):
        return
    hidden = _comments(text, lines)
    said = [line for line in lines if line.start not in hidden]
    after = dict(zip([line.start for line in lines], lines[1:], strict=False))
    for i, line in enumerate(said):
        if line.shape != "heading":
            continue
        underlined = i + 1 < len(said) and said[i + 1].shape == "rule" and not hashes(text, line)
        end = said[i + 1].end if underlined else line.end
        following = next((other for other in said[i + 1 : i + 4] if other.shape != "rule"), None)
        if following is None or (following.shape == "heading" and level(text, following) <= level(text, line)):
            below = after.get(said[i + 1].start if underlined else line.start)
            yield _Section(line.start, end, line.text, comment=below is not None and below.start in hidden)


def _comments(text: str, lines: Sequence[Line]) -> set[int]:
    """Where the lines begin that are HTML comments or parts of one; one that is never closed is none."""
    found: set[int] = set()
    opened: list[int] = []
    for line in lines:
        if opened or (line.shape == "island" and _COMMENT.match(text, line.start)):
            opened.append(line.start)
            if text.find("-->", line.start, line.end) >= 0:
                found.update(opened)
                opened = []
    return found


RULE = DocumentRule(
    "BPL009",
    "empty-section",
    "a heading with nothing under it, not even headings",
    check,
    severity="warning",
    fixes=("safe", "unsafe"),
)
