"""A page's source before it is parsed: what would take a parser too long goes, and the rest stays where it is."""

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.parse.html.names import BLOCKS

ATTRIBUTES = 100
"""Attributes of a tag that are read: parsing takes the square of their number, and 100,000 of them took 12 s. Of 489
pages one has a tag with more, its text let loose by a quotation mark; all others have 81 at most."""

READ = 200_000
"""Tags that are parsed, as is what stands before the next one: up to so many of any kind take 4 s at most."""

_ATTRIBUTE = r"""[\s/]*+[^\s=/>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_TAG = expression(rf"<(?:[!?]|/?([A-Za-z][^\s/>]*+)((?:{_ATTRIBUTE}){{0,{ATTRIBUTES}}}+)((?:{_ATTRIBUTE})*+))[^>]*+>?")
_RAW = {name: expression(rf"</{name}\b[^>]*+>?", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_SEEN = expression(r"[^\r\n]")
_FRAMES = ("frame", "frameset", "noframes")


class Tag(NamedTuple):
    """A tag or comment: its name in small letters or "", and where it is.

    `read` is where those of its attributes end that count, `close` where they all do. An element that has no tags in
    it, such as a script, is one with its tag.
    """

    name: str
    start: int
    read: int
    close: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """The tags and comments of a page, in time linear in its length."""
    at = 0
    while found := _TAG.search(text, at):
        name = (found[1] or "").lower()
        at = found.end()
        if text.startswith("<!--", found.start()):
            end = text.find("-->", found.start() + 4)
            at = len(text) if end < 0 else end + 3
        elif name in _RAW and text[found.start() + 1] != "/":
            closing = _RAW[name].search(text, at)
            at = closing.end() if closing else len(text)
        yield Tag(name, found.start(), found.end(2) if name else at, found.end(3) if name else at, at)


def readable(text: str) -> str:
    """The page as a parser is given it, every place in it as it was.

    Blank are the attributes that are too many and, on a page of frames, the tags around what is there for readers
    without them. The text ends before its tag number `READ`.
    """
    cut = next(islice(re.finditer("<", text), READ, None), None)
    text = text[: cut.start()] if cut else text
    framed = re.search(r"<frameset\b", text, re.IGNORECASE) is not None
    pieces, done = [], 0
    for tag in tags(text):
        start, end = (tag.start, tag.end) if framed and tag.name in _FRAMES else (tag.read, tag.close)
        if start < end:
            pieces += [text[done:start], _SEEN.sub(" ", text[start:end])]
            done = end
    return "".join([*pieces, text[done:]])


def lines(text: str) -> list[str]:
    """The lines of a page that is too long to be parsed: its text, cut where blocks begin and end, unescaped."""
    pieces, done = [], 0
    for tag in tags(text):
        pieces += [text[done : tag.start], "\0" if tag.name in BLOCKS or tag.name == "br" else ""]
        done = tag.end
    return [said for line in "".join([*pieces, text[done:]]).split("\0") if (said := " ".join(unescape(line).split()))]


def unescape(written: str) -> str:
    """The text with its character references read; as it is where one of them has thousands of digits."""
    try:
        return html.unescape(written)
    except ValueError:
        return written
