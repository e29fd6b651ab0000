"""Sections of a text whose id or class only sounds like page furniture: "share" over a company's share capital."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_audit.expressions import expression
from content_audit.markup import MOST, worded
from content_audit.parse.html.choice import PROSE
from content_audit.parse.html.furniture import FURNITURE, called_names
from content_audit.parse.html.names import HEADINGS, SILENT
from content_audit.parse.html.tree import name, walk

if TYPE_CHECKING:
    from lxml.etree import _Element

LINKED = 0.25
"""The share of links from which on a node, or a paragraph, is none of the text."""

_FIELDS = frozenset("button form input select textarea".split())
_REPLIES = worded("comment comments disqus respond".split())
_BANNERS = worded("cookie cookies consent gdpr onetrust modal popup overlay lightbox".split())
_GAP = expression(r"\W+|_+")


@dataclass
class _Said:
    """What is in an element so far: words, those of them in links, and signs for and against a section."""

    words: int = 0
    linked: int = 0
    heading: bool = False
    prose: bool = False
    other: bool = False

    def add(self, inner: "_Said") -> None:
        self.words += inner.words
        self.linked += inner.linked
        self.heading |= inner.heading
        self.prose |= inner.prose
        self.other |= inner.other


def unname_sections(root: "_Element") -> None:
    """Take the id and class of furniture from nodes with a heading and prose of their own, in linear time.

    None is a node with fields or buttons, one whose headings are links, as those of teasers are, one with replies, or
    a banner, unless its id says the same as its heading. No figure changes: of 489 pages it keeps a section of three.
    """
    said: dict[_Element, _Said] = {}
    for event, element in walk(root, SILENT):
        if event == "start":
            said[element] = _Said(len((element.text or "").split()))
            continue
        own = said.setdefault(element, _Said())
        _judge(element, own)
        parent = element.getparent()
        if element is not root and parent is not None:
            said[parent].add(own)
            said[parent].words += len((element.tail or "").split())
    most = MOST * said[root].words
    for element, own in said.items():
        few = own.words <= most and own.linked < LINKED * own.words
        if few and own.heading and own.prose and not own.other and _sounds_like_furniture(element):
            for attribute in ("id", "class"):
                element.attrib.pop(attribute, None)


def _judge(element: "_Element", own: _Said) -> None:
    tag = name(element)
    if tag == "a":
        own.linked = own.words
    elif tag in HEADINGS:
        own.heading |= own.words > 0
        own.other |= own.linked > 0
    elif tag == "p":
        own.prose |= own.words >= PROSE and own.linked < LINKED * own.words
    elif tag in _FIELDS:
        own.other = True


def _sounds_like_furniture(element: "_Element") -> bool:
    called = called_names(element)
    if not FURNITURE.search(called) or _REPLIES.search(called):
        return False
    return not _BANNERS.search(called) or _slug(element.get("id", "")) == _slug(_title(element))


def _title(element: "_Element") -> str:
    return next(("".join(heading.itertext()) for heading in element.iter(*HEADINGS)), "")


def _slug(text: str) -> str:
    return _GAP.sub("-", text.strip().lower())
