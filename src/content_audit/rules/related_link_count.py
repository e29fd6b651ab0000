"""REL009: fewer or more distinct related links than configured.

## Why
A design has room for a certain number of cards; with fewer it shows holes, with more it breaks or hides some.

## Fix safety
No fix: which links to add or drop is an editor's decision.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content_audit.facts.links import Link, related_links
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule


@dataclass(frozen=True, slots=True)
class Options:
    """Bounds, both allowed themselves, on the number of distinct targets."""

    min: int = 3
    max: int = 5


def check(document: Document, options: Options) -> Iterator[Problem]:
    """One problem, on the first link, or on the first line of a document with front matter and no link."""
    if document.front_matter is None or document.problems:
        return
    links = related_links(document)
    distinct = _distinct(links)
    if not options.min <= distinct <= options.max:
        span = document.entry_span(links[0].pointer) if links else document.first_line()
        message = f"{distinct} distinct related links, not {options.min} to {options.max}"
        yield Problem(span, message, {"distinct": distinct, "min": options.min, "max": options.max})


def _distinct(links: Iterable[Link]) -> int:
    """How many of these have no target in common with an earlier one?"""
    count, seen = 0, set[tuple[str, str]]()
    for link in links:
        keys = link.keys
        count += seen.isdisjoint(keys)
        seen.update(keys)
    return count


RULE = DocumentRule(
    "REL009",
    "related-link-count",
    "fewer or more distinct links than configured",
    check,
    "warning",
    options=Options,
    enabled=False,
)
