"""The terms of a text: its words without stop words, stemmed; pairs of characters where words are not spaced."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from content_audit.expressions import expression
from content_audit.scripts import UNSPACED, has_unspaced
from content_audit.text.languages import pieces, shared_pieces, snowball, stop_words
from content_audit.text.memory import Remembered

WORD = expression(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d{2,}")
RUN = expression(f"[{UNSPACED}]+")
ESCAPED = expression(r"\\[nrt](?![a-z])")
"""A line break that was escaped twice; before a small letter it may be a TeX command."""

PIECES = 65_536
"""Pieces of texts whose terms are remembered, of each language: 35,915 documents have .1 million words."""

MIN_LENGTH = 2
MAX_LENGTH = 40
"""Letters of a term: what is longer is data, not language."""


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Any:
    from Stemmer import Stemmer

    return Stemmer(language, 0)  # what is remembered of words is remembered here


@lru_cache(maxsize=131_072)
def stem(word: str, language: str) -> str:
    """The term that a word in lower case stands for; "" for a stop word and for what is too short or too long.

    Stems are those of the Snowball stemmer of the language (M. Porter, snowballstem.org), an ISO 639-1 code; a word of
    a language that has none is its own stem.
    """
    return _stems(language)(word)


@lru_cache(maxsize=32)
def _stems(language: str) -> Callable[[str], str]:
    """What tells the terms of words of this language: each new word asks for it."""
    said_by_all = stop_words(language)
    name = snowball(language)
    stemmed: Callable[[str], str] = _stemmer(name).stemWord if name else str

    def stem(word: str) -> str:
        word = word.removesuffix("'s")
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH or word in said_by_all:
            return ""
        return word if word.isdecimal() else stemmed(word)

    return stem


def term_counts(text: str, language: str = "en") -> Counter[str]:
    """How often each term stands in the text, in the order of their first places."""
    said = _said(text, language, shared_pieces)
    counts = Counter(said)
    del counts[""]
    one_each = " ".join(counts).count(" ") < max(1, len(counts))
    return counts if one_each else Counter(" ".join(said).split())


def told_terms(text: str, language: str = "en") -> list[str]:
    """The terms of a text, one after the other.

    Numbers of two digits and more count as words; of Chinese, Japanese, Thai and the like pairs of characters do, and
    come first.
    """
    return " ".join(_said(text, language, pieces)).split()


def _said(text: str, language: str, cut: Callable[[str], Iterable[str]]) -> list[str]:
    """The terms of each piece that a text is cut into: mostly one or none."""
    text = ESCAPED.sub(" ", text) if "\\" in text else text
    pairs: list[str] = []
    if has_unspaced(text):
        for run in RUN.findall(text):
            pairs += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        text = RUN.sub(" ", text)
    return [*pairs, *map(_known(language).__getitem__, cut(text))]


@lru_cache(maxsize=4)
def _known(language: str) -> Remembered[str, str]:
    """The terms of pieces of texts, with spaces between."""

    stem = _stems(language)

    def terms_of(piece: str) -> str:
        return stem(piece) if piece.isalpha() else " ".join(filter(None, map(stem, WORD.findall(piece))))

    return Remembered(terms_of, PIECES)


def terms(text: str, language: str = "en") -> frozenset[str]:
    """The different terms of a text."""
    return frozenset(told_terms(text, language))
