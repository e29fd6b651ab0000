"""How much a line reads like prose, told by its length, its punctuation and its letter case alone, in any language."""

from functools import lru_cache
from itertools import islice

from content_audit.expressions import expression
from content_audit.text.lines import Line

PROSE = 0.5
"""From this score on a line counts as prose. F1 on 80 articles and on 409 pages moves by -.002 and -.002 with .4, by
+.005 and -.004 with .55, by -.004 and -.004 with .6."""

LENGTH, INNER, ENDING = 0.5, 0.1, 0.3
"""What a line's length, each of two marks inside it and its ending give. On the same pages F1 moves by +.002 and -.005
with .4 for the length, by -.002 and -.003 with .6; by +.004 and -.001 with .05 for the marks, by -.005 and -.003 with
.15; by -.009 and -.007 with .2 for the ending, by 0 and -.005 with .4."""

FULL = 25
"""Words from which a line's length says all it can. With 15 F1 moves by -.011 and -.004, with 20 by -.004 and -.003,
with 30 by +.006 and -.004."""

LEAST = 3
"""Words that prose has at least, those of links apart: fewer are a label, whatever mark ends them."""

TITLE_CASE = 0.5
"""A shorter line with more than this share of capitalised words is a headline: half its score. With .4 F1 moves by
+.006 and 0, on pages of languages that write nouns small; with .6 by -.002 and 0, without the step by -.004 and 0."""

_END = expression(r"[.!?…。！？।؟۔։;:：]['\"”’»›)\]」』*_]*(?:\[\d+\])*$")
_INNER = expression(r"[,.;:!?—–](?=[ \t'\"”’»)])|[、。，；！？،؛।]")
_WORD_START = expression(r"(?<![\w'’-])[^\W\d_]")


def ends_sentence(text: str) -> bool:
    """Does it end as a sentence, a question or a clause does, in any of the scripts' punctuation?"""
    return _END.search(text[-40:]) is not None


def prose(line: Line) -> float:
    """From 0, a label, to 1, a paragraph. The words of Markdown links do not count: a line of links is a menu."""
    return _score(line.text, line.words - line.linked)


def is_prose(line: Line) -> bool:
    """Does it read like prose? A line of more than `FULL` words does by its length alone."""
    return line.words - line.linked > FULL or prose(line) >= PROSE


@lru_cache(maxsize=512)  # every step asks for the same lines again, and copies say the same thousands of times
def _score(text: str, words: int) -> float:
    if words < LEAST:
        return 0.0
    inner = sum(1 for _ in islice(_INNER.finditer(text), 2))
    score = LENGTH * min(words, FULL) / FULL + INNER * inner + (ENDING if ends_sentence(text) else 0.0)
    if words > FULL:
        return score
    starts = _WORD_START.findall(text)[1:]
    capital = sum(map(str.isupper, starts)) > TITLE_CASE * len(starts)
    return score / 2 if capital else score
