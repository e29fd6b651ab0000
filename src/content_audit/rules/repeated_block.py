"""DUP003: a passage that stands again in the same document.

## Why
Pages are often taken twice, once for each of their layouts, and forms paste a text below itself. Whoever counts,
searches or learns from the document then meets the same words twice.

Lines are compared word for word; blank lines and rules between them do not matter. A passage counts as well where nine
of ten words of each line are the same and no number differs. Code, tables, formulas and admonitions may repeat
themselves.

A text or description of several lines in the front matter is looked through in the same way, by itself.

The first copy stays, unless it stands in the page around the document and another in the document itself.

## Fix safety
Safe for a verbatim copy: it says nothing that the other does not. Unsafe for one with other words: either may be the
one that is meant; and for one that is all that stands under its heading or between two tags, as the same answer to two
questions does. In the front matter copies are taken out of literal block scalars only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Edit, Fix, Problem, Related, Safety, Span
from content_audit.parse.emit import anchored
from content_audit.rule import DocumentRule
from content_audit.text import Repeat, body_lines, edits, judged
from content_audit.text.fields import field_repeats
from content_audit.text.hollow import hollowing


@dataclass(frozen=True, slots=True)
class Options:
    """`words` that a passage has at least; menus, addresses and refrains repeat below fifty, paragraphs do not."""

    words: int = 50


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each later copy, with the first one's place."""
    if document.format == "html":
        return
    for pointer, repeat, edit, hollow in field_repeats(document, options.words):
        usable = None if anchored(document, pointer) else edit
        yield _problem(document, repeat, usable, hollow=hollow, field=".".join(map(str, pointer)))
    repeats = judged(document, options.words).repeats
    hollows = hollowing(document.text, body_lines(document), repeats)
    for repeat, hollow in zip(repeats, hollows, strict=True):
        edit = edits(document, options.words)[repeat.place]
        yield _problem(document, repeat, edit, hollow=hollow)


def _problem(document: Document, repeat: Repeat, edit: Edit | None, *, hollow: bool, field: str = "") -> Problem:
    other = _shown(document, repeat.first_start, repeat.first_end)
    evidence: dict[str, object] = {"words": repeat.words}
    if repeat.likeness < 1:
        evidence["likeness"] = repeat.likeness
    if field:
        evidence["field"] = field
    later = repeat.first_start <= repeat.start
    safety: Safety = "safe" if repeat.likeness == 1 and not hollow else "unsafe"
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
    if repeat.likeness < 1:
        return f"for a second time, {repeat.likeness:.0%} of them the same"
    return "for a second time" if repeat.first_start <= repeat.start else "that the document has further down"


RULE = DocumentRule(
    "DUP003",
    "repeated-block",
    "a passage that stands again in the same document",
    check,
    fixes=("safe", "unsafe"),
    options=Options,
)
