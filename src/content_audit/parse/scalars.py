"""Plain scalars of YAML: what they say by the core schema of YAML 1.2, dates as strings."""

import math
from typing import Any

from content_audit.expressions import expression

MAX_DIGITS = 300
"""Longer numbers stay strings: Python refuses 4,300 digits, JSON readers lose far fewer."""

INTEGER = expression(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = expression(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def resolve(text: str) -> Any:
    """A plain scalar's value by the YAML 1.2 core schema; numbers that JSON can't carry stay strings."""
    first = text[:1]
    if first and first not in "0123456789-+.~nNtTfF":
        return text
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:  # as nearly all of these
        return int(text)
    if text in WORDS:
        return WORDS[text]
    if len(text) > MAX_DIGITS:
        return text
    if INTEGER.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
