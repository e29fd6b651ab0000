"""What the change of a few documents does to the vectors, the holders of terms and the nearest of all documents."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import mul, neg

from content_audit.relevance.judge import CROWD, ECHOES
from content_audit.relevance.kept import FEWEST, KeptSpace, keys, near_before, near_of, top
from content_audit.relevance.records import Near
from content_audit.relevance.space import POSTINGS, TOPIC, Holders, extent, rarity

FEW, PART = 4_000, 3
"""So many documents, and one in so many, may have other vectors, or another's in sight, before all is worked out anew:
of 100,000 documents those near a hundred changed ones, 3,400, take 4 s, all of them 68 s."""

BESIDE = 256
"""Documents whose cuts are asked for at once, those with the highest shares first. A choice, not measured."""


class Change:
    """What the change of some documents does to their space.

    `touched` are they and those whose vectors change with them; `level` and `echo` are those of which the likeness to
    the nearest, and the nearest themselves, are others than before; `words` are those whose search finds others.
    """

    def __init__(self, space: KeptSpace, touched: set[int]) -> None:
        self.space = space
        self.touched = touched
        self.before = dict(space.before(touched))
        self.terms: set[int] = set()
        self.astray: set[int] = set()

    @classmethod
    def of(cls, space: KeptSpace, touched: set[int]) -> "Change | None":
        """None where it is too much."""
        change = cls(space, touched)
        return change if change._count() and change._move() else None

    def _count(self) -> bool:
        """Count the terms anew, and find all documents whose vectors that changes."""
        space, size = self.space, self.space.size
        rows = [*space.keeper.among(f"{TOPIC} WHERE d.doc IN", self.touched)]
        more = Counter(chain.from_iterable(space.numbered(row["terms"], add=True) for row in rows))
        more.subtract(chain.from_iterable(terms for terms, _ in self.before.values()))
        self.more = {term: number for term, number in more.items() if number}
        space.frequency.update(self.more)
        space.size += len(rows) - len(self.before)
        if extent(space.size) != extent(size) or space.size < FEWEST:
            return False
        shifted = {term for term in self.more if not self._same_rarity(term)}
        self.terms = {term for term in self.more if self._seen(term, 0) != self._seen(term, self.more[term])}
        if sum(space.frequency[term] for term in shifted) > self._most:
            return False
        self._touch(self._having(shifted) - self.touched)
        space.weigh(self.touched)
        return len(self.touched) <= self._most

    @property
    def _most(self) -> int:
        return max(FEW, self.space.size // PART)

    def _same_rarity(self, term: int) -> bool:
        return self.space.rarity(term) == self.space.rarity(term, self.more[term])

    def _seen(self, term: int, less: int) -> tuple[float, ...]:
        """All that a title's search asks of a term's frequency."""
        having = self.space.frequency[term] - less
        return min(having, 2), *(rarity(self.space.size, max(0, having - own)) for own in (0, 1))

    def _having(self, shifted: set[int]) -> set[int]:
        """The documents that have one of these terms."""
        names = [word for word, number in self.space.words.items() if number in shifted]
        place = "INSTR(' ' || terms || ' ' || title || ' ', ?)"
        found: set[int] = set()
        for word in names:
            rows = self.space.keeper.query(f"SELECT doc FROM topics WHERE {place}", (f" {word} ",))
            found.update(row["doc"] for row in rows)
        return found

    def _touch(self, docs: set[int]) -> None:
        self.touched |= docs
        self.before |= self.space.before(docs)

    def _move(self) -> bool:
        """Hold the terms anew, and find those who may find other documents by them."""
        space = self.space
        now = {doc: keys(space.changed[doc]) for doc in self.touched}
        then = {doc: keys(self.before.get(doc)) for doc in self.touched}
        for doc in self.touched:
            for term in {*now[doc], *then[doc]}:
                if now[doc].get(term) != then[doc].get(term):
                    space.moved[term] = _replaced(space.holders(term), doc, then[doc].get(term), now[doc].get(term))
        movers: set[int] = set()
        for term, holders in space.moved.items():
            old, new = top(space.holders_before(term), self._former(term)), top(holders, space.frequency[term])
            movers.update({*old[0]} ^ {*new[0]})
        staying = {doc: keys(space.vectors[doc]) for doc in movers - self.touched}
        self._sides = (
            (then | staying, space.holders_before, self._former),
            (now | staying, space.holders, space.frequency.__getitem__),
        )
        shares: dict[int, float] = {}
        for _, _, found in self._found():
            for other, share in found.items():
                if share >= shares.get(other, 0.0):
                    shares[other] = share
        left = iter(sorted(shares.keys() - self.touched, key=shares.__getitem__, reverse=True))
        while some := [*islice(left, BESIDE)]:  # most are ruled out by the highest share of those they are asked with
            cuts = space.keeper.among(f"SELECT doc, cut FROM near_docs WHERE cut <= {shares[some[0]]} AND doc IN", some)
            self.astray.update(row["doc"] for row in cuts if shares[row["doc"]] >= row["cut"])
        return len(self.astray) <= self._most

    def _former(self, term: int) -> int:
        return self.space.frequency[term] - self.more.get(term, 0)

    def _found(self) -> Iterator[tuple[int, int, dict[int, float]]]:
        """Before and after, 0 and 1, each document that is found otherwise, and those that find it, with the share that
        they see."""
        for side, (weights, holders_of, having) in enumerate(self._sides):
            for doc, each in weights.items():
                found: dict[int, float] = {}
                for term, weight in each.items():
                    docs, impacts = holders_of(term)
                    if having(term) > 1 and doc in docs[:POSTINGS]:
                        self.terms.add(term)
                        for other, share in zip(docs, map(mul, impacts, repeat(weight)), strict=True):
                            found[other] = found.get(other, 0.0) + share
                yield side, doc, found

    def _sighted(self) -> dict[int, dict[int, list[float]]]:
        """What of that the documents astray see: of each document that they find the share before and after.

        It is looked for again, in some hundredths of a second: what all others see besides may be millions of shares.
        """
        seen: dict[int, dict[int, list[float]]] = {doc: {} for doc in self.astray}
        for side, doc, found in self._found():
            for other in found.keys() & self.astray:
                seen[other].setdefault(doc, [0.0, 0.0])[side] = found[other]
        return seen

    def _still(
        self, doc: int, near: Mapping[int, float], cut: float, seen: Mapping[int, Sequence[float]]
    ) -> dict[int, float] | None:
        """What is nearest to a document that finds the same documents as before; None where it may find others."""
        in_sight = {other: shares for other, shares in seen.items() if max(shares) >= cut}
        if any(other not in near or min(shares) <= cut for other, shares in in_sight.items()):
            return None
        moved = in_sight.keys() & self.touched
        if moved and self.space.twins(doc, moved):
            return None
        score = {**near, **{other: self.space.alike(doc, other) for other in moved}}
        return {other: score[other] for other in sorted(score, key=lambda other: (-score[other], other))}

    def words(self) -> set[str]:
        """Those whose search finds other documents than before, or counts them otherwise."""
        return {word for word, number in self.space.words.items() if number in self.terms}

    def nearest(self) -> tuple[set[int], set[int]]:
        """Look for the nearest anew; the documents whose level is another now, and those whose own nearest are."""
        space = self.space
        level, echo = {*self.touched}, {*self.touched}
        old = {row["doc"]: near_of(row) for row in near_before(space.keeper, self.astray)}
        seen = self._sighted()
        space.astray = self.astray | self.touched
        space.have(space.astray)
        for doc, (near, cut) in old.items():
            space.known[doc] = {other: score for other, score in near.items() if other not in self.touched}
            if (same := self._still(doc, near, cut, seen[doc])) is not None:
                space.near[doc] = space.anew[doc] = Near(same, cut)
            new = space.nearest(doc)
            if [*islice(new.values(), CROWD)] != [*islice(near.values(), CROWD)]:
                level.add(doc)
            first = [*islice(new, ECHOES + 1)]
            if first != [*islice(near, ECHOES + 1)] or not self.touched.isdisjoint(first):
                echo.add(doc)
        return level, echo


def _replaced(holders: Holders, doc: int, then: float | None, now: float | None) -> Holders:
    """A term's holders where one of them has it by another impact than before, or has it no more."""
    docs, impacts = array("q", holders[0]), array("f", holders[1])
    if then is not None:
        place = docs.index(doc)
        del docs[place], impacts[place]
    if now is not None:
        place = bisect_left(impacts, -now, key=neg)
        while place < len(docs) and impacts[place] == now and docs[place] < doc:
            place += 1
        docs.insert(place, doc)
        impacts.insert(place, now)
    return docs, impacts
