"""Id and url of a document whose front matter can't be read, by its lines: links to it lead somewhere all the same."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from content_audit.expressions import expression
from content_audit.lines import iter_lines
from content_audit.model import Document, Fields, Node, Pointer, Problem
from content_audit.parse.scalars import resolve

LINES = 200
"""Lines that are looked at: three times the longest front matter of the collections seen, where no fence ends it."""

FIRST = 262_144
"""Bytes that are read of a document which is too large or takes too long: the front matter of real ones, many times."""

FENCES = {"---": ("---", "..."), "+++": ("+++",), "---json": ("---",), "{": ("}",)}
KEY = expression(r"([ \t]*)[\"'\w]")
TABLE = expression(r"[ \t]*\[{1,2}[\w.\"' \t-]+\]{1,2}[ \t]*(?:#.*)?")
NAME = r"""(?P<quote>["']?)(?P<name>[\w.-]+)(?P=quote) [ \t]*[:=][ \t]*"""
TEXT = r""" "[^"\\\r\n]*" | '[^'\r\n]*' """
ENTRY = expression(
    rf"""(?P<indent>[ \t]*) {NAME}
         (?P<value> {TEXT} | ["'][^\s"'\\]+(?=[ \t]*\Z) | [^\s"'&*!|>%@`\[\]{{}},\#][^\s,]* )
         [ \t]*,? [ \t]*(?:[ \t]\#.*)?""",
    re.VERBOSE,
)

FLOW = expression(r"[ \t]*(?=\{.)")
BESIDE_FENCE = expression(r"---(?:json)?[ \t]*(?=\{)")
"""A fence that has what it should stand above on its own line."""

ITEM = expression(
    rf"""\s* {NAME} (?P<value> {TEXT} | [^\s"'&*!|>%@`\[\]{{}},\#][^\s"',\]}}]* ) [ \t]*(?=[,"'}}\r\n]|---|\Z)""",
    re.VERBOSE,
)
TOKEN = expression(rf"{TEXT} | [{{}}\[\],] | [^\"'{{}}\[\],]+ | .", re.VERBOSE | re.DOTALL)
STEPS = {"{": 1, "[": 1, "}": -1, "]": -1}


def opening(path: str, text: str, fields: Fields, problem: tuple[str, Problem]) -> Document:
    """A document that could not be examined, for this reason: no body, and of its first lines what `salvaged` finds."""
    return Document(path, text, "text", len(text), problems=(problem,), fields=fields)


def salvaged(document: Document) -> Document:
    """The document with the id and the url that its lines give, where it has front matter that can't be read.

    Only plain entries of one line at the outermost level count, the first of a name; everything else stays unread.
    """
    if document.metadata or not (document.problems or BESIDE_FENCE.match(document.text)):
        return document
    names = {name for name in (*document.fields.id, *document.fields.url) if "." not in name}
    found: dict[str, Any] = {}
    nodes: dict[Pointer, Node] = {}
    for match in _entries(document.text):
        name, value = match["name"], match["value"]
        if name in names and name not in found:
            found[name] = value.strip("\"'") if value[0] in "\"'" else resolve(value)
            nodes[(name,)] = Node(match.start("name"), match.end("name"), *match.span("value"), "plain")
    return replace(document, metadata=found, nodes=nodes) if found else document


def _entries(text: str) -> Iterator[re.Match[str]]:
    """The front matter's entries, one a line or all between one pair of braces."""
    start = 1 if text.startswith("\ufeff") else 0
    lines = [(a, b) for a, b, _ in islice(iter_lines(text, start), LINES + 1)]
    opening = text[lines[0][0] : lines[0][1]].rstrip() if lines else ""
    if beside := BESIDE_FENCE.match(text, start) or (FLOW.match(text, start) if opening != "{" else None):
        yield from _items(text, beside.end(), lines[-1][1])
    elif opening in FENCES:
        end = next((n for n, (a, b) in enumerate(lines) if n and text[a:b].rstrip() in FENCES[opening]), len(lines))
        inner = lines[1:end]
        if inner and (flow := FLOW.match(text, inner[0][0])):
            yield from _items(text, flow.end(), inner[-1][1])
        else:
            yield from _outermost(text, inner, tables=opening == "+++")


def _outermost(text: str, lines: Sequence[tuple[int, int]], *, tables: bool) -> Iterator[re.Match[str]]:
    """The lines that are one entry each, of those the ones indented least, down to the first of TOML's `tables`."""
    matches, least = [], sys.maxsize
    for start, end in lines:
        if tables and TABLE.fullmatch(text, start, end):
            break
        if key := KEY.match(text, start, end):
            least = min(least, len(key[1]))
        if match := ENTRY.fullmatch(text, start, end):
            matches.append(match)
    yield from (match for match in matches if len(match["indent"]) == least)


def _items(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The entries of the mapping whose brace is at `start`; a comma may be missing before a key in quotes."""
    depth = 0
    for token in TOKEN.finditer(text, start, end):
        depth += STEPS.get(token[0], 0)
        if depth < 1:
            return
        key = token.end() if token[0] in ("{", ",") else token.start() if token[0][0] in "\"'" else None
        if depth == 1 and key is not None and (item := ITEM.match(text, key, end)):
            yield item
