"""REL001: one target listed twice among a document's related links.

## Why
A reader sees the same card twice, and a place that a useful link could have is lost. Fields of different names are
lists of their own, and two places on one page (`/guide/#install`, `/guide/#usage`) are two targets.

## Fix safety
Safe where both records are equal: the later ones go, all of a document at once, and the links after them move up.
Unsafe where they lead to one target but say different things of it, and where a comment goes with one of them or would
stand above another link.
"""

from collections.abc import Iterator, Mapping

from content_audit.facts.links import Link, related_links
from content_audit.model import Document, Fix, Problem, Related, Safety
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import removing, shared


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose id, url or name an earlier link of the same field has."""
    links = related_links(document)
    repeats = list(_repeats(links))
    equal = [link for link, first in repeats if _equal(link, first)]
    differing = [link for link, first in repeats if not _equal(link, first)]
    fixes = {"safe": _fix(document, links, equal, "safe"), "unsafe": _fix(document, links, differing, "unsafe")}
    yield from shared([_problem(document, link, first, fixes) for link, first in repeats])


def _repeats(links: tuple[Link, ...]) -> Iterator[tuple[Link, Link]]:
    """Each link with the first one before it that has its id, its url or its name."""
    seen: dict[tuple[str, str, str], Link] = {}
    for link in links:
        keys = [(link.field, *key) for key in link.keys]
        found = [seen[key] for key in keys if key in seen]
        if found:
            yield link, min(found, key=lambda first: first.node.key_start)
        for key in keys:
            seen.setdefault(key, link)


def _equal(link: Link, first: Link) -> bool:
    """Do both say the same? Mere texts say nothing but their target."""
    return link.record == first.record or not (isinstance(link.record, Mapping) or isinstance(first.record, Mapping))


def _fix(document: Document, links: tuple[Link, ...], gone: list[Link], safety: Safety) -> Fix | None:
    """One fix for all of them: each alone would number the same links anew, and wait for the others."""
    more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
    return removing(document, links, gone, safety, f"remove {gone[0].name}{more}") if gone else None


def _problem(document: Document, link: Link, first: Link, fixes: dict[str, Fix | None]) -> Problem:
    equal = _equal(link, first)
    same_id = link.id != "" and link.id == first.id
    target = f"id {link.id}" if same_id else f"url {link.url}" if link.url else link.name_key
    differing = "" if equal else ", with another record"
    return Problem(
        document.entry_span(link.pointer),
        f"{link.name} repeats {first.name} ({target}){differing}",
        {"target": link.id if same_id else link.url or link.name_key, "repeats": first.name, "equal_records": equal},
        fixes["safe" if equal else "unsafe"],
        (Related(document.entry_span(first.pointer), f"{first.name}, listed first"),),
    )


RULE = DocumentRule(
    "REL001", "duplicate-related-link", "one target listed twice in a document", check, fixes=("safe", "unsafe")
)
