"""The documents of a collection as vectors of their strongest terms, and the search among them."""

import marshal
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice, pairwise, repeat
from math import ceil, hypot, log2, sqrt
from operator import mul, neg
from typing import Any

from content_audit.facts.topics import unpack_weights
from content_audit.relevance.blocks import Blocks, worth
from content_audit.relevance.records import (
    Entry,
    Near,
    Weighed,
    entry_of,
    numbers,
    pack_entry,
    pack_near,
    pack_vector,
    unpack_entry,
    unpack_near,
    unpack_vector,
)
from content_audit.relevance.static import StaticModel
from content_audit.rule import Row
from content_audit.shelf import Shelf, Shelved

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
"""Vectors that are kept as mappings: more than the documents that are held against each other at a time."""

REMEMBERED = 1 << 14
"""Documents whose entries, vectors and nearest are remembered, some 70 MB: of others they are taken from the shelf, in
some µs."""

LEAST = 0.125
"""Octaves of rarity that any term has: one that all documents have says next to nothing."""

Vector = Mapping[int, float]
Holders = tuple[Sequence[int], Sequence[float]]
NOBODY: Holders = ((), ())
NOTHING = repeat(0.0)


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

    What is known of each document lies on shelves: memory is taken by the words, by some numbers for each document, and
    by the tables of `Blocks`; without these by the documents of each term.
    """

    entries: Mapping[int, Entry]
    vectors: Mapping[int, Weighed]
    near: Shelved[Near] | dict[int, Near]

    def __init__(self, rows: Iterable[Row], model: StaticModel | None = None) -> None:
        self.model = model
        self.words: dict[str, int] = {}
        self.frequency: Counter[int] = Counter()
        self.beside: tuple[int, Mapping[int, float]] = (-1, {})
        self.vector = lru_cache(maxsize=VECTORS)(self._unpacked)
        self._holders = lru_cache(maxsize=REMEMBERED)(self._found_by)
        self._docs, self._width = array("q"), KEYS
        given, names = Shelf(), array("q")
        for row in rows:
            self._docs.append(row["doc"])
            names.append(hash(row["id"]))
            terms = array("i", self.numbered(row["terms"], add=True))
            self.frequency.update(terms)
            self._width = max(self._width, len(terms))
            given.put(marshal.dumps((tuple(entry_of(row)), terms.tobytes(), row["weights"])))
        self.size = len(self._docs)
        self._names_of_many = {name for name, other in pairwise(sorted(names)) if name == other}
        packed = partial(pack_vector, width=self._width, nothing=len(self.words))
        self.entries = entries = Shelved(self._docs, pack_entry, unpack_entry, REMEMBERED)
        self.vectors = self._table = Shelved(self._docs, packed, unpack_vector, REMEMBERED)
        self.near = Shelved(self._docs, pack_near, unpack_near, REMEMBERED)
        roots = [*map(self.root, range(len(self.words)))]
        for number, doc in enumerate(self._docs):
            entry, numbered, weights = marshal.loads(given[number])
            terms = array("i", numbered)
            entries[doc] = Entry(*entry)
            self._table[doc] = weighed(terms, map(mul, unpack_weights(weights), map(roots.__getitem__, terms)))

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
        vector = self.vectors.get(doc)
        return vector[0] if vector else ()

    def rarity(self, term: int, without: int = 0) -> float:
        """The term's inverse document frequency, not counting so many of the documents that have it."""
        return rarity(self.size, self.frequency[term] - without)

    def first(self, many: int) -> list[int]:
        """So many documents, those with the lowest keys."""
        return self._docs[:many].tolist()

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
        for one, its in ((other, doc), (doc, other)):
            near = self.near.get(one)
            if near and its in near.others:
                return near.others[its]
        return self.likeness(self.vector(doc), other)

    def arrays(self, kind: str) -> "Shelved[array[Any]] | dict[int, array[Any]]":
        """Room for an array of this kind for each document."""
        return Shelved(self._docs, array.tobytes, partial(numbers, kind), 0)

    def compare(self, doc: int, others: Collection[int]) -> None:
        """Have the likeness of a document to these at hand, until another's are asked for: worth it only in blocks."""
        if self.blocks and others:
            self.beside = doc, dict(zip(others, self.blocks.likeness(doc, others), strict=True))

    def all_holders(self) -> Iterable[tuple[int, Holders]]:
        """The documents that have a term among their keys, for each term: those first where it weighs most."""
        return self.blocks.all_held() if self.blocks else self._by_term.items()

    @cached_property
    def _by_term(self) -> dict[int, Holders]:
        found: dict[int, tuple[array[int], array[float]]] = {}
        for doc in self._docs:
            for term, impact in zip(*(column[:KEYS] for column in self.vectors[doc]), strict=True):
                docs, impacts = found.setdefault(term, (array("q"), array("f")))
                docs.append(doc)
                impacts.append(impact)
        return {term: _ordered(*columns) for term, columns in found.items()}

    def postings(self, term: int) -> Holders:
        """Those of a term's holders that are found by it: none where one document alone has it."""
        return self._holders(term) if self.frequency[term] > 1 else NOBODY

    def _found_by(self, term: int) -> Holders:
        docs, impacts = self.blocks.held(term) if self.blocks else self._by_term.get(term, NOBODY)
        return docs[:POSTINGS], impacts[:POSTINGS]

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
        near = self.near.get(doc)
        if near is None:
            self._look_around(doc)
            near = self.near[doc]
        return near.others

    def _look_around(self, doc: int) -> None:
        """Find what is nearest to a document, and to others that take their share of the time."""
        for each, others, shares, likeness in self.blocks.around(doc) if self.blocks else ():
            self.near[each] = self._ranked(each, others, shares, likeness)
        if not self.blocks:
            self.near[doc] = self.found(doc)

    def twins(self, doc: int, others: Collection[int]) -> set[int]:
        """Those of the others that have this document's id."""
        own = self.entries[doc].id
        if not own or hash(own) not in self._names_of_many:
            return set()
        return {other for other in others if self.entries[other].id == own}

    def found(self, doc: int) -> Near:
        """What is nearest to a document, looked for."""
        shares = self._shares(self.vector(doc), doc)
        return self._ranked(doc, shares, shares.values(), [self.alike(doc, other) for other in shares])

    def _ranked(self, doc: int, others: Collection[int], shares: Iterable[float], likeness: Iterable[float]) -> Near:
        """What was found for a document by its shares, in order of its likeness to it."""
        twins = self.twins(doc, others)
        found = zip(map(neg, likeness), others, strict=True)
        near = {other: -score for score, other in sorted(found) if other not in twins}
        return Near(near, min(shares) if len(others) == TRIED else 0.0)

    @cached_property
    def blocks(self) -> Blocks | None:
        """The search in blocks of documents."""
        if not worth(self.size):
            return None
        table = self._table.shelf.whole(), self._width, len(self.words)
        return Blocks(self._docs, *table, keys=KEYS, postings=POSTINGS, tried=TRIED)


def _ordered(docs: "array[int]", impacts: "array[float]") -> Holders:
    """Documents in the order of their impacts, highest first; of equals the first stays so."""
    order = sorted(range(len(docs)), key=impacts.__getitem__, reverse=True)
    return array("q", map(docs.__getitem__, order)), array("f", map(impacts.__getitem__, order))
