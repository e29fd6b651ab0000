"""TOML front matter: tomllib decides validity and values, a scanner in step with it finds where each of them stands."""

import math
import re
from collections.abc import Iterator
from datetime import date, time
from itertools import count
from typing import Any, NamedTuple

from content_audit.expressions import expression
from content_audit.model import Node, Pointer
from content_audit.parse.errors import NodeError, check_bounds, check_digits, check_size, duplicate_key

# Every pattern is possessive, hence linear, and takes at least what TOML allows: where the scanner stops, tomllib does
# too, so that no text beyond the bounds reaches it.
_BLANK = expression(r"[ \t]*+")
_TRIVIA = expression(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_ONE_LINE = r""" "(?!"") (?:[^"\\\n]++|\\.)*+ " | '(?!'') [^'\n]*+ ' """
_KEY = expression(rf"[A-Za-z0-9_-]++ | {_ONE_LINE}", re.VERBOSE)
_STRING = expression(
    rf""" \""" (?:[^"\\]++|\\[\s\S]|"{{1,2}}(?!"))*+ "{{3,5}}
        | ''' (?:[^']++|'{{1,2}}(?!'))*+ '{{3,5}}
        | {_ONE_LINE} """,
    re.VERBOSE,
)
_PLAIN = expression(r"[^\s,\[\]{}#=\"']++(?:[ ]\d\d:[^\s,\]}#]++)?")
_PLACE = expression(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")


class _UnexpectedError(NodeError):
    """Text that no TOML has at this place."""


class _Key(NamedTuple):
    name: str
    start: int
    end: int


def read_toml(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """Read the TOML in `text[start:end]`.

    Args:
        text: the whole document.
        start: offset of the first code point of the content, after the opening fence.
        end: offset after its last.

    Returns:
        The values as JSON has them (dates, times, nan and infinities are strings as written), and the place of each.
        Tables made by headers or dotted keys have the style "block", everything else "value".

    Raises:
        NodeError: on invalid TOML, duplicate keys, and content beyond the bounds of `content_audit.parse.errors`.
    """
    check_size(start, end)
    scanner = _Scanner(text[:end], start)
    try:
        nodes = scanner.document()
    except _UnexpectedError:
        _load(text, start, end)  # says more exactly what is wrong
        raise
    values: dict[str, Any] = _plain(_load(text, start, end), (), text, nodes)
    return values, nodes


def _load(text: str, start: int, end: int) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text[start:end], parse_float=_float)
    except ValueError as error:
        message = str(error)
        place = _PLACE.search(message)
        offset = end
        if place and place[1]:
            offset = start
            for _ in range(int(place[1]) - 1):
                offset = text.index("\n", offset) + 1
            offset += int(place[2]) - 1
        raise NodeError(_PLACE.sub("", message).strip(), min(offset, end)) from None


def _float(written: str) -> float | str:
    number = float(written)
    return number if math.isfinite(number) else written


def _plain(value: Any, pointer: Pointer, text: str, nodes: dict[Pointer, Node]) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item, (*pointer, key), text, nodes) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, (*pointer, index), text, nodes) for index, item in enumerate(value)]
    if isinstance(value, date | time):
        return text[nodes[pointer].start : nodes[pointer].end]
    return value


class _Scanner:
    """Walks over TOML once, noting where keys and values stand, without judging what the values are."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.pos = start
        self.nodes: dict[Pointer, Node] = {}
        self.headers: dict[Pointer, int] = {}
        self.lengths: dict[Pointer, int] = {}

    def document(self) -> dict[Pointer, Node]:
        table: Pointer = ()
        self.take(_TRIVIA)
        while self.pos < len(self.text):
            if self.accept("["):
                table = self.header()
            else:
                self.entry(table)
            self.take(_TRIVIA)
        self.stretch_blocks()
        return self.nodes

    def header(self) -> Pointer:
        many = self.accept("[")
        table, key = self.keys(())
        self.expect("]]" if many else "]")
        pointer = (*table, key.name)
        if many:
            self.block(table, key)
            index = self.lengths.get(pointer, 0)
            self.lengths[pointer] = index + 1
            self.add((*pointer, index), Node(key.end, key.end, key.end, key.end, "block"))
            return (*pointer, index)
        if pointer in self.headers:
            raise duplicate_key(self.text, key.name, self.headers[pointer], key.start)
        if pointer in self.nodes and self.nodes[pointer].style == "value":
            raise duplicate_key(self.text, key.name, self.nodes[pointer].key_start, key.start)
        self.headers[pointer] = key.start
        return self.block(table, key)

    def entry(self, table: Pointer) -> None:
        table, key = self.keys(table)
        pointer = (*table, key.name)
        if pointer in self.nodes:
            raise duplicate_key(self.text, key.name, self.nodes[pointer].key_start, key.start)
        self.expect("=")
        self.take(_BLANK)
        self.value(pointer, key)

    def keys(self, table: Pointer) -> tuple[Pointer, _Key]:
        """Read a dotted key: the table that all but its last part lead to, and the last part."""
        key = self.key()
        while self.accept("."):
            table = self.block(table, key)
            key = self.key()
        return table, key

    def key(self) -> _Key:
        self.take(_BLANK)
        start = self.pos
        written = self.take(_KEY)
        end = self.pos
        self.take(_BLANK)
        if written[0] not in "\"'":
            return _Key(written, start, end)
        if "\\" not in written:
            return _Key(written[1:-1], start, end)
        try:
            return _Key(_load(line := f"key = {written}", 0, len(line))["key"], start, end)
        except ValueError:
            raise _UnexpectedError("invalid key", start) from None

    def block(self, table: Pointer, key: _Key) -> Pointer:
        """The table that `key` of `table` names, the last one where it is an array of tables."""
        pointer = (*table, key.name)
        if pointer not in self.nodes:
            self.add(pointer, Node(key.start, key.end, key.end, key.end, "block"))
        return (*pointer, self.lengths[pointer] - 1) if pointer in self.lengths else pointer

    def value(self, pointer: Pointer, key: _Key | None = None) -> None:
        start = self.pos
        key_start, key_end = (key.start, key.end) if key else (start, start)
        self.add(pointer, Node(key_start, key_end, start, start, "value"))
        if self.accept("["):
            for index in self.items("]"):
                self.value((*pointer, index))
        elif self.accept("{"):
            for _ in self.items("}"):
                self.entry(pointer)
        elif self.text.startswith(('"', "'"), start):
            self.take(_STRING)
        else:
            self.take(_PLAIN)
            check_digits(start, self.pos)
        self.nodes[pointer] = Node(key_start, key_end, start, self.pos, "value")

    def items(self, close: str) -> Iterator[int]:
        for index in count():
            self.take(_TRIVIA)
            if self.accept(close):
                return
            yield index
            self.take(_TRIVIA)
            if not self.accept(","):
                self.expect(close)
                return

    def stretch_blocks(self) -> None:
        """Let each block run from its first entry to the end of its last value."""
        for pointer, node in reversed(self.nodes.items()):
            parent = self.nodes.get(pointer[:-1])
            if parent and parent.style == "block":
                start = node.key_start
                own_key = (start, start) if isinstance(pointer[-2], int) else (parent.key_start, parent.key_end)
                self.nodes[pointer[:-1]] = Node(*own_key, start, max(parent.end, node.end), "block")

    def add(self, pointer: Pointer, node: Node) -> None:
        check_bounds(len(self.nodes), len(pointer), node.key_start)
        self.nodes[pointer] = node

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.pos)
        if not match:
            raise _UnexpectedError("invalid TOML", self.pos)
        self.pos = match.end()
        return match[0]

    def accept(self, token: str) -> bool:
        found = self.text.startswith(token, self.pos)
        self.pos += len(token) if found else 0
        return found

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise _UnexpectedError(f"expected {token}", self.pos)
