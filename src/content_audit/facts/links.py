"""A document's related links, as records with the place of each part."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from content_audit.facts.urls import url_key, url_parts
from content_audit.model import Document, Node, Pointer, Style
from content_audit.parse.emit import anchored, target

PARTS = ("id", "title", "subject", "url")


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
    """One related link as the document gives it; parts that it does not have are ""."""

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

    def part_span(self, name: str) -> tuple[int, int]:
        """From a part's key to the end of its value; the whole entry where the record has no such part."""
        part = self.parts.get(name)
        return (part.start, part.end) if part else (self.node.key_start, self.node.end)

    def section(self, patterns: tuple[str, ...]) -> str:
        """The section that the link's url stands in; "" where no pattern fits."""
        return url_parts(self.url, patterns).get("section", "")

    def same_target(self, other: "Link") -> bool:
        """Do both lead to the same document, by id or by url?"""
        return (self.id != "" and self.id == other.id) or (self.url_key != "" and self.url_key == other.url_key)


@lru_cache(maxsize=16)
def related_links(document: Document) -> tuple[Link, ...]:
    """The document's related links in the order they stand; an entry that is no record and no url is no link."""
    links = []
    pattern = _name_pattern(document.fields.links)
    for name, value in document.metadata.items():
        match = pattern.fullmatch(name)
        if match and (name,) in document.nodes:
            link = _read(document, name, int(match[1]), value)
            if link is not None:
                links.append(link)
    return tuple(sorted(links, key=lambda link: link.node.key_start))


@lru_cache(maxsize=8)
def _name_pattern(template: str) -> re.Pattern[str]:
    before, _, after = template.partition("#")
    return re.compile(re.escape(before) + r"([0-9]{1,9})" + re.escape(after))


def _read(document: Document, name: str, number: int, value: Any) -> Link | None:
    node = document.nodes[(name,)]
    if isinstance(value, str) and "/" in value:
        return Link(name, number, (name,), node, "", "", "", value, url_key(value), value, {})
    if not isinstance(value, Mapping):
        return None
    texts = {part: text_of(value.get(part)) for part in PARTS}
    if not texts["id"] and not texts["url"]:
        return None
    parts = {}
    for part in PARTS:
        inner = document.nodes.get((name, part))
        if inner is not None and not anchored(document, (name, part)):
            start, end, style = target(document, (name, part))
            is_number = style == "value" and not isinstance(value[part], str)
            parts[part] = Part(inner.key_start, inner.end, start, end, "plain" if is_number else style)
    key = url_key(texts["url"]) if texts["url"] else ""
    return Link(name, number, (name,), node, **texts, url_key=key, record=value, parts=parts)


def text_of(value: Any) -> str:
    """A text or number as text; "" for anything else."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def pack_parts(parts: Mapping[str, Part]) -> str:
    """The places of a record's parts as one string column."""
    return json.dumps(parts, separators=(",", ":"))


def unpack_parts(column: str) -> dict[str, Part]:
    """What `pack_parts` packed."""
    return {name: Part(*values) for name, values in json.loads(column).items()}
