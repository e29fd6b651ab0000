"""Knows the lines that belong to something kept whole: preformatted text, formulas, admonitions, indented code."""

import re
from collections.abc import Sequence
from itertools import accumulate

_OPENING = re.compile(
    r"(?:<[^<>]*>)*<(?P<html>pre|script|style|textarea)\b|(?P<comment><!--)|(?P<formula>\$\$)|(?P<colons>:::+)"
    r"|\{%-?\s*(?P<tag>(?!end)\w+)|\{\{[<%]\s*(?P<shortcode>\w[\w/-]*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r".*?(?:</(?P<html>pre|script|style|textarea)>|(?P<comment>-->))|.*(?P<formula>\$\$)$"
    r"|(?P<colons>:::+)$|\{%-?\s*end(?P<tag>\w+)|\{\{[<%]\s*/\s*(?P<shortcode>\w[\w/-]*)",
    re.IGNORECASE,
)
_ONE_LINE = re.compile(r"<(?:pre|script|style|textarea)\b.*</|<!--.*-->|\$\$.*\S.*\$\$", re.IGNORECASE)
_SIGNS = ("<", ">", "{", "$$", ":::")
"""One of them stands in every line that opens or closes; looking for them takes a tenth of the time of matching."""

_ITEM_MARK = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?:[ \t]+|$)")

INDENT = 4
"""Columns from which an indented line is code (CommonMark 0.31, 4.4), and the width of a tab stop."""


def enclosed(raw: Sequence[str], passed: Sequence[bool]) -> list[bool]:
    """Which of these stripped lines open, close or stand inside an enclosure.

    Known are `<pre>` and its like, HTML comments, `$$`, the `:::` of admonitions, and template tags with an end of
    their own. An opening that is never closed encloses nothing. Lines that are `passed` over neither open nor close.
    """
    opened: dict[tuple[str, str], list[int]] = {}
    turns = [0] * (len(raw) + 1)
    for i, line in enumerate(raw):
        if passed[i] or not any(sign in line for sign in _SIGNS) or _ONE_LINE.match(line):
            continue
        closing = _named(_CLOSING.match(line))
        if closing and opened.get(closing):
            turns[opened[closing].pop()] += 1
            turns[i + 1] -= 1
        elif opening := _named(_OPENING.match(line)):
            opened.setdefault(opening, []).append(i)
    return [depth > 0 for depth in accumulate(turns[:-1])]


def _named(mark: re.Match[str] | None) -> tuple[str, str] | None:
    """What opens or closes here: the kind and, where only its own name closes it, that name."""
    if mark is None or mark.lastgroup is None:
        return None
    kind = mark.lastgroup
    return kind, mark[kind].casefold() if kind in ("tag", "shortcode") else ""


def indented(lines: Sequence[str], passed: Sequence[bool]) -> list[bool]:
    """Which of these lines, their indentation included, are indented code.

    Code follows a blank line or other code, by four columns more than the text of the list item that it stands in.
    Lines that are `passed` over are none.
    """
    found: list[bool] = []
    margin, free = 0, True
    for line, whole in zip(lines, passed, strict=True):
        told = line.lstrip(" \t")
        content = told.rstrip()
        indent = len(line[: len(line) - len(told)].expandtabs(INDENT))
        code = bool(content) and not whole and free and indent >= margin + INDENT
        found.append(code)
        if code or not content or whole:
            free = True
            continue
        if mark := _ITEM_MARK.match(told):
            margin = indent + min(len(mark[0].expandtabs(INDENT)), INDENT + 1)
        elif free or content.startswith("#"):
            margin = min(margin, indent)
        free = content.startswith("#")
    return found
