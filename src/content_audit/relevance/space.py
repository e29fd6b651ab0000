"""The documents of a collection as vectors of their strongest terms, and the search among them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice, repeat
from math import hypot, log, sqrt
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
ORDER BY d.path
"""
"""The query that a space is read from."""

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

Vector = Mapping[int, float]
NOTHING = repeat(0.0)


class Entry(NamedTuple):
    """One document of the space: its record, and what is known of it in terms.

    `marked` is the language that its site says it is in, `language` the one that its words are read in.
    `standing` says whether it is published.
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
    title_terms: tuple[int, ...]
    central: str


class Space:
    """The documents of a collection by number, in the order of their paths; `rows` are those of `TOPICS`.

    A term weighs as much as the document gives it times the root of its inverse document frequency: with the whole of
    it, what is rare drowns the words that a topic is made of (AUC of editors' links against strangers in three curated
    collections and a large one .980, .926, .965 and .981; with the root .981, .928, .969 and .983).
    """

    def __init__(self, rows: Iterable[Row], model: StaticModel | None = None) -> None:
        self.model = model
        self.words: dict[str, int] = {}
        self.entries: list[Entry] = []
        self.terms: list[array[int]] = []
        self.impacts: list[array[float]] = []
        self.frequency: Counter[int] = Counter()
        self._near: dict[int, dict[int, float]] = {}
        self.vector = lru_cache(maxsize=VECTORS)(self._unpacked)
        for row in rows:
            self._add(row)
        falling = {term: -sqrt(self.rarity(term)) for term in self.frequency}
        for terms, impacts in zip(self.terms, self.impacts, strict=True):
            weighed = sorted(zip(map(mul, impacts, map(falling.__getitem__, terms)), terms, strict=True))
            scale = -GRAIN / (hypot(*(weight for weight, _ in weighed)) or 1.0)
            terms[:] = array("i", [term for _, term in weighed])
            impacts[:] = array("f", [round(weight * scale) / GRAIN for weight, _ in weighed])
        self.number = {entry.doc: number for number, entry in enumerate(self.entries)}

    def __len__(self) -> int:
        return len(self.entries)

    def _add(self, row: Row) -> None:
        terms = array("i", self.known(row["terms"].split(" "), add=True) if row["terms"] else [])
        title = tuple(self.known(row["title_terms"].split(" "), add=True)) if row["title_terms"] else ()
        own = {name: row[name] for name in Entry._fields if name != "title_terms"}
        self.entries.append(Entry(**own, title_terms=title))
        self.terms.append(terms)
        self.impacts.append(array("f", unpack_weights(row["weights"])))
        self.frequency.update(terms)

    def known(self, words: Iterable[str], add: bool = False) -> list[int]:
        """The numbers of these terms; of those that the collection does not have only where they are to be added."""
        if add:
            return [self.words.setdefault(word, len(self.words)) for word in words]
        return [self.words[word] for word in words if word in self.words]

    def rarity(self, term: int, without: int = 0) -> float:
        """The term's inverse document frequency, not counting so many of the documents that have it."""
        return log((len(self.entries) + 1) / (self.frequency[term] - without + 0.5))

    def _unpacked(self, number: int) -> dict[int, float]:
        """A document's terms with their weights, heaviest first; its length is one."""
        return dict(zip(self.terms[number], self.impacts[number], strict=True))

    def likeness(self, vector: Vector, number: int) -> float:
        """The cosine of a vector and a document: 0 to 1."""
        shared: Iterable[float] = map(mul, map(vector.get, self.terms[number], NOTHING), self.impacts[number])
        return sum(shared)

    def alike(self, number: int, other: int) -> float:
        """The likeness of two documents."""
        known = self._near.get(other, {}).get(number) or self._near.get(number, {}).get(other)
        return self.likeness(self.vector(number), other) if known is None else known

    @cached_property
    def _postings(self) -> "dict[int, tuple[tuple[int, ...], array[float]]]":
        lists: dict[int, list[tuple[float, int]]] = {}
        for number, (terms, impacts) in enumerate(zip(self.terms, self.impacts, strict=True)):
            for term, impact in zip(terms[:KEYS], impacts[:KEYS], strict=True):
                if self.frequency[term] > 1:
                    lists.setdefault(term, []).append((-impact, number))
        kept = {}
        for term, found in lists.items():
            best = sorted(found)[:POSTINGS]
            kept[term] = (tuple(number for _, number in best), array("f", [-impact for impact, _ in best]))
        return kept

    def search(self, query: Vector, without: int = -1) -> list[int]:
        """Documents by what they share of the query's first terms, best first, at most `TRIED`."""
        found: dict[int, float] = {}
        found_so_far = found.get
        for term, weight in islice(query.items(), KEYS):
            numbers, impacts = self._postings.get(term, ((), ()))
            for number, share in zip(numbers, map(mul, impacts, repeat(weight)), strict=False):
                found[number] = found_so_far(number, 0.0) + share
        found.pop(without, None)
        return sorted(found, key=found.__getitem__, reverse=True)[:TRIED]

    def nearest(self, number: int) -> Mapping[int, float]:
        """The documents most like this one, with their likeness, best first; its twins under the same id left out."""
        if number not in self._near:
            own = self.entries[number].id
            tried = self.search(self.vector(number), number)
            others = [other for other in tried if not own or self.entries[other].id != own]
            scored = sorted((-self.alike(number, other), other) for other in others)
            self._near[number] = {other: -score for score, other in scored[:NEAREST]}
        return self._near[number]
