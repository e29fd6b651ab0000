"""REL002: a document that lists itself among its related links.

## Why
The reader is already there.

## Fix safety
Safe: the link goes, and the links after it move up a number.
"""

from collections.abc import Iterator

from content_audit.facts.extract import field_text
from content_audit.facts.links import related_links
from content_audit.facts.urls import url_key
from content_audit.model import Document, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import remove_links


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link with the document's own id or url."""
    links = related_links(document)
    if not links:
        return
    own_id, own_url = field_text(document, document.fields.id), field_text(document, document.fields.url)
    own_key = url_key(own_url) if own_url else ""
    for link in links:
        same_id, same_url = link.id != "" and link.id == own_id, link.url_key != "" and link.url_key == own_key
        if same_id or same_url:
            edits = remove_links(document, links, [link])
            fix = Fix(edits, "safe", f"remove {link.name}") if edits else None
            target = f"id {link.id}" if same_id else f"url {link.url}"
            message = f"{link.name} leads back to this document ({target})"
            evidence = {"target": link.id if same_id else link.url}
            yield Problem(document.entry_span(link.pointer), message, evidence, fix)


RULE = DocumentRule("REL002", "self-related-link", "a document that lists itself", check, fixes=("safe",))
