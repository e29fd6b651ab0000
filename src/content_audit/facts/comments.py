"""Comments of front matter, told from texts that look like one."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from content_audit.expressions import expression
from content_audit.model import Document

COMMENT = expression(r"(?<![^\s,\[\]{}])#[^\r\n]*")

Place = tuple[int, int]


def comments_in(document: Document, start: int, end: int) -> Iterator[Place]:
    """The comments of the front matter that begin between two offsets; JSON has none."""
    region = document.front_matter
    if region is None or region.syntax == "json":
        return
    texts = _texts(document)
    for match in COMMENT.finditer(document.text, start, min(end, region.content_end)):
        before = bisect_right(texts, (match.start(), len(document.text))) - 1
        if before < 0 or texts[before][1] <= match.start():
            yield match.span()


@lru_cache(maxsize=4)
def _texts(document: Document) -> list[Place]:
    """The places of keys and of values that hold no others, in order: what looks like a comment there is none."""
    holders = {pointer[:-1] for pointer in document.nodes}
    keys = ((node.key_start, node.key_end) for node in document.nodes.values())
    values = ((node.start, node.end) for pointer, node in document.nodes.items() if pointer not in holders)
    return sorted({*keys, *values})
