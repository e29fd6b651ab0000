"""BPL011: too large a share of a document's words is not the document.

## Why
One number says how badly a document came in: where half of its words are menus, teasers and copies of itself, taking it
again from its source may be better than cleaning it. Texts in the front matter count as well. The blocks themselves are
reported one by one by the other rules.

## Fix safety
There is no fix of its own; the fixes of BPL001–BPL009, BPL015 and DUP003 bring the share down.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.facts.prose import word_counts
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule


@dataclass(frozen=True, slots=True)
class Options:
    """`share` of words, from 0 to 1, above which a document is reported.

    A quarter: of 290 article pages taken as text two in five hold more, of their main texts, chosen by hand, none.
    """

    share: float = 0.25


def check(document: Document, options: Options) -> Iterator[Problem]:
    """At most one problem, on the first line."""
    if document.format == "html":
        return
    words, removed = word_counts(document)
    share = removed / words if words else 0.0
    if share > options.share:
        message = f"{share:.0%} of the words ({removed} of {words}) are not the document"
        evidence = {"words": words, "removed": removed, "share": round(share, 3)}
        yield Problem(document.first_line(), message, evidence)


RULE = DocumentRule(
    "BPL011",
    "boilerplate-ratio",
    "a share of polluted words over the threshold",
    check,
    severity="warning",
    options=Options,
)
