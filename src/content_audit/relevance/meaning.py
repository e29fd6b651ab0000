"""What documents and titles mean to a model, beside the words that they share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from content_audit.relevance.null import Tail, surprise_above
from content_audit.relevance.space import Space
from content_audit.relevance.static import StaticModel, normal
from content_audit.relevance.titles import random_pairs
from content_audit.text.terms import WORD, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1_024
"""Documents that are embedded at a time: a megabyte of vectors of 256 dimensions."""

TITLES = 20_000
"""Titles whose vectors are kept: 20 MB."""

FLOOR = 0.5
"""Added to the level of a document: the surprise of what three of five random pairs reach."""


class Meaning:
    """The documents of a space as a model sees them: two bytes a dimension and document.

    A document is its title and its strongest terms, each in the spelling that titles have most often: stems are no
    words to a model. What all documents of the collection have in common is taken out of every vector (the mean, as in
    J. Mu, P. Viswanath, "All-but-the-Top", ICLR 2018): by it any two of them would be alike.
    """

    def __init__(self, space: Space, model: StaticModel, crowd: int) -> None:
        self.space = space
        self.crowd = crowd
        self.model = model
        self._place = {doc: place for place, doc in enumerate(space.entries)}
        self._vectors, self._mean = self._embedded()
        self._of_title = lru_cache(maxsize=TITLES)(self._embedded_title)
        self._level = lru_cache(maxsize=BATCH)(self._usual)

    def title(self, doc: int, title: str) -> float:
        """The cosine of a document and a title."""
        return float(self._of(doc) @ self._of_title(title))

    def levels(self, doc: int, target: int) -> float:
        """How surprising the likeness of two documents is, in units of its `crowd` most like documents."""
        return self._rare(self._alike(doc, target)) / self._level(doc)

    def _alike(self, doc: int, other: int) -> float:
        return float(self._of(doc) @ self._of(other))

    def _usual(self, doc: int) -> float:
        near = islice(self.space.nearest(doc), self.crowd)
        return sum(self._rare(self._alike(doc, other)) for other in near) / self.crowd + FLOOR

    @cached_property
    def _rare(self) -> Tail:
        return surprise_above(self._alike(doc, other) for doc, other in random_pairs(self.space))

    def _of(self, doc: int) -> "NDArray[np.float32]":
        vector: NDArray[np.float32] = self._vectors[self._place[doc]].astype("float32")
        return vector

    def _embedded_title(self, title: str) -> "NDArray[np.float32]":
        vector: NDArray[np.float32] = normal(self.model.embed([title]) - self._mean)[0]
        return vector

    def _embedded(self) -> "tuple[NDArray[np.float16], NDArray[np.float32]]":
        """The documents' vectors and the mean that was taken out of them."""
        import numpy as np

        size = len(self.space)
        vectors = np.empty((size, self.model.dimensions), dtype=np.float16)
        texts = _texts(self.space)
        for start in range(0, size, BATCH):
            vectors[start : start + BATCH] = self.model.embed(list(islice(texts, BATCH)))
        mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        for start in range(0, size, BATCH):
            part = slice(start, start + BATCH)
            vectors[part] = normal(vectors[part].astype(np.float32) - mean)
        return vectors, mean


def _texts(space: Space) -> Iterator[str]:
    """What stands for each document."""
    terms, spelled = list(space.words), _spellings(space)
    for doc, entry in space.entries.items():
        yield " ".join((entry.title, *(spelled.get(terms[term], terms[term]) for term in space.terms(doc))))


def _spellings(space: Space) -> Mapping[str, str]:
    """Each term of the titles in its most frequent spelling."""
    times = Counter(
        (stem(word, entry.language), word)
        for entry in space.entries.values()
        for word in WORD.findall(entry.title.lower())
    )
    return dict(sorted(times, key=lambda spelling: (times[spelling], spelling)))
