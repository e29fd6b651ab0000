"""Which documents' nearest and links are to be asked about again after a few documents have changed."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any

from content_audit.facts import DamagedIndexError
from content_audit.relevance.change import Change
from content_audit.relevance.judge import MANY, MEASURES, Cuts, Judge, strangers, tally, unpacked
from content_audit.relevance.keeping import Listed, changes, cuts_of, everything, figures
from content_audit.relevance.kept import FEWEST, Keeper, KeptSpace
from content_audit.relevance.records import numbers
from content_audit.relevance.space import TOPICS, Space
from content_audit.relevance.static import StaticModel
from content_audit.relevance.titles import Signs


@dataclass(slots=True)
class Neighbourhoods:
    """What documents are about, and the judge of their links.

    `asked` are the documents whose strangers may be others than those of the last run, `unlike` those whose suggestions
    may be; None for all. `unread` are those of the first whose links are to be scored yet, `rescored` those whose lists
    have been scored again, `changed` those with other scores than before. `gone` are not there any more, and `before`
    are the cuts that the last run held links against.
    """

    space: Space
    judge: Judge
    asked: Set[int] | None = None
    unlike: Set[int] | None = None
    unread: Set[int] = frozenset()
    rescored: Set[int] = frozenset()
    changed: Set[int] = frozenset()
    gone: Set[int] = frozenset()
    before: Listed | None = None

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
            forget(keeper)
        elif isinstance(self.space, KeptSpace):
            self.space.entries.fetch(doc for doc, _ in self.judge.titles.chance)
            others = self.unread, self.rescored, self.changed, self.gone
            keeper.write([*changes(self.space, self.judge, *others), *figures(self.space, self.judge, base)])
        else:
            keeper.write([*everything(self.space, self.judge), *figures(self.space, self.judge, base)])


def forget(keeper: Keeper) -> None:
    """Nothing is kept from here on."""
    keeper.write([("DELETE FROM near_state", [()])])


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
        given = {*touched}
        change = Change.of(space, {*given})
        return _to_ask(space, change, given, {*relinked}, told) if change else None
    except (ValueError, TypeError, LookupError) as error:
        raise DamagedIndexError("what is kept of documents' neighbours is none") from error


def _to_ask(
    space: KeptSpace, change: Change, given: Set[int], relinked: Set[int], told: Mapping[str, Any]
) -> Neighbourhoods:
    """Score the lists again that the change has to do with, but for those whose links are to be read first."""
    keeper, touched, judge = space.keeper, change.touched, Judge(space)
    level, echo = change.nearest()
    searched = change.words()
    chance = {(doc, other): Signs(*signs) for doc, other, signs in told["chance"]["signs"]}
    _remember_chance(space, judge, told["chance"], chance, touched, level, echo, searched)
    rows = [*keeper.query("SELECT doc, place, words, signs FROM near_titles")]
    unread = given | relinked | _sources(keeper, given)
    wholly, moved = touched | level, touched | echo
    found = {(row["doc"], row["place"]) for row in rows if not searched.isdisjoint(row["words"].split(" "))}
    rescored = wholly | _sources(keeper, moved) | {doc for doc, _ in found}
    for row in rows:
        if row["doc"] not in unread:
            judge.titled[row["doc"], row["place"]] = row["words"], Signs(*numbers("d", row["signs"]))
    by_chance = bool(judge.titled) and judge.titles.sample != chance  # else titles are ranked as they were
    docs = unread | rescored | change.astray | ({doc for doc, _ in judge.titled} if by_chance else set())
    before, targets = {}, {}
    for row in keeper.among("SELECT doc, scores, targets FROM near_docs WHERE doc IN", docs):
        before[row["doc"]], targets[row["doc"]] = numbers("d", row["scores"]), numbers("q", row["targets"])
    judge.lists = {doc: scores[:] for doc, scores in before.items() if doc not in unread}
    judge.targets = {doc: targets[doc] for doc in rescored & judge.lists.keys()}
    again = [
        (doc, at, target)
        for doc, each in judge.targets.items()
        for at, (target, _) in enumerate(zip(each, judge.lists[doc], strict=False))
        if doc in wholly or target in moved or (doc, at) in found
    ]
    space.have({doc for doc, _, _ in again} | {target for _, _, target in again})
    space.entries.fetch(doc for doc, at, _ in again if (doc, at) in judge.titled)
    judge.score_again(again, all_titles=by_chance)
    changed = _counted_again(judge, before, unread, told)
    gone = {doc for doc in touched if space.changed[doc] is None}
    cuts = {by: Cuts(*told["cuts"][by]) for by in MEASURES}
    shown = {
        doc for doc in changed if any(any(strangers(unpacked(each), cuts)) for each in (before[doc], judge.lists[doc]))
    }
    return Neighbourhoods(
        space,
        judge,
        asked=(unread | shown) - gone,
        unlike=(touched | change.astray) - gone,
        unread=unread - gone,
        rescored=rescored - unread - gone,
        changed=changed,
        gone=gone,
        before=told["cuts"],
    )


def _counted_again(
    judge: Judge, before: Mapping[int, "array[float]"], unread: Set[int], told: Mapping[str, Any]
) -> set[int]:
    """Count what the lists come to now; the documents whose scores are others than before."""
    changed = {doc for doc, scores in judge.lists.items() if scores.tobytes() != before[doc].tobytes()}
    judge.tally = Counter({(by, kind): number for by, kind, number in told["tally"]})
    for doc in changed | unread:
        judge.tally.subtract(tally(before.get(doc, ())))
        judge.tally.update(tally(judge.lists.get(doc, ())))
    return changed


def _sources(keeper: Keeper, targets: Set[int]) -> set[int]:
    """The documents that led to these."""
    return {row["doc"] for row in keeper.among("SELECT doc FROM near_links WHERE target IN", targets)}


def _remember_chance(
    space: KeptSpace,
    judge: Judge,
    told: Mapping[str, Any],
    chance: Mapping[tuple[int, int], Signs],
    touched: Set[int],
    level: Set[int],
    echo: Set[int],
    searched: Set[str],
) -> None:
    """Remember what random pairs came to, but for those that the change may have to do with: what these ask is read."""
    judge.chance = {
        (doc, other): value for doc, other, value in told["levels"] if doc not in level and other not in echo
    }
    others = {int(doc) for doc, title in told["titles"].items() if not searched.isdisjoint(title.split())} | touched
    judge.titles.chance = {
        (doc, other): signs for (doc, other), signs in chance.items() if doc not in others and other not in touched
    }
    again = {*chain.from_iterable(chance.keys() - judge.titles.chance.keys())}
    space.have(again)
    space.entries.fetch(again)
