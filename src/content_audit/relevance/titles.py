"""Links of which only a title is known, held against what the collection says about the title's terms."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from math import hypot, sqrt
from operator import itemgetter
from typing import NamedTuple

from content_audit.relevance.null import Tail, rank, surprise_above, surprise_below
from content_audit.relevance.space import NOTHING, Space
from content_audit.text.terms import terms

HITS = 5
"""Documents that a title's search is judged by: 3, 5 and 8 find .90, .91 and .92 of the strangers among good links."""

PAIRS = 3_000
"""Random pairs that make the null: the shares of .1 and .5 that are asked of it come out within .006 and .009."""

PARTNERS = 5
"""Documents that each title of the null is paired with: a search for each title is what the null costs. No measurement
of it is known."""

SEARCHES = 20_000
"""Titles whose searches are remembered, of 2.6 KB each: 5,963 real documents ask for 2,599 of them 9,964 times."""


def random_pairs(space: Space) -> Iterator[tuple[int, int]]:
    """Up to `PAIRS` pairs of documents by the hashes of their paths: the same for the same documents, in any order."""
    titles = PAIRS // PARTNERS
    order = space.first(titles + _step(PARTNERS))
    for place, doc in enumerate(order[:titles]):
        partners = (order[(place + _step(step)) % len(order)] for step in range(1, PARTNERS + 1))
        yield from ((doc, other) for other in partners if other != doc)


def _step(number: int) -> int:
    return number * number * 7 + number


class Query(NamedTuple):
    """A title as a search: its text and terms, their weights in a query of length one, and what the search found.

    `known` is the share of the title's rarity that the collection has at all, `cover` the largest one that a single
    document has.
    """

    title: str
    words: tuple[str, ...]
    weights: dict[int, float]
    hits: tuple[int, ...]
    known: float
    cover: float


class Signs(NamedTuple):
    """What speaks for a document and a title belonging together, and what for the title being of this collection."""

    direct: float
    by_hits: float
    in_title: float
    in_meaning: float
    known: float
    cover: float


class Titles:
    """Judges titles against documents of a space by how seldom random pairs of it are as close.

    The signs' surprises are added up (R. A. Fisher's way of combining tests), so that each weighs by what chance makes
    of it in this collection, and none has to be scaled. `meaning` is how alike a model finds a document and a title.
    """

    def __init__(self, space: Space, meaning: Callable[[int, str], float] | None = None) -> None:
        self.space = space
        self.meaning = meaning
        self.query = lru_cache(maxsize=SEARCHES)(self._search)
        self.of_words = lru_cache(maxsize=SEARCHES)(self._of_words)
        self._own = lru_cache(maxsize=1)(self._of_document)
        self.chance: dict[tuple[int, int], Signs] = {}

    def _search(self, title: str, language: str) -> Query | None:
        """The title as a search; None where it has no terms."""
        words = tuple(sorted(terms(title, language)))
        return self._found(title, words) if words else None

    def _of_words(self, words: str) -> Query:
        """A title of these terms, with spaces between, as a search."""
        return self._found("", tuple(words.split(" ")))

    def _of_document(self, doc: int) -> Query | None:
        """The same for a document's own title, in all documents but itself."""
        entry = self.space.entries[doc]
        return self._found(entry.title, tuple(sorted(entry.title_terms.split())), doc) if entry.title_terms else None

    def _found(self, title: str, words: tuple[str, ...], own: int = -1) -> Query:
        space = self.space
        held = set(space.terms(own))
        numbers = [space.words.get(word, -1) for word in words]
        rarity = [space.rarity(term, term in held) for term in numbers]
        there = {
            term: rare
            for term, rare in sorted(zip(numbers, rarity, strict=True), key=itemgetter(1), reverse=True)
            if space.frequency[term] > (term in held)
        }
        length = hypot(*rarity)
        weights = {term: rare / length for term, rare in there.items()}
        hits = tuple(space.search(weights, own)[: HITS + 1])
        cover = max((sum(map(there.get, space.terms(hit), NOTHING)) for hit in hits), default=0.0)
        return Query(title, words, weights, hits, sum(there.values()) / sum(rarity), cover / sum(rarity))

    def signs(self, doc: int, query: Query) -> Signs:
        """What is seen of this document and a title."""
        space = self.space
        vector = space.vector(doc)
        hits = [hit for hit in query.hits if hit != doc][:HITS]
        own = space.entries[doc].title_terms.split()
        sizes = self._rarity(own) * self._rarity(query.words)
        return Signs(
            sum(weight * vector.get(term, 0.0) for term, weight in query.weights.items()),
            sum(space.alike(doc, hit) for hit in hits) / HITS,
            self._rarity({*own}.intersection(query.words)) / sqrt(sizes) if sizes > 0 else 0.0,
            self.meaning(doc, query.title) if self.meaning else 0.0,
            query.known,
            query.cover,
        )

    def _rarity(self, words: Iterable[str]) -> float:
        """The rarity of these terms together: powers of two, whose sum is the same in any order."""
        return sum(self.space.rarity(self.space.words.get(word, -1)) for word in words)

    @cached_property
    def sample(self) -> Mapping[tuple[int, int], Signs]:
        """What is seen of random pairs."""
        pairs = random_pairs(self.space)
        self.chance = {pair: signs for pair in pairs if (signs := self.chance.get(pair) or self._by_chance(*pair))}
        return self.chance

    @cached_property
    def _null(self) -> tuple[tuple[Tail, ...], Tail]:
        """How surprising each sign is, and where a sum of surprises stands among those of random pairs."""
        sample = [*self.sample.values()]
        *likely, known, cover = columns = [*zip(*sample, strict=True)] or [()] * len(Signs._fields)
        tails = (*map(surprise_above, likely), *map(surprise_below, (known, cover)))
        surprises = (map(tail, column) for tail, column in zip(tails, columns, strict=True))
        return tails, rank(map(_sum, zip(*surprises, strict=True)))

    def _by_chance(self, doc: int, other: int) -> Signs | None:
        """What is seen of the first document's title and the second document."""
        query = self._own(doc)
        return self.signs(other, query) if query else None

    def rank(self, signs: Signs) -> float:
        """The share of random pairs that speak less for each other than these signs do: 0 to 1."""
        tails, place = self._null
        return place(_sum(tail(sign) for tail, sign in zip(tails, signs, strict=True)))


def _sum(surprises: Iterable[float]) -> float:
    *likely, known, cover = surprises
    return sum(likely) - known - cover
