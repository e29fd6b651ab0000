"""Trafilatura's result, whose elements are named as in TEI, as HTML."""

from typing import TYPE_CHECKING

from content_audit.parse.html.kept import Kept, squeezed
from content_audit.parse.html.names import HEADINGS
from content_audit.parse.html.tree import name

if TYPE_CHECKING:
    from lxml.etree import _Element

_TERMS = {"dt-": "dt", "dd-": "dd"}
_NAMES = {"quote": "blockquote", "lb": "br", "row": "tr", "ref": "a", "ab": "p"}
_RENDERED = {"#b": "b", "#i": "i", "#t": "code", "#sup": "sup", "#sub": "sub"}


def as_html(body: "_Element", page: Kept) -> "_Element":
    """The same tree, its elements renamed in place; `page` has what it does not say."""
    for element in body.iter():
        tag = name(element)
        if tag == "head":
            rend = element.get("rend", "")
            element.tag = rend if rend in HEADINGS else "h2"
        elif tag == "list":
            rend = element.get("rend", "")
            element.tag = rend if rend in ("ol", "dl") else "ul"
            if rend == "ol" and len(element):
                element.set("start", page.starts.get(squeezed(element[0]), "1"))
        elif tag == "item":
            element.tag = _TERMS.get(element.get("rend", "")[:3], "li")
        elif tag == "hi":
            element.tag = _RENDERED.get(element.get("rend", ""), "span")
        elif tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif tag == "code" and _is_block(element, page):
            element.tag = "pre"
        elif tag in _NAMES:
            element.tag = _NAMES[tag]
        if tag == "ref":
            element.set("href", element.get("target", ""))
    return body


def _is_block(element: "_Element", page: Kept) -> bool:
    parent = element.getparent()
    if squeezed(element) in page.fenced:
        return True
    return (parent is not None and name(parent) == "body") or "\n" in "".join(element.itertext()).strip()
