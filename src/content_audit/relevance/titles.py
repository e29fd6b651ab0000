"""Links of which only a title is known, held against what the collection says about the title's terms."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from content_audit.relevance.null import Tail, rank, surprise_above, surprise_below
from content_audit.relevance.space import Space
from content_audit.text.terms import terms

HITS = 5
"""Documents that a title's search is judged by: 3, 5 and 8 find .90, .91 and .92 of the strangers among good links."""

PAIRS = 3_000
"""Random pairs that make the null: the shares of .1 and .5 that are asked of it come out within .006 and .009."""

PARTNERS = 5
"""Documents that each title of the null is paired with: a search for each title is what the null costs. No measurement
of it is known."""


def random_pairs(space: Space) -> Iterator[tuple[int, int]]:
    """Up to `PAIRS` pairs of documents by the hashes of their paths: the same for the same documents, in any order."""
    order = sorted(space.entries)
    for place, doc in enumerate(order[: PAIRS // PARTNERS]):
        partners = (order[(place + step * step * 7 + step) % len(order)] for step in range(1, PARTNERS + 1))
        yield from ((doc, other) for other in partners if other != doc)


class Query(NamedTuple):
    """A title as a search: its text and terms, their weights in a query of length one, and what the search found.

    `known` is the share of the title's rarity that the collection has at all, `cover` the largest one that a single
    document has.
    """

    title: str
    terms: tuple[int, ...]
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
        self._query = lru_cache(maxsize=200_000)(self._search)

    def query(self, title: str, language: str) -> Query | None:
        """The title as a search; None where it has no terms."""
        return self._query(title, language)

    def _search(self, title: str, language: str) -> Query | None:
        words = sorted(terms(title, language))
        return self._found(title, words, -1) if words else None

    def _found(self, title: str, words: Sequence[str], own: int) -> Query:
        """A search for these terms in all documents but `own`."""
        space = self.space
        held = set(space.terms[own]) if own >= 0 else set()
        rarity = {term: space.rarity(term, term in held) for term in space.known(words)}
        unknown = len(words) - len(rarity)
        there = {term: rare for term, rare in rarity.items() if space.frequency[term] > (term in held)}
        total = sum(rarity.values()) + unknown * space.rarity(-1)
        length = sqrt(sum(rare * rare for rare in rarity.values()) + unknown * space.rarity(-1) ** 2)
        weights = {term: rare / length for term, rare in sorted(there.items(), key=itemgetter(1), reverse=True)}
        hits = tuple(space.search(weights, own)[: HITS + 1])
        cover = max((sum(there.get(term, 0.0) for term in space.terms[hit]) for hit in hits), default=0.0)
        return Query(title, tuple(rarity), weights, hits, sum(there.values()) / total, cover / total)

    def signs(self, doc: int, query: Query) -> Signs:
        """What is seen of this document and a title."""
        space = self.space
        vector = space.vector(doc)
        hits = [hit for hit in query.hits if hit != doc][:HITS]
        own = space.known(space.entries[doc].title_terms.split())
        shared = sum(space.rarity(term) for term in own if term in query.terms)
        sizes = sum(map(space.rarity, own)) * sum(map(space.rarity, query.terms))
        return Signs(
            sum(weight * vector.get(term, 0.0) for term, weight in query.weights.items()),
            sum(space.alike(doc, hit) for hit in hits) / HITS,
            shared / sqrt(sizes) if sizes > 0 else 0.0,
            self.meaning(doc, query.title) if self.meaning else 0.0,
            query.known,
            query.cover,
        )

    @cached_property
    def _null(self) -> tuple[tuple[Tail, ...], Tail]:
        """How surprising each sign is, and where a sum of surprises stands among those of random pairs."""
        space = self.space
        sample = []
        for doc, pairs in groupby(random_pairs(space), key=itemgetter(0)):
            words = sorted(space.entries[doc].title_terms.split())
            if words:
                query = self._found(space.entries[doc].title, words, doc)
                sample += [self.signs(other, query) for _, other in pairs]
        *likely, known, cover = zip(*sample, strict=True) if sample else ((),) * len(Signs._fields)
        above = map(surprise_above, likely)
        tails = (*above, *map(surprise_below, (known, cover)))
        return tails, rank(_sum(tails, signs) for signs in sample)

    def rank(self, doc: int, query: Query) -> float:
        """The share of random pairs that speak less for each other than this document and title do: 0 to 1."""
        tails, place = self._null
        return place(_sum(tails, self.signs(doc, query)))


def _sum(tails: tuple[Tail, ...], signs: Signs) -> float:
    *likely, known, cover = (tail(sign) for tail, sign in zip(tails, signs, strict=True))
    return sum(likely) - known - cover
