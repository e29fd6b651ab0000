"""What a reading of the page would lose: captions, the numbers that lists begin with, code of one line in a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from content_audit.parse.html.names import BLOCKS, HEADINGS
from content_audit.parse.html.tree import remove

if TYPE_CHECKING:
    from lxml.etree import _Element

DIGITS = 9
"""Digits that the number of an item may have in Markdown."""


NEAR = 3
"""Elements that a caption may be in within its table or figure."""

_FLOW = ("p", "ul", "ol", "blockquote", "pre", "table", *HEADINGS)


@dataclass(frozen=True)
class Kept:
    """The first numbers of lists, by the first items' text, and the text of what is code by itself and nowhere in a
    line; white space apart."""

    starts: Mapping[str, str] = field(default_factory=dict)
    fenced: frozenset[str] = frozenset()


def kept(root: "_Element") -> Kept:
    """What trafilatura's result does not say of the lists and the code of a page; its code is plain already."""
    starts: dict[str, str] = {}
    for element in root.iter("ol"):
        start = element.get("start", "").strip()
        first = next(element.iterchildren("li"), None)
        if start.isascii() and start.isdigit() and len(start) <= DIGITS and first is not None:
            starts[squeezed(first)] = start
    inline = {squeezed(code) for code in root.iter("code") if next(code.iterancestors("pre"), None) is None}
    return Kept(starts, frozenset(map(squeezed, root.iter("pre"))) - inline)


def squeezed(element: "_Element") -> str:
    """An element's text without white space."""
    return "".join("".join(element.itertext()).split())


def plain_captions(root: "_Element") -> None:
    """Make the caption of a table a paragraph above it, and that of a figure amid a text one below it.

    Trafilatura takes the one for a row and leaves the other out with its picture.
    """
    for caption in list(root.iter("caption", "figcaption")):
        above = caption.tag == "caption"
        near = islice(caption.iterancestors(), NEAR)
        around = next((e for e in near if e.tag == ("table" if above else "figure")), None)
        if around is None or around.getparent() is None or not (above or _is_amid(around)):
            continue
        remove(caption)
        caption.tail = None
        caption.tag = "p" if next(caption.iterdescendants(*BLOCKS), None) is None else "div"
        if above:
            around.addprevious(caption)
        else:
            around.addnext(caption)


def _is_amid(figure: "_Element") -> bool:
    """Whether a figure, or what holds it alone, stands between two pieces of a text: those above an article and in rows
    of teasers do not. With the captions of all figures F1 is .002 lower on 80 articles, with these .0002."""
    place: _Element | None = figure
    while place is not None:
        beside = (place.getprevious(), place.getnext())
        if any(e is not None for e in beside):
            return all(e is not None and e.tag in _FLOW for e in beside)
        place = place.getparent()
    return False
