"""Finds passages that stand again, word for word, in the same document."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from operator import attrgetter

from content_audit.text.lines import FIXED, UNDERLINE, Line
from content_audit.text.removal import Place

_WORDS = attrgetter("words")

MIN_WORDS = 50
"""A passage counts from here on: menus, addresses and refrains repeat below it, paragraphs do not."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`text[start:end]`, whole lines of `words` words, says what `text[first_start:first_end]` says too.

    The latter stays. It stands first, but for a copy in the page around the document of what the document has later.
    `likeness` is the share of words that both have. Not `verbatim` are copies that differ, be it in letter case,
    punctuation or the way that letters are encoded alone.
    """

    start: int
    end: int
    first_start: int
    first_end: int
    words: int
    likeness: float = 1.0
    verbatim: bool = True

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end


def find_repeats(text: str, lines: Sequence[Line], min_words: int = MIN_WORDS) -> list[Repeat]:
    """The later copies of every passage of at least `min_words` words, in order and disjoint.

    Lines are compared without regard to white space; lines without a word (blank lines, rules) are passed over, and
    code and tables end a passage. A copy never overlaps its original. Time and memory grow linearly with the text.
    """
    counts = [line.words for line in lines if line.words and line.shape not in FIXED]
    if len(set(counts)) == len(counts):
        return []
    told = Counter(counts)
    if sum(words * times for words, times in told.items() if times > 1) < 2 * min_words:
        return []  # lines that say the same have as many words, and both copies have `min_words`
    spoken = speaking(lines)
    ids = _identities(text, spoken)
    if len(set(ids)) == len(ids):
        return []
    seen: dict[int, tuple[int, int]] = {}
    found: list[Repeat] = []
    j = 0
    for here, key in enumerate(_windows(spoken, ids, min_words)):
        if key is None:
            continue
        candidates = seen.get(key, ())
        seen[key] = (candidates[0], here) if candidates else (here, here)
        if here >= j and candidates:
            first, length = max(((i, _common(ids, i, here)) for i in candidates), key=lambda c: (c[1], -c[0]))
            after, length = here + length, without_headings(spoken, here, length)
            words = sum(line.words for line in spoken[here : here + length])
            if words >= min_words:
                last, first_last = spoken[here + length - 1], spoken[first + length - 1]
                found.append(Repeat(spoken[here].start, last.end, spoken[first].start, first_last.end, words))
                j = here + length
            elif here + length < after:
                j = after
    return found


def without_headings(lines: Sequence[Line], start: int, length: int) -> int:
    """The length of a passage without the headings at the end: they belong to what follows, unless nothing does."""
    while length and start + length < len(lines) and lines[start + length - 1].shape == "heading":
        length -= 1
    return length


def at(lines: Sequence[Line], start: int) -> int:
    """The number of the first line from this offset on."""
    return bisect_left(lines, start, key=lambda line: line.start)


def speaking(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines that say something, code and tables among them, as `underlined` has them."""
    if all(map(_WORDS, lines)):
        return lines
    return [line for line in underlined(lines) if line.words or line.shape in FIXED]


def underlined(lines: Sequence[Line]) -> Iterable[Line]:
    """The lines, each with a row of dashes right below it as one heading."""
    for line, following in zip_longest(lines, islice(lines, 1, None)):
        if following and not following.words and line.words and _underlines(line, following):
            yield line._replace(end=following.end, shape="heading")
        else:
            yield line


def _underlines(line: Line, following: Line) -> bool:
    adjacent = line.touches(following) and line.shape not in FIXED and following.shape not in FIXED
    return adjacent and UNDERLINE.match(following.text) is not None


def _identities(text: str, lines: Iterable[Line]) -> list[int]:
    """Equal numbers for lines that say the same; a number of its own, below zero, for each line of code or table."""
    numbers: dict[str, int] = {}
    return [
        -1 - i
        if line.shape in FIXED
        else numbers.setdefault(" ".join(text[line.start : line.end].split()), len(numbers))
        for i, line in enumerate(lines)
    ]


def _windows(lines: Sequence[Line], ids: Sequence[int], min_words: int) -> Iterable[int | None]:
    """For each line a hash of the shortest passage of `min_words` that begins there; None where code or the end cuts
    it.

    Two passages of that length are equal only where these are, so that one dictionary finds every candidate.
    """
    end = words = 0
    for here, line in enumerate(lines):
        while end < len(lines) and words < min_words and ids[end] >= 0:
            words += lines[end].words
            end += 1
        yield hash(tuple(ids[here:end])) if words >= min_words else None
        if end > here:
            words -= line.words
        else:
            end, words = here + 1, 0


def _common(ids: Sequence[int], first: int, second: int) -> int:
    """How many lines agree from `first` and from `second` on, before the first would run into the second."""
    length = 0
    while first + length < second and second + length < len(ids) and ids[first + length] == ids[second + length] >= 0:
        length += 1
    return length
