"""The lines of a body, or of a page's main text, as hashes to be found in the other documents of its site."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, groupby
from urllib.parse import urlsplit

from content_audit.expressions import expression
from content_audit.facts.prose import body_text, page_places, unplaced
from content_audit.facts.tables import LineRow
from content_audit.model import Document, made
from content_audit.text import Line, body_lines, heard, judged, split
from content_audit.text.apart import apart, table
from content_audit.text.headings import level
from content_audit.text.lines import FIXED, HEAD
from content_audit.text.paragraphs import paragraphs

FOLDED = expression(r"[\W\d_]+")
_NUMBERS = expression(r"\d+")
_LOWER = table(str.isalpha, lower=True)
_OTHERS = bytes(code for code in range(128) if not chr(code).isalpha())
"""Takes out of text in ASCII what `FOLDED` does, in a small part of the time."""

_DIGITS = table(str.isdecimal)
_NO_DIGITS = bytes(code for code in range(128) if not chr(code).isdecimal())

PHRASES = 4
"""Words that the items of a list have on average from which on they say something and name no other page."""


def site_of(path: str, url: str) -> str:
    """The site that a document belongs to: its url's host, or else the folder that holds it."""
    try:
        host = urlsplit(url).hostname if "//" in url else None
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else path.rpartition("/")[0]


def line_key(site: str, text: str) -> int:
    """Equal for lines of one site that differ in case, digits, punctuation and white space only: 63 bits of BLAKE2b.

    -1 for a line without letters: it says nothing that could be furniture.
    """
    said = unplaced(text)
    if said.isascii():
        letters = said.encode().translate(_LOWER, _OTHERS)
    else:
        letters = FOLDED.sub("", said.casefold()).encode("utf-8", "surrogatepass")
    return _hash(site.encode("utf-8", "surrogatepass") + b"\n" + letters) if letters else -1


def exact_key(key: int, text: str) -> int:
    """As `line_key`, which is the first argument, but for digits: equal for lines whose numbers are equal too."""
    if key < 0:
        return key
    said = unplaced(text)
    if said.isascii() and not said.encode().translate(None, _NO_DIGITS):
        return key
    numbers = apart(said, _DIGITS).split() if said.isascii() else _NUMBERS.findall(said)
    return _hash(f"{key} {' '.join(numbers)}".encode()) if numbers else key


def _hash(said: bytes) -> int:
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def line_rows(document: Document, doc: int, site: str) -> tuple[LineRow, ...]:
    """A row for each line that has letters; code, tables, HTML and copies of what the document has left out.

    Those of an HTML page are the lines of its main text, at the places where the page has them; they can't be cut out.
    """
    if document.format == "html":
        return tuple(_page_rows(document, doc, site))
    every = body_lines(document)
    lines = [line for line in every if not line.blank]
    keys, exact = _keys(heard(document), lines, site)
    if max(keys, default=-1) < 0:
        return ()
    phrased = _phrased(lines) if document.format == "markdown" else [False] * len(lines)
    copied, gone = _removed(document, lines)
    tail = max((i + 1 for i, away in enumerate(gone) if not away), default=0)
    numbers, untils = _numbered(heard(document), lines, keys)
    left = every
    if True in copied:
        left = [line for line, away in zip(every, _within(every, _copies(document)), strict=True) if not away]
    told = dict(zip((line.start for line in left), paragraphs(left), strict=True))
    rows = []
    for i, (line, key) in enumerate(zip(lines, keys, strict=True)):
        if key < 0 or copied[i]:
            continue
        at_end = i + 1 == len(lines)
        following = len(document.text) if at_end else lines[i + 1].start
        start, end = line.start, line.end
        keyed = doc, key, exact[i], numbers[i], untils[i], int(told[start] or phrased[i]), line.words
        from_at = lines[i - 1].end if i and not gone[i - 1] else -1
        end_at = start + len(document.text[start:end].rstrip())
        next_at = -1 if gone[i] else end if tail <= i + 1 and not at_end else following
        rows.append(made(LineRow, (*keyed, from_at, start, end_at, -1 if at_end else end, next_at)))
    return tuple(rows)


def _page_rows(document: Document, doc: int, site: str) -> Iterator[LineRow]:
    text = body_text(document)
    every = split(text, 0, markdown=True)
    told = paragraphs(every)
    chosen = [i for i, line in enumerate(every) if line.words and line.shape not in FIXED]
    lines = [every[i] for i in chosen]
    keys, exact = _keys(text, lines, site)
    numbers, untils = _numbered(text, lines, keys)
    places = page_places(document, [line.text for line in lines])
    for i, (start, end) in enumerate(places):
        prose = int(told[chosen[i]])
        yield LineRow(doc, keys[i], exact[i], numbers[i], untils[i], prose, lines[i].words, -1, start, end, -1, end)


def _removed(document: Document, lines: list[Line]) -> tuple[list[bool], list[bool]]:
    """Which lines are copies of others, and which go as copies or as furniture."""
    found = judged(document)
    copied = _within(lines, _copies(document))
    named = _within(lines, [block.place for block in found.blocks])
    return copied, [a or b for a, b in zip(copied, named, strict=True)]


def _copies(document: Document) -> list[tuple[int, int]]:
    return [repeat.place for repeat in judged(document).repeats]


def _keys(text: str, lines: Sequence[Line], site: str) -> tuple[list[int], list[int]]:
    """The two keys of each line; -1 for code, tables and HTML."""
    known: dict[str, tuple[int, int]] = {}
    found = []
    for line in lines:
        shown = (
            "" if line.shape in FIXED else line.text if line.end - line.start <= HEAD else text[line.start : line.end]
        )
        if shown not in known:
            key = line_key(site, shown)
            known[shown] = key, exact_key(key, shown)
        found.append(known[shown])
    return [key for key, _ in found], [exact for _, exact in found]


def _phrased(lines: Sequence[Line]) -> list[bool]:
    """Which lines are items of a list that an author wrote under a heading: phrases, and no links."""
    found = [False] * len(lines)
    headed = False
    at = 0
    for shape, group in groupby(lines, key=lambda line: line.shape):
        items = list(group)
        headed = headed or shape == "heading"
        if shape == "item" and headed and not any(line.linked for line in items):
            told = sum(line.words for line in items) >= PHRASES * len(items)
            found[at : at + len(items)] = [told] * len(items)
        at += len(items)
    return found


def _numbered(text: str, lines: Sequence[Line], keys: Sequence[int]) -> tuple[list[int], list[int]]:
    """The number of each line, those without letters left out, with a gap at code and the like; and up to which number
    it heads."""
    steps = (2 if line.shape in FIXED else int(key >= 0) for line, key in zip(lines, keys, strict=True))
    numbers = list(accumulate(steps))
    untils = list(numbers)
    above: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if line.shape == "heading":
            depth = level(text, line)
            while above and above[-1][0] >= depth:
                untils[above.pop()[1]] = numbers[i - 1]
            above.append((depth, i))
    for _, i in above:
        untils[i] = numbers[-1]
    return numbers, untils


def _within(lines: Sequence[Line], places: list[tuple[int, int]]) -> list[bool]:
    """Which lines stand in one of these disjoint places."""
    if not places:
        return [False] * len(lines)
    places = sorted(places)
    within = []
    at = 0
    for line in lines:
        while at < len(places) and places[at][1] <= line.start:
            at += 1
        within.append(at < len(places) and places[at][0] <= line.start)
    return within
