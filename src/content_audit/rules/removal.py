"""Entries and items taken out of front matter, so that what is left reads back as it did, without them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Pointer, Syntax
from content_audit.parse.emit import anchored

ANCHOR = re.compile(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")
COMMA = re.compile(r"(?:\s++|#[^\r\n]*+)*+,[ \t]*")
COLON = re.compile(r"[ \t]*:")
TABLE_OPENING = re.compile(r"\[(?:[^\]\n#]*\.)?[ \t]*")
BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))+")
ARRAY_HEADER = re.compile(r"^[ \t]*\[\[[^\]\n]*\]\]", re.MULTILINE)

Place = tuple[int, int]


def removal(document: Document, pointers: Sequence[Pointer]) -> tuple[Edit, ...] | None:
    """The edits that take these entries and items out; None where one of them can't go.

    A list or a table that loses all it has stays, as `[]` or `{}`; only TOML's `[[tables]]` are gone with their last.
    An entry that another value repeats by a YAML alias stays.
    """
    if document.front_matter is None:
        return None
    syntax = document.front_matter.syntax
    if syntax == "yaml" and any(_repeated(document, pointer) for pointer in pointers):
        return None
    edits: list[Edit] = []
    for outer in dict.fromkeys(pointer[:-1] for pointer in pointers):
        gone = [pointer for pointer in pointers if pointer[:-1] == outer]
        if _between_commas(document, outer):
            places: list[Place | None] = [*_places_between_commas(document, outer, set(gone))]
        else:
            opening = _opening(document, outer, gone) if syntax == "yaml" else ()
            lines = (_lines_of(document, pointer, syntax) for pointer in gone if pointer not in opening)
            places = [*([_up_to_the_next(document, opening)] if opening else []), *lines]
        edits += [Edit(*place, "") for place in places if place is not None]
        emptied = _emptied(document, outer, len(gone)) if syntax == "yaml" else ()
        if None in places or emptied is None:
            return None
        edits += emptied
    return tuple(edits)


def _repeated(document: Document, pointer: Pointer) -> bool:
    """Does an alias repeat something in the entry, or does an anchor stand on what holds it?"""
    node = document.nodes[pointer]
    inside = ANCHOR.findall(document.text, node.start, node.end)
    above = any(anchored(document, pointer[:depth]) for depth in range(1, len(pointer)))
    return above or any(f"*{name}" in document.text for name in inside)


def _between_commas(document: Document, outer: Pointer) -> bool:
    """Do commas part the entries of this collection?"""
    region = document.front_matter
    if outer:
        return document.nodes[outer].style in ("flow", "value")
    return region is not None and (
        region.syntax == "json"
        or (region.syntax == "yaml" and document.text[region.content_start :].lstrip()[:1] == "{")
    )


def _places_between_commas(document: Document, outer: Pointer, gone: set[Pointer]) -> Iterator[Place]:
    """Each run of entries up to the next one that stays; the last one with the comma before it."""
    text, depth = document.text, len(outer) + 1
    inside = ((pointer, node) for pointer, node in document.nodes.items() if len(pointer) == depth)
    entries = sorted(((n.key_start, n.end, p) for p, n in inside if p[:-1] == outer), key=lambda entry: entry[:2])
    kept_end = -1
    for is_gone, run in groupby(entries, key=lambda entry: entry[2] in gone):
        members = list(run)
        start, end = members[0][0], members[-1][1]
        following = next((entry[0] for entry in entries if entry[0] > start and entry[2] not in gone), -1)
        if not is_gone:
            kept_end = end
        elif following >= 0:
            yield start, following
        elif kept_end >= 0 and "#" not in text[kept_end:start]:
            yield kept_end, end
        else:
            comma = COMMA.match(text, end)
            yield start, comma.end() if comma else end


def _opening(document: Document, outer: Pointer, gone: Sequence[Pointer]) -> tuple[Pointer, ...]:
    """The entries that go from the dash of a list's item on, and the first that stays; none where there is none."""
    if not outer or not isinstance(outer[-1], int):
        return ()
    depth = len(outer) + 1
    entries = [pointer for pointer in document.nodes if len(pointer) == depth and pointer[:-1] == outer]
    first = next((number for number, pointer in enumerate(entries) if pointer not in gone), 0)
    on_dash = document.text[: document.nodes[entries[0]].key_start].rstrip(" \t").endswith("-") if entries else False
    return tuple(entries[: first + 1]) if first and on_dash else ()


def _up_to_the_next(document: Document, opening: Sequence[Pointer]) -> Place:
    return document.nodes[opening[0]].key_start, document.nodes[opening[-1]].key_start


def _lines_of(document: Document, pointer: Pointer, syntax: Syntax) -> Place | None:
    """An entry's whole lines and their last line end; None where it shares them with something else."""
    text, node = document.text, document.nodes[pointer]
    start, content_end, end = _lines(text, node.key_start, node.end)
    before, after = text[start : node.key_start].strip(), text[node.end : content_end].strip()
    if after and not after.startswith("#"):
        return None
    if syntax == "toml" and node.style == "block":
        return _table_extent(document, pointer, before, (start, end))
    return (start, end) if before == ("-" if isinstance(pointer[-1], int) else "") else None


def _lines(text: str, start: int, end: int) -> tuple[int, int, int]:
    """The start of the line that `start` stands in; the end of the line of `end`, without and with its line end."""
    ended = LINE_END.search(text, end)
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return (first, ended.start(), ended.end()) if ended else (first, len(text), len(text))


def _table_extent(document: Document, pointer: Pointer, before: str, place: Place) -> Place | None:
    """A TOML table from the bracket of its header on; None where other tables stand inside, or it has no header."""
    node, depth = document.nodes[pointer], len(pointer)
    inside = {path[:depth] for path, each in document.nodes.items() if node.start <= each.key_start < node.end}
    if inside - {pointer[:length] for length in range(1, depth)} != {pointer}:
        return None
    if not isinstance(pointer[-1], int):
        return place if TABLE_OPENING.fullmatch(before) else None
    region = document.front_matter
    headers = ARRAY_HEADER.finditer(document.text, region.content_start if region else 0, node.start)
    header = max((match.start() for match in headers), default=-1)
    between = document.text[document.text.find("]]", header) + 2 : node.start] if header >= 0 else "?"
    if re.sub(r"#[^\r\n]*", "", between).strip():
        return None
    blank = BLANK_LINES.match(document.text, place[1])
    return header, blank.end() if blank else place[1]


def _emptied(document: Document, outer: Pointer, gone: int) -> tuple[Edit, ...] | None:
    """The edit that writes `[]` or `{}` for a block collection that loses all it has; None where it has no key."""
    node, value = document.nodes.get(outer), _value_at(document.metadata, outer)
    if node is None or node.style != "block" or len(value) > gone:
        return ()
    colon = COLON.match(document.text, node.key_end)
    if isinstance(outer[-1], int) or colon is None:
        return None
    return (Edit(colon.end(), colon.end(), " {}" if isinstance(value, Mapping) else " []"),)


def _value_at(value: Any, pointer: Pointer) -> Any:
    for part in pointer:
        value = value[part]
    return value
