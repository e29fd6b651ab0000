"""The language of a text, and what is known of it: its stop words and the name of its stemmer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, filterfalse, repeat

from content_audit.expressions import expression
from content_audit.text.apart import apart, table

CODES = {
    "ar": "arabic", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "fa": "persian", "fi": "finnish", "fr": "french", "he": "hebrew", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "it": "italian", "nb": "norwegian", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak", "sv": "swedish", "tr": "turkish",
    "uk": "ukrainian", "vi": "vietnamese",
}  # fmt: skip
"""ISO 639-1 codes of the languages that stop words are known of, by the name that their lists go by."""

ALIASES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}
NAMES = {name: code for code, name in CODES.items()} | {
    "chinese": "zh", "japanese": "ja", "korean": "ko", "thai": "th", "deutsch": "de", "español": "es",
    "français": "fr", "italiano": "it", "nederlands": "nl", "polski": "pl", "português": "pt", "svenska": "sv",
    "русский": "ru", "українська": "uk", "中文": "zh", "日本語": "ja", "한국어": "ko",
}  # fmt: skip
"""Languages by the names that front matter and folders give them."""

FALLBACK = "en"
SAMPLE = 150
"""Words from a text's beginning that its language is told by. Of 489 main texts, nearly all of them English, one is
told differently by its first 2,000 words; with 50 two are, with 25 three."""

CLEAR, LEAST = 0.42, 0.08
"""Shares of stop words: with the first of English ones no other language is tried (19 of 20 English articles have it;
other languages share up to .4 of their words with the list), under the second none is told."""

KANA = expression("[\u3040-\u30ff]")
BY_SCRIPT = {"CJK": "zh", "HANGUL": "ko", "THAI": "th"}
"""Languages that no stop words are known of, by the script that they alone have; with kana in it, CJK is Japanese."""

LETTERS = expression(r"[^\W\d_]+(?:'[^\W\d_]+)*")
APART = table(lambda letter: letter.isalnum() or letter == "'")


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """The words of this language that say nothing of a topic; none for a language that is not known."""
    name = CODES.get(language)
    if name is None:
        return frozenset()
    from stop_words import get_stop_words

    return frozenset(get_stop_words(name))


@lru_cache(maxsize=64)
def snowball(language: str) -> str:
    """The name of the language's Snowball stemmer; "" where there is none."""
    from Stemmer import algorithms

    name = CODES.get(language, "")
    return name if name in algorithms() else ""


def language_code(given: str) -> str:
    """The ISO 639-1 code of a tag as "en-GB" or "pt_BR", or of a language's name; "" for what is neither."""
    name = given.strip().lower()
    code = NAMES.get(name) or re.split(r"[-_.]", name)[0]
    return ALIASES.get(code, code) if len(code) == 2 and code.isalpha() else ""


@lru_cache(maxsize=4_096)
def script(text: str) -> str:
    """The script that most of the text's letters are of, as Unicode calls it; "" for a text without letters.

    Japanese is CJK, kana and all.
    """
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else ""
    names = Counter(map(_script_of, filter(str.isalpha, text)))
    names["CJK"] += sum(names.pop(name, 0) for name in ("HIRAGANA", "KATAKANA"))
    return names.most_common(1)[0][0] if names.total() else ""


@lru_cache(maxsize=4_096)
def _script_of(letter: str) -> str:
    return re.split(r"[ -]", unicodedata.name(letter, ""))[0]


def pieces(text: str) -> Sequence[str]:
    """The text in lower case, cut where no word goes on; nearly all pieces are one word of letters, as `isalpha` tells.

    Looking for words in the others alone takes half of the time of finding all of them in the text.
    """
    return apart(text.lower().replace("’", "'"), APART).split()


shared_pieces = lru_cache(maxsize=2)(pieces)
"""The same of a text whose sketch, language and terms are told by them."""


def guess_language(text: str) -> str:
    """The language whose script or whose stop words the text's beginning has most of; English where none stands out."""
    begins = text[:SAMPLE]
    if not begins.isascii() and (by_script := BY_SCRIPT.get(script(begins))):
        return "ja" if KANA.search(text, 0, SAMPLE) else by_script
    sample = shared_pieces(text)[:SAMPLE]
    words = list(filter(str.isalpha, sample))
    if len(words) < len(sample):
        words += LETTERS.findall(" ".join(filterfalse(str.isalpha, sample)))
    if not words:
        return FALLBACK
    if sum(map(stop_words(FALLBACK).__contains__, words)) >= CLEAR * len(words):
        return FALLBACK
    heard = Counter(chain.from_iterable(map(_speakers().get, words, repeat(()))))
    best = max(CODES, key=lambda language: (heard[language], language == FALLBACK, language))
    return best if heard[best] >= LEAST * len(words) else FALLBACK


@lru_cache(maxsize=1)
def _speakers() -> dict[str, tuple[str, ...]]:
    """The languages that each stop word is one of."""
    found: dict[str, tuple[str, ...]] = {}
    for language in CODES:
        for word in stop_words(language):
            found[word] = (*found.get(word, ()), language)
    return found
