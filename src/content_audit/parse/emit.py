"""Values as text for an edit, in the syntax and the style of what they replace."""

import json
from typing import Any

from content_audit.expressions import expression
from content_audit.model import Document, Pointer, Style, Syntax
from content_audit.parse.scalars import resolve

UNPRINTABLE = expression(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_PRINTABLE = bytes([*b"\t\n", *range(32, 127)])
FLOW_MARKS = expression(r"[,\[\]{}:?]")
"""What ends a plain scalar inside a flow collection, for libyaml before 0.2.2 or for every reader."""

BOOLEAN_LETTERS = frozenset("yYnN")
"""Booleans of YAML 1.1 that PyYAML does not know, but others do."""


def scalar(value: Any, syntax: Syntax, style: Style = "plain") -> str:
    """One line that reads back as `value` by YAML 1.1 and 1.2 alike; quoted where it must be or the style asks."""
    if syntax != "yaml" or not isinstance(value, str) or style == "double" or UNPRINTABLE.search(value):
        return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
    in_doubt = resolve(value) != value or value in BOOLEAN_LETTERS
    if style == "single" or in_doubt or (style == "flow" and FLOW_MARKS.search(value)):
        return "'" + value.replace("'", "''") + "'"
    import yaml

    dumped = str(yaml.safe_dump(value, allow_unicode=True, width=2**31))
    return dumped.removesuffix("\n").removesuffix("\n...")


def literal_block(value: str, indent: str, newline: str) -> str | None:
    """`value` as a literal block scalar whose lines stand at `indent`; None where no block reads back as `value`."""
    kept = value.rstrip("\n")
    if kept.isascii():
        unprintable = kept.encode().translate(None, _PRINTABLE) != b""
    else:
        unprintable = UNPRINTABLE.search(kept.replace("\n", "").replace("\t", "")) is not None
    if not kept or kept[0] in " \t\n" or unprintable or value not in (kept, kept + "\n"):
        return None
    lines = [indent + line if line else "" for line in kept.split("\n")]
    return newline.join(["|-" if kept == value else "|", *lines])


def anchored(document: Document, pointer: Pointer) -> bool:
    """Does the value carry a YAML anchor? An edit would lose it, or change every place that repeats the value."""
    return document.text.startswith("&", document.nodes[pointer].start)


def target(document: Document, pointer: Pointer) -> tuple[int, int, Style]:
    """The part of a value that an edit replaces, and the style to write it in; KeyError where the value has no place.

    A block scalar keeps its indicator: the content alone is replaced, from where its first line begins. A plain scalar
    inside a flow collection has style "flow".
    """
    _, _, start, end, style = document.nodes[pointer]
    if style in ("folded", "literal"):
        _, _, content = document.text[start:end].partition("\n")
        content = content.lstrip(" \t")
        if content and content[0] not in "\r\n":
            return end - len(content), end, style
        return start, end, "plain"
    parent = document.nodes.get(pointer[:-1]) if style == "plain" else None
    return start, end, "flow" if parent is not None and parent.style == "flow" else style


def replacement(value: str, syntax: Syntax, style: Style) -> str | None:
    """`value` for the place that `target` gave; None where a block scalar's line can't carry it."""
    if style not in ("folded", "literal"):
        return scalar(value, syntax, style)
    return value if value and value.strip() == value and not UNPRINTABLE.search(value) else None
