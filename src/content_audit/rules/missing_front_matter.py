"""FM001: a Markdown document, or one that a schema claims, without front matter.

## Why
What lists, sorts and links documents reads their front matter; a document without one is invisible or breaks the build.

## Fix safety
No fix: the values are not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule
from content_audit.schemas import SchemaUse


@dataclass(frozen=True, slots=True)
class Options:
    """`schemas` are the schemas in force; the run gives them."""

    schemas: tuple[SchemaUse, ...] = ()


def check(document: Document, options: Options) -> Iterator[Problem]:
    """One problem on the first line of a document that should have front matter and has none."""
    if document.front_matter is not None or document.problems or document.format == "html":
        return
    claimed = next((use for use in options.schemas if use.include and use.claims(document.path, None)), None)
    if claimed is not None:
        message = f"no front matter, though {claimed.file.name} claims this document"
        yield Problem(document.first_line(), message, {"schema": claimed.file.name})
    elif document.format == "markdown":
        yield Problem(document.first_line(), "a Markdown document without front matter")


RULE = DocumentRule(
    "FM001",
    "missing-front-matter",
    "a Markdown document, or one that a schema claims, without front matter",
    check,
    options=Options,
)
