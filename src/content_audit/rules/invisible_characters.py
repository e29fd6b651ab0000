"""TXT003: characters that nobody sees: zero-width spaces, soft hyphens, bidirectional controls, stray joiners.

## Why
They break search and comparison of words that look equal, and bidirectional controls can make a text read differently
from what it says (Boucher and Anderson, "Trojan Source", 2021). Joiners have work to do in Persian, in Indic scripts
and in emoji, and are left alone there.

## Fix safety
Safe for U+200B and U+00AD between letters of scripts that have no use for them; unsafe for all else.
"""

import unicodedata
from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Problem, Safety
from content_audit.rule import DocumentRule, NoOptions

INVISIBLE = expression("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_CODES = (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_OTHERS = bytes({*range(256)} - {chr(code).encode()[-1] for code in _CODES})
"""What none of them ends with in UTF-8: most texts have nothing else, and need no search."""

JOINERS = frozenset("\u200c\u200d")
MARKS = frozenset("\u061c\u200e\u200f")
"""Left-to-right, right-to-left and Arabic letter marks are ordinary typography beside right-to-left letters."""

SOFT = frozenset("\u00ad\u200b")
PLAIN_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
MAX_NAMED = 50
"""Places reported in one document; the last one says how many there are, and its fix takes all that are like it."""


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each run of such characters that has no work to do where it stands."""
    if document.text.isascii() or any(kind == "invalid-encoding" for kind, _ in document.problems):
        return
    text = document.text
    if not text.encode("utf-8", "surrogatepass").translate(None, _OTHERS):
        return
    first = 1 if text.startswith("\ufeff") else 0
    runs = [m.span() for m in INVISIBLE.finditer(text, first) if not _at_work(text, *m.span())]
    for number, (start, end) in enumerate(runs[:MAX_NAMED], 1):
        names = [f"U+{ord(c):04X} {unicodedata.name(c, 'unnamed').lower()}" for c in text[start : min(end, start + 4)]]
        more = f"; {len(runs) - MAX_NAMED} more places" if number == MAX_NAMED < len(runs) else ""
        safety = _safety(text, start, end)
        rest = [run for run in runs[MAX_NAMED:] if _safety(text, *run) == safety] if number == MAX_NAMED else []
        fix = Fix(tuple(Edit(*run, "") for run in [(start, end), *rest]), safety, "remove what nobody sees")
        evidence = {"characters": names, "places": len(runs)}
        yield Problem(document.span(start, end), f"invisible: {', '.join(names)}{more}", evidence, fix)


def _at_work(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1 and text[start] in JOINERS:
        ends_indic_word = unicodedata.category(before or " ") == "Mn"
        return _joins(before) and (_joins(after) or ends_indic_word)
    if set(text[start:end]) <= MARKS:
        return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text[max(0, start - 40) : end + 40])
    spaceless = all(_script(c) in ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN") for c in (before, after) if c)
    return text[start:end] == "\u200b" and spaceless


def _joins(character: str) -> bool:
    """Letters of scripts that shape, and the parts of an emoji sequence."""
    if not character:
        return False
    letter = unicodedata.category(character)[0] in "LM" and _script(character) not in PLAIN_SCRIPTS
    return letter or character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk")


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0] if character else ""


def _safety(text: str, start: int, end: int) -> Safety:
    around = (text[start - 1 : start], text[end : end + 1])
    soft = set(text[start:end]) <= SOFT and all(_script(c) in PLAIN_SCRIPTS for c in around)
    return "safe" if soft else "unsafe"


RULE = DocumentRule(
    "TXT003",
    "invisible-characters",
    "zero-width spaces, soft hyphens, bidirectional controls",
    check,
    "warning",
    ("safe", "unsafe"),
)
