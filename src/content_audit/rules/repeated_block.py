"""DUP003: a passage that stands again in the same document.

## Why
Pages are often taken twice, once for each of their layouts, and forms paste a text below itself. Whoever counts,
searches or learns from the document then meets the same words twice.

Lines are compared word for word; blank lines and rules between them do not matter. A passage counts as well where nine
of ten words of each line are the same and no number differs. Code, tables, formulas and admonitions may repeat
themselves.

The first copy stays, unless it stands in the page around the document and another in the document itself.

## Fix safety
Safe for a verbatim copy: it says nothing that the other does not. Unsafe for one with other words: either may be the
one that is meant; and for one that is all that stands under its heading or between two tags, as the same answer to two
questions does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Fix, Problem, Related
from content_audit.rule import DocumentRule
from content_audit.text import Repeat, body_lines, edits, judged
from content_audit.text.hollow import hollowing


@dataclass(frozen=True, slots=True)
class Options:
    """`words` that a passage has at least; menus, addresses and refrains repeat below fifty, paragraphs do not."""

    words: int = 50


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each later copy, with the first one's place."""
    if document.format == "html":
        return
    text = document.text
    repeats = judged(document, options.words).repeats
    hollows = hollowing(text, body_lines(document), repeats)
    for repeat, hollow in zip(repeats, hollows, strict=True):
        shown = text[repeat.start : repeat.end].rstrip()
        other = document.span(
            repeat.first_start, repeat.first_start + len(text[repeat.first_start : repeat.first_end].rstrip())
        )
        verbatim = repeat.likeness == 1
        evidence = {"words": repeat.words} if verbatim else {"words": repeat.words, "likeness": repeat.likeness}
        edit = edits(document, options.words)[repeat.start, repeat.end]
        which = "later" if other.start < repeat.start else "earlier"
        yield Problem(
            document.span(repeat.start, repeat.start + len(shown)),
            f"{repeat.words} words stand here {_how(repeat)}",
            evidence,
            Fix((edit,), "safe" if verbatim and not hollow else "unsafe", f"remove the {which} copy"),
            (Related(other, "the first copy" if which == "later" else "the copy in the document"),),
        )


def _how(repeat: Repeat) -> str:
    if repeat.likeness < 1:
        return f"for a second time, {repeat.likeness:.0%} of them the same"
    return "for a second time" if repeat.first_start < repeat.start else "that the document has further down"


RULE = DocumentRule(
    "DUP003",
    "repeated-block",
    "a passage that stands again in the same document",
    check,
    fixes=("safe", "unsafe"),
    options=Options,
)
