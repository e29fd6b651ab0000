"""The values that pass through a run: documents in, problems and findings out.

All are frozen. Positions are half-open offsets in code points into the decoded text; lines and columns exist only at
the edge (`content_audit.report.positions`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]
Format = Literal["markdown", "text", "html"]
Syntax = Literal["yaml", "toml", "json"]
Style = Literal["plain", "single", "double", "literal", "folded", "block", "flow", "value"]
"""How a value is written: a YAML scalar's style, a block or flow collection, or `value` for TOML, JSON and HTML."""

LinkItems = Literal["auto", "id", "url", "slug", "title", "path"]

Pointer = tuple[str | int, ...]
"""The way to a value in the front matter, as in ("seo", "title") or ("tags", 0)."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


made = tuple.__new__
"""Makes a named tuple of its values, in a third of the time that its class takes by its name."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in one document: `text[start:end]`."""

    path: str
    start: int
    end: int


class Node(NamedTuple):
    """Where one front-matter value stands.

    `text[key_start:key_end]` is the key as written, quotes included; an item of a list has no key, and both stand at
    its value. `text[start:end]` is the value as written: with its quotes or brackets, block scalars from their
    indicator to the end of their last line of content, block collections from their first entry to the end of their
    last value.
    """

    key_start: int
    key_end: int
    start: int
    end: int
    style: Style


class Region(NamedTuple):
    """The front matter's place: the whole with its fences, and the content between them."""

    syntax: Syntax
    start: int
    end: int
    content_start: int
    content_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A set of edits in one document, applied whole or not at all; safe where no meaning can be lost."""

    edits: tuple[Edit, ...]
    safety: Safety
    title: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a problem speaks of."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields. It knows neither its code nor its severity."""

    span: Span
    message: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the code, name and severity that the run gave it."""

    code: str
    name: str
    severity: Severity
    problem: Problem


@dataclass(frozen=True, slots=True)
class Fields:
    """How a collection names things in its front matter.

    Each name is dotted where it is nested; of several, the first one present counts. `url_patterns` tell a url's
    section from its slug; `hosts` are the site's own. `aliases` has a document's former urls. `path_urls` make the url
    of a document that gives none from its path (`content_audit.facts.addresses`).

    All of `links` are read: a name with a `#` where a number stands is a row of entries, any other a list or one link.
    `link_id` and the like name the parts of a link that is a record. `link_items` is what a link is that is a mere
    text: "url" (with a slash in it), "id", "slug", "title", the "path" of a file, or "auto", whichever it looks like.
    """

    id: tuple[str, ...] = ("id",)
    title: tuple[str, ...] = ("title",)
    subject: tuple[str, ...] = ("subject",)
    url: tuple[str, ...] = ("url",)
    file_name: tuple[str, ...] = ("file_name",)
    seo_title: tuple[str, ...] = ("seo.title", "seo_title")
    description: tuple[str, ...] = ("seo.page_description", "description")
    keywords: tuple[str, ...] = ("seo.page_keywords", "keywords", "tags")
    text: tuple[str, ...] = ("answer",)
    links: tuple[str, ...] = ("related_article#", "related_articles", "related_posts", "related")
    url_patterns: tuple[str, ...] = ("/learn/{section}/{kind}/{slug}", "/learn/{section}/{slug}")
    hosts: tuple[str, ...] = ()
    slug: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    path_urls: tuple[tuple[str, str], ...] = ()
    link_id: tuple[str, ...] = ("id",)
    link_title: tuple[str, ...] = ("title", "name")
    link_subject: tuple[str, ...] = ("subject", "section")
    link_url: tuple[str, ...] = ("url", "href", "link", "permalink")
    link_slug: tuple[str, ...] = ()
    link_items: LinkItems = "url"

    @property
    def by_name(self) -> bool:
        """May links name their targets otherwise than by id and url?"""
        return bool(self.link_slug) or self.link_items not in ("id", "url")


@dataclass(frozen=True, eq=False)
class Document:
    """One document, read. `problems` are what reading it met, each with the name of the rule that reports it.

    Compared and hashed by identity, so that what is worked out of a document can be remembered for it.
    """

    path: str
    text: str
    format: Format
    body_start: int = 0
    front_matter: Region | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[Pointer, Node] = field(default_factory=dict)
    problems: tuple[tuple[str, Problem], ...] = ()
    fields: Fields = field(default_factory=Fields)

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.body_start :]

    def span(self, start: int, end: int) -> Span:
        """A span in this document."""
        return Span(self.path, start, end)

    def entry_span(self, pointer: Pointer) -> Span:
        """From an entry's key to the end of its value; KeyError where there is none."""
        node = self.nodes[pointer]
        return Span(self.path, node.key_start, node.end)

    def first_line(self) -> Span:
        """Where a problem of the whole document stands."""
        end = self.text.find("\n")
        end = end if end >= 0 else len(self.text)
        earlier = self.text.find("\r", 0, end)
        return Span(self.path, 0, earlier if earlier >= 0 else end)


def lookup(document: Document, names: tuple[str, ...]) -> tuple[Pointer, Any] | None:
    """The first of these dotted names that the front matter has, with its value."""
    metadata = document.metadata
    for pointer in pointers(names):
        value: Any = metadata.get(pointer[0])
        if value is None:
            continue
        for part in pointer[1:] if len(pointer) > 1 else ():
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            return pointer, value
    return None


@lru_cache(maxsize=128)
def pointers(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Dotted names as the ways that they stand for."""
    return tuple(tuple(name.split(".")) for name in names)


@lru_cache(maxsize=4)
def leaves(document: Document) -> Sequence[tuple[Pointer, Any]]:
    """The values of the front matter that hold no others, each with the way to it."""
    found: list[tuple[Pointer, Any]] = []
    _gather(document.metadata, (), found)
    return found


def _gather(holder: Any, pointer: Pointer, found: list[tuple[Pointer, Any]]) -> None:
    add = found.append
    for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
        if isinstance(value, (dict, list)):
            _gather(value, (*pointer, key), found)
        else:
            add(((*pointer, key), value))
