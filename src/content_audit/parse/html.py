"""HTML documents: told by their tags, what they say about themselves, and their main text as Markdown.

The libraries are imported where they are used: most runs meet no HTML, and together they take longer to load than
everything else.
"""

import html
import logging
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from content_audit.lines import line_starts
from content_audit.model import Node, Pointer

if TYPE_CHECKING:
    from lxml.etree import _Element

SAMPLE = 16_384
"""Code points that decide whether a text is HTML: comments and scripts before the first tags are shorter."""

RUN = 3
"""Block tags that make a fragment without <html> HTML. Two are the one element with which much Markdown opens; with
three, one of 7,543 .md, .rst and .txt files of installed packages came out as HTML: a page's template."""

MAX_TAGS = 50_000
"""Tags that trafilatura is given: up to 40,000 of any one kind took it at most 5 s, 200,000 <li> over a minute."""

_LEAD = re.compile(r"(?:[\ufeff\s]++|<!--(?:(?!-->)[\s\S])*+-->|<\?xml[^>]*+>)*+")
_PAGE = re.compile(r"<!doctype\s+html\b|<(?:html|head)\b[^<>]*+>\s*+(?:<|\Z)|<body\b[^<>]*+>", re.IGNORECASE)
_OPAQUE = re.compile(
    r"<!--(?:(?!-->)[\s\S])*+(?:-->|\Z)|<(script|style|pre|textarea)\b(?:(?!</\1\b)[\s\S])*+(?:</\1\s*+>|\Z)",
    re.IGNORECASE,
)
_BLOCK_NAMES = """
address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header li link main
meta nav ol p section table tbody td tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*+)\b[^<>]*+>", re.IGNORECASE)
_VOID = {"link", "meta"}
_MARKDOWN = re.compile(r"^(?:#{1,6} |```|~~~|[-*+] |\d{1,3}[.)] |> |\|.*\|[ \t]*$)|\]\([^()\s]++\)", re.MULTILINE)

_LONE_CR = re.compile(r"\r(?!\n)")
_JSON_DATE = re.compile(r'"datePublished"\s*+:\s*+"([^"\\<>]{4,40})"')

# Without a handler of the application's the libraries' remarks on odd pages would go to stderr.
for _library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def looks_like_html(text: str) -> bool:
    """Whether `text` is HTML by its first lines, in linear time: a page's own tags, or block tags and no Markdown.

    Comments, an XML declaration and white space may come first. Text outside of all elements, or a line that only
    Markdown has, makes it Markdown with some HTML in it.
    """
    sample = text[:SAMPLE]
    lead = _LEAD.match(sample)
    start = lead.end() if lead else 0
    if not sample.startswith("<", start):
        return False
    if _PAGE.match(sample, start):
        return True
    return _is_fragment(_OPAQUE.sub("", sample[start:]))


def _is_fragment(sample: str) -> bool:
    first = _TAG.match(sample)
    if not first or first[2].lower() not in _BLOCKS or _MARKDOWN.search(sample):
        return False
    depth = tags = seen = 0
    for tag in _TAG.finditer(sample):
        if depth <= 0 and sample[seen : tag.start()].strip():
            return False
        seen = tag.end()
        name = tag[2].lower()
        if name in _BLOCKS:
            tags += 1
            depth += 0 if name in _VOID else -1 if tag[1] else 1
    return tags >= RUN and (depth > 0 or not sample[seen:].strip())


class _Fact(NamedTuple):
    """One thing that an element says: higher ranks come first where several say it."""

    name: str
    rank: int
    value: str


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
_NAMES = ("title", "date", "author", "description", "keywords", "url", "lang")


def read_html(text: str) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """What an HTML page says about itself, and where.

    Args:
        text: the whole page; any text is accepted.

    Returns:
        Of title (og:title, h1, <title>), date, author, description, keywords, url (canonical, og:url) and lang those
        that are found, as written but for white space and character references. A span is that of the tag, with the
        text that follows it, or the line of the tag where the source spells the value differently.
    """
    found: dict[str, tuple[int, str, _Element]] = {}
    root = _tree(text)
    for element in () if root is None else root.iter("html", "title", "h1", "meta", "link", "time", "script"):
        for fact in _facts(element):
            value = " ".join(fact.value.split())
            if value and (fact.name not in found or fact.rank < found[fact.name][0]):
                found[fact.name] = fact.rank, value, element
    lines = line_starts(text)
    values = {name: found[name][1] for name in _NAMES if name in found}
    return values, {(name,): _place(text, lines, found[name][2], value) for name, value in values.items()}


def _tree(text: str) -> "_Element | None":
    from lxml import etree

    # libxml2 ends at a NUL and counts LF alone as a line; both replacements keep every offset.
    source = _LONE_CR.sub("\n", text).replace("\0", "\ufffd")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it, not even text
        return None


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
        yield _Fact("lang", 0, element.get("lang", "") or element.get("xml:lang", ""))
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
        if value in " ".join(_unescape(tag[0]).split()):
            start, end = start + tag.start(), start + tag.end()
            break
    start, end = _strip(text, start, end)
    return Node(start, start, start, end, "value")


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    written = text[start:end]
    return end - len(written.lstrip()), start + len(written.rstrip())


def _unescape(written: str) -> str:
    try:
        return html.unescape(written)
    except ValueError:  # a reference with thousands of digits
        return written


def main_markdown(text: str, url: str | None) -> str:
    """The main text of an HTML page as Markdown, without comments; its whole text where no main text is found.

    Args:
        text: the whole page.
        url: the page's address, which relative links are resolved against, or None.

    The main text is what trafilatura takes for it (https://trafilatura.readthedocs.io).
    """
    if text.count("<") > MAX_TAGS:
        return _whole_text(text)
    import trafilatura

    try:
        found = trafilatura.extract(
            text.replace("\0", "\ufffd"),
            url=url,
            output_format="markdown",
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except Exception:  # any page may come, and what the library makes of the worst is not documented
        found = None
    return found.strip() + "\n" if found and found.strip() else _whole_text(text)


def _whole_text(text: str) -> str:
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # guesses that the text is XML, or a file's name
        soup = BeautifulSoup(text.encode("utf-8", "replace"), "lxml", from_encoding="utf-8")
    paragraphs: list[list[str]] = [[]]
    for node in (soup.body or soup).descendants:
        if _is_block(node) or _is_block(node.previous_sibling):
            paragraphs.append([])
        if type(node) is NavigableString:  # its subclasses are comments, scripts and styles
            paragraphs[-1].append(str(node))
        elif getattr(node, "name", None) == "br":
            paragraphs[-1].append(" ")
    written = (" ".join("".join(parts).split()) for parts in paragraphs)
    return "".join(f"{paragraph}\n\n" for paragraph in written if paragraph).removesuffix("\n")


def _is_block(node: object) -> bool:
    return getattr(node, "name", None) in _BLOCKS


def to_markdown(text: str) -> str:
    """An HTML page as Markdown: YAML front matter with what the page says about itself, and its main text."""
    import yaml

    values, _ = read_html(text)
    kept = {name: values[name] for name in ("title", "date", "url", "author", "description", "lang") if name in values}
    front = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=float("inf")) if kept else ""
    body = main_markdown(text, values.get("url"))
    return f"---\n{front}---\n\n{body}" if front else body
