"""FM005: a document with front matter that none of the configured schemas claims.

## Why
A collection with schemas means each of its documents to be checked; one that falls between their globs is checked by
none.

## Fix safety
No fix: either a schema's `include` or `where` is too narrow, or the document is in the wrong place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule
from content_audit.schemas import SchemaUse


@dataclass(frozen=True, slots=True)
class Options:
    """`schemas` are the configured schemas; the run gives them."""

    schemas: tuple[SchemaUse, ...] = ()


def check(document: Document, options: Options) -> Iterator[Problem]:
    """One problem where schemas are configured and none claims this front matter."""
    if document.front_matter is None or document.problems or not options.schemas:
        return
    if not any(use.claims(document.path, document.metadata) for use in options.schemas):
        names = [use.file.name for use in options.schemas]
        yield Problem(document.first_line(), f"no schema claims this document ({', '.join(names)})", {"schemas": names})


RULE = DocumentRule(
    "FM005",
    "no-schema-matched",
    "front matter that none of the configured schemas claims",
    check,
    "warning",
    options=Options,
)
