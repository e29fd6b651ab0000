"""The link graph: which document links to which, which targets were not found, and what that comes to in numbers."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import groupby
from typing import NamedTuple

from content_audit.facts.urls import url_parts
from content_audit.rule import Row
from content_audit.rules.targets import TARGETS

MISSING, ELSEWHERE = "missing://", "elsewhere://"
"""What the keys of other targets than documents begin with: those that were not found, and those of the inventory.

No path of a document does: they have no two slashes."""

LINKS = "graph_links"
"""The table that holds the rows of `LINKED`."""

LINKED = f"""
SELECT d.path AS source, l.number + 1 AS number, l.name AS name, r.found_by AS found_by,
       CASE WHEN r.target <> '' THEN r.target ELSE
                CASE WHEN r.found_by <> '' THEN '{ELSEWHERE}' ELSE '{MISSING}' END ||
                CASE WHEN l.id <> '' THEN l.id WHEN l.url_key <> '' THEN l.url_key ELSE l.name_key END END AS target,
       l.id AS id, l.title AS title, l.subject AS subject, l.url AS url
FROM links l JOIN documents d ON d.doc = l.doc JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number
"""
"""Every link with its one target, once `content_audit.resolution` has settled that."""

FARAWAY = ("", "inventory")
"""What `found_by` is where the target is no document."""
DOCUMENTS = "SELECT path, id, title, subject, url FROM documents ORDER BY path"
EDGES = f"SELECT source, target, number, name, found_by, subject, url FROM {LINKS} ORDER BY source, number"
ABSENT = (
    f"SELECT target, id, title, subject, url FROM {LINKS} WHERE found_by IN {FARAWAY} ORDER BY target, source, number"
)

Query = Callable[[str], Iterator[Row]]
SIDE = 32
"""Bits of a node's number in a pair: four milliards of nodes."""


class Node(NamedTuple):
    """A document, known by its path, or another target, described as the first link to it does.

    `resolved` are documents and what the inventory lists; `linked_from` counts the other documents that link to it.
    """

    key: str
    document_id: str
    title: str
    subject: str
    url: str
    path: str
    resolved: bool
    linked_from: int


class Edge(NamedTuple):
    """One related link: the `number`th of its document, there called `name`; `found_by` tells how its
    target was found: url, id, name, inventory or "".
    """

    source: str
    target: str
    number: int
    name: str
    found_by: str


class Ranked(NamedTuple):
    """A node with the number of documents that link to it."""

    key: str
    title: str
    links: int


class Crossing(NamedTuple):
    """How many links lead from one section into another; "" is the section of what has none."""

    source: str
    target: str
    links: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The graph in numbers. Documents are those named; links are all that leave or reach them.

    `targets` counts what other documents link to, `missing` those of them that were not found. `orphans` are documents
    that no other links to. `mutual` and `one_way` count pairs of documents, however often they link; `repeated` are
    links to a target that their document listed before. Components are weakly connected documents, a lone one included.
    `hubs` and `wanted` are the documents and the missing targets most linked to, `crossings` the links from section to
    section.
    """

    documents: int
    links: int
    targets: int
    missing: int
    found_by_url: int
    found_by_id: int
    found_by_name: int
    found_in_inventory: int
    unresolved: int
    repeated: int
    to_itself: int
    without_links: int
    orphans: int
    mutual: int
    one_way: int
    components: int
    largest_component: int
    within_section: int
    across_sections: int
    hubs: tuple[Ranked, ...]
    wanted: tuple[Ranked, ...]
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True)
class LinkGraph:
    """The graph of the first `named` nodes of `numbers` and all that they link to or are linked from.

    `pairs` holds each two different nodes once, as `source << SIDE | target`; `counts` the links by how their target
    was found, those that are repeated or lead to their own document, and the named documents that have links.
    """

    query: Query
    named: int
    numbers: Mapping[str, int]
    pairs: Collection[int]
    counts: Mapping[str, int]
    crossings: Mapping[tuple[str, str], int]

    @cached_property
    def linked_from(self) -> Sequence[int]:
        """By node, how many others link to it."""
        found = array("q", bytes(8 * len(self.numbers)))
        for pair in self.pairs:
            found[pair & (1 << SIDE) - 1] += 1
        return found

    def nodes(self) -> Iterator[Node]:
        """The documents by their paths, then the other targets by their keys."""
        for row in self.query(DOCUMENTS):
            if row["path"] in self.numbers:
                yield self._node(row["path"], row, row["path"])
        for key, rows in groupby(self.query(ABSENT), key=lambda row: str(row["target"])):
            if key in self.numbers:
                yield self._node(key, next(rows), "")

    def _node(self, key: str, row: Row, path: str) -> Node:
        known = (row["id"], row["title"], row["subject"], row["url"])
        return Node(key, *known, path, not key.startswith(MISSING), self.linked_from[self.numbers[key]])

    def edges(self) -> Iterator[Edge]:
        """The links by their document's path, in its order."""
        for row in self.query(EDGES):
            if self._touches(row["source"]) or self._touches(row["target"]):
                yield Edge(row["source"], row["target"], row["number"], row["name"], row["found_by"])

    def _touches(self, key: str) -> bool:
        return self.numbers.get(key, self.named) < self.named


def link_graph(query: Query, named: Collection[str], patterns: tuple[str, ...]) -> LinkGraph:
    """The graph of the documents with these paths, from an index that has `LINKED` as the table `LINKS`.

    `patterns` tell a url's section, for what has no subject.
    """
    sections = {row["path"]: _section(row, patterns) for row in query(DOCUMENTS)}
    numbers = {path: number for number, path in enumerate(path for path in sections if path in named)}
    pairs: set[int] = set()
    counts: Counter[str] = Counter()
    crossings: Counter[tuple[str, str]] = Counter()
    known, last = len(numbers), ""
    for row in query(EDGES):
        source, target = row["source"], row["target"]
        if numbers.get(source, known) >= known and numbers.get(target, known) >= known:
            continue
        pair = numbers.setdefault(source, len(numbers)) << SIDE | numbers.setdefault(target, len(numbers))
        counts[f"found by {row['found_by']}"] += 1
        counts["linking"] += source != last and numbers[source] < known
        counts["itself"] += source == target
        counts["repeated"] += source != target and pair in pairs
        if source != target:
            pairs.add(pair)
        last = source
        there = sections[target] if row["found_by"] not in FARAWAY else _section(row, patterns)
        crossings[sections[source], there] += 1
    return LinkGraph(query, known, numbers, pairs, counts, crossings)


def _section(row: Row, patterns: tuple[str, ...]) -> str:
    return str(row["subject"] or url_parts(row["url"], patterns).get("section", ""))


def statistics(graph: LinkGraph, top: int) -> Statistics:
    """The graph in numbers, with the `top` first of each list."""
    counts, mask = graph.counts, (1 << SIDE) - 1
    documents = [not key.startswith((MISSING, ELSEWHERE)) for key in graph.numbers]
    missing = [number for number, key in enumerate(graph.numbers) if key.startswith(MISSING)]
    between = [pair for pair in graph.pairs if documents[pair & mask]]
    both = sum(1 for pair in between if (pair & mask) << SIDE | pair >> SIDE in graph.pairs)
    sizes = _component_sizes(documents, between)
    found = {key.removeprefix("found by "): number for key, number in counts.items() if key.startswith("found by ")}
    crossings = [Crossing(*sections, links) for sections, links in graph.crossings.items()]
    across = [crossing for crossing in crossings if crossing.source != crossing.target]
    return Statistics(
        documents=graph.named,
        links=sum(found.values()),
        targets=sum(1 for number in graph.linked_from if number),
        missing=len(missing),
        found_by_url=found.get("url", 0),
        found_by_id=found.get("id", 0),
        found_by_name=found.get("name", 0),
        found_in_inventory=found.get("inventory", 0),
        unresolved=found.get("", 0),
        repeated=counts.get("repeated", 0),
        to_itself=counts.get("itself", 0),
        without_links=graph.named - counts.get("linking", 0),
        orphans=sum(1 for number in range(graph.named) if not graph.linked_from[number]),
        mutual=both // 2,
        one_way=len(between) - both,
        components=len(sizes),
        largest_component=max(sizes, default=0),
        within_section=sum(crossing.links for crossing in crossings) - sum(crossing.links for crossing in across),
        across_sections=sum(crossing.links for crossing in across),
        hubs=_ranked(graph, top, range(graph.named)),
        wanted=_ranked(graph, top, missing),
        crossings=tuple(nsmallest(top, across, key=lambda each: (-each.links, each.source, each.target))),
    )


def _component_sizes(documents: Sequence[bool], pairs: Iterable[int]) -> list[int]:
    """How many documents each weakly connected component has: union-find with halved paths (Tarjan, van Leeuwen)."""
    above = array("q", range(len(documents)))

    def root(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for pair in pairs:
        first, second = root(pair >> SIDE), root(pair & (1 << SIDE) - 1)
        above[max(first, second)] = min(first, second)
    return list(Counter(root(number) for number, document in enumerate(documents) if document).values())


def _ranked(graph: LinkGraph, top: int, numbers: Iterable[int]) -> tuple[Ranked, ...]:
    linked = ((graph.linked_from[number], number) for number in numbers if graph.linked_from[number])
    first = [number for _, number in nsmallest(top, linked, key=lambda each: (-each[0], each[1]))]
    places = {number: place for place, number in enumerate(first)}
    chosen = {key: places[number] for key, number in graph.numbers.items() if number in places}
    nodes = (node for node in graph.nodes() if node.key in chosen)
    ranked = sorted(nodes, key=lambda node: chosen[node.key])
    return tuple(Ranked(node.key, node.title, node.linked_from) for node in ranked)
