"""Which documents' nearest and links are to be asked about again after a few documents have changed."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from content_audit.facts import DamagedIndexError
from content_audit.relevance.change import Change
from content_audit.relevance.judge import MANY, Judge, tally, unpacked
from content_audit.relevance.keeping import Cuts, changes, cuts_of, everything, figures
from content_audit.relevance.kept import FEWEST, Keeper, KeptSpace, asked, numbers
from content_audit.relevance.space import TOPICS, Space
from content_audit.relevance.static import StaticModel
from content_audit.relevance.titles import Signs


@dataclass(slots=True)
class Neighbourhoods:
    """What documents are about, and the judge of their links.

    `asked` are the documents whose strangers or suggestions may be others than those of the last run; None for all.
    `before` are the cuts that the last run held links against. `rescored` are those of `asked` whose lists are scored
    again, `ranked` those that are ranked anew, and whether that may show, `gone` those that are not there any more.
    """

    space: Space
    judge: Judge
    asked: Set[int] | None = None
    rescored: Set[int] = frozenset()
    ranked: Mapping[int, bool] = field(default_factory=dict)
    gone: Set[int] = frozenset()
    before: Cuts | None = None

    @property
    def moved(self) -> bool:
        """Are links, all lists being scored, held against other cuts than before? Then all are to be asked about."""
        return self.before is not None and self.before != cuts_of(self.judge)

    def keep(self, keeper: Keeper, base: str) -> None:
        """Keep it in place of what was kept; `base` tells the facts that it is made of.

        With a model nothing is kept: what that says of documents changes with every one of them. Nor where more links
        are judged by their titles than is remembered.
        """
        if self.space.model is not None or len(self.judge.titled) >= MANY:
            keeper.write([("DELETE FROM near_state", [()])])
        elif isinstance(self.space, KeptSpace):
            scored = self.rescored, self.ranked.keys(), self.gone
            keeper.write([*changes(self.space, self.judge, *scored), *figures(self.space, self.judge, base)])
        else:
            keeper.write([*everything(self.space, self.judge), *figures(self.space, self.judge, base)])


def whole(keeper: Keeper, model: StaticModel | None = None) -> Neighbourhoods:
    """That of all documents, by their facts alone."""
    space = Space(keeper.query(TOPICS), model)
    return Neighbourhoods(space, Judge(space))


def recalled(keeper: Keeper, base: str, touched: Iterable[int], relinked: Iterable[int]) -> Neighbourhoods | None:
    """The same by what was kept, where that was of the facts that `base` tells; None where it is not worth it.

    `touched` are all documents whose facts are new, others or gone since then, `relinked` those whose links, or what
    they lead to, are. Raises DamagedIndexError.
    """
    known = {row["name"]: row["value"] for row in keeper.query("SELECT name, value FROM near_state")}
    try:
        told = json.loads(known["told"]) if known else {}
        if not known or told["base"] != base or told["size"] < FEWEST:
            return None
        words = known["words"].decode("utf-8").split("\n")
        frequency = Counter(dict(enumerate(numbers("i", known["frequency"]))))
        space = KeptSpace(keeper, {word: number for number, word in enumerate(words) if word}, frequency, told["size"])
        change = Change.of(space, {*touched})
        return _to_ask(space, change, {*relinked}, told) if change else None
    except (ValueError, TypeError, LookupError) as error:
        raise DamagedIndexError("what is kept of documents' neighbours is none") from error


def _to_ask(space: KeptSpace, change: Change, relinked: Set[int], told: Mapping[str, Any]) -> Neighbourhoods:
    """The documents whose lists are to be scored again, and those that must be asked about besides."""
    keeper, touched, judge = space.keeper, change.touched, Judge(space)
    judge.tally = Counter({(by, kind): number for by, kind, number in told["tally"]})
    level, echo = change.nearest()
    searched = change.words()
    _remember_chance(judge, told["chance"], touched, level, echo, searched)
    rows = [*keeper.query("SELECT doc, place, words, signs FROM near_titles")]
    sources = asked(keeper, "SELECT doc FROM near_links WHERE target IN", touched | echo)
    rescored = touched | level | relinked | {row["doc"] for row in sources}
    rescored |= {row["doc"] for row in rows if not searched.isdisjoint(row["words"].split(" "))}
    for row in rows:
        if row["doc"] not in rescored:
            judge.titled[row["doc"], row["place"]] = row["words"], Signs(*numbers("d", row["signs"]))
    docs = rescored | change.astray | {doc for doc, _ in judge.titled}
    lists = asked(keeper, "SELECT doc, scores FROM near_docs WHERE doc IN", docs)
    judge.lists = {row["doc"]: numbers("d", row["scores"]) for row in lists}
    for doc in rescored:
        judge.tally.subtract(tally(judge.lists.pop(doc, ())))
    ranked = _rank(judge)
    found = Neighbourhoods(space, judge, before=told["cuts"])
    found.gone = {doc for doc in touched if space.changed[doc] is None}
    found.rescored, found.ranked = rescored - found.gone, ranked
    found.asked = (rescored | change.astray | {doc for doc, matters in ranked.items() if matters}) - found.gone
    return found


def _rank(judge: Judge) -> dict[int, bool]:
    """Rank anew the titles that are remembered; the documents of those for which that differs, and whether it shows."""
    ranked: dict[int, bool] = {}
    for (doc, place), (_, signs) in judge.titled.items():
        scores = judge.lists[doc]
        value = -1 - judge.titles.rank(signs)
        if value != scores[place]:
            old = scores[:]
            scores[place] = value
            ranked[doc] = ranked.get(doc, False) or judge.suspect(unpacked(old)) or judge.suspect(unpacked(scores))
            judge.tally.subtract(tally(old))
            judge.tally.update(tally(scores))
    return ranked


def _remember_chance(
    judge: Judge, told: Mapping[str, Any], touched: Set[int], level: Set[int], echo: Set[int], searched: Set[str]
) -> None:
    """Remember what random pairs came to, but for those that the change may have to do with."""
    judge.chance = {
        (doc, other): value for doc, other, value in told["levels"] if doc not in level and other not in echo
    }
    others = {int(doc) for doc, title in told["titles"].items() if not searched.isdisjoint(title.split())} | touched
    judge.titles.chance = {
        (doc, other): Signs(*signs) for doc, other, signs in told["signs"] if doc not in others and other not in touched
    }
