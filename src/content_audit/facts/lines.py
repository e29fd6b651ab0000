"""The lines of a body, or of a page's main text, as hashes to be found in the other documents of its site."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from urllib.parse import urlsplit

from content_audit.facts.prose import PLACEHOLDER, body_text, page_places
from content_audit.facts.tables import LineRow
from content_audit.model import Document
from content_audit.text import Line, body_lines, judged, split
from content_audit.text.lines import FIXED, HEAD

FOLDED = re.compile(r"[\W\d_]+")
_ASCII = {code: " " for code in range(128) if not chr(code).isalpha()}
"""What `FOLDED` does to text in ASCII, in half of the time."""


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
    said = PLACEHOLDER.sub(" ", text).casefold()
    folded = " ".join(said.translate(_ASCII).split()) if said.isascii() else FOLDED.sub(" ", said).strip()
    if not folded:
        return -1
    data = f"{site}\n{folded}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1


def line_rows(document: Document, doc: int, site: str) -> tuple[LineRow, ...]:
    """A row for each line that has letters; code, tables, HTML and copies of what the document has left out.

    Those of an HTML page are the lines of its main text, at the places where the page has them; they can't be cut out.
    """
    if document.format == "html":
        return tuple(_page_rows(document, doc, site))
    lines = [line for line in body_lines(document) if not line.blank]
    found = judged(document)
    copied = _within(lines, [(repeat.start, repeat.end) for repeat in found.repeats])
    named = _within(lines, [(block.start, block.end) for block in found.blocks])
    gone = [a or b for a, b in zip(copied, named, strict=True)]
    tail = max((i + 1 for i, away in enumerate(gone) if not away), default=0)
    rows = []
    keys: dict[str, int] = {}
    number = 0
    for i, line in enumerate(lines):
        shown = "" if line.shape in FIXED else _shown(document, line)
        key = keys.get(shown) or keys.setdefault(shown, line_key(site, shown))
        number += 2 if line.shape in FIXED else key >= 0
        if key < 0 or copied[i]:
            continue
        at_end = i + 1 == len(lines)
        following = len(document.text) if at_end else lines[i + 1].start
        rows.append(
            LineRow(
                doc=doc,
                line_key=key,
                number=number,
                words=line.words,
                from_at=lines[i - 1].end if i and not gone[i - 1] else -1,
                start_at=line.start,
                end_at=line.start + len(document.text[line.start : line.end].rstrip()),
                cut_at=-1 if at_end else line.end,
                next_at=-1 if gone[i] else line.end if tail <= i + 1 and not at_end else following,
            )
        )
    return tuple(rows)


def _page_rows(document: Document, doc: int, site: str) -> Iterator[LineRow]:
    text = body_text(document)
    lines = [line for line in split(text, 0, markdown=True) if line.words and line.shape not in FIXED]
    places = page_places(document, [line.text for line in lines])
    for number, (line, (start, end)) in enumerate(zip(lines, places, strict=True)):
        key = line_key(site, line.text if line.end - line.start <= HEAD else text[line.start : line.end])
        yield LineRow(doc, key, number, line.words, -1, start, end, -1, end)


def _shown(document: Document, line: Line) -> str:
    return line.text if line.end - line.start <= HEAD else document.text[line.start : line.end]


def _within(lines: list[Line], places: list[tuple[int, int]]) -> list[bool]:
    """Which lines stand in one of these disjoint places."""
    places = sorted(places)
    within = []
    at = 0
    for line in lines:
        while at < len(places) and places[at][1] <= line.start:
            at += 1
        within.append(at < len(places) and places[at][0] <= line.start)
    return within
