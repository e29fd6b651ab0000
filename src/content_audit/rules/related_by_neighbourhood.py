"""REL011: a document's related links are its numeric neighbours, whatever their topic.

## Why
Ids that all lie next to the document's own mean that the list was made by batch, from what was published in the same
hour, not by relevance. One finding says it for the whole list.

## Fix safety
No fix: a neighbour may well be on topic. Those of the links that have nothing to do with the document are REL008's,
whose fix puts others in their place with `--replace`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.facts.extract import field_text
from content_audit.facts.links import related_links
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule


@dataclass(frozen=True, slots=True)
class Options:
    """`distance` between two ids up to which they are neighbours; `min_links` that a list needs to be judged.

    In a collection of 35,915 documents whose lists were made by batch, 79,842 of 103,133 links lie within 15.
    """

    distance: int = 15
    min_links: int = 3


def check(document: Document, options: Options) -> Iterator[Problem]:
    """One problem, on the first link, where every link's id lies next to the document's."""
    links = related_links(document)
    own = field_text(document, document.fields.id)
    if len({link.id for link in links}) < options.min_links or not _is_number(own):
        return
    if not all(_is_number(link.id) for link in links):
        return
    distances = [abs(int(link.id) - int(own)) for link in links]
    if max(distances) <= options.distance:
        message = (
            f"all {len(links)} related links have ids within {max(distances)} of this document's: a batch, not a choice"
        )
        evidence = {"id": own, "links": [link.id for link in links], "largest_distance": max(distances)}
        yield Problem(document.entry_span(links[0].pointer), message, evidence)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18


RULE = DocumentRule(
    "REL011",
    "related-by-neighbourhood",
    "related links that are the document's numeric neighbours",
    check,
    "info",
    options=Options,
    suggests=True,
)
