"""REL002: a document that lists itself among its related links.

## Why
The reader is already there. A slug, a title or a former url that another document has as well means that one, and so
do an id and a url that two have where the rest of the link's record speaks of the other.

## Fix safety
Safe: the link goes, and the links after it move up a number. Unsafe where its id and its url disagree, where its title
or its subject is not the document's, or where it gives a title or a slug alone: another document may be meant. Unsafe
as well where it names a place on the page, which is a way into a long text, and where a comment goes with the link or
would stand above another. None where all that makes the link the document's own is an id or a url that another
document has as well: one of the two was copied wrong, and nobody knows which.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from content_audit.facts.addresses import address, known_names
from content_audit.facts.extract import field_text, id_text
from content_audit.facts.links import Link, related_links
from content_audit.facts.wording import wording
from content_audit.model import Document, Fix, Problem, Safety
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import removing, shared


class Words(NamedTuple):
    """What the document calls itself, and what it stands under."""

    title: str
    subject: str


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link with the document's own id, url or name."""
    links = related_links(document)
    if not links:
        return
    own_id, own_url = id_text(document), f"url {address(document).key}"
    called = {own_url, *known_names(document)}
    if not any(_is_own(link, own_id) or _by_address(link) in called for link in links):
        return
    words = Words(*(field_text(document, names) for names in (document.fields.title, document.fields.subject)))
    own = [link for link in links if _is_own(link, own_id) or (_by_address(link) in called and _may_be(link, words))]
    groups: dict[tuple[tuple[str, ...], Safety], list[Link]] = {}
    for link in own:  # what goes by one name goes alone: another document may be called so, and then it stays
        names = (f"id {own_id}",) * _is_own(link, own_id) + (_by_address(link),) * (_by_address(link) in called)
        groups.setdefault((names, "safe" if _is_sure(link, own_id, called, words) else "unsafe"), []).append(link)
    numbers = {link.pointer: number for number, link in enumerate(links)}
    problems = []
    for (names, safety), gone in groups.items():
        fix = _removal(document, links, gone, safety)
        is_own = names[0] in (f"id {own_id}", own_url)
        for link in gone:
            evidence = {"own_names": list(names), "number": numbers[link.pointer]} if is_own else {"called": names[0]}
            problems.append(_problem(document, link, own_id, evidence, fix))
    problems.sort(key=lambda problem: problem.span.start)
    yield from shared(problems)


def _problem(document: Document, link: Link, own_id: str, named: Mapping[str, Any], fix: Fix | None) -> Problem:
    same_id = _is_own(link, own_id)
    target = f"id {link.id}" if same_id else f"url {link.url}" if link.url else link.name_key
    evidence = {"target": link.id if same_id else link.url or link.name_key, **named}
    return Problem(
        document.entry_span(link.pointer), f"{link.name} leads back to this document ({target})", evidence, fix
    )


def _is_own(link: Link, own_id: str) -> bool:
    return link.id != "" and link.id == own_id and not link.language


def _may_be(link: Link, words: Words) -> bool:
    """A slug is shared by documents of several folders and languages: with another title, another of them is meant."""
    if link.language:
        return False
    by_slug = link.name_key.startswith("slug ") and isinstance(link.record, Mapping)
    return not by_slug or wording(link.title) in ("", wording(words.title))


def _is_sure(link: Link, own_id: str, called: Collection[str], words: Words) -> bool:
    by_url = not link.url_key or _by_address(link) in called
    by_name = link.name_key.startswith(("title ", "slug "))
    said = zip((link.title, link.subject), words, strict=True)
    agrees = all("" in (text, own) or wording(text) == wording(own) for text, own in said)
    return link.id in ("", own_id) and by_url and agrees and not by_name and not link.place


def _by_address(link: Link) -> str:
    """What the link calls its target by, but for the id."""
    return f"url {link.url_key}" if link.url_key else "" if link.id else link.name_key


def _removal(document: Document, links: tuple[Link, ...], gone: list[Link], safety: Safety) -> Fix | None:
    return removing(document, links, gone, safety, f"remove {', '.join(link.name for link in gone[:3])}")


RULE = DocumentRule("REL002", "self-related-link", "a document that lists itself", check, fixes=("safe", "unsafe"))
