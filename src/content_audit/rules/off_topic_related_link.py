"""REL008: related links that have nothing to do with the document.

## Why
A list of links made from whatever was published on the same day sends readers of one topic to another, and teaches them
not to click. Editors choose some good links that share no word with their page, so one missing overlap proves little; a
list that as a whole has none proves a lot. Only such lists are reported, and in them only the links that are strangers.

What a document is about are its central terms: the words of its title, and those that stand in two of title, keywords
and description. The subject never counts: every stranger carries the right one.

## Fix safety
Unsafe: the list is judged as a whole, so all its strangers go at once, and the links after them move up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_audit.facts.extract import field_text
from content_audit.facts.links import Link, related_links
from content_audit.model import Document, Fix, Problem, lookup
from content_audit.rule import DocumentRule
from content_audit.rules.edits import remove_links
from content_audit.text.terms import terms


@dataclass(frozen=True, slots=True)
class Options:
    """When a link is a stranger and when a list is judged.

    `share` of a link title's terms that may be central at most; `list_share` of strangers that a list needs, and
    `min_links` that it must have; `min_terms` of a title that can be judged. Of 297 links judged by reading, in lists
    of a real collection made by batch, these report 43 % of the strangers and 5 % of the others; a share of a quarter
    reports 91 % and 37 %.
    """

    share: float = 0.0
    list_share: float = 0.75
    min_links: int = 3
    min_terms: int = 2


def central_terms(document: Document) -> frozenset[str]:
    """The terms that say what the document is about."""
    fields = document.fields
    title = terms(field_text(document, fields.title))
    keywords = terms(_keywords(document))
    description = terms(field_text(document, fields.description))
    return title | (keywords & description)


def _keywords(document: Document) -> str:
    found = lookup(document, document.fields.keywords)
    if found and isinstance(found[1], list):
        return ", ".join(str(item) for item in found[1])
    return field_text(document, document.fields.keywords)


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem on each stranger of a list that is mostly strangers."""
    links = related_links(document)
    if len(links) < options.min_links:
        return
    central = central_terms(document)
    distinct = [link for n, link in enumerate(links) if not any(link.same_target(other) for other in links[:n])]
    judged = [(link, found) for link in distinct if len(found := terms(link.title)) >= options.min_terms]
    if len(central) < options.min_terms or len(judged) < options.min_links:
        return
    strangers = [(link, found) for link, found in judged if len(found & central) <= options.share * len(found)]
    if len(strangers) >= options.list_share * len(judged):
        fix = _fix(document, links, [link for link, _ in strangers])
        for link, found in strangers:
            yield _problem(document, link, found, central, f"{len(strangers)} of {len(judged)}", fix)


def _fix(document: Document, links: tuple[Link, ...], strangers: list[Link]) -> Fix | None:
    """All strangers and what repeats them at once: a list with one of them gone would be judged anew by fewer."""
    gone = [link for link in links if any(link.same_target(stranger) for stranger in strangers)]
    edits = remove_links(document, links, gone)
    return Fix(edits, "unsafe", f"remove {', '.join(link.name for link in gone)}") if edits else None


def _problem(
    document: Document, link: Link, found: frozenset[str], central: frozenset[str], strangers: str, fix: Fix | None
) -> Problem:
    shared = sorted(found & central)
    evidence = {
        "title": link.title,
        "terms": sorted(found),
        "shared": shared,
        "score": round(len(shared) / len(found), 2),
        "central_terms": sorted(central)[:20],
        "strangers_in_list": strangers,
    }
    said = f"only {', '.join(shared)}" if shared else "none"
    message = f"{link.name} {link.title!r} has nothing to do with this document: of its terms {said} is central here"
    return Problem(document.entry_span(link.pointer), message, evidence, fix)


RULE = DocumentRule(
    "REL008",
    "off-topic-related-link",
    "a link that has nothing to do with the document",
    check,
    "warning",
    ("unsafe",),
    Options,
)
