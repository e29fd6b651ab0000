"""DUP002: documents that say nearly the same.

## Why
An article that was copied and then changed in a few places is one article to a reader and to a search engine, which
shows one of the two. Whoever corrects it corrects half of it.

Two texts are as alike as the runs of three words that stand in both, as a share of all that stand in either. This is
estimated from sketches, which are within .025 of the truth for 19 of 20 pairs; so that no pair at the threshold is
missed, pairs estimated at up to .025 below it are reported. What a document alone gives away as page furniture or
repetition is left out: pages of one site are alike in that. Documents that hang together by such pairs are a cluster:
the first by its path represents it, and each of the others is reported with the one it is like. That one represents a
document at the end of a long chain, which has little in common with its beginning. Texts of under fifty words are left
out; equal ones are DUP001's.

## Fix safety
No fix: which document is the better one is an editor's decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from content_audit.model import Problem, Related, Span
from content_audit.rule import CollectionRule, Row
from content_audit.rules.components import Edge, components
from content_audit.text import likeness

QUERY = """
SELECT b.band_key AS band_key, d.path AS path, d.first_line_end AS first_line_end, s.signs AS signs
FROM asked_bands b
JOIN (SELECT n.band_key AS shared_key FROM asked_bands n GROUP BY n.band_key
      HAVING COUNT(*) > 1) k ON k.shared_key = b.band_key
CROSS JOIN fields f
CROSS JOIN documents d
CROSS JOIN sketches s
WHERE d.doc = b.doc AND s.doc = b.doc AND f.doc = b.doc AND f.field = 'text' AND NOT EXISTS
  (SELECT 1 FROM fields e WHERE e.field = 'text' AND e.value_key = f.value_key AND e.doc < f.doc)
ORDER BY b.band_key, d.path
"""
"""Of documents with one text only one is compared."""

ERROR = 0.025
"""Two standard deviations of the estimate at a likeness of .8, see `content_audit.text.sketches.BINS`."""

FAR = 0.6 + 2 * ERROR
"""Below it a document may share under .6 with its cluster's first: 20,000 documents have one at .59."""

HUBS = 16
"""Documents of one band that are unlike each other, and that a further one is held against, and as many that are like
one of them: the work stays linear even where thousands share a band by chance."""


@dataclass(frozen=True, slots=True)
class Options:
    """`similarity` from which documents are near-duplicates, from 0 to 1.

    Of pairs with a similarity of .6 one in four shares no band, and goes unseen where nothing else ties the two.
    """

    similarity: float = 0.8


@dataclass(frozen=True, slots=True)
class Sketched:
    """One document of a query's rows."""

    signs: str
    first_line_end: int


def check(rows: Iterable[Row], options: Options) -> Iterator[Problem]:
    """A problem on each document of a cluster but its representative."""
    documents: dict[str, Sketched] = {}
    edges: dict[Edge, float] = {}
    for _, group in groupby(rows, key=lambda row: int(row["band_key"])):
        band = {str(row["path"]): Sketched(row["signs"], row["first_line_end"]) for row in group}
        for edge, similarity in _edges(band, options.similarity - ERROR, edges):
            edges[edge] = similarity
            documents |= {path: band[path] for path in edge}
    roots = components(edges)
    sizes: defaultdict[str, int] = defaultdict(lambda: 1)
    for root in roots.values():
        sizes[root] += 1
    near = _nearest(edges)
    for path, root in sorted(roots.items()):
        direct = likeness(documents[path].signs, documents[root].signs)
        named, similarity = (root, direct) if direct >= options.similarity - ERROR else near[path]
        representative = root if direct >= FAR else named
        yield _problem(documents, path, root, named, similarity, sizes[root], representative)


def _edges(band: Mapping[str, Sketched], least: float, known: Mapping[Edge, float]) -> Iterator[tuple[Edge, float]]:
    """Each document of a band with the first one before it that is like it: a star for each lot of like documents.

    Those that are of a star already are tried last: what is like one of them need not be like its hub.
    """
    hubs: list[str] = []
    joined: list[str] = []
    for path, document in band.items():
        for other in (*hubs, *joined):
            similarity = known.get((other, path)) or likeness(band[other].signs, document.signs, least)
            if similarity >= least:
                yield (other, path), similarity
                joined += [path][: HUBS - len(joined)]
                break
        else:
            hubs += [path][: HUBS - len(hubs)]


def _nearest(edges: Mapping[Edge, float]) -> dict[str, tuple[str, float]]:
    """For each document the one most like it among those that it was held against."""
    found: dict[str, tuple[str, float]] = {}
    for (first, second), similarity in sorted(edges.items()):
        for path, other in ((first, second), (second, first)):
            if path not in found or similarity > found[path][1]:
                found[path] = other, similarity
    return found


def _problem(
    documents: Mapping[str, Sketched],
    path: str,
    root: str,
    named: str,
    similarity: float,
    size: int,
    representative: str,
) -> Problem:
    cluster = "" if size == 2 else f"; {size:,} documents hang together, {root} the first of them"
    estimate = {"similarity": round(similarity, 3), "error": ERROR}
    evidence = {"like": named, **estimate, "representative": representative, "cluster": size}
    return Problem(
        Span(path, 0, documents[path].first_line_end),
        f"nearly the text of {named}, about {similarity:.0%} alike{cluster}",
        evidence,
        related=(Related(Span(named, 0, documents[named].first_line_end), "nearly the same text"),),
    )


RULE = CollectionRule(
    "DUP002",
    "near-duplicate-document",
    "two documents, nearly one text",
    QUERY,
    check,
    severity="warning",
    options=Options,
    by="texts",
)
