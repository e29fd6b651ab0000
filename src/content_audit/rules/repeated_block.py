"""DUP003: a passage that stands again in the same document.

## Why
Pages are often taken twice, once for each of their layouts, and forms paste a text below itself. Whoever counts,
searches or learns from the document then meets the same words twice.

Lines are compared word for word; blank lines and rules between them do not matter. Code and tables may repeat
themselves.

## Fix safety
Safe: the first copy stays, and the later one says nothing that it does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Fix, Problem, Related
from content_audit.rule import DocumentRule
from content_audit.text import edits, judged


@dataclass(frozen=True, slots=True)
class Options:
    """`words` that a passage has at least; menus, addresses and refrains repeat below fifty, paragraphs do not."""

    words: int = 50


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each later copy, with the first one's place."""
    if document.format == "html":
        return
    text = document.text
    for repeat in judged(document, options.words).repeats:
        shown = text[repeat.start : repeat.end].rstrip()
        first = document.span(
            repeat.first_start, repeat.first_start + len(text[repeat.first_start : repeat.first_end].rstrip())
        )
        edit = edits(document, options.words)[repeat.start, repeat.end]
        yield Problem(
            document.span(repeat.start, repeat.start + len(shown)),
            f"{repeat.words} words stand here for a second time",
            {"words": repeat.words},
            Fix((edit,), "safe", "remove the later copy"),
            (Related(first, "the first copy"),),
        )


RULE = DocumentRule(
    "DUP003",
    "repeated-block",
    "a passage that stands again in the same document",
    check,
    fixes=("safe",),
    options=Options,
)
