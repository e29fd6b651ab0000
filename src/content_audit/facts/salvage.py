"""Id and url of a document whose front matter can't be read, by its lines: links to it lead somewhere all the same."""

import re
import sys
from dataclasses import replace
from typing import Any

from content_audit.lines import iter_lines
from content_audit.model import Document, Node, Pointer
from content_audit.parse.yaml_nodes import resolve

LINES = 200
"""Lines that are looked at: three times the longest front matter of the collections seen, where no fence ends it."""

FENCES = {"---": ("---", "..."), "+++": ("+++",), "---json": ("---",), "{": ("}",)}
KEY = re.compile(r"([ \t]*)[\"'\w]")
ENTRY = re.compile(
    r"""(?P<indent>[ \t]*) (?P<quote>["']?)(?P<name>[\w.-]+)(?P=quote) [ \t]*[:=][ \t]*
        (?P<value> "[^"\\]*" | '[^']*' | [^\s"'&*!|>%@`\[\]{},\#][^\s,]* ) [ \t]*,? [ \t]*(?:[ \t]\#.*)?""",
    re.VERBOSE,
)


def salvaged(document: Document) -> Document:
    """The document with the id and the url that its lines give, where it has front matter that can't be read.

    Only plain entries of one line at the outermost level count, the first of a name; everything else stays unread.
    """
    if document.metadata or not document.problems:
        return document
    names = {name for name in (*document.fields.id, *document.fields.url) if "." not in name}
    found: dict[str, Any] = {}
    nodes: dict[Pointer, Node] = {}
    for match in _entries(document.text):
        name, value = match["name"], match["value"]
        if name in names and name not in found:
            found[name] = value[1:-1] if value[0] in "\"'" else resolve(value)
            nodes[(name,)] = Node(match.start("name"), match.end("name"), *match.span("value"), "plain")
    return replace(document, metadata=found, nodes=nodes) if found else document


def _entries(text: str) -> list[re.Match[str]]:
    """The front matter's lines that are one entry each, of those the ones that are indented least."""
    lines = iter_lines(text, 1 if text.startswith("\ufeff") else 0)
    start, end, _ = next(lines, (0, 0, 0))
    closings = FENCES.get(text[start:end].rstrip())
    matches, least = [], sys.maxsize
    for number, (start, end, _) in enumerate(lines):
        if closings is None or number == LINES or text[start:end].rstrip() in closings:
            break
        if key := KEY.match(text, start, end):
            least = min(least, len(key[1]))
        if match := ENTRY.fullmatch(text, start, end):
            matches.append(match)
    return [match for match in matches if len(match["indent"]) == least]
