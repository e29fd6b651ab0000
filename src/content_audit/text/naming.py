"""Gives every removed line its kind and its reason."""

from collections.abc import Sequence
from typing import NamedTuple

from content_audit.text.furniture import Mark
from content_audit.text.labels import Kind, known, normalised
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE
from content_audit.text.segment import Segments

NEIGHBOURS = 2
"""Lines under "Next post" that are still its own: an image's text and the neighbour's title."""

QUOTED = 60
"""Characters of a line that a reason quotes."""


class Named(NamedTuple):
    """Why a line goes: its kind, its value for the document, the reason, and whether this very line decided."""

    kind: Kind
    score: float
    reason: str
    decides: bool


class _Widget(NamedTuple):
    kind: Kind
    reason: str
    left: int


def names(lines: Sequence[Line], marks: Sequence[Mark | None], segments: Segments) -> list[Named | None]:
    """What each line is removed for; None for lines that stay."""
    first = segments.runs[0][0] if segments.runs else 0
    last = segments.runs[-1][1] if segments.runs else 0
    found: list[Named | None] = []
    widget: _Widget | None = None
    for i, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        inside = first <= i < last
        if i in segments.kept and not _follows(line, found, inside=inside):
            found.append(None)
            widget = None
            continue
        score = segments.values[i]
        if mark is not None and not (widget and mark.weak and not mark.opens):
            reason = f"it says “{_quoted(line)}”"
            found.append(Named(mark.kind, score, reason, decides=True))
            widget = _opened(mark, line, reason, after=i >= last, widget=widget)
        elif widget is not None and widget.left:
            found.append(Named(widget.kind, score, widget.reason, decides=False))
            widget = widget._replace(left=widget.left - 1)
        else:
            widget = None
            found.append(_unnamed(i, score, segments))
    return found


def _follows(line: Line, found: Sequence[Named | None], *, inside: bool) -> bool:
    """A line without words (a rule, a heading's underline) goes where the line above it goes."""
    return inside and not line.words and line.shape not in FIXED and bool(found) and found[-1] is not None


def _opened(mark: Mark, line: Line, reason: str, *, after: bool, widget: _Widget | None) -> _Widget | None:
    if mark.kind == "previous-next-navigation" and mark.opens:
        return _Widget(mark.kind, f"it follows “{_quoted(line)}”", NEIGHBOURS)
    if mark.opens or (mark.kind == "page-footer" and after):
        return _Widget(mark.kind, f"it follows “{_quoted(line)}”", 10**9)
    return widget


def _unnamed(i: int, score: float, segments: Segments) -> Named:
    before = bool(segments.runs) and i < segments.runs[0][0]
    kind: Kind = "site-navigation" if before and segments.scores[i] < PROSE else "page-furniture"
    place = "before" if before else "after" if segments.runs and i >= segments.runs[-1][1] else "between the parts of"
    return Named(kind, score, f"it stands {place} the document's prose", decides=False)


def _quoted(line: Line) -> str:
    return line.text if len(line.text) <= QUOTED else line.text[: QUOTED - 1] + "…"


def empty_titles(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, Named]:
    """The titles of known widgets that have nothing under them but the next title, or the document's end.

    An ambiguous title ("Comments", "Latest") is left alone: it may be a heading or an answer.
    """
    return {
        i: Named("empty-section", 0.0, f"nothing stands under “{_quoted(lines[i])}”", decides=True)
        for i, mark in enumerate(marks)
        if mark is not None and mark.opens and not mark.weak and mark.kind != "page-footer" and _ends(marks, i + 1)
    }


def is_widget_title(text: str) -> bool:
    """Does a known widget call itself this?"""
    found = known(normalised(text))
    return found is not None and found[1]


def _ends(marks: Sequence[Mark | None], i: int) -> bool:
    if i == len(marks):
        return True
    following = marks[i]
    return following is not None and following.opens and not following.weak
