"""REL002: a document that lists itself among its related links.

## Why
The reader is already there. A slug, a title or a former url that another document has as well means that one.

## Fix safety
Safe: the link goes, and the links after it move up a number. Unsafe where its id and its url disagree, or
where it gives a title or a slug alone: another document may be meant, of the same title, or in another folder. Unsafe
as well where it names a place on the page, which is a way into a long text, and where a comment goes with the link or
would stand above another.
"""

from collections.abc import Collection, Iterator, Mapping

from content_audit.facts.addresses import address, known_names
from content_audit.facts.extract import field_text, id_text
from content_audit.facts.links import Link, related_links
from content_audit.facts.wording import wording
from content_audit.model import Document, Fix, Problem, Safety
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import removing, shared


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link with the document's own id, url or name."""
    links = related_links(document)
    if not links:
        return
    own_id, own_url = id_text(document), f"url {address(document).key}"
    called = {own_url, *known_names(document)}
    title = field_text(document, document.fields.title)
    own = [link for link in links if _is_own(link, own_id) or (_by_address(link) in called and _may_be(link, title))]
    groups: dict[tuple[str, Safety], list[Link]] = {}
    for link in own:  # what goes by one name goes alone: another document may be called so, and then it stays
        name = "" if _is_own(link, own_id) or _by_address(link) == own_url else _by_address(link)
        groups.setdefault((name, "safe" if _is_sure(link, own_id, called) else "unsafe"), []).append(link)
    problems = []
    for (name, safety), gone in groups.items():
        fix = _removal(document, links, gone, safety)
        problems += [_problem(document, link, own_id, name, fix) for link in gone]
    problems.sort(key=lambda problem: problem.span.start)
    yield from shared(problems)


def _problem(document: Document, link: Link, own_id: str, name: str, fix: Fix | None) -> Problem:
    same_id = _is_own(link, own_id)
    target = f"id {link.id}" if same_id else f"url {link.url}" if link.url else link.name_key
    evidence = {"target": link.id if same_id else link.url or link.name_key, **({"called": name} if name else {})}
    return Problem(
        document.entry_span(link.pointer), f"{link.name} leads back to this document ({target})", evidence, fix
    )


def _is_own(link: Link, own_id: str) -> bool:
    return link.id != "" and link.id == own_id and not link.language


def _may_be(link: Link, title: str) -> bool:
    """A slug is shared by documents of several folders and languages: with another title, another of them is meant."""
    if link.language and not link.url_key:
        return False
    by_slug = link.name_key.startswith("slug ") and isinstance(link.record, Mapping)
    return not by_slug or wording(link.title) in ("", wording(title))


def _is_sure(link: Link, own_id: str, called: Collection[str]) -> bool:
    by_url = not link.url_key or _by_address(link) in called
    by_name = link.name_key.startswith(("title ", "slug "))
    return link.id in ("", own_id) and by_url and not by_name and not link.place


def _by_address(link: Link) -> str:
    """What the link calls its target by, but for the id."""
    return f"url {link.url_key}" if link.url_key else "" if link.id else link.name_key


def _removal(document: Document, links: tuple[Link, ...], gone: list[Link], safety: Safety) -> Fix | None:
    return removing(document, links, gone, safety, f"remove {', '.join(link.name for link in gone[:3])}")


RULE = DocumentRule("REL002", "self-related-link", "a document that lists itself", check, fixes=("safe", "unsafe"))
