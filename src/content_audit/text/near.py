"""Finds passages that stand again in the same document with a few words changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import mul
from unicodedata import is_normalized, normalize

from content_audit.expressions import expression
from content_audit.scripts import UNSPACED
from content_audit.text.apart import table
from content_audit.text.lines import FIXED, Line
from content_audit.text.repeats import MIN_WORDS, Repeat, speaking, without_headings

ALIKE = 0.9
"""The share of its words that a line of a later copy has in common with the original's. Of 489 main texts chosen by
hand four have such a passage, each of them a variant of an earlier one (.95 to 1)."""

ANCHOR = 5
"""Words that stand in both copies just so: the places from which they are compared."""

ANCHORS = 8
"""Anchors kept of each line, those with the smallest hashes (A. Broder, On the resemblance and containment of
documents, 1997), so that a line of any length costs the same memory."""

ANCHORED = 1000
"""Words of a line that anchors are taken from: more than a paragraph has."""

OWN = 0.23
"""The share of its words that a line of a later copy may be the first to say: a tenth of both copies' words, of which
it has .45 at least, is .22. Few documents of the collections seen say so little in lines of fifty words."""

_TOKEN = expression(rf"[{UNSPACED}]|\w+")
_APART = table(expression(r"\w").match, lower=True)
"""Parts the tokens of text in ASCII, in a fraction of the time that finding them takes."""

_PIECE = expression(r"\S{1,64}")
"""Putting letters together takes time in the square of a row of marks."""


class _Numbers(dict[bytes, int]):
    """Words as numbers in the order they come: numbers hash alike in every process. One with a digit is below zero."""

    def __missing__(self, word: bytes) -> int:
        number = len(self) + 1
        is_plain = word.isalpha() or not any(map(str.isdigit, word.decode("utf-8", "surrogatepass")))
        self[word] = number = number if is_plain else -number
        return number


def near_repeats(text: str, lines: Sequence[Line], min_words: int = MIN_WORDS) -> list[Repeat]:
    """The later of two passages of at least `min_words` words that are nearly the same, line by line; disjoint.

    Letter case, punctuation and the way that letters are composed make no difference. Code and tables end a passage,
    and so does a line whose numbers differ: rows of data are alike in all but those. Time and memory grow linearly with
    the text.
    """
    spoken = speaking(lines)
    if len(spoken) < 2:
        return []
    told = _told(text, spoken, min_words)
    numbers = _Numbers()
    words = [tuple(map(numbers.__getitem__, each)) for each in told]
    found: list[Repeat] = []
    free = 0
    for first, here in _anchored(words):
        if here < free:
            continue
        shares = list(_shares(words, first, here))
        length = without_headings(spoken, here, len(shares))
        counts = [line.words for line in spoken[here : here + length]]
        if sum(counts) >= min_words:
            last, first_last = spoken[here + length - 1], spoken[first + length - 1]
            likeness = round(sum(map(mul, shares, counts)) / sum(counts), 3)
            place, other = (spoken[here].start, last.end), (spoken[first].start, first_last.end)
            found.append(Repeat(*place, *other, sum(counts), likeness, verbatim=False))
            free = here + length
        elif length < len(shares):
            free = here + len(shares)
    return found


def _told(text: str, lines: Sequence[Line], min_words: int) -> list[list[bytes]]:
    """The words of each line; none where no run of lines of `min_words` says little which no line before it did."""
    told: list[list[bytes]] = []
    seen: set[bytes] = set()
    known = longest = run = 0
    left = sum([line.words for line in lines])
    for line in lines:
        if longest < min_words > run + left:
            return []
        words = [] if line.shape in FIXED else _words(text, line)
        told.append(words)
        seen.update(words)
        now = len(seen)
        run = run + line.words if now - known <= OWN * len(words) else 0
        longest = max(longest, run)
        left -= line.words
        known = now
    return told if longest >= min_words else []


def _words(text: str, line: Line) -> list[bytes]:
    """The words of a line in UTF-8, which text in ASCII is cut into without a copy of it."""
    said = text[line.start : line.end]
    if said.isascii():
        return said.encode().translate(_APART).split()
    if not is_normalized("NFC", said):
        said = _PIECE.sub(lambda piece: normalize("NFC", piece[0]), said)
    return [word.encode("utf-8", "surrogatepass") for word in _TOKEN.findall(said.casefold())]


def _anchored(lines: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Each line that has anchors in common with an earlier one, after the number of that line."""
    seen: dict[int, int] = {}
    for here, words in enumerate(lines):
        anchors = _anchors(words[:ANCHORED])
        earlier = [seen[anchor] for anchor in anchors if anchor in seen]
        if earlier:
            yield max(set(earlier), key=lambda i: (earlier.count(i), -i)), here
        for anchor in anchors:
            seen.setdefault(anchor, here)


def _anchors(words: tuple[int, ...]) -> list[int]:
    if len(words) < ANCHOR:
        return []
    return sorted(set(map(hash, zip(*(words[i:] for i in range(ANCHOR)), strict=False))))[:ANCHORS]


def _shares(lines: Sequence[tuple[int, ...]], first: int, here: int) -> Iterator[float]:
    """How alike the lines are from `first` and `here` on, as long as they are and before the first would run into the
    second."""
    for one, other in zip(range(first, here), range(here, len(lines)), strict=False):
        share = _alike(lines[one], lines[other])
        if share < ALIKE:
            return
        yield share


def _alike(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    """Dice's coefficient of the words of two lines; 0 where their numbers differ, and where it is below `ALIKE`."""
    if first == second:
        return 1.0 if first else 0.0
    total = len(first) + len(second)
    if 2 * min(len(first), len(second)) < ALIKE * total:
        return 0.0
    a, b = set(first), set(second)
    changed = a ^ b
    if total - len(changed) < ALIKE * total or min(changed, default=0) < 0:
        return 0.0
    if len(a) + len(b) == total:
        return (total - len(changed)) / total
    more, less = Counter(first), Counter(second)
    differing = (more - less) + (less - more)
    return 0.0 if min(differing, default=0) < 0 else (total - differing.total()) / total
