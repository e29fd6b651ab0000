"""SEO002: a description that is too short or too long for a search result.

## Why
Search engines show some 160 characters of a description and cut the rest; under 50 they mostly write their own.

## Fix safety
No fix: a cut sentence is worse than a long one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.model import Document, Problem, lookup
from content_audit.rule import DocumentRule


@dataclass(frozen=True, slots=True)
class Options:
    """Bounds in characters, both allowed themselves."""

    min: int = 50
    max: int = 160


def check(document: Document, options: Options) -> Iterator[Problem]:
    """One problem where the description is outside the bounds."""
    found = lookup(document, document.fields.description)
    if not found or not isinstance(found[1], str) or found[0] not in document.nodes:
        return
    length = len(found[1].strip())
    if not options.min <= length <= options.max:
        bound = f"under {options.min}" if length < options.min else f"over {options.max}"
        name = ".".join(map(str, found[0]))
        evidence = {"length": length, "min": options.min, "max": options.max}
        yield Problem(document.entry_span(found[0]), f"{name} has {length} characters, {bound}", evidence)


RULE = DocumentRule(
    "SEO002", "description-length", "a description outside 50–160 characters", check, "warning", options=Options
)
