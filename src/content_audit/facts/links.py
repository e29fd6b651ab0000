"""A document's related links, as records with the place of each part, whatever shape the site gives them."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from content_audit.expressions import expression
from content_audit.facts.addresses import PAGE_FILE, address, link_key, path_name, slug_name, title_name
from content_audit.facts.languages import link_language
from content_audit.facts.urls import PAGE_SUFFIX, fragment, names_host, slug, slugs, url_parts
from content_audit.facts.wording import wording
from content_audit.model import Document, Fields, LinkItems, Node, Pointer, Style, made, pointers
from content_audit.parse.emit import target

PARTS = ("id", "title", "subject", "url")
NUMBER = expression(r"[0-9]{1,9}")
ADDRESS = expression(r"/|[a-z][a-z0-9+.-]*://", re.IGNORECASE)

MERE_PATH = expression(r"(?![./])[^:?#]*(?:/[^:?#]*[^:?#/]|\.html?)$", re.IGNORECASE)
"""A path without anything that only urls have."""

NO_TARGET = expression(r"#(?![/!])|(?:mailto|tel|sms|javascript|data):|.*?(?:\{\{|\{%|\[\[)", re.IGNORECASE | re.DOTALL)
"""Places on the page itself, what opens another program, and what a template makes a url of."""


SETTINGS = frozenset(("all", "auto", "automatic", "false", "n/a", "no", "none", "off", "on", "random", "true", "yes"))
"""What turns a list on or off."""

WHOLE = expression(r"0|[1-9][0-9]{0,17}")
"""An id that is written as a number wherever the place allows it."""


class Part(NamedTuple):
    """Where one part of a link's record stands: its entry from key to value, and what an edit of the value replaces.

    Numbers of TOML and JSON have the style "plain".
    """

    start: int
    end: int
    edit_start: int
    edit_end: int
    style: Style


class Link(NamedTuple):
    """One related link as the document gives it; parts that it does not have are "".

    `name_key` is what it names its target by where it gives neither id nor url, as `known_names` has it of the target.
    `field` is the one of `Fields.links` that it was found by, `place` the fragment of what it gives as its target.
    `language` is the one it leads into, where that is not the document's. Links that share one of their `keys`, each
    with its kind, lead to the same document.
    """

    name: str
    number: int
    pointer: Pointer
    node: Node
    id: str
    title: str
    subject: str
    url: str
    url_key: str
    record: Any
    parts: Mapping[str, Part]
    name_key: str = ""
    field: str = ""
    place: str = ""
    language: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    def part_span(self, name: str) -> tuple[int, int]:
        """From a part's key to the end of its value; the whole entry where the record has no such part."""
        part = self.parts.get(name)
        return (part.start, part.end) if part else (self.node.key_start, self.node.end)

    def section(self, patterns: tuple[str, ...]) -> str:
        """The section that the link's url stands in; "" where no pattern fits."""
        return url_parts(self.url, patterns).get("section", "")

    @property
    def targets(self) -> tuple[str, str, str]:
        """What the target is known by: its id, its url's key, its name; "" where the link does not say."""
        return self.id, self.url_key, self.name_key

    @property
    def title_key(self) -> str:
        """Its title as titles are compared; "" where that is the title of a place on a page."""
        return "" if self.place else wording(self.title)

    @property
    def leads_by_url(self) -> bool:
        """Does its url name a page that there may be?"""
        return not _leads_nowhere(self.url)

    @property
    def leads(self) -> bool:
        """Does it name a page that there may be?"""
        return self.id != "" or not _leads_nowhere(self.url or self.name_key.partition(" ")[2])

    @property
    def numbered(self) -> bool:
        """Is it one of a row of entries with numbers in their names?"""
        return "#" in self.field


def _leads_nowhere(target: str) -> bool:
    """Is it no page's address? What begins with a slash would have a template's signs in it."""
    is_path = target[:1] == "/" and "{" not in target and "[" not in target
    return not is_path and NO_TARGET.match(target) is not None


@lru_cache(maxsize=16)
def related_links(document: Document) -> tuple[Link, ...]:
    """The document's related links in the order they stand; what says nothing of a target is no link."""
    links: dict[Pointer, Link] = {}
    ways = _ways(document.fields)
    for field in document.fields.links:
        for pointer, number, value in _entries(document, field):
            if pointer in document.nodes and pointer not in links:
                link = _read(document, field, pointer, number, value, ways)
                if link is not None:
                    links[pointer] = link
    return tuple(sorted(links.values(), key=lambda link: link.node.key_start))


def _entries(document: Document, field: str) -> Iterator[tuple[Pointer, int, Any]]:
    """What stands in the entries of that name: pointer, number and value of each."""
    *outer, last = field.split(".")
    table: Any = document.metadata
    for name in outer:
        table = table.get(name) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return
    if "#" in last:
        before, _, after = last.partition("#")
        for key in [key for key in table if key.startswith(before) and key.endswith(after)]:
            if digits := NUMBER.fullmatch(key, len(before), len(key) - len(after)):
                yield (*outer, key), int(digits[0]), table[key]
    elif isinstance(value := table.get(last), list):
        for index, item in enumerate(value):
            yield (*outer, last, index), index + 1, item
    elif value is not None and not _is_setting(document.fields, value):
        yield (*outer, last), 1, value


def _is_setting(fields: Fields, value: Any) -> bool:
    """Is what stands alone under a list's name about the list: a record without a target, or a switch?"""
    if isinstance(value, dict):
        return all(_find(value, names) is None for names in (fields.link_id, fields.link_url, fields.link_slug))
    return fields.link_items == "auto" and (isinstance(value, int | float) or str(value).strip().lower() in SETTINGS)


def _read(document: Document, field: str, pointer: Pointer, number: int, value: Any, ways: "_Ways") -> Link | None:
    given = _said_parts(document.fields, value, ways)
    if not given:
        return None
    node = document.nodes[pointer]
    said = {"id": "", "title": "", "subject": "", "url": "", "slug": ""}
    parts: dict[str, Part] = {}
    for part, (inner, text) in given.items():
        said[part] = text
        if part != "slug" and (found := part_at(document, (*pointer, *inner), node if len(inner) == 1 else None)):
            parts[part] = found
    for part in ("title", "subject"):
        if said[part] and isinstance(part_given := inside(value, given[part][0]), float):
            said[part] = as_written(document, (*pointer, *given[part][0]), part_given)
    url = said["url"]
    name_key = _name_key(document, said, isinstance(value, dict))
    place = fragment(url) if "#" in url else ""
    if name_key.startswith("path "):
        url = ""
    if not said["id"] and not url and not name_key:
        return None
    key = link_key(document, url) if url else ""
    language = link_language(document, address(document).key, value, key, name_key)
    keys = _keys((said["id"], key, name_key), place, language)
    named = _shown(pointer), number, pointer, node, said["id"], said["title"], said["subject"], url, key
    return made(Link, (*named, value, parts, name_key, field, place, language, keys))


def _keys(targets: tuple[str, str, str], place: str, language: str) -> tuple[tuple[str, str], ...]:
    """What a link's target is known by, each with its kind.

    Another place on the same page is another, and so is what an id or a name is in another language.
    """
    by_id, by_url, by_name = targets
    if by_id and by_url and not (by_name or place or language):  # as nearly all
        return ("id", by_id.rstrip()), ("url", by_url)
    if place:
        by_id, by_url, by_name = (f"{key}#{place}" if key else key for key in targets)
    if language:
        by_id, by_name = (f"{key} {language}" if key else "" for key in (by_id, by_name))
    return tuple([key for key in (("id", by_id.rstrip()), ("url", by_url), ("name", by_name.rstrip())) if key[1]])


def said_parts(fields: Fields, value: Any) -> dict[str, tuple[Pointer, str]]:
    """What a link says of its target: each part's way inside the link, and its text."""
    return _said_parts(fields, value, _ways(fields))


def _said_parts(fields: Fields, value: Any, ways: "_Ways") -> dict[str, tuple[Pointer, str]]:
    if isinstance(value, dict):
        said: dict[str, tuple[Pointer, str]] = {}
        for part, possible in ways:
            for pointer in possible:
                found = value.get(pointer[0]) if len(pointer) == 1 else inside(value, pointer)
                if found is not None:
                    said[part] = pointer, id_of(found) if part == "id" else text_of(found)
                    break
        return said
    text = text_of(value)
    kind = _kind(text, fields.link_items)
    return {kind: ((), id_of(value) if kind == "id" else text)} if text else {}


_Ways = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
"""Each part of a link with the ways inside a record to it, of which the first that is there counts."""


def _ways(fields: Fields) -> _Ways:
    return (
        ("id", pointers(fields.link_id)),
        ("title", pointers(fields.link_title)),
        ("subject", pointers(fields.link_subject)),
        ("url", pointers(fields.link_url)),
        ("slug", pointers(fields.link_slug)),
    )


def _find(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Pointer, Any] | None:
    """The first of these dotted names that the record has, with its value."""
    for pointer in pointers(names):
        value = record.get(pointer[0]) if len(pointer) == 1 else inside(record, pointer)
        if value is not None:
            return pointer, value
    return None


def inside(value: Any, pointer: Pointer) -> Any:
    """What stands there inside a value; None where nothing does."""
    for part in pointer:
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None
    return value


def _kind(text: str, items: LinkItems) -> str:
    """What a mere text says of its target; "" where it is not what the shape has for links."""
    if items == "url":
        return "url" if "/" in text else ""
    if items != "auto":
        return "url" if items == "path" else items
    if (
        ADDRESS.match(text)
        or (PAGE_SUFFIX.search(text) and " " not in text)
        or PAGE_FILE.search(text)
        or ("/" in text and " " not in text)
    ):
        return "url"
    if text.isdecimal():
        return "id"
    return "slug" if text in (*slugs(text), slug(text).replace("-", "_")) else "title"


def _name_key(document: Document, said: Mapping[str, str], record: bool) -> str:
    """The name that the target is found by; "" where its id or its url is given, or the shape knows no names.

    A mere number may be an id or a slug; a mere path without a slash or a dot in front, a file's, an id or a url.
    """
    fields = document.fields
    either = fields.link_items == "auto" and not record
    if not fields.by_name or said["id"]:
        return slug_name(said["id"]) if either and said["id"] else ""
    if said["url"]:
        mere = either and MERE_PATH.match(said["url"]) and not names_host(said["url"], fields.hosts)
        is_file = fields.link_items == "path" or PAGE_FILE.search(said["url"]) or mere
        return path_name(said["url"], document.path) if is_file else ""
    if said["slug"]:
        return slug_name(said["slug"])
    by_title = said["title"] and (not record or fields.link_items in ("auto", "title"))
    return title_name(said["title"]) if by_title else ""


def part_at(document: Document, pointer: Pointer, parent: Node | None = None) -> Part | None:
    """The place of the value there; None where an edit can't replace it alone. `parent` is what it stands in, where
    that is known."""
    node = document.nodes.get(pointer)
    if node is None:
        return None
    key_start, _, start, end, style = node
    first = document.text[start : start + 1]
    if first == "&":
        return None
    if style == "value":
        return Part(key_start, end, start, end, style if first in ('"', "'") else "plain")
    if style == "plain" and parent is not None:
        return made(Part, (key_start, end, start, end, "flow" if parent.style == "flow" else style))
    return made(Part, (key_start, end, *target(document, pointer)))


def _shown(pointer: Pointer) -> str:
    """An entry as findings name it: `seo.related[0]`."""
    if len(pointer) == 1:
        return str(pointer[0])
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in pointer).removeprefix(".")


def text_of(value: Any) -> str:
    """A text or number as text; "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_written(document: Document, pointer: Pointer, value: Any) -> str:
    """The same, of a number as the document writes it: 2.10 is no 2.1."""
    node = document.nodes.get(pointer) if isinstance(value, float) else None
    return document.text[node.start : node.end].strip() if node and node.style == "plain" else text_of(value)


def id_of(value: Any) -> str:
    """An id as ids are compared: 7, "7", 7.0 and the number 007 are one, "007" is another."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else text_of(value)


def pack_parts(parts: Mapping[str, Part]) -> str:
    """The places of a record's parts as one string column: JSON, in which none of their words needs an escape."""
    written = [f'"{name}":[{p[0]},{p[1]},{p[2]},{p[3]},"{p[4]}"]' for name, p in parts.items()]
    return f"{{{','.join(written)}}}"


def unpack_parts(column: str) -> dict[str, Part]:
    """What `pack_parts` packed."""
    return {name: Part(*values) for name, values in json.loads(column).items()}
