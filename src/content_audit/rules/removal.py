"""Entries and items taken out of front matter, so that what is left reads back as it did, without them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from content_audit.expressions import expression
from content_audit.facts.links import inside
from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Pointer, Syntax
from content_audit.parse.emit import anchored
from content_audit.rules.remarks import Neighbours, neighbours, own_lines, starts_of_lines, with_remarks

ALIAS = expression(r"\*(?=([^\s,\[\]{}]{0,99}))")
"""Of a name that is longer, the beginning tells enough; all of each name on a line of stars would be n² characters."""

ANCHOR = expression(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")
COMMA = expression(r"(?:\s++|#[^\r\n]*+)*+,[ \t]*")
COLON = expression(r"[ \t]*:")
TABLE_OPENING = expression(r"\[(?:[^\]\n#]*\.)?[ \t]*")
BLANK_LINES = expression(r"(?:[ \t]*(?:\r\n|\n|\r))+")
ARRAY_HEADER = expression(r"^[ \t]*\[\[[^\]\n]*\]\]", re.MULTILINE)

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
    groups: dict[Pointer, dict[Pointer, None]] = {}
    for pointer in pointers:
        groups.setdefault(pointer[:-1], {})[pointer] = None
    for outer, gone in groups.items():
        if _between_commas(document, outer):
            places: list[Place | None] = [*_places_between_commas(document, outer, gone)]
        else:
            opening = _opening(document, outer, gone) if syntax == "yaml" else ()
            beside = neighbours(document, outer)
            found = ((pointer, _lines_of(document, pointer, syntax)) for pointer in gone if pointer not in opening)
            lines = (place and with_remarks(document, place, beside[pointer]) for pointer, place in found)
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
    return above or any(_aliased(document, name) for name in inside)


def _aliased(document: Document, name: str) -> bool:
    aliases, start = _aliases(document), name[:99]
    at = bisect_left(aliases, start)
    return at < len(aliases) and aliases[at].startswith(start)


@lru_cache(maxsize=4)
def _aliases(document: Document) -> list[str]:
    """What stands after each asterisk, sorted."""
    return sorted({match[1] for match in ALIAS.finditer(document.text)})


def _between_commas(document: Document, outer: Pointer) -> bool:
    """Do commas part the entries of this collection?"""
    region = document.front_matter
    if outer:
        return document.nodes[outer].style in ("flow", "value")
    return region is not None and (
        region.syntax == "json"
        or (region.syntax == "yaml" and document.text[region.content_start :].lstrip()[:1] == "{")
    )


def _places_between_commas(document: Document, outer: Pointer, gone: Collection[Pointer]) -> Iterator[Place]:
    """Each run of entries up to the next one that stays; the last one with the comma before it."""
    text, depth = document.text, len(outer) + 1
    inside = ((pointer, node) for pointer, node in document.nodes.items() if len(pointer) == depth)
    entries = sorted(((n.key_start, n.end, p) for p, n in inside if p[:-1] == outer), key=lambda entry: entry[:2])
    runs = [(is_gone, list(run)) for is_gone, run in groupby(entries, key=lambda entry: entry[2] in gone)]
    kept_end = -1
    for number, (is_gone, members) in enumerate(runs, 1):
        start, end = members[0][0], members[-1][1]
        following = runs[number][1][0][0] if number < len(runs) else -1
        alone = own_lines(document, start, end) if is_gone else None
        if not is_gone:
            kept_end = end
        elif alone and (alone[1] or (following < 0 and not COMMA.match(text, end))):
            after = runs[number][1][0][2] if number < len(runs) else None
            before = runs[number - 2][1][-1][2] if number > 1 else None
            yield with_remarks(document, alone[0], Neighbours(before, after))
            comma = COMMA.match(text, kept_end) if kept_end >= 0 and following < 0 and not alone[1] else None
            if comma:
                at = text.rindex(",", kept_end, comma.end())
                yield at, at + 1
        elif following >= 0:
            yield start, following
        elif kept_end >= 0 and "#" not in text[kept_end:start]:
            yield kept_end, end
        else:
            comma = COMMA.match(text, end)
            yield start, comma.end() if comma else end


def _opening(document: Document, outer: Pointer, gone: Collection[Pointer]) -> tuple[Pointer, ...]:
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
    start, content_end, end = _lines(document, node.key_start, node.end)
    before, after = text[start : node.key_start].strip(), text[node.end : content_end].strip()
    if after and not after.startswith("#"):
        return None
    if syntax == "toml" and node.style == "block":
        return _table_extent(document, pointer, before, (start, end))
    return (start, end) if before == ("-" if isinstance(pointer[-1], int) else "") else None


def _lines(document: Document, start: int, end: int) -> tuple[int, int, int]:
    """The start of the line that `start` stands in; the end of the line of `end`, without and with its line end."""
    starts, size = starts_of_lines(document), len(document.text)
    first = starts[bisect_right(starts, start) - 1]
    ended = LINE_END.search(document.text, end)
    return (first, ended.start(), ended.end()) if ended else (first, size, size)


def _table_extent(document: Document, pointer: Pointer, before: str, place: Place) -> Place | None:
    """A TOML table from the bracket of its header on; None where other tables stand inside, or it has no header."""
    node = document.nodes[pointer]
    if not _holds_its_own_alone(document, pointer):
        return None
    if not isinstance(pointer[-1], int):
        return place if TABLE_OPENING.fullmatch(before) else None
    headers = _array_headers(document)
    above = bisect_right(headers, (node.start, node.start)) - 1
    if above < 0:
        return None
    header_end, header = headers[above]
    if re.sub(r"#[^\r\n]*", "", document.text[header_end : node.start]).strip():
        return None
    blank = BLANK_LINES.match(document.text, place[1])
    return header, blank.end() if blank else place[1]


def _holds_its_own_alone(document: Document, pointer: Pointer) -> bool:
    """Does nothing stand between a table's first entry and its last but what is the table's own, and something is?"""
    node, depth, own = document.nodes[pointer], len(pointer), False
    in_order = _in_order(document)
    first, end = (bisect_left(in_order, place, key=itemgetter(0)) for place in (node.start, node.end))
    for _, path in map(in_order.__getitem__, range(first, end)):
        if path[:depth] == pointer:
            own = True
        elif path != pointer[: len(path)]:
            return False
    return own


@lru_cache(maxsize=4)
def _in_order(document: Document) -> list[tuple[int, Pointer]]:
    """The front matter's values in the order of their keys."""
    return sorted(((node.key_start, path) for path, node in document.nodes.items()), key=itemgetter(0))


@lru_cache(maxsize=4)
def _array_headers(document: Document) -> list[tuple[int, int]]:
    """Where each header of a table in an array ends and begins."""
    region = document.front_matter
    assert region is not None
    found = ARRAY_HEADER.finditer(document.text, region.content_start, region.content_end)
    return [(match.end(), match.start()) for match in found]


def _emptied(document: Document, outer: Pointer, gone: int) -> tuple[Edit, ...] | None:
    """The edit that writes `[]` or `{}` for a block collection that loses all it has; None where it has no key."""
    node, value = document.nodes.get(outer), inside(document.metadata, outer)
    if node is None or node.style != "block" or len(value) > gone:
        return ()
    colon = COLON.match(document.text, node.key_end)
    if isinstance(outer[-1], int) or colon is None:
        return None
    return (Edit(colon.end(), colon.end(), " {}" if isinstance(value, Mapping) else " []"),)
