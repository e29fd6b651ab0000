"""Edits that several rules make: a value set in its own style, related links taken out and numbered anew."""

import re
from collections.abc import Iterable, Mapping

from content_audit.facts.links import Link, Part
from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Fix, Node, Pointer, Safety, Syntax
from content_audit.parse.emit import replacement, target


def set_value(document: Document, pointer: Pointer, value: str, safety: Safety, title: str) -> Fix | None:
    """The fix that writes `value` in place of the one at `pointer`; None where its style can't carry it."""
    if document.front_matter is None:
        return None
    start, end, style = target(document, pointer)
    text = replacement(value, document.front_matter.syntax, style)
    return None if text is None else Fix((Edit(start, end, text),), safety, title)


def set_parts(parts: Mapping[str, Part], values: Mapping[str, str], syntax: Syntax) -> tuple[Edit, ...] | None:
    """The edits that write these values into a link's record; None where one of them can't be written."""
    edits = []
    for name, value in values.items():
        part = parts[name]
        number = name == "id" and part.style == "plain" and re.fullmatch(r"0|[1-9][0-9]{0,17}", value)
        text = value if number else replacement(value, syntax, part.style)
        if text is None:
            return None
        edits.append(Edit(part.edit_start, part.edit_end, text))
    return tuple(edits)


def entry_lines(text: str, node: Node, syntax: Syntax) -> tuple[int, int] | None:
    """The whole lines of an entry, with their last line end; None where it shares a line with something else.

    A TOML table begins with the bracket of its header. The last entry of a JSON object, which no comma follows, has
    none either: the comma before it would have to go as well.
    """
    start = max(text.rfind("\n", 0, node.key_start), text.rfind("\r", 0, node.key_start)) + 1
    ended = LINE_END.search(text, node.end)
    content_end, end = (ended.start(), ended.end()) if ended else (len(text), len(text))
    before, after = text[start : node.key_start], text[node.end : content_end].strip()
    if syntax == "json":
        return (start, end) if not before.strip() and after == "," else None
    header = "[" if syntax == "toml" and node.style == "block" else ""
    if before.strip() != header or (after and not after.startswith("#")):
        return None
    return start, end


def remove_links(document: Document, links: tuple[Link, ...], gone: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that take links out and number the rest 1, 2, 3 …; None where an entry has no lines of its own."""
    if document.front_matter is None:
        return None
    names, syntax = {link.name for link in gone}, document.front_matter.syntax
    edits = []
    for link in links:
        if link.name in names:
            place = entry_lines(document.text, link.node, syntax)
            if place is None:
                return None
            edits.append(Edit(*place, ""))
    return (*edits, *renumber(document, [link for link in links if link.name not in names]))


def renumber(document: Document, links: Iterable[Link]) -> tuple[Edit, ...]:
    """The edits that number these links 1, 2, 3 … in the order of the numbers they have."""
    prefix = len(document.fields.links.partition("#")[0])
    edits = []
    for number, link in enumerate(sorted(links, key=lambda link: (link.number, link.node.key_start)), 1):
        if link.number != number:
            at = document.text.index(link.name, link.node.key_start, link.node.key_end) + prefix
            digits = re.compile(r"[0-9]+").match(document.text, at)
            assert digits is not None
            edits.append(Edit(at, digits.end(), str(number)))
    return tuple(edits)
