"""Finds the lines of a front-matter value in the document that it was read from."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content_audit.expressions import expression
from content_audit.lines import LINE_END
from content_audit.model import Document, Edit, Node
from content_audit.text.removal import Place, removals

REACH, WIDENING = 1000, 6
"""A line of a value is looked for as far beyond the one before it as folding and escapes can have moved it: so many
characters, and so many times its own length (an escape is up to six characters for one)."""

_LINE = expression(r"(?<![^\r\n])[^\r\n]*\S[^\r\n]*")
_INDENT = expression(r"^( *)[^ \r\n]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value's lines stand in `document`, as half-open offsets.

    `starts` are the offsets in the value of its lines that are not blank, `spots` their places in the document, None
    where a line is not found; `whole` is the value's place. `literal` says that every line of the value is a line of
    the document's.
    """

    document: Document
    whole: Place
    starts: Sequence[int]
    spots: Sequence[Place | None]
    literal: bool

    def place(self, start: int, end: int) -> Place:
        """Where `value[start:end]` stands, whole lines with words; the value's place where that can't be told."""
        first = self.spots[bisect_left(self.starts, start)]
        last = self.spots[bisect_left(self.starts, end) - 1]
        if first is None or last is None:
            return self.whole
        if not self.literal:
            return first[0], last[1]
        text = self.document.text
        opening = max(text.rfind("\n", 0, first[0]), text.rfind("\r", 0, first[0])) + 1
        ending = LINE_END.search(text, last[1], self.whole[1])
        return opening, ending.end() if ending else self.whole[1]

    def removals(self, places: Sequence[Place]) -> Sequence[Edit | None]:
        """The edits that remove these places of the document; none but from a literal block scalar.

        Nor from one whose indent the first line left would set anew.
        """
        start, end = self.whole
        written = self.document.text[start:end]
        if not self.literal or not places or not _keeps_indent(written, places[0][0] - start):
            return [None] * len(places)
        edits = removals(written, 0, [(a - start, b - start) for a, b in places])
        return [Edit(start + edit.start, start + edit.end, edit.text) for edit in edits]


def source(document: Document, node: Node, value: str) -> Source:
    """Find the lines of `value`, which stands at `node`."""
    text = document.text
    whole = _content(text, node) if node.style == "literal" else (node.start, node.end)
    lines = list(_LINE.finditer(value))
    spots = list(_spots(text, whole, [line[0].strip() for line in lines]))
    gaps = pairwise([(whole[0], whole[0]), *(spot or (-1, -1) for spot in spots)])
    literal = node.style == "literal" and all(a[1] <= b[0] and not text[a[1] : b[0]].strip() for a, b in gaps)
    return Source(document, whole, [line.start() for line in lines], spots, literal)


def _content(text: str, node: Node) -> Place:
    """The lines of a block scalar, without its indicator."""
    opening = LINE_END.search(text, node.start)
    ending = LINE_END.match(text, node.end)
    return opening.end() if opening else node.end, ending.end() if ending else node.end


def _spots(text: str, whole: Place, lines: Sequence[str]) -> Iterator[Place | None]:
    at, end = whole
    for line in lines:
        start = text.find(line, at, min(end, at + REACH + WIDENING * len(line)))
        yield (start, start + len(line)) if start >= 0 else None
        at = max(at, start) + len(line)


def _keeps_indent(written: str, first: int) -> bool:
    """Can lines go, the first of them at offset `first`? The first line left tells YAML the indent of all."""
    indents = [(match.start(), len(match[1])) for match in _INDENT.finditer(written)]
    return not indents or indents[0][0] < first or len({indent for _, indent in indents}) == 1
