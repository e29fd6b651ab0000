"""Related links that give way to better ones: whole records, rewritten in the style that the document gives them."""

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from content_audit.facts.addresses import address, known_names, link_key, path_name
from content_audit.facts.extract import field_text, id_text
from content_audit.facts.links import Link, inside, part_at, related_links, said_parts
from content_audit.facts.urls import PAGE_SUFFIX, ending, on_host_of, same_site, with_ending, without_host
from content_audit.facts.wording import is_plain, shown
from content_audit.fixes import apply, sound
from content_audit.model import Document, Edit, Fix, Pointer
from content_audit.parse import parse_text
from content_audit.parse.emit import scalar
from content_audit.rules.edits import is_tied, remove_links, set_part
from content_audit.rules.removal import removal
from content_audit.rules.targets import same_page

MAX_REREAD = 1_000_000
"""Code points of front matter read again to try records: 500 tries where it has 2,000, a few where it has 200,000."""

Key = tuple[str, str]


class Written(NamedTuple):
    """A url as a document writes it, and its form."""

    form: str
    text: str


Leads = Callable[[Link, Document], bool]
"""Does this link lead to that document?"""


class Exchanged(NamedTuple):
    """A link in another's place: the edits that write it, and how it then reads."""

    link: Link
    edits: tuple[Edit, ...]
    title: str


def exchange(
    document: Document, strangers: Collection[int], missing: Collection[int], others: Sequence[Document], leads: Leads
) -> Fix | None:
    """The fix that puts each of these documents, in their order, in the place of one link; None where none fits.

    Args:
        document: the document with the links.
        strangers: where links start that go in any case, for another or for nothing.
        missing: where links start that stay unless another takes their place.
        others: what may take a link's place; none of them is listed in the document.
        leads: is asked of each new record, as it reads back.
    """
    links = related_links(document)
    taken: dict[Pointer, Exchanged] = {}
    gone: list[Link] = []
    settled: set[Key] = set()
    listed = Counter(key for link in links for key in link.keys)
    left = list(others)
    tries = iter(range(1 + MAX_REREAD // (1 + document.body_start)))
    for link in links:
        start = link.node.key_start
        if not settled.isdisjoint(link.keys):
            gone.append(link)
        elif start in strangers or start in missing:
            listed.subtract(link.keys)
            usual = _usual_url(document, link, {*strangers, *missing})
            tried = (other for other, _ in zip(left, tries, strict=False))
            found = _first_fitting(document, link, usual, tried, listed, leads)
            listed.update(link.keys)
            if found is not None:
                taken[link.pointer] = found[0]
                left.remove(found[1])
                listed.update(found[0].link.keys)
            elif start in strangers:
                gone.append(link)
            else:
                continue
            settled.update(link.keys)
    removed = remove_links(document, links, gone) or ()
    edits = (*(edit for each in taken.values() for edit in each.edits), *removed)
    if not taken or not sound(edits):
        return None
    said = [f"{link.name} by {taken[link.pointer].title!r}" for link in links if link.pointer in taken]
    and_gone = f"; remove {', '.join(link.name for link in gone)}" if removed else ""
    return Fix(edits, "unsafe", f"replace {', '.join(said)}{and_gone}")


def _first_fitting(
    document: Document,
    link: Link,
    usual: Written,
    others: Iterable[Document],
    listed: Mapping[Key, int],
    leads: Leads,
) -> tuple[Exchanged, Document] | None:
    """The first of these documents that the link can be made to lead to, and not twice in its list."""
    for other in () if is_tied(document, link) else others:
        exchanged = _exchanged(document, link, usual, other)
        if exchanged is None or any(listed.get(key, 0) > 0 for key in exchanged.link.keys):
            continue
        if leads(exchanged.link, other):
            return exchanged, other
    return None


def _exchanged(document: Document, link: Link, usual: Written, other: Document) -> Exchanged | None:
    """The link with the other document's record; None where it can't be written, or would not read back as a link."""
    parts = said_parts(document.fields, link.record)
    edits: list[Edit] = []
    kept: list[Pointer] = []
    for part, (inner, _) in parts.items():
        held = inside(link.record, inner)
        value = "" if isinstance(held, Mapping | list) else _value(document, link, part, usual, other)
        edit = _written(document, (*link.pointer, *inner), part, value) if value else None
        if edit is not None:
            edits.append(edit)
            kept.append(inner)
        elif value:
            return None
    of_target = [inner for inner, _ in parts.values()]
    records = [each.record for each in related_links(document)]
    extras = [each for each in _besides(link.record, kept) if each in of_target or not _is_shared(each, records)]
    removed = removal(document, [(*link.pointer, *each) for each in extras]) if kept else None
    if removed is None or not sound((*edits, *removed)):
        return None
    after = parse_text(document.path, apply(document.text, (*edits, *removed)), document.fields)
    now = next((each for each in related_links(after) if each.pointer == link.pointer), None)
    title = field_text(other, other.fields.title)
    return None if after.problems or now is None else Exchanged(now, (*edits, *removed), title)


def _besides(record: Any, kept: Sequence[Pointer], at: Pointer = ()) -> Iterator[Pointer]:
    """What the record holds beside these parts, each as a whole."""
    for key, value in record.items() if isinstance(record, Mapping) else ():
        inner = (*at, key)
        if inner not in kept:
            holds_some = any(each[: len(inner)] == inner for each in kept)
            yield from _besides(value, kept, inner) if holds_some else [inner]


def _is_shared(pointer: Pointer, records: Sequence[Any]) -> bool:
    """Do all records of the document say the same there? Then it is not of the target."""
    said = [inside(record, pointer) for record in records]
    return len(said) > 1 and said[0] is not None and all(each == said[0] for each in said)


def _value(document: Document, link: Link, part: str, usual: Written, other: Document) -> str:
    """The other document's part, a url worded as the usual one is; "" where it has none."""
    if part == "url":
        is_path = usual.form.startswith("path ")
        return _path_like(usual.text, document, other) if is_path else _url_like(usual.text, document, link, other)
    if part == "slug":
        return next((name.removeprefix("slug ") for name in known_names(other) if name.startswith("slug ")), "")
    if part == "id":
        return id_text(other)
    text = field_text(other, other.fields.title if part == "title" else other.fields.subject)
    seen = shown(text)
    return seen if is_plain(seen) else text


def _usual_url(document: Document, link: Link, leaving: Collection[int]) -> Written:
    """The url whose form most links of the link's list have, of those that stay; its own where none has any.

    How another site's are written says nothing; where there is no other, the text is "".
    """
    own = address(document).key
    in_list = [each for each in related_links(document) if each.field == link.field]
    staying = [each for each in in_list if each.node.key_start not in leaving and (each.id or _is_own(each, own))]
    found = [
        Written(_form(each, text), text)
        for each in staying or ([link] if _is_own(link, own) else [])
        if (text := said_parts(document.fields, each.record).get("url", ((), ""))[1])
    ]
    forms = Counter(each.form for each in found)
    return max(found, key=lambda each: forms[each.form], default=Written("", ""))


def _is_own(link: Link, own: str) -> bool:
    return link.name_key != "" or same_site(link.url_key, own)


def _form(link: Link, text: str) -> str:
    """What tells ways to write a url apart: a file's path, or else its host, and a slash at its end or a suffix."""
    if link.name_key.startswith("path "):
        return f"path {text[:1] if text[:1] in '/.' else ''} {ending(text)}"
    return f"url {on_host_of('/', text)} {ending(text)}"


def _url_like(old: str, document: Document, link: Link, other: Document) -> str:
    """The other's url with a host and a slash at its end where the old one has them, without where it has not.

    A link that has an id is found by that, and its url may name a host that the documents' own do not.
    """
    url, key, _ = address(other)
    worded = on_host_of(with_ending(without_host(url), ending(old)), old)
    there = link_key(document, worded)
    is_right = there == key or f"url {there}" in known_names(other) or (link.id != "" and same_page(there, key))
    return worded if url and old and is_right else url


def _path_like(old: str, document: Document, other: Document) -> str:
    """The path of the other's file: from the document's folder, from the site's top, with a suffix, as the old one."""
    folder, path = posixpath.dirname(document.path), other.path
    first, slash, _ = old.lstrip("/").partition("/")
    tops = [posixpath.commonpath([folder, posixpath.dirname(posixpath.dirname(path))])]
    if old.startswith("."):
        near = posixpath.relpath(path, folder or ".")
        worded = [near if near.startswith("../") else f"./{near}"]
    elif not slash and folder == posixpath.dirname(path):
        worded = [posixpath.basename(path)]
    else:
        parts = folder.split("/")
        tops = ["/".join(parts[: parts.index(first)]), *tops] if first in parts else tops
        below = (posixpath.relpath(path, top or ".") for top in tops)
        worded = ["/" * old.startswith("/") + each for each in (*below, path) if not each.startswith("..")]
    plain = PAGE_SUFFIX.search(old) is None
    worded = [PAGE_SUFFIX.sub("", each) if plain else each for each in worded]
    return next((each for each in worded if path_name(each, document.path) in known_names(other)), "")


def _written(document: Document, pointer: Pointer, part: str, value: str) -> Edit | None:
    """The edit that writes a part in its own style, or else in any; None where its place can't be edited alone."""
    region, node, place = document.front_matter, document.nodes.get(pointer), part_at(document, pointer)
    if region is None or node is None or place is None:
        return None
    quoted = document.text.startswith("'", place.edit_start)
    if region.syntax == "toml" and quoted and scalar(value, "toml") == f'"{value}"' and "'" not in value:
        return Edit(place.edit_start, place.edit_end, f"'{value}'")
    edit = set_part(place, part, value, region.syntax)
    return Edit(node.start, node.end, scalar(value, region.syntax)) if edit is None else edit
