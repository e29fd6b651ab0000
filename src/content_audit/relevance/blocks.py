"""The nearest of many documents at once, where numpy is there: what `Space` finds for each, to the last bit."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from content_audit.shelf import Whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.intp]
    Floats = NDArray[np.float64]

MANY = 1_000
"""Documents from which on it pays: to import numpy takes .08 s, to find what is nearest to one .07 ms, not .36."""

LARGEST = 8
"""Documents of a block: with 4, 8 and 16 each of 10,000 takes .078, .066 and .071 ms, each of 35,915 .085, .082, .1."""

TABLE = 1 << 22
"""Numbers in a block's table of its documents by all documents, or by all terms, 32 MB: blocks are smaller from 524,000
documents on."""


def worth(documents: int) -> bool:
    """Is the nearest of so many documents to be looked for in blocks, and can it be?"""
    if documents < MANY:
        return False
    try:
        from numpy import fromiter  # noqa: F401 - a folder of that name is a package that has nothing
    except ImportError:
        return False
    return True


class Found(NamedTuple):
    """What was found for a document: the others, largest share first, and how like it they are."""

    doc: int
    others: list[int]
    shares: list[float]
    likeness: list[float]


class Blocks:
    """The search for what is nearest to each of these documents, whose vectors are the records of a `table`
    (`content_audit.relevance.records.pack_vector`): as wide as that, made of so many `terms`.

    A document is found, and looks for others, by its first `keys` terms; of those who have a term the `postings` are
    found in whom it weighs most, and of all found the `tried` are told whose share is largest. Impacts are multiples of
    2^-24 of at most one: the sums of their products are exact in any order, here as in `Space`.

    The table is read where it lies. In memory are 150 bytes a document, and 30 MB.
    """

    def __init__(
        self,
        docs: "array[int]",
        table: Whole,
        width: int,
        terms: int,
        *,
        keys: int,
        postings: int,
        tried: int,
    ) -> None:
        import numpy as np

        self.np, self.docs, self.tried, self.size = np, docs, tried, len(docs)
        row = [("terms", np.int32, (width,)), ("impacts", np.float32, (width,)), ("length", np.int32)]
        rows = np.frombuffer(table, row)
        self.terms, self.impacts = rows["terms"], rows["impacts"]
        self.ordered = np.frombuffer(docs, np.int64)
        self.keys = np.ascontiguousarray(self.terms[:, :keys])
        holders = np.repeat(np.arange(self.size, dtype=np.int32), keys)
        impacts = self.impacts[:, :keys].ravel()
        order = np.lexsort((holders, -impacts, self.keys.ravel()))
        held = np.bincount(self.keys.ravel(), minlength=terms + 1)
        self.starts = np.cumsum(held) - held
        self.many = np.minimum(held, postings)
        self.many[terms] = 0
        self.held_by, self.shares = holders[order], impacts[order]
        self.block = max(1, min(LARGEST, TABLE // max(self.size, terms + 1)))
        self.sums = np.zeros(self.block * self.size)
        self.last = np.zeros(self.block * self.size, np.intp)
        self.weights = np.zeros((self.block, terms + 1))

    def held(self, term: int) -> tuple["array[int]", "array[float]"]:
        """The documents that are found by a term, those first where it weighs most, and its impacts."""
        start, end = self.starts[term : term + 2]
        docs = array("q", map(self.docs.__getitem__, self.held_by[start:end].tolist()))
        return docs, array("f", self.shares[start:end].tobytes())

    def all_held(self) -> Iterator[tuple[int, tuple["array[int]", "array[float]"]]]:
        """The same for each term that some document is found by."""
        ends = pairwise(self.starts.tolist())
        return ((term, self.held(term)) for term, (start, end) in enumerate(ends) if start < end)

    def around(self, doc: int) -> Iterator[Found]:
        """What is found for each document of the block that this one is in."""
        np, place = self.np, bisect_left(self.docs, doc)
        first = place - place % self.block
        end = min(first + self.block, self.size)
        row, other, share = self._best(first, end)
        rows = np.arange(end - first)[:, None]
        self.weights[rows, self.terms[first:end]] = self.impacts[first:end]
        self.weights[:, -1] = 0.0
        cells = (row * self.weights.shape[1])[:, None] + self.terms[other]
        products = self.weights.ravel().take(cells) * self.impacts[other]
        self.weights[rows, self.terms[first:end]] = 0.0
        ends: list[int] = np.searchsorted(row, np.arange(end - first + 1)).tolist()
        others = [*map(self.docs.__getitem__, other.tolist())]
        shares, likeness = share.tolist(), products.sum(axis=1).tolist()
        for at, (start, stop) in zip(self.docs[first:end], pairwise(ends), strict=True):
            yield Found(at, others[start:stop], shares[start:stop], likeness[start:stop])

    def likeness(self, doc: int, others: Collection[int]) -> list[float]:
        """How like a document these others are."""
        place, *places = self.np.searchsorted(self.ordered, [doc, *others])
        weights, own = self.weights[0], self.terms[place]
        weights[own] = self.impacts[place]
        weights[-1] = 0.0
        products = weights.take(self.terms[places]) * self.impacts[places]
        weights[own] = 0.0
        found: list[float] = products.sum(axis=1).tolist()
        return found

    def _best(self, first: int, end: int) -> tuple["Ints", "Ints", "Floats"]:
        """The documents that share most with each of these: its row of the block, theirs, and the share."""
        np = self.np
        row, place, share = self._shared(first, end)
        counts = np.bincount(row, minlength=end - first)
        column = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        table = np.full((end - first, max(self.tried, counts.max(initial=0))), -1.0)
        table[row, column] = share
        least = np.partition(table, -self.tried, axis=1)[:, -self.tried]
        kept = np.flatnonzero(share >= least[row])
        row, place, share = row[kept], place[kept], share[kept]
        order = np.lexsort((np.arange(len(row)), -share, row))
        row, place, share = row[order], place[order], share[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row)
        kept = rank < self.tried
        return row[kept], place[kept], share[kept]

    def _shared(self, first: int, end: int) -> tuple["Ints", "Ints", "Floats"]:
        """All documents that share a key with each of these, in the order in which they are found."""
        np = self.np
        keys = self.keys[first:end].ravel()
        many = self.many[keys]
        at = np.arange(many.sum()) + np.repeat(self.starts[keys] - np.cumsum(many) + many, many)
        row = np.repeat(np.repeat(np.arange(end - first), self.keys.shape[1]), many)
        cell = row * self.size + self.held_by[at]
        weights = self.impacts[first:end, : self.keys.shape[1]].ravel().astype(np.float64)
        np.add.at(self.sums, cell, self.shares[at] * np.repeat(weights, many))
        self.last[cell[::-1]] = np.arange(len(cell))[::-1]
        found = (self.last[cell] == np.arange(len(cell))) & (self.held_by[at] != row + first)
        share = self.sums[cell[found]]
        self.sums[cell] = 0.0
        return row[found], self.held_by[at[found]], share
