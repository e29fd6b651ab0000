"""Knows the lines that belong to something kept whole: preformatted text, formulas, admonitions, indented code."""

import re
from collections.abc import Sequence
from itertools import accumulate

from content_audit.expressions import expression

_OPENING = expression(
    r"(?:<[^<>]*>)*<(?P<html>pre|script|style|textarea)\b|(?P<comment><!--)|(?P<formula>\$\$)|(?P<colons>:::+)"
    r"|\{%-?\s*(?P<tag>(?!end)\w+)|\{\{[<%]\s*(?P<shortcode>\w[\w/-]*)",
    re.IGNORECASE,
)
_CLOSING = expression(
    r".*?(?:</(?P<html>pre|script|style|textarea)>|(?P<comment>-->))|.*(?P<formula>\$\$)$"
    r"|(?P<colons>:::+)$|\{%-?\s*end(?P<tag>\w+)|\{\{[<%]\s*/\s*(?P<shortcode>\w[\w/-]*)",
    re.IGNORECASE,
)
_ONE_LINE = expression(r"<(?:pre|script|style|textarea)\b.*</|<!--.*-->|\$\$[ \t]*\S.*\$\$", re.IGNORECASE)
SIGNS = ("<", ">", "{", "$$", ":::")
_SIGN = expression(r"[<>{]|\$\$|:::")
"""Stands in every line that opens or closes; looking for it takes a tenth of the time of matching."""

_ITEM_MARK = expression(r"(?:[*+-]|\d{1,9}[.)])(?:[ \t]+|$)")

_INDENTED = expression(r" {4}| {0,3}\t")
"""Begins every line of indented code; most documents have none, and their lines need no second look."""

_Mark = tuple[str, str]
"""What a line opens or closes: the kind and, where only its own name closes it, that name."""

INDENT = 4
"""Columns from which an indented line is code (CommonMark 0.31, 4.4), and the width of a tab stop."""


def enclosed(raw: Sequence[str], passed: Sequence[bool]) -> list[bool]:
    """Which of these stripped lines open, close or stand inside an enclosure.

    Known are `<pre>` and its like, HTML comments, `$$`, the `:::` of admonitions, and template tags with an end of
    their own. An opening that is never closed encloses nothing. Lines that are `passed` over neither open nor close.
    """
    together = "\n".join(raw)
    if not any(sign in together for sign in SIGNS):
        return [False] * len(raw)
    opened: dict[_Mark, list[int]] = {}
    turns = [0] * (len(raw) + 1)
    marks: dict[str, tuple[_Mark | None, _Mark | None]] = {}
    for i, line in enumerate(raw):
        if passed[i] or not _SIGN.search(line):
            continue
        closing, opening = marks.get(line) or marks.setdefault(line, _marks(line))
        if closing and opened.get(closing):
            turns[opened[closing].pop()] += 1
            turns[i + 1] -= 1
        elif opening:
            opened.setdefault(opening, []).append(i)
    return [depth > 0 for depth in accumulate(turns[:-1])]


def _marks(line: str) -> tuple[_Mark | None, _Mark | None]:
    """What this line closes, if that is open, and what it opens."""
    if _ONE_LINE.match(line):
        return None, None
    return _named(_CLOSING.match(line)), _named(_OPENING.match(line))


def _named(mark: re.Match[str] | None) -> _Mark | None:
    if mark is None or mark.lastgroup is None:
        return None
    kind = mark.lastgroup
    return kind, mark[kind].casefold() if kind in ("tag", "shortcode") else ""


def indented(lines: Sequence[str], passed: Sequence[bool]) -> list[bool]:
    """Which of these lines, their indentation included, are indented code.

    Code follows a blank line or other code, by four columns more than the text of the list item that it stands in.
    Lines that are `passed` over are none.
    """
    found = [False] * len(lines)
    if not any(map(_INDENTED.match, lines)):
        return found
    margin, free = 0, True
    for i, line in enumerate(lines):
        if passed[i] or not line or line.isspace():
            free = True
            continue
        told = line.lstrip(" \t")
        indent = len(line[: len(line) - len(told)].expandtabs(INDENT)) if told != line else 0
        if free and indent >= margin + INDENT:
            found[i] = True
            continue
        if mark := _ITEM_MARK.match(told.rstrip()):
            margin = indent + min(len(mark[0].expandtabs(INDENT)), INDENT + 1)
        elif free or told[0] == "#":
            margin = min(margin, indent)
        free = told[0] == "#"
    return found
