"""Comments around what is taken out of front matter: which go with it, and which are about what stays."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.facts.comments import comments_in
from content_audit.lines import line_starts
from content_audit.model import Document, Edit, Pointer

DIGITS = expression(r"\d+")
REST = expression(r"[ \t]*(,?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
LINE = expression(r"([ \t]*)([^\r\n]*)(?:\r\n|\n|\r|\Z)")

Place = tuple[int, int]


class Neighbours(NamedTuple):
    """The entries before and after one in its list, or in its row of numbered names; None at either end."""

    before: Pointer | None
    after: Pointer | None


def neighbours(document: Document, outer: Pointer) -> Mapping[Pointer, Neighbours]:
    """What stands beside each entry of a collection; no table of TOML shares a comment with the one after it."""
    depth, nodes = len(outer) + 1, document.nodes
    inside = [pointer for pointer in nodes if len(pointer) == depth and pointer[:-1] == outer]
    inside.sort(key=lambda pointer: nodes[pointer].key_start)
    before = {later: early for early, later in pairwise(inside) if _row(early) == _row(later)}
    tables = document.front_matter is not None and document.front_matter.syntax == "toml"
    after = {early: late for late, early in before.items() if not (tables and nodes[late].style == "block")}
    return {pointer: Neighbours(before.get(pointer), after.get(pointer)) for pointer in inside}


def _row(pointer: Pointer) -> str:
    return DIGITS.sub("#", str(pointer[-1]))


def with_remarks(document: Document, place: Place, beside: Neighbours) -> Place:
    """Whole lines of an entry with the comments that are about it: those further in below it, and those above it.

    The ones above stay where they may be about more: over the first entry, and over one that another follows at once.
    They are about the entry alone if the next has a comment of its own, or a blank line before it, or there is none.
    """
    text, (start, end) = document.text, place
    indent = _indent(text, start)
    while (line := LINE.match(text, end)) and line[2].startswith("#") and len(line[1]) > len(indent):
        end = line.end()
    above = _above(document, start, indent, document.nodes[beside.before].end if beside.before else 0)
    if beside.after is None:
        alone = beside.before is not None
    else:
        following = text[end : document.nodes[beside.after].key_start].lstrip(" \t")
        alone = following[:1] == "#" or (following[:1] in ("\r", "\n") and beside.before is not None)
    return (above if alone else start), end


def _indent(text: str, start: int) -> str:
    line = LINE.match(text, start)
    return line[1] if line else ""


def _above(document: Document, start: int, indent: str, least: int) -> int:
    """Where the comments begin that stand right above, as far in, not before `least`."""
    starts = starts_of_lines(document)
    for line_start in reversed(starts[bisect_left(starts, least) : bisect_left(starts, start)]):
        line = LINE.match(document.text, line_start)
        if line is None or line[1] != indent or not line[2].startswith("#"):
            break
        start = line_start
    return start


def remarked(document: Document, edits: Iterable[Edit]) -> bool:
    """Would one of these edits take a comment along, or leave one right above what it may not be about?"""
    if document.front_matter is None or document.front_matter.syntax == "json":
        return False
    return any(
        any(comments_in(document, edit.start, edit.end)) or _bares_a_remark(document, edit)
        for edit in edits
        if not edit.text
    )


def _bares_a_remark(document: Document, edit: Edit) -> bool:
    starts = starts_of_lines(document)
    at = bisect_right(starts, edit.start) - 1
    if at < 1 or document.text[starts[at] : edit.start].strip():
        return False
    return document.text[starts[at - 1] : starts[at]].lstrip().startswith("#")


def own_lines(document: Document, start: int, end: int) -> tuple[Place, bool] | None:
    """The lines of an item between commas, and whether its comma is there; None where it shares them with another."""
    starts = starts_of_lines(document)
    first = starts[bisect_right(starts, start) - 1]
    rest = REST.match(document.text, end)
    return ((first, rest.end()), bool(rest[1])) if rest and not document.text[first:start].strip() else None


@lru_cache(maxsize=4)
def starts_of_lines(document: Document) -> list[int]:
    """Where the document's lines start."""
    return line_starts(document.text)
