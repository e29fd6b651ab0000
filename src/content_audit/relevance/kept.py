"""A space as an earlier run left it: what has changed since is worked out anew, all else is read when it is needed."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import mul
from typing import Any, Protocol, TypeVar

from content_audit.facts.topics import unpack_weights
from content_audit.relevance.records import Entry, Near, Weighed, entry_of, numbers
from content_audit.relevance.space import (
    KEYS,
    NOBODY,
    POSTINGS,
    TOPIC,
    VECTORS,
    Holders,
    Space,
    weighed,
)
from content_audit.rule import Row

FEWEST = 64
"""Documents from which on anything is worked out from what was kept: fewer are judged by other measures."""

UNKNOWN = 2.0
"""The cut of a document whose nearest nobody asked for: more than any share."""

Write = tuple[str, Iterable[Sequence[Any]]]
"""A statement, and the values of each time it is to be executed."""

Value = TypeVar("Value")


class Keeper(Protocol):
    """Where facts are asked, and what is kept stands: an index."""

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of a query, as mappings of column to value."""

    def among(self, sql: str, docs: Iterable[int]) -> Iterator[Row]:
        """The rows of a query that ends where the keys of these documents are to stand."""

    def write(self, changes: Iterable[Write]) -> None:
        """Make these changes in one transaction."""


class Lazy(Mapping[int, Value]):
    """What is looked up when it is first asked for: of many at once, which takes a quarter of the time, if known."""

    def __init__(self, load: Callable[[Collection[int]], Iterable[tuple[int, Value | None]]]) -> None:
        self._load = load
        self._loaded: dict[int, Value | None] = {}

    def fetch(self, keys: Iterable[int]) -> None:
        """Have these at hand."""
        new = {*keys} - self._loaded.keys()
        self._loaded.update(dict.fromkeys(new))
        self._loaded.update(self._load(new))

    def __getitem__(self, key: int) -> Value:
        if key not in self._loaded:
            self.fetch([key])
        if (value := self._loaded[key]) is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[int]:
        return (key for key, value in self._loaded.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class KeptSpace(Space):
    """The documents as `keeper` knows them now, of whom those in `changed` are not what they were.

    `words` and `frequency` are those of all documents now, `size` is their number. `moved` has the holders of terms
    that are not held as they were. What is nearest to the documents in `astray` is looked for again.
    """

    entries: Lazy[Entry]
    vectors: Lazy[Weighed]
    near: dict[int, Near]

    def __init__(self, keeper: Keeper, words: dict[str, int], frequency: Counter[int], size: int) -> None:
        self.model = None
        self.keeper = keeper
        self.words, self.frequency, self.size = words, frequency, size
        self.near, self.blocks, self.beside = {}, None, (-1, {})
        self.vector = lru_cache(maxsize=VECTORS)(self._unpacked)
        self.entries = Lazy(self._entries)
        self.vectors = Lazy(self._vectors)
        self.changed: dict[int, Weighed | None] = {}
        self.moved: dict[int, Holders] = {}
        self.astray: set[int] = set()
        self.anew: dict[int, Near] = {}
        self.known: dict[int, Mapping[int, float]] = {}
        self._held: dict[int, Holders] = {}
        self._names = Lazy(self._called)

    def arrays(self, kind: str) -> "dict[int, array[Any]]":
        """Room for an array of this kind for each document."""
        return {}

    def weigh(self, docs: Collection[int]) -> None:
        """Work out the vectors of these documents; those that are not there have none."""
        self.changed.update(dict.fromkeys(docs))
        for row in self.keeper.among(f"{TOPIC} WHERE d.doc IN", docs):
            terms = self.numbered(row["terms"])
            self.changed[row["doc"]] = weighed(terms, map(mul, unpack_weights(row["weights"]), map(self.root, terms)))

    def _entries(self, docs: Collection[int]) -> Iterator[tuple[int, Entry]]:
        return ((row["doc"], entry_of(row)) for row in self.keeper.among(f"{TOPIC} WHERE d.doc IN", docs))

    def _vectors(self, docs: Collection[int]) -> Iterator[tuple[int, Weighed | None]]:
        yield from self.before([doc for doc in docs if doc not in self.changed])
        yield from ((doc, self.changed[doc]) for doc in docs if doc in self.changed)

    def before(self, docs: Collection[int]) -> Iterator[tuple[int, Weighed]]:
        """Documents' vectors as they were, of those that were there."""
        for row in self.keeper.among("SELECT doc, terms, impacts FROM near_docs WHERE doc IN", docs):
            yield row["doc"], (numbers("i", row["terms"]), numbers("f", row["impacts"]))

    def have(self, docs: Collection[int]) -> None:
        """Have at hand what these documents are held against others by."""
        self._names.fetch(docs)
        self.vectors.fetch(docs)
        kept = [doc for doc in docs if doc not in self.near and doc not in self.astray]
        self.near.update((row["doc"], near_of(row)) for row in near_before(self.keeper, kept))

    def holders(self, term: int) -> Holders:
        """The documents that have a term among their keys: those first where it weighs most."""
        return self.moved[term] if term in self.moved else self.holders_before(term)

    def holders_before(self, term: int) -> Holders:
        """The same as it was."""
        if term not in self._held:
            rows = self.keeper.query("SELECT docs, impacts FROM near_terms WHERE term = ?", (term,))
            found = ((numbers("q", row["docs"]), numbers("f", row["impacts"])) for row in rows)
            self._held[term] = next(found, NOBODY)
        return self._held[term]

    def postings(self, term: int) -> Holders:
        """Those of a term's holders that are found by it: none where one document alone has it."""
        return top(self.holders(term), self.frequency[term])

    def first(self, many: int) -> list[int]:
        """So many documents, those with the lowest keys."""
        rows = self.keeper.query("SELECT doc FROM topics ORDER BY doc LIMIT ?", (many,))
        return [row["doc"] for row in rows]

    def alike(self, doc: int, other: int) -> float:
        """The likeness of two documents."""
        known = self.known.get(doc, {}).get(other)
        return super().alike(doc, other) if known is None else known

    def twins(self, doc: int, others: Collection[int]) -> set[int]:
        """Those of the others that have this document's id."""
        self._names.fetch([doc, *others])
        own = self._names[doc]
        return {other for other in others if own and self._names.get(other) == own}

    def _called(self, docs: Collection[int]) -> Iterator[tuple[int, str]]:
        rows = self.keeper.among("SELECT doc, id FROM documents WHERE doc IN", docs)
        return ((row["doc"], row["id"]) for row in rows)

    def _look_around(self, doc: int) -> None:
        """What is nearest to a document is as it was, or looked for again."""
        if doc not in self.astray:
            for row in near_before(self.keeper, [doc]):
                self.near[doc] = near_of(row)
                return
        self.near[doc] = self.anew[doc] = self.found(doc)


def top(holders: Holders, having: int) -> Holders:
    """Those of a term's holders that are found by it, where so many documents have it."""
    docs, impacts = holders
    return (docs[:POSTINGS], impacts[:POSTINGS]) if having > 1 else NOBODY


def keys(vector: Weighed | None) -> dict[int, float]:
    """The terms that a document is found by, with their impacts."""
    return dict(zip(vector[0][:KEYS], vector[1][:KEYS], strict=True)) if vector else {}


def near_before(keeper: Keeper, docs: Collection[int]) -> Iterator[Row]:
    """What was nearest to these documents."""
    query = f"SELECT doc, cut, near, likeness FROM near_docs WHERE cut <> {UNKNOWN} AND doc IN"
    return keeper.among(query, docs)


def near_of(row: Row) -> Near:
    """The documents that were nearest, as a row of these tells."""
    return Near(dict(zip(numbers("q", row["near"]), numbers("d", row["likeness"]), strict=True)), row["cut"])
