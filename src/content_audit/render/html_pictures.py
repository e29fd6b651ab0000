"""What the page draws of the whole collection: its links, the documents that are nearly one, what became of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from content_audit.graph import MISSING, Edge
from content_audit.render.html_text import clip
from content_audit.render.shown import one_line
from content_audit.rules.components import components

MAX_EDGES = 200_000
"""Links that a page carries, for the neighbours of each document: 3 MB. With more it has those of subjects alone."""

SECTIONS = 16
"""Folders or subjects in the picture of all links; 44 of them are a knot in which no line can be followed."""

CLUSTERS = 12
MEMBERS = 24

ALIKE = ("DUP001", "DUP002")
STRANGE = "REL008"
OFF_TOPIC, UNRESOLVED, ONE_WAY = 1, 2, 4


class Links(NamedTuple):
    """Each link once, by paths or keys, with what is wrong with it as a sum of the three marks."""

    edges: Sequence[tuple[str, str, int]]


def links(edges: Iterable[Edge], report: Mapping[str, Any]) -> Links:
    """The links of the graph; off topic are those that a finding of the report calls so by their names."""
    strange: dict[str, list[str]] = defaultdict(list)
    for finding in report["findings"]:
        if finding["code"] == STRANGE:
            strange[finding["path"]].append(finding["message"])
    pairs: dict[tuple[str, str], int] = {}
    for edge in edges:
        if edge.source != edge.target:
            off = any(message.startswith(f"{edge.name} ") for message in strange.get(edge.source, ()))
            missing = edge.target.startswith(MISSING)
            pair = (edge.source, edge.target)
            pairs[pair] = pairs.get(pair, 0) | (OFF_TOPIC if off else 0) | (UNRESOLVED if missing else 0)
    return Links(
        [
            (source, target, marks | (0 if marks & UNRESOLVED or (target, source) in pairs else ONE_WAY))
            for (source, target), marks in pairs.items()
        ]
    )


def groups(documents: Sequence[Mapping[str, Any]], found: Links) -> list[str]:
    """What each document is in the picture of all links: its subject or folder.

    Where there are but two of these, the documents with most links stand for themselves, in a small collection all.
    """
    filed = [str(each["subject"] or each["path"].rpartition("/")[0]) for each in documents]
    if len(set(filed)) > 2 and len(documents) > SECTIONS:
        return filed
    linked = Counter(path for source, target, _ in found.edges for path in (source, target))
    busiest = sorted(documents, key=lambda each: (-linked[each["path"]], each["path"]))
    named = {each["path"] for each in busiest[: SECTIONS - (len(documents) > SECTIONS)]}
    return [str(each["title"] or each["path"]) if each["path"] in named else "other documents" for each in documents]


def links_data(found: Links, places: Mapping[str, int], groups: Sequence[str]) -> dict[str, Any]:
    """The links between groups of documents, and each link by its documents' places on the page.

    Args:
        found: the links.
        places: each document's place on the page.
        groups: by place, what a document is filed under: the picture of all links is of these.
    """
    sizes = Counter(groups)
    named = {name: n for n, (name, _) in enumerate(sizes.most_common(SECTIONS))}
    between: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    absent: dict[str, int] = {}
    rows: list[tuple[int, int, int]] = []
    for source, target, marks in found.edges:
        if source not in places:
            continue
        to = places.get(target, -1)
        if to < 0:
            to = -1 - absent.setdefault(target, len(absent))
        rows.append((places[source], to, marks))
        start = named.get(groups[places[source]], len(named))
        end = named.get(groups[to], len(named)) if to >= 0 else len(named) + 1
        counts = between[start, end]
        counts[0] += 1
        for n, mark in enumerate((OFF_TOPIC, UNRESOLVED, ONE_WAY), 1):
            counts[n] += bool(marks & mark)
    kept = rows if len(rows) <= MAX_EDGES else []
    return {
        "groups": [one_line(clip(name, 100, 20)) for name in named],
        "between": [[*pair, *counts] for pair, counts in sorted(between.items())],
        "source": [row[0] for row in kept],
        "target": [row[1] for row in kept],
        "marks": "".join(str(row[2]) for row in kept),
        "absent": [one_line(clip(key.partition("://")[2], 150, 50)) for key in absent] if kept else [],
    }


def clusters(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Documents that are nearly one, the largest lots first; of each document the share that it is like another."""
    edges: dict[tuple[str, str], float] = {}
    for finding in report["findings"]:
        if finding["code"] in ALIKE and finding["related"]:
            pair = tuple(sorted((finding["path"], finding["related"][0]["path"])))
            if pair[0] != pair[1]:
                edges[pair[0], pair[1]] = float(finding["evidence"].get("similarity", 1))
    lots: dict[str, list[str]] = defaultdict(list)
    for path, root in components(edges).items():
        lots[root].append(path)
    found = []
    for root, others in sorted(lots.items(), key=lambda lot: (-len(lot[1]), lot[0]))[:CLUSTERS]:
        members = [root, *sorted(others)]
        numbers = {path: n for n, path in enumerate(members[:MEMBERS])}
        found.append(
            {
                "size": len(members),
                "members": [one_line(path) for path in numbers],
                "edges": [
                    [numbers[one], numbers[other], round(alike, 3)]
                    for (one, other), alike in sorted(edges.items())
                    if one in numbers and other in numbers
                ],
            }
        )
    return found
