"""REL012: a related link into another subject.

## Why
Links across subjects are common and mostly right. Where a collection wants none, this rule names them all.

## Fix safety
No fix: nothing better is known.
"""

from collections.abc import Iterator

from content_audit.facts.extract import field_text
from content_audit.facts.links import related_links
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule, NoOptions


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose subject is not the document's."""
    own = field_text(document, document.fields.subject)
    for link in related_links(document):
        if own and link.subject and link.subject != own and not link.language:
            message = f"{link.name} leads from {own} into {link.subject}"
            yield Problem(document.span(*link.part_span("subject")), message, {"subject": link.subject, "own": own})


RULE = DocumentRule("REL012", "cross-subject-link", "a link into another subject", check, "info", enabled=False)
