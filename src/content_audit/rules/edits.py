"""Edits that several rules make: a value set in its own style, related links taken out and numbered anew."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from content_audit.facts.links import Link, Part, related_links
from content_audit.model import Document, Edit, Fix, Pointer, Safety, Syntax
from content_audit.parse.emit import anchored, replacement, target
from content_audit.rules.removal import removal


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


def remove_links(document: Document, links: tuple[Link, ...], gone: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that take links out and number the rest 1, 2, 3 …; None where one of them can't be made.

    A list that loses its last item is an empty list.
    """
    pointers = {link.pointer for link in gone}
    removed = removal(document, [link.pointer for link in links if link.pointer in pointers])
    numbers = renumber(document, [link for link in links if link.pointer not in pointers])
    return None if removed is None or numbers is None else (*removed, *numbers)


def renumber(document: Document, links: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that number the numbered of these links 1, 2, 3 … in the order of the numbers they have, row by row.

    None where a key can't be edited in one place, or something that is no link holds one of the numbers.
    """
    edits: list[Edit] = []
    ordered = sorted((link for link in links if link.numbered), key=lambda link: (link.field, *_rank(link)))
    for field, row in groupby(ordered, key=lambda link: link.field):
        found = _renumbered(document, field, list(row))
        if found is None:
            return None
        edits += found
    return tuple(edits)


def _rank(link: Link) -> tuple[int, int]:
    return link.number, link.node.key_start


def _renumbered(document: Document, field: str, links: list[Link]) -> list[Edit] | None:
    before, _, after = field.rpartition(".")[2].partition("#")
    outer: Any = document.metadata
    for part in links[0].pointer[:-1]:
        outer = outer[part]
    taken = outer.keys() - {link.pointer[-1] for link in related_links(document)}
    edits = []
    for number, link in enumerate(links, 1):
        key = str(link.pointer[-1])
        if link.number != number:
            at = document.text.find(key, link.node.key_start, link.node.key_end)
            if at < 0 or f"{before}{number}{after}" in taken or _written_twice(document, link):
                return None
            edits.append(Edit(at + len(before), at + len(key) - len(after), str(number)))
    return edits


def _written_twice(document: Document, link: Link) -> bool:
    """TOML names a table again in each of its dotted keys and of the headers below it."""
    if link.node.style != "block" or document.front_matter is None or document.front_matter.syntax != "toml":
        return False
    name = re.escape(str(link.pointer[-1]))
    keys = re.compile(rf"^[ \t]*(?:\[+(?:[^\]\n]*[. \t])?)?[\"']?{name}[\"']?[ \t]*[.\]]", re.MULTILINE)
    region = document.front_matter
    return len(keys.findall(document.text, region.content_start, region.content_end)) != 1
