"""What goes wrong in front matter, whatever its syntax, and the bounds that every reader of it keeps."""

from typing import Literal

from content_audit.lines import line_of, line_starts

Kind = Literal["invalid-front-matter", "duplicate-key"]

MAX_DEPTH = 32
"""Levels of nesting: recursion stays a tenth of Python's limit of 1,000 frames."""

MAX_NODES = 20_000
"""Values in one front matter: read in .2 s, and hundreds of times what an article has."""

MAX_CHARS = 1_048_576
"""Code points in one front matter: a bound on the time of every pass over it."""

MAX_DIGITS = 1_000
"""Characters in one number. Python will not print integers of over 4,300 decimal digits; 1,000 in base 16 are 1,205."""


class NodeError(ValueError):
    """Front matter that cannot be read.

    Args:
        message: what is wrong, without the place.
        offset: where, in code points into the whole text.
        kind: the name of the rule that reports it.
    """

    def __init__(self, message: str, offset: int, kind: Kind = "invalid-front-matter") -> None:
        super().__init__(message, offset, kind)
        self.message = message
        self.offset = offset
        self.kind: Kind = kind

    def __str__(self) -> str:
        return self.message


def duplicate_key(text: str, key: str, first: int, second: int) -> NodeError:
    """The error for a key at offset `second` that already stands at offset `first` of `text`."""
    line = line_of(line_starts(text), first)
    return NodeError(f'duplicate key "{key}", first on line {line}', second, "duplicate-key")


def check_size(start: int, end: int) -> None:
    """NodeError when the content from `start` to `end` is longer than MAX_CHARS."""
    if end - start > MAX_CHARS:
        raise NodeError(f"front matter of {end - start:,} characters, over the limit of {MAX_CHARS:,}", start)


def check_bounds(count: int, depth: int, offset: int) -> None:
    """NodeError at `offset` when one more value would be the `MAX_NODES + 1`st or lie deeper than MAX_DEPTH levels."""
    if depth > MAX_DEPTH:
        raise NodeError(f"nested more than {MAX_DEPTH} levels deep", offset)
    if count >= MAX_NODES:
        raise NodeError(f"more than {MAX_NODES:,} values", offset)


def check_digits(start: int, end: int) -> None:
    """NodeError when the number from `start` to `end` has more than MAX_DIGITS characters."""
    if end - start > MAX_DIGITS:
        raise NodeError(f"number of {end - start:,} characters, over the limit of {MAX_DIGITS:,}", start)
