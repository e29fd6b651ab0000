"""Knows which copies an author may have meant: nobody but the author should take those out."""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from content_audit.expressions import expression
from content_audit.text.data import QUOTE
from content_audit.text.hollow import hollowing
from content_audit.text.lines import FIXED, Line
from content_audit.text.paragraphs import paragraphs, stands_alone
from content_audit.text.pasted import pasted
from content_audit.text.prose import ends_sentence
from content_audit.text.repeats import Repeat, at, underlined

FLOWING = 0.5
"""The share of a copy's words that stand in paragraphs, for the copy to be prose and not verse, a list or a form.
Of 144 verbatim copies on 489 pages 81 have .3 of it, 78 have .5 and 73 have .6."""

CAPITAL, ENDED = 0.75, 0.5
"""From such a share of lines that begin with a capital letter, or that end with a mark, lines below each other are
verse: the lines of a broken paragraph begin and end within sentences."""

TURNS = 2
"""Lines that begin with a name and a colon, from which a copy is talk, a rite or a form. Of 81 copies that are half in
paragraphs 4 have so many."""

_TURN = expression(r"[\"'“„«*_]*[^\W\d_][^:：.!?。！？]{0,39}[:：][*_]*\s*\S")
_OPENING, _CLOSING = '"“„«‹「『”»›', '"”“»›」』«‹'
_BOLD = "*_ "


def doubtful(text: str, lines: Sequence[Line], repeats: Sequence[Repeat]) -> list[bool]:
    """For each repeat: may its removal take what was said twice on purpose, or leave a gap?

    So it is with all but a page pasted twice, and there with quotations, verse, lists and talk, with a copy that a
    colon announces, that stands right under a heading or has one, that is a part of a list, and where a title or a tag
    would be left without a content.
    """
    if not repeats:
        return []
    spoken = [line for line in underlined(lines) if line.words or line.shape in FIXED]
    listed = _listed(text, spoken)
    told = {line.start for line, prose in zip(lines, paragraphs(lines), strict=True) if prose}
    found = []
    for repeat, hollow, again in zip(repeats, hollowing(lines, repeats), pasted(spoken, told, repeats), strict=True):
        start, end = at(spoken, repeat.start), at(spoken, repeat.end)
        inside = spoken[start:end]
        found.append(
            hollow
            or not again
            or _announced(inside, spoken[start - 1] if start else None)
            or _in_list(spoken, listed, start, end)
            or _quoted(text, inside)
            or sum(line.shape == "text" and _TURN.match(line.text) is not None for line in inside) >= TURNS
            or all(text.startswith(("    ", "\t"), line.start) for line in inside)
            or not _flows(inside, told)
        )
    return found


def _announced(inside: Sequence[Line], above: Line | None) -> bool:
    if any(line.shape == "heading" for line in inside):
        return True
    return above is not None and (
        above.shape in ("heading", "island") or above.text.rstrip(_BOLD).endswith((":", "："))
    )


def _listed(text: str, lines: Sequence[Line]) -> list[bool]:
    """Which lines belong to a list: its items, and what is indented below them."""
    found = []
    inside = False
    for line in lines:
        inside = line.shape == "item" or (inside and text[line.start] in " \t")
        found.append(inside)
    return found


def _in_list(lines: Sequence[Line], listed: Sequence[bool], start: int, end: int) -> bool:
    """Does a list that the copy has a part of begin before it or go on after it?"""
    begun = listed[start] and (lines[start].shape != "item" or (start > 0 and listed[start - 1]))
    return begun or (listed[end - 1] and end < len(lines) and listed[end])


def _quoted(text: str, inside: Sequence[Line]) -> bool:
    if any(QUOTE.match(text, line.start) for line in inside):
        return True
    first, last = inside[0].text.lstrip(_BOLD), inside[-1].text.rstrip(_BOLD)
    return first.startswith(tuple(_OPENING)) and last.endswith(tuple(_CLOSING))


def _flows(inside: Sequence[Line], told: Set[int]) -> bool:
    """Are most words of these lines in paragraphs?"""
    prose = sum(line.words for line in inside if stands_alone(line))
    broken = [line for line in inside if line.start in told and not stands_alone(line)]
    prose += sum(line.words for run in _below_each_other(broken) if not _verse(run) for line in run)
    return prose >= FLOWING * sum(line.words for line in inside)


def _below_each_other(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines with nothing between them."""
    run = list(lines[:1])
    for line, following in pairwise(lines):
        if not line.touches(following):
            yield run
            run = []
        run.append(following)
    yield run


def _verse(run: Sequence[Line]) -> bool:
    joints = list(pairwise(run))
    capital = sum(following.text[:1].isupper() for _, following in joints)
    ended = sum(ends_sentence(line.text) or line.text.endswith(",") for line, _ in joints)
    return bool(joints) and (capital >= CAPITAL * len(joints) or ended >= ENDED * len(joints))
