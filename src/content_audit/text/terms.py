"""The terms of a short text: its words without stop words, stemmed."""

import re
from functools import lru_cache
from typing import Any

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d{2,}")
MIN_LENGTH = 2


@lru_cache(maxsize=8)
def _stop_words(language: str) -> frozenset[str]:
    from stop_words import get_stop_words

    return frozenset(get_stop_words(language))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The word's stem by the Snowball stemmer of its language (M. Porter, snowballstem.org)."""
    return str(_stemmer(language).stemWord(word))


def terms(text: str, language: str = "english") -> frozenset[str]:
    """The stems of the words that carry meaning; numbers of two digits and more count as words."""
    stop = _stop_words(language)
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(text))
    return frozenset(stem(word, language) for word in words if len(word) >= MIN_LENGTH and word not in stop)
