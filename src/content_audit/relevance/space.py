"""The documents of a collection as vectors of their strongest terms, and the search among them."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise, repeat
from math import ceil, hypot, log2, sqrt
from operator import mul, neg
from typing import NamedTuple

from content_audit.facts.topics import unpack_weights
from content_audit.relevance.blocks import Blocks, worth
from content_audit.relevance.static import StaticModel
from content_audit.rule import Row

TOPIC = """
SELECT d.doc AS doc, d.path AS path, d.id AS id, d.title AS title, d.subject AS subject, d.url AS url,
       d.url_key AS url_key, d.language AS marked, t.language AS language, d.standing AS standing,
       t.title AS title_terms, t.central AS central, t.terms AS terms, t.weights AS weights
FROM topics t JOIN documents d ON d.doc = t.doc"""
TOPICS = f"{TOPIC}\nORDER BY d.doc"
"""The query that a space is read from. Of equals the first is the one with the lower key, whatever else is there."""

KEYS = 12
"""A document is found by its twelve heaviest terms, and looks for others with as many of its own. With 8, 12 and 16
strangers among good links of which only titles are known are found 89, 91 and 93 of a hundred times, suggestions are
right 88, 89 and 89 times."""

POSTINGS = 96
"""Documents that are kept of a term, those where it weighs most: a bound on work and memory. In collections of some
hundred documents 48, 96 and 192 give the same."""

TRIED = 20
"""Documents found by their shared keys whose whole likeness is worked out: 10, 20 and 40 find .51, .55 and .56 of the
strangers among good links that are in the collection. Suggestions are chosen from them: of 10, 15 and 20 they are as
often right."""

GRAIN = 1 << 24
"""Impacts are multiples of one part in so many: 24 bits hold them, 53 a sum of their products, which is exact then and
the same in any order. So the likeness of two documents is that of the second to the first."""

VECTORS = 16
"""Vectors that are kept: more than the documents that are held against each other at a time."""

LEAST = 0.125
"""Octaves of rarity that any term has: one that all documents have says next to nothing."""

Vector = Mapping[int, float]
Weighed = tuple["array[int]", "array[float]"]
Holders = tuple[Sequence[int], Sequence[float]]
NOBODY: Holders = ((), ())
NOTHING = repeat(0.0)


class Entry(NamedTuple):
    """One document of the space: its record, and what is known of it in terms.

    `marked` is the language that its site says it is in, `language` the one that its words are read in.
    `standing` says whether it is published. `title_terms` and `central` have spaces between their terms.
    """

    doc: int
    path: str
    id: str
    title: str
    subject: str
    url: str
    url_key: str
    marked: str
    language: str
    standing: int
    title_terms: str
    central: str


def extent(documents: int) -> int:
    """The size of a collection, in quarters of an octave."""
    return ceil(4 * log2(documents + 1))


@lru_cache(maxsize=1 << 16)
def rarity(documents: int, having: int) -> float:
    """The inverse document frequency, in octaves, of a term that so many documents of a collection have.

    It is rounded to a power of two, and the collection's size to a quarter of an octave, so that a document more or
    less hardly ever changes what others' terms weigh. In three curated collections, with their targets and without, and
    a large one .61, .53, .91, .50, .99, .74 and .81 of the strangers among good links are found with exact figures,
    .61, .50, .90, .46, .96, .70 and .83 with the root of two, .58, .45, .92, .50, .99, .74 and .83 with two, and
    .68, .47, .90, .31, .96, .72 and .83 with frequencies in powers of four; false alarms stay within one in a hundred.
    """
    octaves = extent(documents) / 4 - log2(having + 0.5)
    return 2.0 ** round(log2(max(LEAST, octaves)))


@lru_cache(maxsize=1 << 16)
def falling(documents: int, having: int) -> float:
    """The root of that rarity; below zero, so that the heaviest terms come first where they are sorted."""
    return -sqrt(rarity(documents, having))


def held(found: Iterable[tuple[float, int]]) -> Holders:
    """Documents with their impacts, highest first, from pairs of the impact, below zero, and the document."""
    ordered = sorted(found)
    return tuple(doc for _, doc in ordered), array("f", [-impact for impact, _ in ordered])


def weighed(terms: Sequence[int], weights: Iterable[float]) -> Weighed:
    """A document's terms, heaviest first, with their impacts, whose squares' sum is one; weights are below zero."""
    given = [*weights]
    order = sorted(range(len(given)), key=given.__getitem__)
    found = [given[place] for place in order]
    scale = -GRAIN / (hypot(*found) or 1.0)
    return array("i", [terms[place] for place in order]), array("f", [round(each * scale) / GRAIN for each in found])


class Space:
    """The documents of a collection by their keys; `rows` are those of `TOPICS`.

    A term weighs as much as the document gives it times the root of its inverse document frequency: with the whole of
    it, what is rare drowns the words that a topic is made of (AUC of editors' links against strangers in three curated
    collections and a large one .980, .926, .965 and .981; with the root .981, .928, .969 and .983).

    `cuts` has of each document that its nearest were looked for the share that another had to have to be tried.
    """

    entries: Mapping[int, Entry]
    vectors: Mapping[int, Weighed]

    def __init__(self, rows: Iterable[Row], model: StaticModel | None = None) -> None:
        self.model = model
        self.words: dict[str, int] = {}
        self.frequency: Counter[int] = Counter()
        self.near: dict[int, Mapping[int, float]] = {}
        self.cuts: dict[int, float] = {}
        self.beside: tuple[int, Mapping[int, float]] = (-1, {})
        self.vector = lru_cache(maxsize=VECTORS)(self._unpacked)
        entries, given = {}, {}
        for row in rows:
            entries[row["doc"]] = Entry(**{name: row[name] for name in Entry._fields})
            numbers = array("i", self.numbered(row["terms"], add=True))
            self.frequency.update(numbers)
            given[row["doc"]] = (numbers, array("f", unpack_weights(row["weights"])))
        self.size = len(entries)
        self.entries = entries
        self.named = Counter([entry.id for entry in entries.values()])
        roots = [*map(self.root, range(len(self.words)))]
        for doc, (terms, weights) in given.items():
            given[doc] = weighed(terms, map(mul, weights, map(roots.__getitem__, terms)))
        self.vectors = given

    def __len__(self) -> int:
        return self.size

    def numbered(self, terms: str, add: bool = False) -> list[int]:
        """The numbers of terms with spaces between; -1 for one that no document has, where they are not to be added."""
        words = terms.split(" ") if terms else []
        return [self.words.setdefault(word, len(self.words)) if add else self.words.get(word, -1) for word in words]

    def root(self, term: int) -> float:
        """What a term's weights are multiplied by, below zero."""
        return falling(self.size, self.frequency[term])

    def terms(self, doc: int) -> Sequence[int]:
        """A document's terms, heaviest first; none where it is not there."""
        return self.vectors[doc][0] if doc in self.vectors else ()

    def rarity(self, term: int, without: int = 0) -> float:
        """The term's inverse document frequency, not counting so many of the documents that have it."""
        return rarity(self.size, self.frequency[term] - without)

    def first(self, many: int) -> list[int]:
        """So many documents, those with the lowest keys."""
        return sorted(self.entries)[:many]

    def _unpacked(self, doc: int) -> dict[int, float]:
        """A document's terms with their weights, heaviest first; its length is one."""
        return dict(zip(*self.vectors[doc], strict=True))

    def likeness(self, vector: Vector, doc: int) -> float:
        """The cosine of a vector and a document: 0 to 1."""
        terms, impacts = self.vectors[doc]
        shared: Iterable[float] = map(mul, map(vector.get, terms, NOTHING), impacts)
        return sum(shared)

    def alike(self, doc: int, other: int) -> float:
        """The likeness of two documents."""
        if self.beside[0] == doc and other in self.beside[1]:
            return self.beside[1][other]
        known = self.near.get(other, {}).get(doc) or self.near.get(doc, {}).get(other)
        return self.likeness(self.vector(doc), other) if known is None else known

    def compare(self, doc: int, others: Collection[int]) -> None:
        """Have the likeness of a document to these at hand, until another's are asked for: worth it only in blocks."""
        if self.blocks and others:
            places = [self._places[other] for other in others]
            self.beside = doc, dict(zip(others, self.blocks.likeness(self._places[doc], places), strict=True))

    def holders(self, term: int) -> Holders:
        """The documents that have a term among their keys: those first where it weighs most."""
        return self.all_holders.get(term, NOBODY)

    @cached_property
    def all_holders(self) -> dict[int, Holders]:
        """The documents that have a term among their keys, by the term: those first where it weighs most."""
        if self.blocks:
            starts, places, impacts = self.blocks.holders()
            docs = [*map(self._docs.__getitem__, places)]
            return {term: (tuple(docs[a:b]), impacts[a:b]) for term, (a, b) in enumerate(pairwise(starts)) if a < b}
        lists: dict[int, list[tuple[float, int]]] = {}
        for doc, (terms, impacts) in self.vectors.items():
            for term, impact in zip(terms[:KEYS], impacts[:KEYS], strict=True):
                lists.setdefault(term, []).append((-impact, doc))
        return {term: held(found) for term, found in lists.items()}

    def postings(self, term: int) -> Holders:
        """Those of a term's holders that are found by it: none where one document alone has it."""
        return self._postings.get(term, NOBODY)

    @cached_property
    def _postings(self) -> dict[int, Holders]:
        return {
            term: (docs[:POSTINGS], impacts[:POSTINGS])
            for term, (docs, impacts) in self.all_holders.items()
            if self.frequency[term] > 1
        }

    def _shares(self, query: Vector, without: int) -> dict[int, float]:
        """Documents by what they share of the query's first terms, best first, at most `TRIED`."""
        found: dict[int, float] = {}
        found_so_far = found.get
        for term, weight in islice(query.items(), KEYS):
            docs, impacts = self.postings(term)
            for doc, share in zip(docs, map(mul, impacts, repeat(weight)), strict=True):
                found[doc] = found_so_far(doc, 0.0) + share
        found.pop(without, None)
        best = sorted(found, key=found.__getitem__, reverse=True)[:TRIED]
        return {doc: found[doc] for doc in best}

    def search(self, query: Vector, without: int = -1) -> list[int]:
        """Documents by what they share of the query's first terms, best first, at most `TRIED`."""
        return list(self._shares(query, without))

    def nearest(self, doc: int) -> Mapping[int, float]:
        """The documents most like this one, with their likeness, best first; its twins under the same id left out."""
        if doc not in self.near:
            self.near.update(self._block(doc) if self.blocks else {doc: self.found(doc)})
        return self.near[doc]

    def twins(self, doc: int, others: Collection[int]) -> set[int]:
        """Those of the others that have this document's id."""
        own = self.entries[doc].id
        if self.named[own] < 2:
            return set()
        return {other for other in others if self.entries[other].id == own} if own else set()

    def found(self, doc: int) -> Mapping[int, float]:
        """The same, looked for."""
        shares = self._shares(self.vector(doc), doc)
        return self._ranked(doc, shares, shares.values(), [self.alike(doc, other) for other in shares])

    def _ranked(
        self, doc: int, others: Collection[int], shares: Iterable[float], likeness: Iterable[float]
    ) -> dict[int, float]:
        """What was found for a document by its shares, in order of its likeness to it."""
        self.cuts[doc] = min(shares) if len(others) == TRIED else 0.0
        twins = self.twins(doc, others)
        found = zip(map(neg, likeness), others, strict=True)
        return {other: -score for score, other in sorted(found) if other not in twins}

    @cached_property
    def blocks(self) -> Blocks | None:
        """The search in blocks of documents, by their places in `_docs`."""
        if not worth(self.size):
            return None
        vectors = [self.vectors[doc] for doc in self._docs]
        return Blocks(vectors, len(self.words), keys=KEYS, postings=POSTINGS, tried=TRIED)

    @cached_property
    def _docs(self) -> list[int]:
        return sorted(self.entries)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {doc: place for place, doc in enumerate(self._docs)}

    def _block(self, doc: int) -> dict[int, Mapping[int, float]]:
        """What is found for this document and for others, which take their share of the time."""
        docs = self._docs
        found = self.blocks.around(self._places[doc]) if self.blocks else ()
        return {
            docs[place]: self._ranked(docs[place], [*map(docs.__getitem__, others)], shares, likeness)
            for place, others, shares, likeness in found
        }
