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
from typing import NamedTuple

from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule
from content_audit.text import spans


@dataclass(frozen=True, slots=True)
class Options:
    """`joins` that a line has at least where it is not one of tags."""

    joins: int = 4


class _Join(NamedTuple):
    start: int
    end: int
    left: str
    right: str


_NOT_WORDS = re.compile(r"`[^`]*`|\w+://\S+|\bwww\.\S+|[\w.+-]+@[\w.-]+|[\w-]*[/\\_.]\w[\w/\\.-]*|[\w.]+\(\)")
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"[^\W\d_]+|(?<=\w)[)\]][^\W\d_]+")
_TAGS = re.compile(r"\s*(?:tags?|tagged|categor(?:y|ies)|topics|labels|schlagwörter|kategorien|étiquettes|catégories|"
                   r"etiquetas|categorías|categorias|теги|метки|рубрики)\s*[:：]", re.IGNORECASE)  # fmt: skip
_NAMES = re.compile(
    r"airbnb|bitcoin|deepmind|ebay|facebook|github|gitlab|hubspot|icloud|ipad|iphone|"
    r"javascript|linkedin|macbook|macos|mastercard|mysql|openai|paypal|photoshop|"
    r"playstation|postgresql|powerpoint|powershell|quickbooks|salesforce|sharepoint|snapchat"
    r"|soundcloud|stackoverflow|tiktok|typescript|whatsapp|wordpress|youtube",
    re.IGNORECASE,
)
_PART = 4


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each line with enough joins, at the first of them."""
    if document.format == "html" or not _HUMP.search(document.text, document.body_start):
        return
    words: set[str] | None = None
    fenced = False
    for start, end in spans(document.text, document.body_start):
        line = document.text[start:end]
        if document.format == "markdown" and line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        joins = [] if fenced else list(_joins(line, start))
        tags = _TAGS.match(line) is not None
        if not joins or (len(joins) < options.joins and not tags):
            continue
        words = {word.casefold() for word in _WORD.findall(document.text)} if words is None else words
        joins = [join for join in joins if join.left in words or join.right in words]
        if joins and (tags or len(joins) >= options.joins):
            yield _problem(document, joins)


def _joins(line: str, offset: int) -> Iterator[_Join]:
    """The places in a line where a small letter or a closing bracket meets a capital."""
    for word in _HUMP.finditer(_NOT_WORDS.sub(lambda m: " " * len(m[0]), line)):
        text = word[0]
        start = offset + word.start()
        if text[0] in ")]":
            if text[1].isupper() and text[2:].islower() and len(text) > _PART:
                yield _Join(start, offset + word.end(), "", text[1:].casefold())
        elif not _NAMES.fullmatch(text):
            humps = [i for i in range(1, len(text)) if text[i].isupper() and text[i - 1].islower()]
            if len(humps) == 1 and text[humps[0] + 1 :].islower() and _PART <= humps[0] <= len(text) - _PART:
                yield _Join(start, offset + word.end(), text[: humps[0]].casefold(), text[humps[0] :].casefold())


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
