"""TXT001: a document whose last line is not ended.

## Why
Files that are put together, and tools that work line by line, join its last line with the next file's first.

## Fix safety
Safe: a line end of the document's own kind is added.
"""

from collections.abc import Iterator

from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """One problem, at the end of the last line."""
    text = document.text
    if not text or text.endswith(("\n", "\r")) or any(kind == "invalid-encoding" for kind, _ in document.problems):
        return
    first = LINE_END.search(text)
    newline = first[0] if first else "\n"
    fix = Fix((Edit(len(text), len(text), newline),), "safe", "add the line end")
    yield Problem(document.span(len(text), len(text)), "the last line is not ended", {}, fix)


RULE = DocumentRule("TXT001", "missing-final-newline", "a last line without its end", check, "info", ("safe",))
