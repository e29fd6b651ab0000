"""Edits that several rules make: a value set in its own style, related links taken out and numbered anew."""

import re
from collections.abc import Iterable, Mapping

from content_audit.facts.links import Link, Part, related_links
from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Fix, Node, Pointer, Safety, Syntax
from content_audit.parse.emit import anchored, replacement, target

ANCHOR = re.compile(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")


def set_value(document: Document, pointer: Pointer, value: str, safety: Safety, title: str) -> Fix | None:
    """The fix that writes `value` in place of the one at `pointer`; None where its style can't carry it."""
    if document.front_matter is None or anchored(document, pointer):
        return None
    start, end, style = target(document, pointer)
    text = replacement(value, document.front_matter.syntax, style)
    return None if text is None else Fix((Edit(start, end, text),), safety, title)


def set_parts(parts: Mapping[str, Part], values: Mapping[str, str], syntax: Syntax) -> tuple[Edit, ...] | None:
    """The edits that write these values into a link's record; None where one of them can't be written."""
    edits = []
    for name, value in values.items():
        part = parts[name]
        number = name == "id" and part.style in ("plain", "flow") and re.fullmatch(r"0|[1-9][0-9]{0,17}", value)
        text = value if number else replacement(value, syntax, part.style)
        if text is None:
            return None
        edits.append(Edit(part.edit_start, part.edit_end, text))
    return tuple(edits)


def entry_extent(document: Document, node: Node, syntax: Syntax) -> tuple[int, int] | None:
    """What goes with an entry: its whole lines and their last line end; None where it shares them with something else.

    A TOML table begins with the bracket of its header and has no other table inside. An entry of a JSON object takes a
    comma with it, the last one that before it. An entry that another value repeats by a YAML alias stays.
    """
    text = document.text
    start = max(text.rfind("\n", 0, node.key_start), text.rfind("\r", 0, node.key_start)) + 1
    ended = LINE_END.search(text, node.end)
    content_end, end = (ended.start(), ended.end()) if ended else (len(text), len(text))
    before, after = text[start : node.key_start].strip(), text[node.end : content_end].strip()
    if syntax == "json":
        return (start, end) if not before and after == "," else _json_extent(text, node)
    if syntax == "yaml" and any(f"*{name}" in text for name in ANCHOR.findall(text, node.start, node.end)):
        return None
    if syntax == "toml" and node.style == "block" and (before != "[" or not _alone(document, node)):
        return None
    if before not in ("", "[") or (after not in ("", ",") and not after.startswith("#")):
        return None
    return start, end


def _json_extent(text: str, node: Node) -> tuple[int, int]:
    comma = re.compile(r"\s*,[ \t]*").match(text, node.end)
    if comma:
        return node.key_start, comma.end()
    head = text[: node.key_start].rstrip()
    return (len(head) - 1 if head.endswith(",") else node.key_start), node.end


def _alone(document: Document, node: Node) -> bool:
    """Do only a TOML table's own entries stand between its first and its last?"""
    inside = {path[0] for path, each in document.nodes.items() if node.key_start <= each.key_start < node.end}
    return len(inside) == 1


def remove_links(document: Document, links: tuple[Link, ...], gone: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that take links out and number the rest 1, 2, 3 …; None where one of them can't be made."""
    if document.front_matter is None:
        return None
    names, syntax = {link.name for link in gone}, document.front_matter.syntax
    places = []
    for link in links:
        if link.name in names:
            place = entry_extent(document, link.node, syntax)
            if place is None:
                return None
            places.append(place)
    numbers = renumber(document, [link for link in links if link.name not in names])
    return None if numbers is None else (*(Edit(*place, "") for place in _joined(document.text, places)), *numbers)


def _joined(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours as one; the last entry of a JSON object then takes the comma before all of them."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            first, before_end = joined.pop()
            head = text[:first].rstrip()
            start = len(head) - 1 if start < before_end and head.endswith(",") else first
        joined.append((start, end))
    return joined


def renumber(document: Document, links: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that number these links 1, 2, 3 … in the order of the numbers they have.

    None where a key can't be edited in one place, or something that is no link holds one of the numbers.
    """
    before, _, after = document.fields.links.partition("#")
    taken = document.metadata.keys() - {link.name for link in related_links(document)}
    edits = []
    for number, link in enumerate(sorted(links, key=lambda link: (link.number, link.node.key_start)), 1):
        if link.number != number:
            at = document.text.find(link.name, link.node.key_start, link.node.key_end)
            if at < 0 or f"{before}{number}{after}" in taken or _written_twice(document, link):
                return None
            digits_end = at + len(link.name) - len(after)
            edits.append(Edit(at + len(before), digits_end, str(number)))
    return tuple(edits)


def _written_twice(document: Document, link: Link) -> bool:
    """TOML names a table again in each of its dotted keys and of the headers below it."""
    if link.node.style != "block" or document.front_matter is None or document.front_matter.syntax != "toml":
        return False
    keys = re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(link.name)}[\"']?[ \t]*[.\]]", re.MULTILINE)
    region = document.front_matter
    return len(keys.findall(document.text, region.content_start, region.content_end)) != 1
