"""BPL013: labels joined without a space, as in "gardeningVegetables".

## Why
Menus and tag lists lose the gaps between their labels when a page's tags are taken off. The joined words are found by
no search.

A capital inside a word is no evidence by itself: names (`YouTube`, `iPhone`, `McDonald`) and identifiers
(`getElementById`) have one too. A join counts where a part of it stands elsewhere in the document as a word of its
own; one is enough in a line that calls itself tags or categories, elsewhere a line needs several.

## Fix safety
There is no fix: where one label ends is clear, whether the labels belong to the document is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule
from content_audit.text import body_lines


@dataclass(frozen=True, slots=True)
class Options:
    """`joins` that a line has at least where it is not one of tags."""

    joins: int = 4


class _Join(NamedTuple):
    start: int
    end: int
    left: str
    right: str


_JOINED = expression(r"[a-zß-öø-ÿα-ωа-яё)\]][A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]")
_CASES = bytes(
    ord("A" if 65 <= code <= 90 else "a" if 97 <= code <= 122 or code in b")]" else " ") for code in range(256)
)
"""The letters of ASCII by their case, as bytes; one look for both takes a tenth of the pattern's time."""

_CODE = expression(r"`[^`]*`")
_TOKEN = expression(r"\S+")
_NO_LABEL = expression(r"[@/\\_=<>{}]|\w\.\w|\(\)|``")
_WORD = expression(r"[^\W\d_]+")
_HUMP = expression(r"[^\W\d_]+|(?<=\w)[)\]][^\W\d_]+")
_TAGS = expression(r"\s*(?:tags?|tagged|categor(?:y|ies)|topics|labels|schlagwörter|kategorien|étiquettes|catégories|"
                   r"etiquetas|categorías|categorias|теги|метки|рубрики)\s*[:：]", re.IGNORECASE)  # fmt: skip
_NAMES = expression(
    r"airbnb|bitcoin|deepmind|ebay|facebook|github|gitlab|hubspot|icloud|ipad|iphone|"
    r"javascript|linkedin|macbook|macos|mastercard|mysql|openai|paypal|photoshop|"
    r"playstation|postgresql|powerpoint|powershell|quickbooks|salesforce|sharepoint|snapchat"
    r"|soundcloud|stackoverflow|tiktok|typescript|whatsapp|wordpress|youtube",
    re.IGNORECASE,
)
MOST = 1000
"""Joins of one line that are counted; the rest says nothing more."""

_PART = 4
"""Letters that each of two joined labels has at least."""


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each line with enough joins, at the first of them."""
    if document.format == "html" or not _may_join(document.body):
        return
    words: set[str] | None = None
    for line in body_lines(document):
        text = document.text[line.start : line.end]
        if line.shape == "code" or not _JOINED.search(text):
            continue
        joins = list(islice(_joins(text, line.start), MOST))
        least = 1 if _TAGS.match(text) else options.joins
        if len(joins) >= least:
            words = {word.casefold() for word in _WORD.findall(document.text)} if words is None else words
            joins = [join for join in joins if join.left in words or join.right in words]
        if len(joins) >= least:
            yield _problem(document, joins)


def _may_join(text: str) -> bool:
    """Does a capital come right after a small letter or a bracket?"""
    if text.isascii():
        return b"aA" in text.encode().translate(_CASES)
    return _JOINED.search(text) is not None


def _joins(line: str, offset: int) -> Iterator[_Join]:
    """The places in a line where a small letter or a closing bracket meets a capital; none in addresses and code."""
    for token in _TOKEN.finditer(_CODE.sub(lambda m: "`" * len(m[0]), line)):
        if not _JOINED.search(token[0]) or _NO_LABEL.search(token[0]):
            continue
        for word in _HUMP.finditer(token[0]):
            place = offset + token.start() + word.start(), offset + token.start() + word.end()
            if join := _join(word[0]):
                yield _Join(*place, *join)


def _join(word: str) -> tuple[str, str] | None:
    """The two labels of one word, case folded; of ")Label" the second alone."""
    if word[0] in ")]":
        label = word[1:]
        return ("", label.casefold()) if len(label) >= _PART and label.istitle() else None
    humps = [i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()]
    if len(humps) != 1 or _NAMES.fullmatch(word):
        return None
    left, right = word[: humps[0]], word[humps[0] :]
    return (left.casefold(), right.casefold()) if min(len(left), len(right)) >= _PART and right.istitle() else None


def _problem(document: Document, joins: list[_Join]) -> Problem:
    first = joins[0]
    shown = document.text[first.start : first.end].lstrip(")]")
    more = f" and {len(joins) - 1} more in this line" if len(joins) > 1 else ""
    examples = [document.text[join.start : join.end] for join in joins[:5]]
    message = f"labels joined without a space: “{shown}”{more}"
    return Problem(
        document.span(first.end - len(shown), first.end), message, {"joins": len(joins), "examples": examples}
    )


RULE = DocumentRule("BPL013", "glued-text", "labels joined without a space", check, severity="info", options=Options)
