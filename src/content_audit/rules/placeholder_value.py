"""FM008: a value that only holds a place: null, TODO, lorem ipsum, a sentinel number.

## Why
A placeholder passes every type check and reaches the reader, or a sort order, as if somebody had meant it.

## Fix safety
No fix: the true value is not known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content_audit.expressions import expression
from content_audit.model import Document, Pointer, Problem
from content_audit.rule import DocumentRule

WORDS = expression(
    r"(?:todo|tbd|tba|fixme|xxx+|null|undefined|placeholder|change ?me|n/a|lorem ipsum\b.*|\?{2,})[.:!]*",
    re.IGNORECASE | re.DOTALL,
)

FIRST = frozenset("cfltnpuxCFLTNPUX?")
"""What they begin with."""


@dataclass(frozen=True, slots=True)
class Options:
    """`numbers` that stand for "none"; keys in `ordering` may hold them in earnest, and so may lists."""

    numbers: tuple[float, ...] = (-1.0, -99.0, -999.0, -9999.0)
    ordering: tuple[str, ...] = ("weight", "order", "nav_order", "position", "sidebar_position", "priority")


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each placeholder among the front matter's values."""
    doubted: list[tuple[Pointer, Any]] = []
    _gather(document.metadata, (), doubted)
    for pointer, value in doubted:
        reason = _reason(pointer, value, options)
        if reason and pointer in document.nodes:
            name = ".".join(map(str, pointer))
            yield Problem(document.entry_span(pointer), f"{name}: {reason}", {"field": name, "value": value})


def _gather(holder: Any, pointer: Pointer, found: list[tuple[Pointer, Any]]) -> None:
    """The values that may be placeholders, each with the way to it: few are, so that others need no way."""
    for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
        if isinstance(value, str):
            first = value[:1]
            if first in FIRST or (first.isspace() and value.lstrip()[:1] in FIRST):
                found.append(((*pointer, key), value))
        elif isinstance(value, (dict, list)):
            _gather(value, (*pointer, key), found)
        else:
            found.append(((*pointer, key), value))


def _reason(pointer: Pointer, value: Any, options: Options) -> str | None:
    if isinstance(value, str):
        return f"{value.strip()[:40]!r} is a placeholder" if is_placeholder(value) else None
    if value is None:
        return "no value"
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        named = isinstance(pointer[-1], str) and pointer[-1] not in options.ordering
        sentinel = named and value in options.numbers
        return f"{value} looks like a sentinel, not a value" if sentinel else None
    return None


def is_placeholder(text: str) -> bool:
    """Does a text hold the place of another one, to be written?"""
    said = text.strip()
    return said[:1] in FIRST and WORDS.fullmatch(said) is not None


RULE = DocumentRule(
    "FM008", "placeholder-value", "null, TODO, lorem ipsum, a sentinel number", check, "info", options=Options
)
