"""Trafilatura's result, whose elements are named as in TEI, as HTML."""

from typing import TYPE_CHECKING

from content_audit.parse.html.names import HEADINGS
from content_audit.parse.html.tree import name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {"item": "li", "quote": "blockquote", "lb": "br", "row": "tr", "ref": "a", "ab": "p"}
_RENDERED = {"#b": "b", "#i": "i", "#t": "code", "#sup": "sup", "#sub": "sub"}


def as_html(body: "_Element") -> "_Element":
    """The same tree, its elements renamed in place."""
    for element in body.iter():
        tag = name(element)
        if tag == "head":
            rend = element.get("rend", "")
            element.tag = rend if rend in HEADINGS else "h2"
        elif tag == "list":
            element.tag = "ol" if element.get("rend") == "ol" else "ul"
        elif tag == "hi":
            element.tag = _RENDERED.get(element.get("rend", ""), "span")
        elif tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif tag == "code" and _is_block(element):
            element.tag = "pre"
        elif tag in _NAMES:
            element.tag = _NAMES[tag]
        if tag == "ref":
            element.set("href", element.get("target", ""))
    return body


def _is_block(element: "_Element") -> bool:
    parent = element.getparent()
    return (parent is not None and name(parent) == "body") or "\n" in "".join(element.itertext()).strip()
