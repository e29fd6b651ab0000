"""How much a line reads like prose, told by its length, its punctuation and its letter case alone, in any language."""

import re

from content_audit.text.lines import Line

PROSE = 0.5
"""From this score on a line counts as prose; between .4 and .6 the choice moves F1 by less than .01 (290 article
pages)."""

LENGTH, INNER, ENDING = 0.5, 0.1, 0.3
"""What a line's length, each of two marks inside it and its ending give. With .4 or .6 for its length F1 is .003 to
.005 lower, with .05 or .15 for the marks .001 to .005, with .2 or .4 for the ending .002 to .012."""

FULL = 25
"""Words from which a line's length says all it can."""

TITLE_CASE = 0.5
"""A shorter line with more than this share of capitalised words is a headline: half its score."""

_END = re.compile(r"[.!?…。！？।؟۔։;:：]['\"”’»›)\]」』*_]*(?:\[\d+\])*$")
_INNER = re.compile(r"[,.;:!?—–](?=[ \t'\"”’»)])|[、。，；！？،؛।]")
_WORD_START = re.compile(r"(?<![\w'’-])[^\W\d_]")


def ends_sentence(text: str) -> bool:
    """Does it end as a sentence, a question or a clause does, in any of the scripts' punctuation?"""
    return _END.search(text[-40:]) is not None


def prose(line: Line) -> float:
    """From 0, a label, to 1, a paragraph. The words of Markdown links do not count: a line of links is a menu."""
    words = line.words - line.linked
    if words < 3:
        return 0.0
    inner = len(_INNER.findall(line.text))
    score = LENGTH * min(words, FULL) / FULL + INNER * min(inner, 2) + (ENDING if ends_sentence(line.text) else 0.0)
    if words > FULL:
        return score
    starts = _WORD_START.findall(line.text)[1:]
    capital = sum(map(str.isupper, starts)) > TITLE_CASE * len(starts)
    return score / 2 if capital else score
