"""Gives every removed line its kind and its reason."""

from collections.abc import Sequence
from typing import NamedTuple

from content_audit.text.furniture import Mark
from content_audit.text.labels import Kind, known, normalised
from content_audit.text.lines import FIXED, Line
from content_audit.text.segment import Segments

NEIGHBOURS = 2
"""Lines under "Next post" that are still its own: an image's text and the neighbour's title. It names lines and
removes none."""

MENU_WORDS = 3
"""Words that an entry of a menu has at most, if no label tells it from a title, a byline or a date. It names lines and
removes none."""

QUOTED = 60
"""Characters of a line, or of an element's class or id, that a reason quotes."""


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
    """What each line is removed for; None for lines that stay.

    A label tells its own line, and one that opens a widget the lines under it up to the next label that opens another
    or a line that stays.
    """
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
            reason = f"it says “{quoted(line.text)}”"
            found.append(Named(mark.kind, score, reason, decides=True))
            widget = _opened(mark, line, after=i >= last, widget=widget)
        elif widget is not None and widget.left:
            found.append(Named(widget.kind, score, widget.reason, decides=False))
            widget = widget._replace(left=widget.left - 1)
        else:
            widget = None
            found.append(_unnamed(i, line, segments, found[-1] if found else None))
    return found


def _follows(line: Line, found: Sequence[Named | None], *, inside: bool) -> bool:
    """A line without words (a rule, a heading's underline) goes where the line above it goes."""
    return inside and not line.words and line.shape not in FIXED and bool(found) and found[-1] is not None


def _opened(mark: Mark, line: Line, *, after: bool, widget: _Widget | None) -> _Widget | None:
    if mark.kind == "previous-next-navigation" and mark.opens:
        return _Widget(mark.kind, f"it follows “{quoted(line.text)}”", NEIGHBOURS)
    if mark.opens or (mark.kind == "page-footer" and after):
        return _Widget(mark.kind, f"it follows “{quoted(line.text)}”", 10**9)
    return widget


def _unnamed(i: int, line: Line, segments: Segments, last: Named | None) -> Named:
    """Why a line goes that no label tells of; `last` is the line above it if that goes too."""
    first, end = (segments.runs[0][0], segments.runs[-1][1]) if segments.runs else (0, 0)
    before, after = i < first, bool(segments.runs) and i >= end
    score = segments.values[i]
    if not segments.article:
        reason = f"it belongs to a menu at the page's {'head' if before else 'foot'}"
        return Named("site-navigation" if before else "page-furniture", score, reason, decides=False)
    menu = before and line.words <= MENU_WORDS and (i == 0 or (last is not None and last.kind == "site-navigation"))
    place = "before" if before else "after" if after else "between the parts of"
    reason = f"it stands {place} the document's prose"
    return Named("site-navigation" if menu else "page-furniture", score, reason, decides=False)


def quoted(said: str) -> str:
    """A line or a name as a reason quotes it: its beginning."""
    return said if len(said) <= QUOTED else said[: QUOTED - 1] + "…"


def empty_titles(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, Named]:
    """The titles of known widgets that have nothing under them but the next title, or the document's end.

    An ambiguous title ("Comments", "Latest") is left alone: it may be a heading or an answer.
    """
    return {
        i: Named("empty-section", 0.0, f"nothing stands under “{quoted(lines[i].text)}”", decides=True)
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
