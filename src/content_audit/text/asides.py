"""Finds what stands inside an article or right below it and is not part of it: rows of teasers, the author's box.

Neither has a title that tells it. Teasers are lines that end no sentence and share no words with the article around
them; a box on its author is the last paragraph and begins with the name that stands above it.
"""

from collections.abc import Iterator, Sequence, Set

from content_audit.expressions import expression
from content_audit.scripts import UNSPACED
from content_audit.text.furniture import Mark
from content_audit.text.lines import FIXED, Line
from content_audit.text.prose import PROSE, ends_sentence

ROW, TEASER_WORDS = 3, 5
"""Teasers come at least three in a row, of five words and more; shorter lines of their row go with them. With 1 in a
row F1 on 80 articles is .001 lower, with 2 to 5, and with 3 to 8 words, it moves by .0003; below three they may be
headings."""

FOREIGN = 0.25
"""Teasers share less than this of their words with the article's prose. Of 379 rows of such lines in main texts of
articles, chosen by hand, 9 share as little; the median is .74. From .2 to .4 F1 moves by .0002, with .15 it is .001
lower on 80 articles."""

MOST = 0.15
"""The share of an article that teasers may be; beyond it they are what the page is made of. Without a limit F1 on 80
articles is .008 lower, with .1 .002; to .25 it is the same."""

LISTED = 12
"""Lines that a widget with the title of teasers has at most on a page that is no article. With any number F1 on 409
pages is the same, without this step .0003 lower."""

BETWEEN, PARAGRAPH, GOES_ON = 4, 20, 0.35
"""Lines of teasers between a widget's title and a paragraph of the article, the words of such a paragraph, and the
share of its words that the article has. One paragraph is believed by that share: F1 on 409 pages is .0002 lower for it,
with .25 .0003, with any share .0006, and on 80 articles .0014; with 12 words it is .0018 lower there, and the other
signs change nothing."""

BIO_REACH, BIO_NAMES = 5, 3
"""A name stands at most so many lines above the paragraph on its bearer, and an article has at most three authors;
where more paragraphs begin with their headings it is a list of portraits. F1 on 409 pages is .0004 lower without such
boxes, .0003 with a reach of 1; it is the same with one of 3 to 20 and with 2 to 10 authors."""

_LONGER_WORD = expression(rf"(?<!\w)[^\W\d_{UNSPACED}]{{4,6}}|(?=([{UNSPACED}]{{2}}))")
_CUT = ("…", "...", "…]", "...]")
_NAME_WORD = expression(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


def stems(line: Line) -> set[str]:
    """The first letters of a line's longer words: enough to know "difference" in "differences".

    Of scripts without spaces, every two neighbouring characters.
    """
    return {m[0] or m[1] for m in _LONGER_WORD.finditer(line.text.casefold())}


def teasers(
    lines: Sequence[Line], scores: Sequence[float], kept: set[int], runs: Sequence[tuple[int, int]]
) -> set[int]:
    """The lines of `runs` that are rows of teasers; none where they are much of what is `kept`."""
    body = {stem for i in kept if scores[i] >= PROSE for stem in stems(lines[i])}
    found: set[int] = set()
    for row in _rows(lines, scores, kept, runs):
        if foreign([lines[i] for i in row], body):
            found.update(row)
    words = sum(lines[i].words for i in kept)
    return found if sum(lines[i].words for i in found) <= MOST * words else set()


def _rows(
    lines: Sequence[Line], scores: Sequence[float], kept: set[int], runs: Sequence[tuple[int, int]]
) -> Iterator[list[int]]:
    """Neighbouring lines of a run that end no sentence."""
    for run in runs:
        row: list[int] = []
        for i in range(*run):
            line = lines[i]
            if i in kept and scores[i] < PROSE and line.shape not in FIXED and not ends_sentence(line.text):
                row.append(i)
            else:
                yield row
                row = []
        yield row


def foreign(row: Sequence[Line], body: Set[str]) -> bool:
    """Do these lines share as few words with a text of the stems `body` as teasers do?"""
    return _shared([stems(line) for line in row if line.words >= TEASER_WORDS], body) < FOREIGN


def _shared(found: Sequence[set[str]], body: Set[str]) -> float:
    """The mean share of a line's words that the body has; 1 where fewer than `ROW` lines say enough to tell."""
    shares = [len(each & body) / len(each) for each in found if len(each) > 1]
    return sum(shares) / len(shares) if len(shares) >= ROW else 1.0


def listed(lines: Sequence[Line], marks: Sequence[Mark | None], scores: Sequence[float]) -> set[int]:
    """The teasers right under the titles of their widgets, up to the next label.

    Where more than `LISTED` lines follow, or a sentence among them, the widget is empty: then what stands in one block
    with its title is its own at most.
    """
    found: set[int] = set()
    for i, mark in enumerate(marks):
        if mark is None or not mark.opens or mark.weak or mark.kind != "related-posts-widget":
            continue
        end = i + 1
        while end < len(lines) and end - i <= LISTED + 1 and marks[end] is None and not ends_sentence(lines[end].text):
            end += 1
        if end - i > LISTED + 1 or (end < len(lines) and marks[end] is None):
            end = next((j for j in range(i + 1, end) if not lines[j - 1].touches(lines[j])), end)
        found.update(j for j in range(i + 1, end) if scores[j] < PROSE)
        while end < len(lines) and marks[end] is None and 0 < lines[end].words == lines[end].linked:
            found.add(end)
            end += 1
    return found


def goes_on(
    lines: Sequence[Line], marks: Sequence[Mark | None], scores: Sequence[float], i: int, body: Set[str]
) -> bool:
    """Does the article go on below this title of teasers?

    It does with a paragraph right under the title, and below a few teasers with two of them or with one that shares
    words with the article's `body` so far or stands right above the next label; the beginnings of other articles, cut
    short, are teasers too.
    """
    first = i + 1
    while first < len(lines) and first - i <= BETWEEN and marks[first] is None and scores[first] < PROSE:
        first += 1
    found = [
        lines[j]
        for j in range(first, min(first + 2, len(lines)))
        if marks[j] is None and scores[j] >= PROSE and lines[j].words >= PARAGRAPH and not lines[j].text.endswith(_CUT)
    ]
    if len(found) == 2 or not found or found[0] is not lines[first]:
        return len(found) == 2
    words = stems(found[0])
    last = first + 1 == len(lines) or marks[first + 1] is not None
    return last or first == i + 1 or len(words & body) >= GOES_ON * len(words) > 0


def author_box(lines: Sequence[Line], scores: Sequence[float], end: int) -> int:
    """Where the boxes on an article's authors begin that end its last run at `end`; `end` where there are none."""
    first = end
    for _ in range(BIO_NAMES + 1):
        name = _named_above(lines, scores, first)
        if name is None:
            return first
        first = name
    return end


def _named_above(lines: Sequence[Line], scores: Sequence[float], end: int) -> int | None:
    """The line with the name that the paragraph before `end` begins with, short lines between them."""
    if end < 2 or scores[end - 1] < PROSE:
        return None
    opening = _NAME_WORD.findall(lines[end - 1].text[:80].casefold())
    found = None
    for i in range(end - 2, max(-1, end - 2 - BIO_REACH), -1):
        if scores[i] >= PROSE or ends_sentence(lines[i].text):
            break
        name = _NAME_WORD.findall(lines[i].text.casefold())
        if 2 <= len(name) <= 5 and lines[i].text[:1].isupper() and opening[: len(name)] == name:
            found = i
    return found
