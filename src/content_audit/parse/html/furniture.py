"""The nodes that are the page and not its document: navigation, consent, sharing, comments, what is hidden."""

from typing import TYPE_CHECKING

from content_audit.markup import CAMEL, MOST, NAMES, worded
from content_audit.parse.html.names import SILENT
from content_audit.parse.html.tree import name, remove, walk

if TYPE_CHECKING:
    from lxml.etree import _Element

SPARSE = 20
"""Words under which a page is taken to be written by scripts: what it holds for readers without them counts then."""

_ELEMENTS = frozenset(element for names in NAMES for element in names.elements.split())
_ROLES = frozenset(role for names in NAMES for role in names.roles.split())
FURNITURE = worded(word for names in NAMES for word in names.words.split())
"""Finds a word of furniture in what `called_names` gives."""

_KEPT = frozenset(["html", "body", "main"])


def without_furniture(root: "_Element") -> "_Element":
    """The body of this page, its furniture taken out of the tree; the root where there is no body.

    A node goes for its element's name, its role, a word of its class or id, or for being hidden, in time linear in the
    page's length.
    """
    body = root.find("body")
    body = root if body is None else body
    words = _words(body)
    if words[body] < SPARSE:
        for element in [e for e in body.iter("noscript") if e.getparent() is not None]:
            element.tag = "div"
        words = _words(body)
    most = MOST * words[body]
    out: list[_Element] = []
    from lxml import etree

    events = etree.iterwalk(body, events=("start",))
    for _, element in events:
        if name(element) in SILENT:
            events.skip_subtree()
        elif element is not body and words[element] <= most and _is_furniture(element):
            out.append(element)
            events.skip_subtree()
    for element in out:
        remove(element)
    return body


def _is_furniture(element: "_Element") -> bool:
    tag = name(element)
    if tag in _KEPT:
        return False
    if tag in _ELEMENTS or element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        return True
    if "display:none" in element.get("style", "").replace(" ", "").lower():
        return True
    if tag == "header":
        return element.find(".//h1") is None and all(a.tag not in ("article", "main") for a in element.iterancestors())
    return bool(FURNITURE.search(called_names(element)))


def called_names(element: "_Element") -> str:
    """An element's classes and its id, words in camel case set apart."""
    return CAMEL.sub("-", f"{element.get('class', '')} {element.get('id', '')}")


def _words(body: "_Element") -> "dict[_Element, int]":
    """The words in each element, those of silent ones apart."""
    found: dict[_Element, int] = {}
    for event, element in walk(body, SILENT):
        if event == "start":
            found[element] = len((element.text or "").split())
            continue
        parent = element.getparent()
        if element is not body and parent is not None:
            found[parent] += found.get(element, 0) + len((element.tail or "").split())
    return found
