"""Edits that several rules make: a value set in its own style, related links taken out and numbered anew."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from typing import Any

from content_audit.expressions import expression
from content_audit.facts.links import WHOLE, Link, Part, inside, related_links
from content_audit.model import Document, Edit, Fix, Pointer, Problem, Related, Safety, Syntax
from content_audit.parse.emit import anchored, replacement, target
from content_audit.rules.remarks import remarked
from content_audit.rules.removal import removal

FIRST, YEARS = 2, 100
"""A row starts with 0 or 1, or has lost that, and has no numbers that are years or ids. No measurement of either is
known: the rows of a collection of 35,915 documents start with 1 and lack one number at most."""

MAX_SHARED = 10_000
"""Edits that the problems of one fix repeat in all: a hundred problems of a hundred edits, some 400 KB of JSON."""

TOML_KEY = expression(r"^[ \t]*+(?:\[[^\]\n]*+\]|[\"']?[^\s.=\[\]\"']++[\"']?[ \t]*+[.\]])", re.MULTILINE)
"""A table's header, or the first part of a dotted key."""


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
        edit = set_part(parts[name], name, value, syntax)
        if edit is None:
            return None
        edits.append(edit)
    return tuple(edits)


def set_part(part: Part, name: str, value: str, syntax: Syntax) -> Edit | None:
    """The edit that writes one value into a link's record; None where its place can't hold it.

    An id stays the number, or the text, that it was.
    """
    number = name == "id" and part.style in ("plain", "flow") and WHOLE.fullmatch(value)
    text = value if number else replacement(value, syntax, part.style)
    return None if text is None else Edit(part.edit_start, part.edit_end, text)


def remove_links(document: Document, links: tuple[Link, ...], gone: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that take links out and number the rest without a gap; None where one of them can't be made.

    A list that loses its last item is an empty list. One that something else goes by the places of keeps them.
    """
    if any(is_tied(document, link) for link in {link.field: link for link in gone}.values()):
        return None
    pointers = {link.pointer for link in gone}
    removed = removal(document, [link.pointer for link in links if link.pointer in pointers])
    numbers = renumber(document, [link for link in links if link.pointer not in pointers])
    return None if removed is None or numbers is None else (*removed, *numbers)


def removing(
    document: Document, links: tuple[Link, ...], gone: Sequence[Link], safety: Safety, title: str
) -> Fix | None:
    """The fix that takes links out as `remove_links` does; None where there are none to take out.

    It is unsafe wherever a comment goes with one of them, or is left above another entry: what a person wrote there may
    be the reason why the link stands as it does.
    """
    edits = remove_links(document, links, gone) if gone else None
    return Fix(edits, "unsafe" if remarked(document, edits) else safety, title) if edits else None


def shared(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems, some of which have one and the same fix; one of very many edits stands at the first of them alone.

    The others refer to that: a fix of n edits at each of n problems would be n² edits to keep and to report.
    """
    counts = Counter(id(problem.fix) for problem in problems)
    firsts: dict[int, Problem] = {}
    for problem in problems:
        first = firsts.setdefault(id(problem.fix), problem)
        if problem.fix is None or first is problem or len(problem.fix.edits) * counts[id(problem.fix)] <= MAX_SHARED:
            yield problem
        else:
            related = (*problem.related, Related(first.span, "has the fix of all"))
            yield replace(problem, fix=None, related=related)


def renumber(document: Document, links: Iterable[Link]) -> tuple[Edit, ...] | None:
    """The edits that number the numbered of these links without a gap in the order of their numbers, row by row.

    A row starts where `first_number` says, and keeps the zeros that it fills its numbers up with; numbers that
    something holds that is no link are left to it. None where a key can't be edited in one place, and where 01 stands
    beside 1: they may be two rows. Entries that are known by a year or an id are no row, and keep it.
    """
    edits: list[Edit] = []
    ordered = sorted((link for link in links if link.numbered), key=lambda link: (link.field, *_rank(link)))
    for field, row in groupby(ordered, key=lambda link: link.field):
        found = _renumbered(document, field, list(row))
        if found is None:
            return None
        edits += found
    return tuple(edits)


def is_row(numbers: Sequence[int]) -> bool:
    """Do these numbers count, some left out? Years and ids do not."""
    return not numbers or (min(numbers) <= FIRST and max(numbers) < max(YEARS, 2 * len(numbers)))


def is_tied(document: Document, link: Link) -> bool:
    """Does something else of the document go by the number or the place of a link?

    Such are `related_article2_title` beside `related_article2`, a list of titles beside one of urls, and a template's
    `page.related_article2` in the text.
    """
    outer = inside(document.metadata, link.pointer[:-1])
    if isinstance(outer, Mapping):
        before, _, after = link.field.rpartition(".")[2].partition("#")
        number = rf"{re.escape(before)}[0-9]+{re.escape(after)}"
        own = re.compile(rf"{number}(?![0-9])")
        others = (key for key in outer if isinstance(key, str) and not re.fullmatch(number, key))
        return any(map(own.search, others)) or bool(re.search(rf"\b{number}\b", document.body))
    name = link.field.rpartition(".")[2]
    beside = inside(document.metadata, link.pointer[:-2])
    told = (len(value) for key, value in beside.items() if _is_of(str(key), name) and isinstance(value, list))
    return len(outer) in told or bool(re.search(rf"\b{re.escape(name)}\[[0-9]", document.body))


def _is_of(key: str, name: str) -> bool:
    """Is the key named after another, in the singular or not?"""
    stems = {name, name.removesuffix("s")}
    return key != name and any(key.startswith((f"{stem}_", f"{stem}-")) for stem in stems)


def first_number(row: Iterable[Link]) -> int:
    """The number that a row of entries starts with: 0 where it has that, else 1."""
    return min((link.number for link in row), default=1) and 1


def _rank(link: Link) -> tuple[int, int]:
    return link.number, link.node.key_start


def _renumbered(document: Document, field: str, links: list[Link]) -> list[Edit] | None:
    before, _, after = field.rpartition(".")[2].partition("#")
    outer: Mapping[str, Any] = inside(document.metadata, links[0].pointer[:-1])
    row = [link for link in related_links(document) if link.field == field]
    if not is_row([link.number for link in row]):
        return []
    width = _width([_key(link).removeprefix(before).removesuffix(after) for link in row])
    if width is None:
        return None
    taken = outer.keys() - {link.pointer[-1] for link in related_links(document)}
    numbers = (f"{number:0{width}}" for number in count(first_number(row)))
    free = (digits for digits in numbers if before + digits + after not in taken)
    region = document.front_matter
    written = _toml_keys(document, before, after) if region and region.syntax == "toml" else None
    edits = []
    for digits, link in zip(free, links, strict=False):
        key = _key(link)
        if key != before + digits + after:
            at = document.text.find(key, link.node.key_start, link.node.key_end)
            if at < 0 or (written is not None and link.node.style == "block" and written[key] != 1):
                return None
            edits.append(Edit(at + len(before), at + len(key) - len(after), digits))
    return edits


def _key(link: Link) -> str:
    return str(link.pointer[-1])


def _width(numbers: list[str]) -> int | None:
    """The digits that all numbers of a row are filled up to with zeros, else 1; None where one number has two forms."""
    if len(set(map(int, numbers))) < len(numbers):
        return None
    width = max((len(number) for number in numbers if number.startswith("0")), default=1)
    return width if min(map(len, numbers)) >= width else 1


def _toml_keys(document: Document, before: str, after: str) -> Counter[str]:
    """How often each of these names is written: a table's again in each of its dotted keys and the headers below it."""
    region = document.front_matter
    assert region is not None
    name = re.compile(rf"(?:^|(?<=[\[. \t]))[\"']?({re.escape(before)}[0-9]++{re.escape(after)})(?=[\"']?[ \t]*+[.\]])")
    keys = TOML_KEY.finditer(document.text, region.content_start, region.content_end)
    return Counter(found for key in keys for found in name.findall(key[0]))
