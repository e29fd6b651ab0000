"""Finds the menus at the two ends of a page that is no article: a listing, a shop, a forum.

Such a page has no run of prose to go by. Its menus are told by what they are made of, short lines and labels of
furniture, from each end as far as the sum of what speaks for a menu grows.

On 199 pages of a public benchmark that are no articles, mean F1 rises by this from .644 to .667 on the half of the
sites that the values were tried on, from .627 to .667 on the other. What each of
the signs gives stands beside them.
"""

from collections.abc import Iterable, Sequence

from content_audit.expressions import expression
from content_audit.text.furniture import Mark
from content_audit.text.lines import Line
from content_audit.text.prose import PROSE

NAMED, WEAK, ITEM, SHORT = 3.0, 2.0, 1.0, 0.3
"""What speaks for a menu: a line that names furniture, for certain or by an ambiguous word, a short item of a list, a
line of up to three words.

F1 on the two halves is .666 and .668. With 0 for one of them it is at most .005 lower, but for `ITEM` (.009 and .030);
with half of one at most .004, with the double at most .007, with four times as much up to .032."""

LONG, NUMBER, SPOKEN = -1.0, -2.0, -5.0
"""What speaks against one: a longer line, a short one with a number (a price, a date, a score), a line of prose.

Of 199 pages that are no articles F1 is .004 lower with 0 for the first, .006 with -3; .019 with 0 for the second, .005
with half of it, .002 with the double; .008 with 0 for the third, .004 with half of it, the same with the double."""

ITEM_WORDS, SHORT_WORDS, NUMBER_WORDS = 4, 3, 8
"""Words up to which an item, another line and one with a number are short. F1 is the same from 2 to 5, from 3 to 4 and
from 6 to 16 of them, .002 lower with 6, with 5 (.001) or 2, and with 4."""

LEAST = 8.0
"""A menu is one from this sum on. With 6 or 12 F1 of those pages is the same, with 4 or 16 .002 lower. Where the sum
has fallen by as much again, the menu is over, whatever menus stand beyond: without that F1 on all 409 pages is .002
lower, with half of it .0014, with 12 .001."""

MOST = 0.6
"""The share of a page's words that one menu may have; beyond it the short lines are what the page is. With .3 F1 of
those pages is .022 lower, with .45 .007, with .9 .001."""

OUTER = 8
"""So many lines of a menu, from its inner end to the first label or item, are the document's: a title, a last line. F1
of all 409 pages is the same with 0, with 3 and with 8."""

_DIGIT = expression(r"\d")


def edges(lines: Sequence[Line], marks: Sequence[Mark | None], scores: Sequence[float]) -> tuple[int, int]:
    """How the lines between the menus are bounded, half-open; all lines where there are no menus.

    `scores` are the lines' prose scores.
    """
    signs = [_sign(*of) for of in zip(lines, marks, scores, strict=True)]
    words = [line.words for line in lines]
    head = _menu(signs, words)
    tail = _menu(signs[::-1], words[::-1])
    if head + tail >= len(lines):
        return 0, len(lines)
    head -= _unnamed(lines[:head][::-1], marks[:head][::-1])
    first = len(lines) - tail
    return head, first + _unnamed(lines[first:], marks[first:])


def _unnamed(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int:
    """How many lines of a menu, counted from its end within the page, are the document's: those up to a label."""
    found = next((i for i, of in enumerate(marks) if of is not None or lines[i].shape == "item"), len(marks))
    return found if found <= OUTER else 0


def _sign(line: Line, mark: Mark | None, score: float) -> float:
    if mark is not None:
        return WEAK if mark.weak else NAMED
    if score >= PROSE:
        return SPOKEN
    if line.words <= NUMBER_WORDS and _DIGIT.search(line.text):
        return NUMBER
    if line.shape == "item" and line.words <= ITEM_WORDS:
        return ITEM
    return SHORT if line.words <= SHORT_WORDS else LONG


def _menu(signs: Iterable[float], words: Sequence[int]) -> int:
    """How many lines from the first on are a menu."""
    total, best, length = 0.0, 0.0, 0
    for i, sign in enumerate(signs, 1):
        total += sign
        if best >= LEAST and total < best - LEAST:
            break
        if total > best:
            best, length = total, i
    return length if best >= LEAST and sum(words[:length]) <= MOST * sum(words) else 0
