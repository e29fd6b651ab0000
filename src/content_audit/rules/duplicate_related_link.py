"""REL001: one target listed twice among a document's related links.

## Why
A reader sees the same card twice, and a place that a useful link could have is lost.

## Fix safety
Safe where both records are equal: the later one goes, and the links after it move up a number. Unsafe where they lead
to one target but say different things of it.
"""

from collections.abc import Iterator

from content_audit.facts.links import Link, related_links
from content_audit.model import Document, Fix, Problem, Related
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import remove_links


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose id or url an earlier link of the document has."""
    links = related_links(document)
    for number, link in enumerate(links):
        first = next((earlier for earlier in links[:number] if link.same_target(earlier)), None)
        if first is not None:
            yield _problem(document, links, link, first)


def _problem(document: Document, links: tuple[Link, ...], link: Link, first: Link) -> Problem:
    equal = link.record == first.record
    edits = remove_links(document, links, [link])
    fix = Fix(edits, "safe" if equal else "unsafe", f"remove {link.name}") if edits else None
    same_id = link.id != "" and link.id == first.id
    target = f"id {link.id}" if same_id else f"url {link.url}"
    differing = "" if equal else ", with another record"
    return Problem(
        document.entry_span(link.pointer),
        f"{link.name} repeats {first.name} ({target}){differing}",
        {"target": link.id if same_id else link.url, "repeats": first.name, "equal_records": equal},
        fix,
        (Related(document.entry_span(first.pointer), f"{first.name}, listed first"),),
    )


RULE = DocumentRule(
    "REL001", "duplicate-related-link", "one target listed twice in a document", check, fixes=("safe", "unsafe")
)
