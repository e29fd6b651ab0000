"""DUP003: a passage that stands again in the same document.

## Why
Pages are often taken twice, once for each of their layouts, and forms paste a text below itself. Whoever counts,
searches or learns from the document then meets the same words twice.

Lines are compared word for word; blank lines and rules between them do not matter. A passage counts as well where nine
of ten words of each line are the same and no number differs; letter case, punctuation and how letters are encoded do
not matter there. Code, tables, formulas and admonitions may repeat themselves, in quotations and plain text as well:
there code and tables are known by their looks.

A text or description of several lines in the front matter is looked through in the same way, by itself.

The first copy stays, unless it stands in the page around the document and another in the document itself.

## Fix safety
Safe for a page that was pasted twice, whole or in large part: the beginning of the document once more, word for word
and with three paragraphs at least, right after the other copy, or with its title at the document's end. Unsafe for all
else that may have been said twice on purpose: a passage from the middle, or one that a line of its own leads back to,
as rites, refrains, answers and clauses are; talk, verse, lists and quotations; what a colon announces, as examples are;
what stands right under a heading, as the same answer to two questions does, or has a heading in it; what is all between
two tags, or a part of a list. Unsafe for a copy with other words: either may be the one that is meant. In the front
matter copies are taken out of literal block scalars only.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content_audit.model import Document, Edit, Fix, Problem, Related, Safety, Span
from content_audit.parse.emit import anchored
from content_audit.rule import DocumentRule
from content_audit.text import Block, Line, Repeat, body_lines, edits, heard, judged
from content_audit.text.doubts import doubtful
from content_audit.text.fields import field_repeats


@dataclass(frozen=True, slots=True)
class Options:
    """`words` that a passage has at least; menus, addresses and refrains repeat below fifty, paragraphs do not."""

    words: int = 50


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each later copy, with the first one's place."""
    if document.format == "html":
        return
    for pointer, repeat, edit, doubt in field_repeats(document, options.words):
        usable = None if anchored(document, pointer) else edit
        yield _problem(document, repeat, usable, doubt=doubt, field=".".join(map(str, pointer)))
    found = judged(document, options.words)
    repeats = found.repeats
    doubts = doubtful(heard(document), _without(body_lines(document), found.blocks), repeats) if repeats else []
    for repeat, doubt in zip(repeats, doubts, strict=True):
        edit = edits(document, options.words)[repeat.place]
        yield _problem(document, repeat, edit, doubt=doubt)


def _without(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    """The lines that are no furniture: what stands above a copy only as that is no title of it."""
    starts = [block.start for block in blocks]
    return [line for line in lines if not ((i := bisect_right(starts, line.start)) and line.start < blocks[i - 1].end)]


def _problem(document: Document, repeat: Repeat, edit: Edit | None, *, doubt: bool, field: str = "") -> Problem:
    other = _shown(document, repeat.first_start, repeat.first_end)
    evidence: dict[str, object] = {"words": repeat.words}
    if not repeat.verbatim:
        evidence["likeness"] = repeat.likeness
    if field:
        evidence["field"] = field
    later = repeat.first_start <= repeat.start
    safety: Safety = "safe" if repeat.verbatim and not doubt else "unsafe"
    return Problem(
        _shown(document, repeat.start, repeat.end),
        f"{field and field + ': '}{repeat.words} words stand here {_how(repeat)}",
        evidence,
        Fix((edit,), safety, f"remove the {'later' if later else 'earlier'} copy") if edit else None,
        (Related(other, "the first copy" if later else "the copy in the document"),),
    )


def _shown(document: Document, start: int, end: int) -> Span:
    return document.span(start, start + len(document.text[start:end].rstrip()))


def _how(repeat: Repeat) -> str:
    if not repeat.verbatim:
        same = f"{repeat.likeness:.0%} of them the same" if repeat.likeness < 1 else "but for marks, case or encoding"
        return f"for a second time, {same}"
    return "for a second time" if repeat.first_start <= repeat.start else "that the document has further down"


RULE = DocumentRule(
    "DUP003",
    "repeated-block",
    "a passage that stands again in the same document",
    check,
    fixes=("safe", "unsafe"),
    options=Options,
)
