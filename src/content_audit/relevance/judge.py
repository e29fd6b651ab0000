"""Which links are strangers: each by its own likeness, by the company it is in, and by what is common there."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, islice
from math import isfinite, isnan, nan
from operator import itemgetter
from typing import Literal, NamedTuple

from content_audit.relevance.meaning import Meaning
from content_audit.relevance.null import quantile
from content_audit.relevance.space import Space
from content_audit.relevance.titles import Signs, Titles, random_pairs

Pair = tuple[int, int]
"""Two documents, or one and a place in its list."""

Measure = Literal["target", "title"]
MEASURES: tuple[Measure, ...] = ("target", "title")

CROWD = 10
"""The level of a document is its mean likeness to the ten documents most like it. Cosines in units of it are comparable
between sites: 3 % of editors' links are below .15, .26, .29 and .22 in four collections; as cosines .04 to .12."""

FLOOR = 0.02
"""Added to the level, lest a document that nothing is like has its links measured by next to nothing. Without it, with
it and with .05, false alarms are 1.6, 1.7 and 1.9 %, and .52, .55 and .60 of the strangers among good links are
found."""

ECHO, ECHOES = 0.5, 5
"""Half the document's mean likeness to the target's five nearest counts as well: two texts on one topic often share
few words, and share them with the same others (found at 3 % false alarms in four collections: .61 to .77 without, .71
to .91 with them)."""

CLEAR = 0.7
"""Levels from which on the echo is not asked for: no cut is higher."""

MEANT = 0.5
"""What a model's levels weigh beside those of words. With a model of the collection's own texts AUC of links judged by
reading in a large collection is .980 without them, .985 with a quarter, .986 with half, .983 with as much; at 2 % false
alarms .77, .77, .84 and .74 of the strangers are found."""

MOSTLY, LIST = 0.6, 3
"""A list of three links and more is poor where three of five are weak: with half, three of five and three of four,
whole lists of strangers are found .71, .71 and .66 of the time. Three is the least of which there can be a majority
that one link does not make."""

COMMON: dict[Measure, float] = {"target": 0.07, "title": 0.15}
"""Share of weak links from which on a collection has strangers. By their targets editors' own lists have .00 to .04 of
them, lists with one stranger in each .12 and more, lists made by batch .18. By titles alone, in 24 halves of two
collections, editors' own lists have .00 to .11 and lists with one stranger .29 to .39."""


class Cuts(NamedTuple):
    """Figures below which a link is a stranger alone, and in a poor list; and below which it makes its list poor."""

    alone: float
    listed: float
    weak: float


TARGETS, TARGETS_RARE = Cuts(0.3, 0.375, 0.5), Cuts(0.15, 0.25, 0.5)
"""In levels of the document: where strangers are common, and where they are rare. Common ones in poor lists are cut at
the null's `LISTED`, if that is higher, and lists are poor by its `WEAK`. Cuts of .25, .3 and .35 for a link alone find
.43, .55 and .62 of the strangers among good links, at 1.6, 1.7 and 1.8 % of false alarms. No measurement of the rare
ones is known."""

LISTED, WEAK, MOST = 0.65, 0.8, 0.55
"""Shares of random pairs, and the highest cut that is taken from them. At shares of .5, .65 and .8 whole lists of
strangers are found .65, .71 and .83 of the time, at 1.6, 1.7 and 2.6 % of false alarms."""

TITLES, TITLES_RARE = Cuts(0.15, 0.2, 0.5), Cuts(0.03, 0.06, 0.5)
"""In shares of random pairs. Cuts of .1, .15 and .2 for a link alone find .88, .91 and .93 of the strangers among good
links, with the same false alarms within a tenth of a percent. Where strangers are rare, .03 and .06 flag 0 to 2.5 % of
the editors' links of two collections halved in eight ways, .6 % on average; .05 and .1 flag 0 to 3.1 %, 1.2 % on
average."""


MANY = 20_000
"""Links judged by their titles of which is remembered what was seen: all are ranked anew when chance changes,
these in .11 s."""


class Score(NamedTuple):
    """How like its document a link is: in levels where its target is known, else in shares of random pairs."""

    value: float
    by: Measure


Tally = Counter[tuple[Measure, Literal["scored", "weak"]]]
"""How many links are scored by each measure, and how many of these weakly."""


def packed(scores: Iterable[Score | None]) -> "array[float]":
    """Scores as numbers: those by titles below zero, none as what is no number."""
    return array("d", [nan if s is None else s.value if s.by == "target" else -1 - s.value for s in scores])


def unpacked(numbers: Iterable[float]) -> list[Score | None]:
    """The same again."""
    return [None if isnan(n) else Score(n, "target") if n >= 0 else Score(-1 - n, "title") for n in numbers]


def tally(numbers: Iterable[float]) -> Tally:
    """What a list counts for."""
    found: Tally = Counter()
    for score in filter(None, unpacked(numbers)):
        found[score.by, "scored"] += 1
        found[score.by, "weak"] += score.value < (TARGETS if score.by == "target" else TITLES).alone
    return found


def strangers(scores: Sequence[Score | None], cuts: Mapping[Measure, Cuts]) -> list[bool]:
    """Which links of a list are strangers by these cuts."""
    known = [score for score in scores if score is not None]
    weak = sum(score.value < cuts[score.by].weak for score in known)
    poor = len(known) >= LIST and weak >= MOSTLY * len(known)
    return [
        score is not None and score.value < (cuts[score.by].listed if poor else cuts[score.by].alone)
        for score in scores
    ]


class Judge:
    """Judges lists of links in a space: first all are scored, then each is held against what all of them came to."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.meaning = Meaning(space, space.model, CROWD) if space.model else None
        self.titles = Titles(space, self.meaning.title if self.meaning else None)
        self._level = lru_cache(maxsize=1)(self._usual)
        self.tally: Tally = Counter()
        self.lists = space.arrays("d")
        self.targets = space.arrays("q")
        self.titled: dict[Pair, tuple[str, Signs]] = {}
        self.chance: dict[Pair, float] = {}

    def score(self, doc: int, links: Sequence[tuple[str, int] | None]) -> list[Score | None]:
        """The score of each link of this document: pairs of title and the target's key, -1 where it has none.

        None for a link of which too little is known, and for None.
        """
        self._look(doc, filter(None, links))
        return [self._score(doc, place, *link) if link else None for place, link in enumerate(links)]

    def listed(self, doc: int, links: Sequence[tuple[str, int] | None]) -> list[Score | None]:
        """The same, for the list that the document has: it counts for what is common in the collection."""
        numbers = self.lists.get(doc)
        if numbers is None:
            numbers = self.lists[doc] = packed(self.score(doc, links))
            self.tally.update(tally(numbers))
        return unpacked(numbers)

    def score_again(self, links: Iterable[tuple[int, int, int]], all_titles: bool) -> None:
        """Score these links of lists that are remembered again: document, place and target.

        Titles are ranked of which something else is seen, or all of them.
        """
        ranked = {*self.titled} if all_titles else set[Pair]()
        for doc, place, target in links:
            number = self.lists[doc][place]
            if number < 0:
                words, before = self.titled[doc, place]
                if (signs := self.titles.signs(doc, self.titles.of_words(words))) != before:
                    self.titled[doc, place] = words, signs
                    ranked.add((doc, place))
            elif isfinite(number):
                self.lists[doc][place] = self._likeness(doc, target)
        for doc, place in ranked:
            self.lists[doc][place] = -1 - self.titles.rank(self.titled[doc, place][1])

    def suspect(self, scores: Sequence[Score | None]) -> bool:
        """May one of these links turn out to be a stranger?"""
        return any(
            score is not None and score.value < (MOST if score.by == "target" else TITLES.listed) for score in scores
        )

    def strangers(self, scores: Sequence[Score | None]) -> list[bool]:
        """Which links of a list are strangers, once all lists are scored."""
        return strangers(scores, self.cuts)

    @cached_property
    def cuts(self) -> dict[Measure, Cuts]:
        """What links are held against once all lists are scored."""
        targets = self._common_targets() if self._common("target") else TARGETS_RARE
        return {"target": targets, "title": TITLES if self._common("title") else TITLES_RARE}

    def _common(self, by: Measure) -> bool:
        return self.tally[by, "weak"] >= max(1, COMMON[by] * self.tally[by, "scored"])

    def _common_targets(self) -> Cuts:
        """Cuts in hundredths, so that one document more or less hardly ever moves them."""
        before, self.chance = self.chance, {}
        for doc, group in groupby(random_pairs(self.space), key=itemgetter(0)):
            pairs = [*group]
            self._look(doc, (("", other) for _, other in pairs))
            self.chance |= {pair: before[pair] if pair in before else self._likeness(*pair) for pair in pairs}
        null = quantile(self.chance.values())
        listed, weak = (round(null(share), 2) for share in (LISTED, WEAK))
        return Cuts(TARGETS.alone, max(TARGETS.listed, min(MOST, listed)), max(TARGETS.weak, min(CLEAR, weak)))

    def _score(self, doc: int, place: int, title: str, target: int) -> Score | None:
        if self.space.terms(target):
            return Score(self._likeness(doc, target), "target")
        query = self.titles.query(title, self.space.entries[doc].language)
        if query is None:
            return None
        signs = self.titles.signs(doc, query)
        if len(self.titled) < MANY:
            self.titled[doc, place] = " ".join(query.words), signs
        return Score(self.titles.rank(signs), "title")

    def _look(self, doc: int, links: Iterable[tuple[str, int]]) -> None:
        """Have at hand what is asked of a document to score these links, where that is quicker at once."""
        if self.space.blocks:
            self.space.compare(doc, {*self._looked_at(doc, links)} - {doc})

    def _looked_at(self, doc: int, links: Iterable[tuple[str, int]]) -> Iterator[int]:
        """The documents that a document is held against to score these links."""
        for title, target in links:
            if self.space.terms(target):
                yield from (target, *islice(self.space.nearest(target), ECHOES + 1))
            elif query := self.titles.query(title, self.space.entries[doc].language):
                yield from query.hits

    def _usual(self, doc: int) -> float:
        """A document's level."""
        return sum(islice(self.space.nearest(doc).values(), CROWD)) / CROWD + FLOOR

    def _likeness(self, doc: int, target: int) -> float:
        """The likeness of document and target in levels of the document: by their words, and by what a model finds."""
        levels = self._levels(doc, target)
        return (levels + MEANT * self.meaning.levels(doc, target)) / (1 + MEANT) if self.meaning else levels

    def _levels(self, doc: int, target: int) -> float:
        space, level = self.space, self._level(doc)
        direct = space.alike(doc, target) / level
        if direct >= CLEAR:
            return direct
        others = islice((other for other in space.nearest(target) if other != doc), ECHOES)
        return direct + ECHO * sum(space.alike(doc, other) for other in others) / ECHOES / level
