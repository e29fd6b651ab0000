"""Which links of a list are strangers: each by its own likeness, and by the company it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from content_audit.relevance.space import Space
from content_audit.relevance.titles import Titles

CROWD = 10
"""The level of a document is its mean likeness to the ten documents most like it."""

FLOOR = 0.02
"""Added to the level, lest a document that nothing is like has its links measured by next to nothing."""

ECHO, ECHOES = 0.5, 5
"""Half the document's mean likeness to the target's five nearest counts as well: two texts on one topic often share
few words, and share them with the same others."""


class Cuts(NamedTuple):
    """Likenesses below which a link is a stranger alone, and in a weak list; and below which it makes its list weak."""

    alone: float
    listed: float
    weak: float


TARGETS = Cuts(0.25, 0.4, 0.5)
"""In levels of the document."""

TITLES = Cuts(0.1, 0.3, 0.5)
"""In shares of random pairs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A link's likeness to its document, how it is measured, and what came of it."""

    score: float
    by: str
    stranger: bool


class Judge:
    """Judges lists of links in a space."""

    def __init__(self, space: Space, share: float, min_links: int) -> None:
        self.space = space
        self.titles = Titles(space)
        self.share = share
        self.min_links = min_links

    def judge(self, number: int, links: Sequence[tuple[str, int]]) -> list[Judged | None]:
        """What each link is to this document: pairs of title and the target's number, -1 for one not in the space.

        None for a link of which too little is known.
        """
        scores = [self._score(number, title, target) for title, target in links]
        cuts = [TARGETS if target >= 0 else TITLES for _, target in links]
        known = [(score, cut) for score, cut in zip(scores, cuts, strict=True) if score is not None]
        weak = sum(score < cut.weak for score, cut in known)
        poor = len(known) >= self.min_links and weak >= self.share * len(known)
        return [
            None
            if score is None
            else Judged(score, "target" if cut is TARGETS else "title", score < (cut.listed if poor else cut.alone))
            for score, cut in zip(scores, cuts, strict=True)
        ]

    def _score(self, number: int, title: str, target: int) -> float | None:
        if target >= 0 and len(self.space.terms[target]):
            return self._likeness(number, target)
        query = self.titles.query(title, self.space.entries[number].language)
        return self.titles.rank(number, query) if query else None

    def _likeness(self, number: int, target: int) -> float:
        """The likeness of document and target in levels of the document."""
        space = self.space
        vector = space.vector(number)
        level = sum(score for score, _ in space.nearest(number)[:CROWD]) / CROWD
        others = [other for _, other in space.nearest(target) if other != number][:ECHOES]
        echo = sum(space.likeness(vector, other) for other in others) / ECHOES
        return (space.likeness(vector, target) + ECHO * echo) / (level + FLOOR)
