"""The documents of a collection as vectors of their strongest terms, and the search among them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import count, islice, repeat
from math import ceil, hypot, log2, sqrt
from operator import mul
from typing import NamedTuple

from content_audit.facts.topics import unpack_weights
from content_audit.relevance.static import StaticModel
from content_audit.rule import Row

TOPICS = """
SELECT d.doc AS doc, d.path AS path, d.id AS id, d.title AS title, d.subject AS subject, d.url AS url,
       d.url_key AS url_key, d.language AS marked, t.language AS language, d.standing AS standing,
       t.title AS title_terms, t.central AS central, t.terms AS terms, t.weights AS weights
FROM topics t JOIN documents d ON d.doc = t.doc
ORDER BY d.doc
"""
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
strangers among good links that are in the collection."""

NEAREST = 15
"""Documents that are kept of those: what suggestions are chosen from, and more than any other measure asks for. With
10, 15 and 20 suggestions are as often right."""

GRAIN = 1 << 24
"""Impacts are multiples of one part in so many: 24 bits hold them, 53 a sum of their products, which is exact then and
the same in any order. So the likeness of two documents is that of the second to the first."""

VECTORS = 16
"""Vectors that are kept: more than the documents that are held against each other at a time."""

LEAST = 0.125
"""Octaves of rarity that any term has: one that all documents have says next to nothing."""

Vector = Mapping[int, float]
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


@lru_cache(maxsize=1 << 16)
def rarity(documents: int, having: int) -> float:
    """The inverse document frequency, in octaves, of a term that so many documents of a collection have.

    It is rounded to a power of two, and the collection's size to a quarter of an octave, so that a document more or
    less hardly ever changes what others' terms weigh. In three curated collections, with their targets and without, and
    a large one .61, .53, .91, .50, .99, .74 and .81 of the strangers among good links are found with exact figures,
    .61, .50, .90, .46, .96, .70 and .83 with the root of two, .58, .45, .92, .50, .99, .74 and .83 with two, and
    .68, .47, .90, .31, .96, .72 and .83 with frequencies in powers of four; false alarms stay within one in a hundred.
    """
    octaves = ceil(4 * log2(documents + 1)) / 4 - log2(having + 0.5)
    return 2.0 ** round(log2(max(LEAST, octaves)))


class Space:
    """The documents of a collection by their keys; `rows` are those of `TOPICS`.

    A term weighs as much as the document gives it times the root of its inverse document frequency: with the whole of
    it, what is rare drowns the words that a topic is made of (AUC of editors' links against strangers in three curated
    collections and a large one .980, .926, .965 and .981; with the root .981, .928, .969 and .983).
    """

    def __init__(self, rows: Iterable[Row], model: StaticModel | None = None) -> None:
        self.model = model
        self.words: dict[str, int] = {}
        self.entries: dict[int, Entry] = {}
        self.terms: dict[int, array[int]] = {}
        self.impacts: dict[int, array[float]] = {}
        self.frequency: Counter[int] = Counter()
        self._near: dict[int, dict[int, float]] = {}
        self.vector = lru_cache(maxsize=VECTORS)(self._unpacked)
        for row in rows:
            self._add(row)
        falling = {term: -sqrt(self.rarity(term)) for term in self.frequency}
        for terms, impacts in zip(self.terms.values(), self.impacts.values(), strict=True):
            weighed = sorted(zip(map(mul, impacts, map(falling.__getitem__, terms)), count(), terms, strict=False))
            scale = -GRAIN / (hypot(*(weight for weight, _, _ in weighed)) or 1.0)
            terms[:] = array("i", [term for _, _, term in weighed])
            impacts[:] = array("f", [round(weight * scale) / GRAIN for weight, _, _ in weighed])

    def __len__(self) -> int:
        return len(self.entries)

    def _add(self, row: Row) -> None:
        words = row["terms"].split(" ") if row["terms"] else []
        terms = array("i", [self.words.setdefault(word, len(self.words)) for word in words])
        self.entries[row["doc"]] = Entry(**{name: row[name] for name in Entry._fields})
        self.terms[row["doc"]] = terms
        self.impacts[row["doc"]] = array("f", unpack_weights(row["weights"]))
        self.frequency.update(terms)

    def known(self, words: Iterable[str]) -> list[int]:
        """The numbers of those of these terms that documents have among their strongest."""
        return [self.words[word] for word in words if word in self.words]

    def rarity(self, term: int, without: int = 0) -> float:
        """The term's inverse document frequency, not counting so many of the documents that have it."""
        return rarity(len(self.entries), self.frequency[term] - without)

    def _unpacked(self, doc: int) -> dict[int, float]:
        """A document's terms with their weights, heaviest first; its length is one."""
        return dict(zip(self.terms[doc], self.impacts[doc], strict=True))

    def likeness(self, vector: Vector, doc: int) -> float:
        """The cosine of a vector and a document: 0 to 1."""
        shared: Iterable[float] = map(mul, map(vector.get, self.terms[doc], NOTHING), self.impacts[doc])
        return sum(shared)

    def alike(self, doc: int, other: int) -> float:
        """The likeness of two documents."""
        known = self._near.get(other, {}).get(doc) or self._near.get(doc, {}).get(other)
        return self.likeness(self.vector(doc), other) if known is None else known

    @cached_property
    def _postings(self) -> "dict[int, tuple[tuple[int, ...], array[float]]]":
        lists: dict[int, list[tuple[float, int]]] = {}
        for doc, terms in self.terms.items():
            for term, impact in zip(terms[:KEYS], self.impacts[doc][:KEYS], strict=True):
                if self.frequency[term] > 1:
                    lists.setdefault(term, []).append((-impact, doc))
        kept = {}
        for term, found in lists.items():
            best = sorted(found)[:POSTINGS]
            kept[term] = (tuple(doc for _, doc in best), array("f", [-impact for impact, _ in best]))
        return kept

    def search(self, query: Vector, without: int = -1) -> list[int]:
        """Documents by what they share of the query's first terms, best first, at most `TRIED`."""
        found: dict[int, float] = {}
        found_so_far = found.get
        for term, weight in islice(query.items(), KEYS):
            docs, impacts = self._postings.get(term, ((), ()))
            for doc, share in zip(docs, map(mul, impacts, repeat(weight)), strict=False):
                found[doc] = found_so_far(doc, 0.0) + share
        found.pop(without, None)
        return sorted(found, key=found.__getitem__, reverse=True)[:TRIED]

    def nearest(self, doc: int) -> Mapping[int, float]:
        """The documents most like this one, with their likeness, best first; its twins under the same id left out."""
        if doc not in self._near:
            own = self.entries[doc].id
            tried = self.search(self.vector(doc), doc)
            others = [other for other in tried if not own or self.entries[other].id != own]
            scored = sorted((-self.alike(doc, other), other) for other in others)
            self._near[doc] = {other: -score for score, other in scored[:NEAREST]}
        return self._near[doc]
