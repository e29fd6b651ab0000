"""REL001: one target listed twice among a document's related links.

## Why
A reader sees the same card twice, and a place that a useful link could have is lost. Fields of different names are
lists of their own, and two places on one page (`/guide/#install`, `/guide/#usage`) are two targets. Folders have slugs
of their own, and subjects titles: links that give nothing better, and differ, are one only where they lead to one
document of the collection.

## Fix safety
Safe where both records are equal: the later ones go, all of a document at once, and the links after them move up.
Unsafe where they lead to one target but say different things of it, where a comment goes with one of them or would
stand above another link, and where one url escapes what the other does not (`c++`, `c%2B%2B`): one page on most
servers, but not by RFC 3986.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from content_audit.expressions import expression
from content_audit.facts.links import Link, related_links, text_of
from content_audit.facts.wording import wording
from content_audit.model import Document, Fix, Problem, Related, Safety
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import removing, shared

ESCAPED = expression("%(?:2[1467-9ABC]|3[ABD]|40)", re.IGNORECASE)
"""What a path may have as a sign of its own, escaped (RFC 3986, 2.2)."""

MOST_ALONE = 20
"""Links that may lead elsewhere have a fix each; in a list of thousands of them making these took minutes."""


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose id, url or name an earlier link of the same field has.

    Where that is a name that several documents may have, `alike` in its evidence has the numbers of the two.
    """
    links = related_links(document)
    repeats = list(_repeats(links))
    if not repeats:
        return
    equal = [link for link, first in repeats if _equal(link, first)]
    differing = [link for link, first in repeats if not _equal(link, first) and not _by_name(link)]
    named = [link for link, first in repeats if not _equal(link, first) and _by_name(link)]
    shared_fixes = {"safe": _fix(document, links, equal, "safe"), "unsafe": _fix(document, links, differing, "unsafe")}
    alone = {link.pointer: _fix(document, links, [link], "unsafe") for link in named[:MOST_ALONE]}
    numbers = {link.pointer: number for number, link in enumerate(links)}
    problems = []
    for link, first in repeats:
        if _equal(link, first) or not _by_name(link):
            fix = shared_fixes["safe" if _equal(link, first) else "unsafe"]
            problems.append(_problem(document, link, first, fix, {}))
        else:
            evidence = {"alike": [numbers[first.pointer], numbers[link.pointer]]}
            problems.append(_problem(document, link, first, alone.get(link.pointer), evidence))
    yield from shared(problems)


def _repeats(links: tuple[Link, ...]) -> Iterator[tuple[Link, Link]]:
    """Each link with the first one before it that is equal, or else has its id, its url or its name."""
    seen: dict[tuple[str, str, str], Link] = {}
    told_apart = len({(link.id, link.url) for link in links}) == len(links)
    every = [(link.field, key) for link in links for key in link.keys]
    if told_apart and len(set(every)) == len(every):
        return
    for link in links:
        keys = [(link.field, *key) for key in link.keys]
        equal = (link.field, "record", str(link.pointer) if told_apart else _ordered(link.record))
        found = [seen[equal]] if equal in seen else [seen[key] for key in keys if key in seen]
        found = [first for first in found if not _is_kind(link, first)]
        if found:
            yield link, min(found, key=lambda first: first.node.key_start)
        for key in (*keys, equal):
            seen.setdefault(key, link)


def _ordered(value: Any) -> str:
    """Records that differ in the order of their keys alone are written the same."""
    if isinstance(value, Mapping):
        return ", ".join(sorted(f"{key!r}: ({_ordered(inner)})" for key, inner in value.items()))
    return f"[{', '.join(map(_ordered, value))}]" if isinstance(value, list) else repr(value)


def _is_kind(link: Link, first: Link) -> bool:
    """Is the id that both have a word for kinds of targets, as video? Url and title of the two are others."""
    titles = {wording(each.title) for each in (link, first)} - {""}
    urls = {each.url_key for each in (link, first)} - {""}
    return link.id == first.id != "" and not link.id.isdecimal() and len(titles) == len(urls) == 2


def _by_name(link: Link) -> bool:
    """Does the link call its target by no more than a slug or a title, which several documents may have?"""
    return link.id == link.url == "" and not link.name_key.startswith("path ")


def _equal(link: Link, first: Link) -> bool:
    """Do both say the same? Mere texts say nothing but their target."""
    if isinstance(link.record, Mapping) or isinstance(first.record, Mapping):
        return bool(link.record == first.record)
    return len(ESCAPED.findall(link.url)) == len(ESCAPED.findall(first.url)) and _text(link) == _text(first)


def _text(link: Link) -> tuple[str, ...]:
    """What a mere text says; urls of one key may still differ in scheme and last name."""
    text = " ".join(normalize("NFC", text_of(link.record)).split())
    if not link.url:
        return (text.casefold(),)
    scheme, _, rest = text.rpartition("://")
    return scheme.lower(), unquote(rest.partition("#")[0]).rstrip("/").rpartition("/")[2]


def _fix(document: Document, links: tuple[Link, ...], gone: list[Link], safety: Safety) -> Fix | None:
    """One fix for all of them: each alone would number the same links anew, and wait for the others."""
    more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
    return removing(document, links, gone, safety, f"remove {gone[0].name}{more}") if gone else None


def _problem(document: Document, link: Link, first: Link, fix: Fix | None, more: Mapping[str, Any]) -> Problem:
    equal = _equal(link, first)
    same_id = link.id != "" and link.id == first.id
    target = link.id if same_id else link.url or link.name_key
    shown = f"id {target}" if same_id else f"url {target}" if link.url else target
    differing = "" if equal else ", with another record"
    return Problem(
        document.entry_span(link.pointer),
        f"{link.name} repeats {first.name} ({shown}){differing}",
        {"target": target, "repeats": first.name, "equal_records": equal, **more},
        fix,
        (Related(document.entry_span(first.pointer), f"{first.name}, listed first"),),
    )


RULE = DocumentRule(
    "REL001", "duplicate-related-link", "one target listed twice in a document", check, fixes=("safe", "unsafe")
)
