"""Tells a document from the page around it: which lines are furniture, of what kind, and why."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from content_audit.model import Document, Edit
from content_audit.text.data import with_data
from content_audit.text.furniture import Mark
from content_audit.text.gate import polluted
from content_audit.text.headings import furniture
from content_audit.text.labels import Kind
from content_audit.text.lines import Line, split, untold
from content_audit.text.markers import doubted
from content_audit.text.naming import Named, empty_titles, names
from content_audit.text.near import near_repeats
from content_audit.text.removal import Place, removals
from content_audit.text.repeats import MIN_WORDS, Repeat, find_repeats
from content_audit.text.segment import segment

if TYPE_CHECKING:
    from content_audit.text.islands import Island


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]`, whole lines, is page furniture of this kind.

    `score` is the sum of its lines' values for the document, `reason` names the line that decided. The kind
    "empty-section" is a widget's title with nothing of the widget under it. `lines` are the ones that are not blank.
    `certain` says whether the block says nothing but what it is, where its kind allows that; elements seldom do.
    """

    start: int
    end: int
    kind: Kind
    score: float
    reason: str
    lines: int
    words: int
    certain: bool = True

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is furniture in a document: disjoint blocks in order, passages that stand twice, and the words of each.

    `repeats` are the verbatim ones in order, then the nearly verbatim. `words` counts all, `removed_words` those of the
    blocks and of the verbatim repeats.
    """

    blocks: tuple[Block, ...]
    repeats: tuple[Repeat, ...]
    words: int
    removed_words: int

    @property
    def places(self) -> list[Place]:
        """Where the blocks and all repeats stand, in order."""
        return sorted([*(block.place for block in self.blocks), *(repeat.place for repeat in self.repeats)])

    @property
    def removed(self) -> list[Place]:
        """Where `removed_words` stand: the places of the blocks and of the verbatim repeats, in order."""
        verbatim = [repeat.place for repeat in self.repeats if repeat.verbatim]
        return sorted([*verbatim, *(block.place for block in self.blocks)])


def judge(text: str, start: int = 0, *, markdown: bool = False, min_repeat: int = MIN_WORDS) -> Judgement:
    """Judge `text` from offset `start` on, in time linear in its length.

    `markdown` says whether headings, lists, tables and fenced code are to be known as such; code and tables stay, and
    so does HTML, but for elements that call themselves furniture. Repeats of at least `min_repeat` words are set aside
    first. A document that names less than two pieces of furniture for certain, or as much in ambiguous ones, has no
    blocks but elements and titles of widgets with nothing under them; one of which no word would stay, none but
    elements.
    """
    return _judge(text, *_split(text, start, markdown), min_repeat)


def _split(text: str, start: int, markdown: bool) -> "tuple[Sequence[Line], Sequence[Island]]":
    """The lines of a text, and the elements among them that are furniture, each with its lines as such."""
    lines = split(text, start, markdown=markdown)
    if not markdown or not any(line.shape == "island" for line in lines):
        return lines, ()
    # Few documents have HTML in them, and its patterns take a while to load.
    from content_audit.text.islands import set_apart

    return set_apart(text, lines)


def _judge(text: str, lines: Sequence[Line], islands: "Sequence[Island]", min_repeat: int) -> Judgement:
    held = None
    if repeats := find_repeats(text, lines, min_repeat):
        held = with_data(text, lines)
        if any(line is not other for line, other in zip(held, lines, strict=True)):
            repeats = find_repeats(text, held, min_repeat)
    live, named = _read(text, lines, repeats, islands)
    if repeats and (turned := _turned(repeats, [lines[i] for i in live], named)):
        repeats = turned
        live, named = _read(text, lines, repeats, islands)
    stays, blocks = live, [Block(i.start, i.end, i.kind, 0.0, i.reason, i.lines, i.words, i.certain) for i in islands]
    if any(named):
        stays = [i for i, name in zip(live, named, strict=True) if name is None]
        blocks = sorted([*_blocks(lines, live, named), *blocks], key=lambda block: block.start)
    if near := near_repeats(text, [lines[i] for i in stays], min_repeat):
        held = held or with_data(text, lines)
        near = near_repeats(text, [held[i] for i in stays], min_repeat)
    words = sum([line.words for line in lines])
    removed = 0
    if blocks or repeats:
        removed = sum([lines[i].words for i, name in zip(live, named, strict=True) if name])
        removed += sum(repeat.words for repeat in repeats) + sum(island.words for island in islands)
    return Judgement(tuple(blocks), (*repeats, *near), words, removed)


def _read(
    text: str, lines: Sequence[Line], repeats: Sequence[Repeat], islands: "Sequence[Island]"
) -> tuple[list[int], list[Named | None]]:
    """The lines outside of the copies and elements that go, and what each of them is removed for."""
    apart = [*(repeat.place for repeat in repeats), *((island.start, island.end) for island in islands)]
    live = _live(lines, sorted(apart))
    spoken = [lines[i] for i in live]
    return live, _named(spoken, furniture(text, spoken))


def _turned(repeats: Sequence[Repeat], lines: Sequence[Line], named: Sequence[Named | None]) -> list[Repeat]:
    """The repeats with those turned round whose first copy goes with the page, so that the document keeps the later.

    Empty where there are none. A first copy that reaches into another one stays as it is.
    """
    gone = [(line, name is not None) for line, name in zip(lines, named, strict=True)]
    starts = [line.start for line in lines]
    found: list[Repeat] = []
    turned: list[Place] = []
    for repeat in repeats:
        place = repeat.first_start, repeat.first_end
        inside = gone[bisect_left(starts, place[0]) : bisect_left(starts, place[1])]
        before = bisect_left(turned, (place[1], 0))
        free = before == 0 or turned[before - 1][1] <= place[0]
        if free and 2 * sum(line.words for line, goes in inside if goes) > repeat.words:
            turned.insert(before, place)
            found.append(replace(repeat, start=place[0], end=place[1], first_start=repeat.start, first_end=repeat.end))
        else:
            found.append(repeat)
    return sorted(found, key=lambda r: r.start) if turned else []


def body_lines(document: Document) -> Sequence[Line]:
    """The lines of a document's body, remembered for the rules that share them."""
    return _body(document)[0]


@lru_cache(maxsize=4)
def heard(document: Document) -> str:
    """The document's text as it is judged: without what it tells the audit beside its lines, places as they are."""
    return untold(document.text)


@lru_cache(maxsize=4)
def _body(document: Document) -> "tuple[Sequence[Line], Sequence[Island]]":
    return _split(heard(document), document.body_start, document.format == "markdown")


def judged(document: Document, min_repeat: int = MIN_WORDS) -> Judgement:
    """The judgement of a document's body, remembered for the rules that share it."""
    return _judged(document, min_repeat)


@lru_cache(maxsize=4)
def _judged(document: Document, min_repeat: int) -> Judgement:
    return _judge(heard(document), *_body(document), min_repeat)


def edits(document: Document, min_repeat: int = MIN_WORDS) -> Mapping[Place, Edit]:
    """For each block and repeat of a document, by its place, the edit that removes it without a pile of blank lines."""
    return _edits(document, min_repeat)


@lru_cache(maxsize=4)
def _edits(document: Document, min_repeat: int) -> Mapping[Place, Edit]:
    places = judged(document, min_repeat).places
    return dict(zip(places, removals(document.text, document.body_start, places), strict=True))


def left(document: Document) -> str:
    """The document's body without its furniture and its verbatim repeats."""
    return without(document.body, judged(document), document.body_start)


def without(text: str, found: Judgement, start: int = 0) -> str:
    """What `removed_words` of this judgement leave of `text`, which begins at its offset `start`."""
    ends = [start, *(end for _, end in found.removed)]
    starts = [*(begin for begin, _ in found.removed), start + len(text)]
    return "".join(text[a - start : b - start] for a, b in zip(ends, starts, strict=True))


def _live(lines: Sequence[Line], apart: Sequence[Place]) -> list[int]:
    """The lines that are neither blank nor in one of these places."""
    if not apart:
        return [i for i, line in enumerate(lines) if line.shape != "blank"]
    found: list[int] = []
    places = iter(apart)
    place = next(places, None)
    for i, line in enumerate(lines):
        while place is not None and line.start >= place[1]:
            place = next(places, None)
        if not line.blank and (place is None or line.start < place[0]):
            found.append(i)
    return found


def _named(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Named | None]:
    """What each line is removed for; None for lines that stay."""
    if not any(marks):
        return [None] * len(lines)
    empty = empty_titles(lines, marks)
    if not polluted(lines, marks):
        return [empty.get(i) for i in range(len(lines))]
    segments = segment(lines, marks)
    found = names(lines, marks, segments)
    if not any(name is None and line.words for line, name in zip(lines, found, strict=True)):
        return [None] * len(lines)
    return [empty.get(i, name) for i, name in enumerate(found)]


def _blocks(lines: Sequence[Line], live: Sequence[int], named: Sequence[Named | None]) -> Iterator[Block]:
    """Adjacent lines of one kind, blank lines between them included, as one block."""
    seen = [lines[i] for i in live]
    doubts = doubted(seen, named)
    first = 0
    for here, (name, following) in enumerate(pairwise([*named, None])):
        if name is None:
            first = here + 1
        elif following is None or following.kind != name.kind or not _adjacent(lines, live, here):
            members = [n for n in named[first : here + 1] if n is not None]
            decided = next((n for n in members if n.decides), members[0])
            score = round(sum(n.score for n in members), 1)
            words = sum(line.words for line in seen[first : here + 1])
            certain = doubts.isdisjoint(range(first, here + 1))
            place = seen[first].start, seen[here].end
            yield Block(*place, name.kind, score, decided.reason, len(members), words, certain)
            first = here + 1


def _adjacent(lines: Sequence[Line], live: Sequence[int], here: int) -> bool:
    """Is there nothing but blank lines up to the next live line?"""
    return all(lines[i].blank for i in range(live[here] + 1, live[here + 1]))
