"""A page's elements: the tree, how it is walked, and how it loses one of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from content_audit.expressions import expression
from content_audit.parse.html.source import readable

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONE_CR = expression(r"\r(?!\n)")


def tree(text: str) -> "_Element | None":
    """The page's root element, its lines those of the text; None where there is nothing, not even text.

    Of a page with more than `READ` tags it is the root of their beginning.
    """
    from lxml import etree, html

    # libxml2 ends at a NUL and counts LF alone as a line; both replacements keep every offset.
    source = _LONE_CR.sub("\n", readable(text)).replace("\0", "\ufffd")
    # huge_tree, or 10 MB of text end it
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def name(element: "_Element") -> str:
    """The element's name; "" for comments and processing instructions."""
    return element.tag if isinstance(element.tag, str) else ""


def walk(root: "_Element", left_out: frozenset[str]) -> "Iterator[tuple[str, _Element]]":
    """Each element as ("start", it) and ("end", it), in order, without those named and all that is in them.

    Of what is left out, "end" alone is told: its tail belongs to what is around it. Nothing recurses, since a page may
    be nested deeper than Python's stack.
    """
    from lxml import etree

    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start" and element.tag in left_out:
            events.skip_subtree()
        else:
            yield event if event == "start" else "end", element


def remove(element: "_Element") -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = f"{before.tail or ''} {element.tail}"
    elif element.tail:
        parent.text = f"{parent.text or ''} {element.tail}"
    parent.remove(element)
