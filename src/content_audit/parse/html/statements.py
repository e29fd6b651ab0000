"""What an HTML page says about itself: its title, date, author, description, keywords, address and language."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from content_audit.expressions import expression
from content_audit.lines import line_starts
from content_audit.model import Node, Pointer
from content_audit.parse.html.dates import is_date
from content_audit.parse.html.source import unescape
from content_audit.parse.html.tree import tree

if TYPE_CHECKING:
    from lxml.etree import _Element

_JSON_DATE = expression(r'"datePublished"\s*+:\s*+"([^"\\<>]{4,40})"')


class _Fact(NamedTuple):
    """One thing that an element says: higher ranks come first where several say it."""

    name: str
    rank: int
    value: str


_UNTITLED = _Fact("title", 0, "")

_META = {
    "og:title": ("title", 0),
    "article:published_time": ("date", 0),
    "datepublished": ("date", 1),
    "dc.date.issued": ("date", 2),
    "dc.date": ("date", 3),
    "date": ("date", 4),
    "author": ("author", 0),
    "article:author": ("author", 1),
    "dc.creator": ("author", 2),
    "description": ("description", 0),
    "og:description": ("description", 1),
    "keywords": ("keywords", 0),
    "og:url": ("url", 1),
}
_NAMES = ("title", "date", "author", "description", "keywords", "url", "language")


def read_html(text: str) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """What an HTML page says about itself, and where.

    Args:
        text: the whole page; any text is accepted.

    Returns:
        Of title (og:title, h1, <title>), date (if there is such a day), author, description, keywords, url (canonical,
        og:url) and language those that are found, as written but for white space and character references. A span is
        that of the tag, with the text that follows it, or the line of the tag where the source spells the value
        differently.
    """
    return stated(tree(text), text)


def stated(root: "_Element | None", text: str) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """As `read_html`, of a page that is parsed already."""
    found: dict[str, tuple[int, str, _Element]] = {}
    for element in () if root is None else root.iter("html", "title", "h1", "meta", "link", "time", "script"):
        for fact in _facts(element):
            value = " ".join(fact.value.split())
            if fact.name == "date" and not is_date(value):
                continue
            if value and (fact.name not in found or fact.rank < found[fact.name][0]):
                found[fact.name] = fact.rank, value, element
    lines = line_starts(text)
    values = {name: found[name][1] for name in _NAMES if name in found}
    return values, {(name,): _place(text, lines, found[name][2], value) for name, value in values.items()}


def title_of(root: "_Element") -> str:
    """The title that `stated` gives; "" for none."""
    said = [fact for element in root.iter("title", "h1", "meta") for fact in _facts(element) if fact.name == "title"]
    return " ".join(
        min((fact for fact in said if fact.value.split()), key=lambda fact: fact.rank, default=_UNTITLED).value.split()
    )


def _facts(element: "_Element") -> Iterator[_Fact]:
    tag = element.tag
    if tag == "meta":
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").strip().lower()
            value = element.get("content", "")
            if name in _META and not (name == "article:author" and value.startswith(("http:", "https:"))):
                yield _Fact(*_META[name], value)
    elif tag == "link" and "canonical" in element.get("rel", "").lower().split():
        yield _Fact("url", 0, element.get("href", ""))
    elif tag == "time":
        yield _Fact("date", 6, element.get("datetime", ""))
    elif tag == "html":
        yield _Fact("language", 0, element.get("lang", "") or element.get("xml:lang", ""))
    elif tag == "script":
        stated = _JSON_DATE.search(element.text or "") if "ld+json" in element.get("type", "") else None
        yield _Fact("date", 5, stated[1] if stated else "")
    elif tag in ("h1", "title"):
        yield _Fact("title", 1 if tag == "h1" else 2, "".join(element.itertext()))


def _place(text: str, lines: list[int], element: "_Element", value: str) -> Node:
    line = min(element.sourceline or 1, len(lines)) - 1
    start = lines[line]
    end = lines[line + 1] if line + 1 < len(lines) else len(text)
    for tag in re.finditer(rf"<{element.tag}\b[^<]*+(?:</{element.tag}\s*+>)?+", text[start:end], re.IGNORECASE):
        if value in " ".join(unescape(tag[0]).split()):
            start, end = start + tag.start(), start + tag.end()
            break
    start, end = _strip(text, start, end)
    return Node(start, start, start, end, "value")


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    written = text[start:end]
    return end - len(written.lstrip()), start + len(written.rstrip())
