"""What is to be written down of a space and its judge, for the next run to go on from."""

import json
from array import array
from collections.abc import Iterator, Set

from content_audit.relevance.judge import Judge
from content_audit.relevance.kept import UNKNOWN, KeptSpace, Write
from content_audit.relevance.records import Near, numbers
from content_audit.relevance.space import Holders, Space
from content_audit.relevance.titles import Signs

TABLES = ("near_state", "near_terms", "near_docs", "near_links", "near_titles")
"""Words with their frequencies, and figures of the whole; each term's holders; each document's vector, its nearest, the
scores and targets of its links; these the other way round; and what was seen of links with a title alone."""

EMPTY: "array[float]" = array("d")
NONE: "array[int]" = array("q")

INTO_LINKS = "INSERT OR IGNORE INTO near_links VALUES (?, ?)"
INTO_TITLES = "INSERT INTO near_titles VALUES (?, ?, ?, ?)"

Listed = dict[str, list[float]]


def cuts_of(judge: Judge) -> Listed:
    """What a judge holds links against, as it is kept."""
    return {by: [*cuts] for by, cuts in judge.cuts.items()}


def figures(space: Space, judge: Judge, base: str) -> Iterator[Write]:
    """What is to be kept of the whole."""
    titles = {doc: space.entries[doc].title_terms for doc, _ in judge.titles.chance}
    told = {
        "base": base,
        "size": space.size,
        "tally": [[*kind, number] for kind, number in judge.tally.items()],
        "cuts": cuts_of(judge),
        "chance": {
            "levels": [[*pair, value] for pair, value in judge.chance.items()],
            "signs": [[*pair, signs] for pair, signs in judge.titles.chance.items()],
            "titles": titles,
        },
    }
    frequency = array("i", map(space.frequency.__getitem__, range(len(space.words))))
    values = {"told": json.dumps(told).encode("ascii"), "words": "\n".join(space.words).encode("utf-8")}
    yield "DELETE FROM near_state", [()]
    yield "INSERT INTO near_state VALUES (?, ?)", [*values.items(), ("frequency", frequency.tobytes())]


def everything(space: Space, judge: Judge) -> Iterator[Write]:
    """All that is to be kept."""
    for table in TABLES:
        yield f"DELETE FROM {table}", [()]
    yield "INSERT INTO near_terms VALUES (?, ?, ?)", (_holders(*each) for each in space.all_holders())
    yield (
        "INSERT INTO near_docs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((doc, *_near(space.near.get(doc)), *_vector(space, doc), *_scores(judge, doc)) for doc in space.entries),
    )
    yield INTO_LINKS, ((target, doc) for doc, targets in judge.targets.items() for target in targets)
    yield INTO_TITLES, map(_title, judge.titled.items())


def changes(
    space: KeptSpace, judge: Judge, read: Set[int], rescored: Set[int], changed: Set[int], gone: Set[int]
) -> Iterator[Write]:
    """What is to be kept otherwise: of the documents whose lists were `read`, `rescored` or only `changed`."""
    before = [*space.keeper.among("SELECT doc, targets FROM near_docs WHERE doc IN", read | gone)]
    yield "REPLACE INTO near_terms VALUES (?, ?, ?)", (_holders(*each) for each in space.moved.items())
    yield "DELETE FROM near_docs WHERE doc = ?", ((doc,) for doc in gone)
    yield (
        "REPLACE INTO near_docs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (doc, UNKNOWN, b"", b"", *_vector(space, doc), *_scores(judge, doc))
            for doc in space.changed
            if doc not in gone
        ),
    )
    yield (
        "UPDATE near_docs SET cut = ?, near = ?, likeness = ? WHERE doc = ?",
        ((*_near(near), doc) for doc, near in space.anew.items()),
    )
    yield (
        "UPDATE near_docs SET scores = ?, targets = ? WHERE doc = ?",
        ((*_scores(judge, doc), doc) for doc in read),
    )
    yield "UPDATE near_docs SET scores = ? WHERE doc = ?", ((judge.lists[doc].tobytes(), doc) for doc in changed)
    yield (
        "DELETE FROM near_links WHERE target = ? AND doc = ?",
        ((target, row["doc"]) for row in before for target in numbers("q", row["targets"])),
    )
    yield INTO_LINKS, ((target, doc) for doc in read for target in judge.targets.get(doc, ()))
    yield "DELETE FROM near_titles WHERE doc = ?", ((doc,) for doc in read | rescored | gone)
    yield INTO_TITLES, (_title(each) for each in judge.titled.items() if each[0][0] in read | rescored)


def _holders(term: int, holders: Holders) -> tuple[int, bytes, bytes]:
    return term, array("q", holders[0]).tobytes(), array("f", holders[1]).tobytes()


def _near(near: Near | None) -> tuple[float, bytes, bytes]:
    near = near or Near({}, UNKNOWN)
    return near.cut, array("q", near.others).tobytes(), array("d", near.others.values()).tobytes()


def _vector(space: Space, doc: int) -> tuple[bytes, bytes]:
    terms, impacts = space.vectors[doc]
    return terms.tobytes(), impacts.tobytes()


def _scores(judge: Judge, doc: int) -> tuple[bytes, bytes]:
    return judge.lists.get(doc, EMPTY).tobytes(), judge.targets.get(doc, NONE).tobytes()


def _title(each: tuple[tuple[int, int], tuple[str, Signs]]) -> tuple[int, int, str, bytes]:
    (doc, place), (words, signs) = each
    return doc, place, words, array("d", signs).tobytes()
