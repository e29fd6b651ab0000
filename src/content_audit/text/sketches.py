"""Sketches of texts: short strings whose likeness is the likeness of the texts, and keys that like texts share.

A text is the set of its runs of three words (A. Broder, On the resemblance and containment of documents, 1997). Each
run is hashed once; the hashes fall into bins, and the smallest of each bin is kept (P. Li, A. Owen and C.-H. Zhang, One
Permutation Hashing, 2012), as one sign of a few, which unlike minima share by a chance that the estimate reckons with
(P. Li and A. C. König, b-Bit Minwise Hashing, 2010).
"""

from hashlib import blake2b
from operator import mul
from struct import Struct
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.scripts import UNSPACED, has_unspaced
from content_audit.text.languages import shared_pieces
from content_audit.text.memory import Remembered

LEAST_WORDS = 50
"""Shorter texts have no sketch: two short answers to like questions are alike, and neither repeats the other."""

BINS = 1021
"""A prime, for a remainder to depend on all of a hash's bits. The likeness of two sketches differs from that of their
texts by .0125 (one standard deviation, of long texts at a likeness of .8), of texts of some hundred words by .01. With
384 bins these were .02 and .015."""

BANDS, WIDTH = 10, 4
"""A text has ten keys of four minima each: of two texts with a likeness of .8 all but .005 share one, of .9 all but
.00002; of two with .1, as unrelated texts of one template have it, .001 do. Eight keys of three find as many, and met
five times as many strangers among 20,000 documents."""

COARSE = BANDS * WIDTH
_COARSER = [place % COARSE for place in range(BINS)]
PRIME = (1 << 61) - 1
FACTORS = [int.from_bytes(blake2b(bytes([i]), digest_size=7).digest(), "little") for i in range(COARSE)]
"""A band's key is a sum of its minima, each times a number of its own, modulo a prime: unlike minima have the same one
by a chance of 2^-56 (J. L. Carter and M. N. Wegman, Universal classes of hash functions, 1979)."""

SIGNS = 64
"""A hash's lowest byte is its sign: one of these from "@" on, which UTF-8 writes in one byte."""

MASK, MARK = 0x1FFFFF3F, 0x40
"""Bits of a hash that are a word's, and the one that makes its lowest byte a sign: below 2^30 Python reckons in one
step."""

EMPTY, UNEQUAL = " ", "!"
NOTHING = 1 << 29 | ord(EMPTY)
"""Stands for the minimum of an empty bin: over every hash, with a sign of its own."""

WORD_BYTES = 12
_THREE, _OWN = Struct("<3I"), Struct("=3I")
_PACKED = Struct(f"<{BINS}I")

_MIXED = expression(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_LETTER = expression(r"[^\W_]")


class Sketch(NamedTuple):
    """What is kept of a text: one character a bin, and a key for each band."""

    signs: str
    keys: tuple[int, ...]


def sketch(text: str) -> Sketch | None:
    """The sketch of a text; None where it has under fifty words. Scripts without spaces count by characters."""
    words = _MIXED.findall(text.casefold()) if has_unspaced(text) else shared_pieces(text)
    hashes = b"".join(map(_KNOWN.__getitem__, words))
    if len(hashes) < LEAST_WORDS * WORD_BYTES:
        return None
    bins, coarse, coarser = [NOTHING] * BINS, [NOTHING] * COARSE, _COARSER
    for value in memoryview(_joined(hashes)).cast("I")[:: WORD_BYTES // 4].tolist():
        place = value % BINS
        if value < bins[place]:
            bins[place] = value
            place = coarser[place]
            if value < coarse[place]:
                coarse[place] = value
    return Sketch(_PACKED.pack(*bins)[::4].decode("ascii"), _keys(coarse))


def _hashes(word: str) -> bytes:
    """Three independent hashes, of a word that stands first, second or third in a run (simple tabulation).

    Punctuation around the word does not count; nothing comes of what is nothing else.
    """
    letters = word if word[0].isalnum() and word[-1].isalnum() else _bare(word)
    if not letters:
        return b""
    digest = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=WORD_BYTES).digest()
    first, second, third = _THREE.unpack(digest)
    return _OWN.pack(first & MASK | MARK, second & MASK, third & MASK)


_KNOWN = Remembered(_hashes, 65_536)


def _bare(word: str) -> str:
    first, last = _LETTER.search(word), _LETTER.search(word[::-1])
    return word[first.start() : len(word) - last.start()] if first and last else ""


def _joined(hashes: bytes) -> bytes:
    """The exclusive or of each word's first hash, the next word's second and the third of the one after that.

    It stands in the first four bytes of each word but the last two. All words are joined at once, as one great number:
    a fifth of the time that joining them one by one takes.
    """
    number = int.from_bytes(hashes, "little")
    joined = number ^ number >> 8 * (WORD_BYTES + 4) ^ number >> 8 * 2 * (WORD_BYTES + 4)
    return joined.to_bytes(len(hashes), "little")[: -2 * WORD_BYTES]


def _keys(coarse: list[int]) -> tuple[int, ...]:
    """One key a band of the minima of coarser bins; an empty one takes what the next that is not empty has."""
    if NOTHING in coarse:
        last = next(value for value in coarse if value != NOTHING)
        for i in range(COARSE - 1, -1, -1):
            last = coarse[i] = last if coarse[i] == NOTHING else coarse[i]
    products = list(map(mul, coarse, FACTORS))
    return tuple([sum(products[at : at + WIDTH]) % PRIME for at in range(0, COARSE, WIDTH)])


def likeness(first: str, second: str, least: float = 0.0) -> float:
    """The share of runs of words that two sketched texts have in common, estimated: 0 to 1; 0 where more bins differ
    than `least` allows, which a third of the time tells.

    Of bins that both texts fill, one in sixty-four of those with unlike minima looks the same.
    """
    equal = _equal(first, second)
    if BINS - equal > (1 - least) * BINS:
        return 0.0
    same = _equal(first, second.replace(EMPTY, UNEQUAL)) if EMPTY in second else equal
    empty = equal - same
    filled = BINS - first.count(EMPTY) - second.count(EMPTY) + empty
    return max(0.0, (same - filled / SIGNS) / ((BINS - empty) * (1 - 1 / SIGNS)))


def _equal(first: str, second: str) -> int:
    """How many signs are the same in the same place: all at once, as great numbers, in a tenth of the time."""
    differing = int.from_bytes(first.encode(), "big") ^ int.from_bytes(second.encode(), "big")
    return differing.to_bytes(BINS, "big").count(0)
