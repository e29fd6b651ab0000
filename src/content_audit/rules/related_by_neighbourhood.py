"""REL011: a document's related links are its numeric neighbours, whatever their topic.

## Why
Ids that all lie next to the document's own mean that the list was made by batch, from what was published in the same
hour, not by relevance. One finding says it for the whole list. Where most documents are neighbours, as in a small
collection, that says nothing: there is none.

## Fix safety
No fix: a neighbour may well be on topic. Those of the links that have nothing to do with the document are REL008's,
whose fix puts others in their place with `--replace`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from content_audit.model import Problem, Span
from content_audit.rule import CollectionRule, Row

CHANCE = 0.01
"""A list is reported if under one in a hundred, drawn blindly from the ids that are known, would be neighbours alone.

Three links need a collection of some 140 documents with ids in a row, five one of 75; of the 9,316 lists
that it is about in one of 35,915 documents none is left out."""

ASKED = 250
"""Documents whose ids, and those of their links, tell what ids there are: the 9,316 lists of the large collection
are found by them."""

SOME = f"(SELECT doc, id FROM documents ORDER BY doc LIMIT {ASKED})"
KNOWN = f"SELECT id FROM {SOME} UNION SELECT l.id AS id FROM {SOME} s JOIN links l ON l.doc = s.doc"

QUERY = f"""
SELECT 0 AS of_list, '' AS path, 0 AS number, '' AS own, id, 0 AS start_at, 0 AS end_at FROM ({KNOWN}) known
UNION ALL
SELECT 1 AS of_list, d.path AS path, l.number AS number, d.id AS own, l.id AS id, l.start_at AS start_at,
       l.end_at AS end_at
FROM asked_links l JOIN documents d ON d.doc = l.doc
WHERE d.id <> ''
ORDER BY of_list, path, number
"""
"""First the ids of documents and of what their links lead to, then the links, document by document."""


@dataclass(frozen=True, slots=True)
class Options:
    """`distance` between two ids up to which they are neighbours; `min_links` that a list needs to be judged.

    In a collection of 35,915 documents whose lists were made by batch, 79,842 of 103,133 links lie within 15.
    """

    distance: int = 15
    min_links: int = 3


def check(rows: Iterable[Row], options: Options) -> Iterator[Problem]:
    """One problem, on the first link, where every link's id lies next to the document's, and few others do."""
    rows = iter(rows)
    known: set[int] = set()
    first: list[Row] = []
    for row in rows:
        if row["of_list"]:
            first.append(row)
            break
        if _is_number(row["id"]):
            known.add(int(row["id"]))
    ids = sorted(known)
    for _, group in groupby(chain(first, rows), key=itemgetter("path")):
        links = list(group)
        own, targets = links[0]["own"], {row["id"] for row in links}
        if len(targets) >= options.min_links and _is_number(own) and all(map(_is_number, targets)):
            furthest = max(abs(int(target) - int(own)) for target in targets)
            near = _near(ids, int(own), options.distance)
            if furthest <= options.distance and near ** len(targets) < CHANCE:
                yield _problem(links, furthest)


def _near(ids: Sequence[int], own: int, distance: int) -> float:
    """The share of the other ids that are neighbours."""
    inside = bisect_right(ids, own + distance) - bisect_left(ids, own - distance) - 1
    return max(0, inside) / max(1, len(ids) - 1)


def whole(query: Callable[[str], Iterable[Row]], options: Options) -> object:
    """What all lists are judged by: the known ids, unless there are so many that no list lies next to a document by
    chance."""
    ids = sorted({int(row["id"]) for row in query(KNOWN) if _is_number(row["id"])})
    widest = 2 * options.distance / max(1, len(ids) - 1)
    return ids if widest**options.min_links >= CHANCE else "many"


def _problem(links: Sequence[Row], furthest: int) -> Problem:
    message = f"all {len(links)} related links have ids within {furthest} of this document's: a batch, not a choice"
    evidence = {"id": links[0]["own"], "links": [row["id"] for row in links], "largest_distance": furthest}
    return Problem(Span(links[0]["path"], links[0]["start_at"], links[0]["end_at"]), message, evidence)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18


RULE = CollectionRule(
    "REL011",
    "related-by-neighbourhood",
    "related links that are the document's numeric neighbours",
    QUERY,
    check,
    "info",
    options=Options,
    suggests=True,
    whole=whole,
)
