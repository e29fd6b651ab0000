"""The YAML that most front matter is written in, read line by line in half of the time that a parser's events take.

It is a subset: block mappings of words to plain and quoted scalars of one line, to literal and folded block scalars,
to lists of those, and to further mappings. Whatever may be anything else is declined, so that `yaml_nodes` reads it,
which this must agree with in every value and place.
"""

import json
import re
from functools import lru_cache
from typing import Any

from content_audit.expressions import expression
from content_audit.model import Node, Pointer, Style, made
from content_audit.parse.scalars import resolve

MOST_NODES = 5_000
"""Values up to which no bound of the parser's can be met: each of them is three events at most."""

MOST_CHARS = 131_072
"""Code points of what is read here. With more values than are allowed it is read in vain, for .1 s at worst."""

MOST_LEVELS = 12
"""Levels of nesting up to which the same is so; front matter has three."""

MOST_COLUMNS = 40
"""Columns that a line is indented by: each has patterns of its own."""

_ODD = expression("[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not take, what ends lines besides LF, and tabs."""

_USUAL = bytes([10, *range(32, 127)])
"""All that is not odd in ASCII: taking it out takes a seventh of the time that looking for the rest does."""

_SKIPPED = r"(?:\n| *+#[^\n]*+\n)*+"
_SCALAR = (
    r"""('[^'\n]*+(?:''[^'\n]*+)*+'|"[^"\\\n]*+(?:\\["\\nt][^"\\\n]*+)*+") *+\n"""
    r"""|((?:[^\s?:,[\]{}#&*!|>'"%@`-]|-(?=[^\s]))[^\n]*+)\n"""
)
_SINGLE = r"(>)-\n( ++)([^ \n][^\n]*+)\n(?!\5| *+\n)"
"""A folded block of a single line, as most are."""

_ENTRY = rf"(\w[\w.-]{{0,99}}+):(?: ++(?:{_SCALAR}|{_SINGLE}|([|>])(-?+) *+\n)| *+\n)"
"""A key and what its line says of its value; the last group tells what that is."""

_QUOTED, _PLAIN, _FOLDED, _BLOCK = 2, 3, 6, 8

_BARE = expression(_ENTRY)
_ITEM = expression(_SCALAR)
_BELOW = expression(rf"{_SKIPPED}( *+)(-(?= ))?")
_REST = expression(_SKIPPED)
_INDENT = expression(r" ++(?=[^ \n])")
_MERE_TEXT = frozenset("abcdeghijklmopqrsuvwxyzABCDEGHIJKLMOPQRSUVWXYZ/")
"""Begins no number and no word that stands for something else."""

_BROKEN = expression(r"\n(\n*+)")

QUOTES: dict[str, Style] = {"'": "single", '"': "double"}


class _DeclinedError(Exception):
    """Something that is not for sure of the subset."""


def read_lines(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]] | None:
    """The mapping that `text[start:end]` holds, and the place of each key and value; None where it may be odd."""
    if end - start > MOST_CHARS or _is_odd(text[start:end]):
        return None
    lines = _Lines(text, end)
    try:
        metadata, at, _ = lines.mapping(start, 0, (), None)
    except _DeclinedError:
        return None
    rest = _REST.match(text, at, end)
    return (metadata, lines.nodes) if rest and rest.end() == end else None


def _is_odd(text: str) -> bool:
    """Are there characters that YAML does not take, or ends lines with, or tabs?"""
    if text.isascii():
        return text.encode().translate(None, _USUAL) != b""
    return _ODD.search(text) is not None


class _Lines:
    """Reads collections from where they begin: each method returns a value, where its lines end, and where it ends."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.nodes: dict[Pointer, Node] = {}

    def mapping(
        self, at: int, depth: int, pointer: Pointer, entry: re.Match[str] | None
    ) -> tuple[dict[str, Any], int, int]:
        """A mapping whose keys stand `depth` columns deep; its first entry where that has been matched."""
        text, limit, nodes = self.text, self.limit, self.nodes
        matched = _entry(depth).match
        found: dict[str, Any] = {}
        entry = entry or matched(text, at, limit)
        end = at
        while entry:
            key, _, said, _, indent, line, _, _ = entry.groups()
            kind = entry.lastindex
            if key in found:
                raise _DeclinedError
            place = (*pointer, key)
            key_start, key_end = entry.span(1)
            at = entry.end()
            if kind == _PLAIN:
                if ": " in said or " #" in said or said[-1] in ": ":
                    said = _trimmed(said)
                start = entry.start(_PLAIN)
                end = start + len(said)
                value = said if said[0] in _MERE_TEXT else resolve(said)
                nodes[place] = made(Node, (key_start, key_end, start, end, "plain"))
            elif kind == _FOLDED:
                if not depth < len(indent) <= MOST_COLUMNS:
                    raise _DeclinedError
                value, start, end = line, entry.start(4), at - 1
                if line[-1] == " ":
                    end = start + len(text[start:end].rstrip(" "))
                nodes[place] = made(Node, (key_start, key_end, start, end, "folded"))
            elif kind == _BLOCK:
                value, start, at, end = self.block(entry, depth)
                nodes[place] = made(Node, (key_start, key_end, start, end, "folded" if entry[7] == ">" else "literal"))
            elif kind == _QUOTED:
                start, end = entry.span(_QUOTED)
                value = _quoted(entry[_QUOTED])
                nodes[place] = made(Node, (key_start, key_end, start, end, QUOTES[text[start]]))
            else:
                value, at, end = self.below(at, depth, place, key_start, key_end)
            found[key] = value
            entry = matched(text, at, limit)
        if not found or len(nodes) > MOST_NODES:
            raise _DeclinedError
        return found, at, end

    def below(self, at: int, depth: int, place: Pointer, key_start: int, key_end: int) -> tuple[Any, int, int]:
        """The value of a key that has none on its line: a collection on the next ones, else none."""
        below = _BELOW.match(self.text, at, self.limit)
        assert below is not None
        deeper = len(below[1])
        if below[2] is None and deeper <= depth:
            self.nodes[place] = made(Node, (key_start, key_end, key_end + 1, key_end + 1, "plain"))
            return None, at, key_end + 1
        if len(place) > MOST_LEVELS or not depth <= deeper <= MOST_COLUMNS:
            raise _DeclinedError
        start = below.end(1)
        self.nodes[place] = made(Node, (key_start, key_end, start, start, "block"))
        value: Any
        if below[2]:
            value, at, end = self.sequence(start, deeper, place)
        else:
            value, at, end = self.mapping(at, deeper, place, None)
        self.nodes[place] = made(Node, (key_start, key_end, start, end, "block"))
        return value, at, end

    def sequence(self, at: int, depth: int, pointer: Pointer) -> tuple[list[Any], int, int]:
        """A list whose dashes stand `depth` columns deep, from the first of them on."""
        text, limit, nodes = self.text, self.limit, self.nodes
        found: list[Any] = []
        end = at
        item = _item(depth).match(text, at - depth, limit)
        while item:
            at, place = item.end(), (*pointer, len(found))
            value: Any
            if entry := _BARE.match(text, at, limit):
                start, deeper = at, depth + item.end() - item.end(1)
                if len(place) > MOST_LEVELS or deeper > MOST_COLUMNS:
                    raise _DeclinedError
                nodes[place] = made(Node, (start, start, start, start, "block"))
                value, at, end = self.mapping(start, deeper, place, entry)
                nodes[place] = made(Node, (start, start, start, end, "block"))
            elif scalar := _ITEM.match(text, at, limit):
                at = scalar.end()
                if scalar.lastindex == _QUOTED - 1:
                    start, end = scalar.span(1)
                    value = _quoted(scalar[1])
                    nodes[place] = made(Node, (start, start, start, end, QUOTES[text[start]]))
                else:
                    value, start, end = _plain(scalar, _PLAIN - 1)
                    nodes[place] = made(Node, (start, start, start, end, "plain"))
            else:
                raise _DeclinedError
            found.append(value)
            item = _item(depth).match(text, at, limit)
        return found, at, end

    def block(self, entry: re.Match[str], depth: int) -> tuple[str, int, int, int]:
        """The block scalar of an entry: its value, where its indicator stands, where its lines end, and where it
        does."""
        at = entry.end()
        indent = _INDENT.match(self.text, at, self.limit)
        width = indent.end() - at if indent else 0
        lines = _content(width).match(self.text, at, self.limit) if depth < width <= MOST_COLUMNS else None
        if lines is None:
            raise _DeclinedError
        written = lines[0]
        value = written.replace("\n" + " " * width, "\n")[width:].rstrip("\n")
        if entry[7] == ">" and "\n" in value:
            if "\n " in value:
                raise _DeclinedError
            value = _BROKEN.sub(lambda ends: ends[1] or " ", value)
        return (value if entry[8] else f"{value}\n"), entry.start(7), lines.end(), at + len(written.rstrip(" \n"))


def _plain(found: re.Match[str], group: int) -> tuple[Any, int, int]:
    """The value and the place of a plain scalar."""
    said = _trimmed(found[group])
    start = found.start(group)
    return resolve(said), start, start + len(said)


def _trimmed(said: str) -> str:
    said = said.rstrip(" ")
    if ": " in said or " #" in said or said[-1] == ":":
        raise _DeclinedError
    return said


def _quoted(said: str) -> str:
    if said[0] == "'":
        return said[1:-1].replace("''", "'")
    return str(json.loads(said)) if "\\" in said else said[1:-1]


@lru_cache(maxsize=64)
def _entry(depth: int) -> re.Pattern[str]:
    return re.compile(f"{_SKIPPED} {{{depth}}}{_ENTRY}")


@lru_cache(maxsize=64)
def _item(depth: int) -> re.Pattern[str]:
    return re.compile(f"{_SKIPPED}( {{{depth}}})- ++")


@lru_cache(maxsize=64)
def _content(width: int) -> re.Pattern[str]:
    return re.compile(rf"(?: {{{width}}}[^\n]*+\n|\n)++")
