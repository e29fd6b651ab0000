"""JSON front matter: one bounded pass that builds the values and notes where each key and value stands."""

import json
import math
from json.decoder import scanstring  # type: ignore[attr-defined]  # missing in typeshed
from typing import Any

from content_audit.expressions import expression
from content_audit.model import Node, Pointer
from content_audit.parse.errors import NodeError, check_bounds, check_digits, check_size, duplicate_key

_BLANK = expression(r"[ \t\r\n]*+")
_NUMBER = expression(r"(-?(?:0|[1-9][0-9]*+))(\.[0-9]++)?+([eE][+-]?[0-9]++)?+")
_WORD = expression(r"[^\s,\]}\"\[{:]{1,20}")
_SURROGATE = expression("[\ud800-\udfff]")
_CONSTANTS = {"true": True, "false": False, "null": None}


def read_json(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """Read the JSON object in `text[start:end]`.

    Args:
        text: the whole document.
        start: offset of the object's opening brace, or of white space before it.
        end: offset after its closing brace, or after white space behind it.

    Returns:
        The values (numbers too large for a float are strings as written), and the place of each.

    Raises:
        NodeError: on invalid JSON (RFC 8259, so NaN is none), anything but an object, duplicate keys, lone surrogates,
            and content beyond the bounds of `content_audit.parse.errors`.
    """
    check_size(start, end)
    scanner = _Scanner(text[:end], start)
    if scanner.peek() != "{":
        raise NodeError("expected an object", scanner.pos)
    values = scanner.object(())
    if scanner.peek():
        raise NodeError("unexpected text after the object", scanner.pos)
    return values, scanner.nodes


class _Scanner:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.pos = start
        self.nodes: dict[Pointer, Node] = {}

    def value(self, pointer: Pointer, key: tuple[int, int] | None = None) -> Any:
        first = self.peek()
        start = self.pos
        key_start, key_end = key or (start, start)
        check_bounds(len(self.nodes), len(pointer), key_start)
        self.nodes[pointer] = Node(key_start, key_end, start, start, "value")
        value: Any
        if first == "{":
            value = self.object(pointer)
        elif first == "[":
            value = self.array(pointer)
        elif first == '"':
            value = self.string()
        else:
            value = self.literal()
        self.nodes[pointer] = Node(key_start, key_end, start, self.pos, "value")
        return value

    def object(self, pointer: Pointer) -> dict[str, Any]:
        values: dict[str, Any] = {}
        self.pos += 1
        if self.peek() == "}":
            self.pos += 1
            return values
        while True:
            if self.peek() != '"':
                raise NodeError("expected a key in double quotes", self.pos)
            start = self.pos
            key = self.string()
            end = self.pos
            if key in values:
                raise duplicate_key(self.text, key, self.nodes[(*pointer, key)].key_start, start)
            if self.peek() != ":":
                raise NodeError("expected a colon after the key", self.pos)
            self.pos += 1
            values[key] = self.value((*pointer, key), (start, end))
            if self.closed_by("}"):
                return values

    def array(self, pointer: Pointer) -> list[Any]:
        values: list[Any] = []
        self.pos += 1
        if self.peek() == "]":
            self.pos += 1
            return values
        while True:
            values.append(self.value((*pointer, len(values))))
            if self.closed_by("]"):
                return values

    def closed_by(self, bracket: str) -> bool:
        found = self.peek()
        if found not in (bracket, ",") or not found:
            raise NodeError(f"expected a comma or {bracket}", self.pos)
        self.pos += 1
        return found == bracket

    def string(self) -> str:
        start = self.pos
        value: str
        try:
            value, self.pos = scanstring(self.text, start + 1, True)
        except json.JSONDecodeError as error:
            raise NodeError(error.msg[0].lower() + error.msg[1:].removesuffix(" at"), error.pos) from None
        if _SURROGATE.search(value):
            raise NodeError("half of a surrogate pair, which is no character", start)
        return value

    def literal(self) -> Any:
        start = self.pos
        number = _NUMBER.match(self.text, start)
        if not number:
            word = _WORD.match(self.text, start)
            if not word or word[0] not in _CONSTANTS:
                raise NodeError(f"expected a value, not {word[0]}" if word else "expected a value", start)
            self.pos = word.end()
            return _CONSTANTS[word[0]]
        self.pos = number.end()
        check_digits(start, self.pos)
        if not number[2] and not number[3]:
            return int(number[1])
        value = float(number[0])
        return value if math.isfinite(value) else number[0]

    def peek(self) -> str:
        """The next character that is no white space, empty at the end."""
        blank = _BLANK.match(self.text, self.pos)
        self.pos = blank.end() if blank else self.pos
        return self.text[self.pos : self.pos + 1]
