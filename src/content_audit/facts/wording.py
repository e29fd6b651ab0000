"""What a reader sees of a title or a subject, however its source spells it."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from content_audit.expressions import expression
from content_audit.scripts import SIGNS, UNSPACED

INLINE = "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong tt u var".split()
PAIR = expression(rf"<({'|'.join(INLINE)})(?:\s[^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)
"""An element around some words of a line; a tag that stands alone may be what the line is about."""

RAISED = expression(r"(\d?)<(su[bp])(?:\s[^<>]*)?>([^<>]*)</\2\s*>", re.IGNORECASE)
SIGNS_OF = {
    "sup": str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
ORDINAL = expression("st|nd|rd|th|e|er|re|\u00e8me|o|a", re.IGNORECASE)
FORMULA = expression("(?<=[a-z])[\u2080-\u2089]+(?![0-9\u2080-\u2089])")
"""What many write as plain digits: CO2."""

PLAIN_DIGITS = {0x2080 + digit: str(digit) for digit in range(10)}

TAG = expression(r"</?[a-z][^<>]*>", re.IGNORECASE)
REFERENCE = expression(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", re.IGNORECASE)
MARKDOWN_LINK = expression(r"!?\[([^][]*)\]\([^()\s]*\)")
MARKS = expression(r"[*`\\\u00ad\u200b-\u200d\u2060\ufeff]|(?<![^\W_])_+|_+(?![^\W_])")
"""Markdown's emphasis, code and escapes, and letters without a width."""

DASHES = expression("-{2,3}")
SPACE = expression(r"\s+")
ODD = expression(r"[^ -~]|[<&*`\\_[]|--|  ")
"""What makes a text more than keyboard's characters with spaces between: one in a hundred titles has it."""

DEPTH = 8
"""Elements within each other that are taken off a text: enough for a title."""

TYPED = str.maketrans(
    dict.fromkeys('"\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u00b4\u2032\u2033', "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"\u2026": "..."}
)
"""What typographers write for the characters of a keyboard; all quotation marks are one."""


WORD = expression(rf"(?:[^\W_]|[{SIGNS}])+")
LETTER = expression(rf"[{UNSPACED}]")

SHORT = 2
"""Words of a title that say too little by themselves: such titles are compared by their letters."""


def shown(text: str) -> str:
    """The text as a page shows it: without the elements around its words, its character references read."""
    for _ in range(DEPTH if "<" in text else 0):
        text = PAIR.sub(r"\2", RAISED.sub(_raised, text))
    return REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _raised(found: re.Match[str]) -> str:
    """The characters for raised and lowered ones: 10<sup>6</sup> is not 106. 1<sup>st</sup> is 1st."""
    before, kind, text = found.groups()
    signs = SIGNS_OF[kind.lower()]
    if all(ord(character) in signs for character in text):
        return before + text.translate(signs)
    is_read = not any(map(str.isalnum, text)) or (before and ORDINAL.fullmatch(text))
    return before + text if is_read else found[0]


def is_plain(text: str) -> bool:
    """Does the text read the same as a text and as HTML?"""
    return not (TAG.search(text) or REFERENCE.search(text))


@lru_cache(maxsize=16_384)
def wording(text: str) -> str:
    """Equal for texts that differ in markup, character references, typographic signs, case or white space alone."""
    if not ODD.search(text):
        return text.lower().replace('"', "'").strip()
    plain = shown(TAG.sub(" ", text) if "<br" in text.lower() else text).translate(TYPED)
    plain = DASHES.sub("-", MARKS.sub("", MARKDOWN_LINK.sub(r"\1", plain)))
    folded = SPACE.sub(" ", unicodedata.normalize("NFC", plain.casefold())).strip()
    folded = FORMULA.sub(lambda digits: digits[0].translate(PLAIN_DIGITS), folded)
    return folded or SPACE.sub(" ", text.casefold()).strip()


def unlike(text: str, other: str, wholly: bool = False) -> bool:
    """Are these the titles of different things? "" says nothing.

    Long ones share less than half of their words. Of those of one or two words, and of scripts that put no spaces
    between words, fewer than half of the shorter one's runs of letters stand in the other; of those that are to differ
    `wholly`, fewer than a quarter.
    """
    mine, others = WORD.findall(wording(text)), WORD.findall(wording(other))
    if not mine or not others:
        return bool(text and other) and wording(text) != wording(other)
    unspaced = LETTER.search(text + other) is not None
    if not (unspaced or wholly) and min(len(set(mine)), len(set(others))) > SHORT:
        one, two = set(mine), set(others)
        return 2 * len(one & two) < len(one | two) and not (one <= two or two <= one)
    first, second = "".join(mine), "".join(others)
    one, two = (_runs(letters, 2 if unspaced else 3) for letters in (first, second))
    return (
        (4 if wholly else 2) * len(one & two) < min(len(one), len(two)) and first not in second and second not in first
    )


def _runs(letters: str, length: int) -> set[str]:
    return {letters[at : at + length] for at in range(max(1, len(letters) - length + 1))}
