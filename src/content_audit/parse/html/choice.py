"""Which of two readings of a page is its main text: trafilatura's, or the page without its furniture.

Trafilatura is precise and made for articles: it stops early where an article stands in several containers, skips
sections of other pages, and now and then takes a menu for the text. The page without its furniture misses nothing and
has teasers, prices and notes in it. F1 of the first alone, the second alone and the better by these rules: .815, .824
and .850 on 409 pages of seven kinds, .960, .866 and .970 on 80 articles. Values chosen on one half of the 401 sites do
about as well as these on the other half: .838 and .968, and the other way round .856 and .965.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.parse.html.block import Block
from content_audit.parse.html.kind import PageKind
from content_audit.scripts import UNSPACED

PROSE = 12
"""Words from which on a block is prose, unless over a third of them are links."""

COMMON = 4
"""Words in a row that two readings share where they share a text."""

COVERED = 0.6
"""The share of a block's rows of words that another reading must have to have the block."""

GAP = 0.2
"""Prose missing amid what was found, as a share of all: from here on a section was skipped. Rows of teasers between
paragraphs reach .18, the six pages of which a section was lost have .23 and more; .15 costs .002."""

STOPPED = 0.5
"""Prose missing after the end of what was found: from here on the reading stopped early. Related articles below a
short one reach .46; .4 costs .004, .6 costs .003."""

ENOUGH = 100
"""Words of prose, under which its shares say little; from 100 to 150 nothing changes."""

MENUS = 0.5
"""The share of links that makes a page of menus around what was found; .45 changes nothing, .6 costs .003."""

TOLD = 0.75
"""Of such a page, the share of the prose that must have been found."""

ARTICLE_LINKS = 0.25
"""The share of links from which on what an article lacks is rather teasers; from .2 to .3 nothing changes."""

SHORT = {"article": 0.8, "discussion": 0.8, "product": 0.2, "other": 0.75}
"""Of the words of the page without its furniture, the share from which on a found text is long enough. The pages of
products are full of reviews and accessories: from .2 to .3 nothing changes, .4 costs .002. Of other pages .7 and .8
cost .001."""

LONG = 1.1
"""A text so much longer than the page without its furniture, and with all of its prose, has furniture in it: F1
+.003. From 1.1 to 1.2 nothing changes."""

LITTLE = 0.05
"""The share of the prose that such a text may lack."""

MOST = 0.8
"""The share of a text without its structure that the page's blocks must have to stand for it, or of the blocks that
must be in it."""

HALF = 0.5
"""The share of such a text that the blocks must have in any case: the rest is menus, which short pages have more of."""

SMALL = 250
"""Characters under which trafilatura takes a text for none and gathers what the page has anywhere, some of it twice."""

_WORD = expression(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")


class _Missing(NamedTuple):
    """Shares of the prose that a text lacks: all of it, what stands amid the found parts, what comes after them."""

    prose: int
    all: float
    amid: float
    after: float


def count(written: Iterable[Block]) -> int:
    """The words of these blocks; of scripts without spaces, the characters."""
    return sum(len(_words(block.text)) for block in written)


def falls_short(found: Sequence[Block], whole: Sequence[Block], kind: PageKind) -> bool:
    """Whether the page without its furniture is a better reading than the text found, in time linear in both."""
    size = count(whole)
    ratio = count(found) / max(1, size)
    if sum(len(block.text) for block in whole) < SMALL and HALF * count(found) <= size:
        return True
    lacks = _missing(found, whole)
    if kind != "discussion" and ratio >= LONG and lacks.prose >= ENOUGH and lacks.all < LITTLE:
        return True
    if ratio >= SHORT[kind]:
        return False
    linked = sum(block.linked for block in whole) / max(1, sum(block.words for block in whole))
    if kind in ("article", "discussion"):
        return linked < ARTICLE_LINKS and lacks.prose >= ENOUGH and (lacks.amid >= GAP or lacks.after >= STOPPED)
    menus = linked > MENUS and lacks.prose >= ENOUGH and lacks.all < 1 - TOLD
    return kind == "product" or not menus


def in_blocks(found: Sequence[Block], whole: Sequence[Block]) -> Sequence[Block]:
    """The text found; where it is one long line, the same text in the page's own headings, lists and paragraphs.

    Trafilatura's last resort is all text in a row, menus included. The blocks that it has stand for it, if little of
    it is not theirs, or little of them not in it.
    """
    if len(found) != 1 or found[0].shape != "text" or any(block.text == found[0].text for block in whole):
        return found
    words = _words(found[0].text)
    told = {n: _rows(words, n) for n in range(1, COMMON + 1)}
    kept = [b for b in whole if (own := _words(b.text)) and _covered(own, told[min(COMMON, len(own))])]
    least = max(HALF * len(words), MOST * min(len(words), count(whole)))
    return kept if len(kept) > 1 and count(kept) >= least else found


def _missing(found: Sequence[Block], whole: Sequence[Block]) -> _Missing:
    told = _rows([word for block in found for word in _words(block.text)])
    prose = [words for block in whole if len(words := _words(block.text)) >= PROSE and _is_prose(block)]
    has = [_covered(words, told) for words in prose]
    length = max(1, sum(map(len, prose)))
    first = has.index(True) if True in has else -1
    last = len(has) - 1 - has[::-1].index(True) if True in has else -1
    lacking = [(i, len(words) / length) for i, words in enumerate(prose) if not has[i]]
    amid = sum(share for i, share in lacking if first < i < last)
    after = sum(share for i, share in lacking if i > last)
    return _Missing(length, sum(share for _, share in lacking), amid, after)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_prose(block: Block) -> bool:
    return 3 * block.linked <= block.words


def _rows(words: Sequence[str], length: int = COMMON) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _covered(words: Sequence[str], told: set[tuple[str, ...]]) -> bool:
    length = min(COMMON, len(words))
    rows = len(words) - length + 1
    return sum(tuple(words[i : i + length]) in told for i in range(rows)) >= COVERED * rows
