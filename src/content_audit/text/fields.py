"""Judges the texts that stand in the front matter: answers and descriptions that brought their page along."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from content_audit.model import Document, Edit, Node, Pointer, lookup
from content_audit.text.judge import Block, judge
from content_audit.text.removal import removals

_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"^( *)[^ \r\n]", re.MULTILINE)


class FieldBlock(NamedTuple):
    """Furniture in the value at `pointer`, in the document's offsets, and the edit that removes it.

    There is an edit only in YAML's literal block scalars, where every line of the value is a line of the document.
    """

    pointer: Pointer
    block: Block
    edit: Edit | None


@lru_cache(maxsize=4)
def field_blocks(document: Document) -> tuple[FieldBlock, ...]:
    """The furniture in a document's text fields and descriptions of several lines, in the order of the fields."""
    found: list[FieldBlock] = []
    for name in dict.fromkeys((*document.fields.text, *document.fields.description)):
        entry = lookup(document, (name,))
        if entry is None or not isinstance(entry[1], str) or "\n" not in entry[1].strip():
            continue
        pointer, value = entry
        node = document.nodes.get(pointer)
        if node is not None:
            found += (
                _in_lines(document, pointer, node)
                if node.style == "literal"
                else _in_value(document, pointer, node, value)
            )
    return tuple(found)


def _in_lines(document: Document, pointer: Pointer, node: Node) -> Iterator[FieldBlock]:
    """A literal block scalar is judged where it stands."""
    opening = _LINE_END.search(document.text, node.start)
    start = opening.end() if opening else node.end
    ending = _LINE_END.match(document.text, node.end)
    written = document.text[start : ending.end() if ending else node.end]
    blocks = judge(written, markdown=True).blocks
    edits = removals(written, 0, [(block.start, block.end) for block in blocks])
    sound = _keeps_indent(written, blocks)
    for block, edit in zip(blocks, edits, strict=True):
        moved = Edit(start + edit.start, start + edit.end, edit.text)
        place = replace(block, start=start + block.start, end=start + block.end)
        yield FieldBlock(pointer, place, moved if sound else None)


def _keeps_indent(written: str, blocks: tuple[Block, ...]) -> bool:
    """Can any of these blocks go? The first line left tells YAML the indent of all."""
    indents = [(match.start(), len(match[1])) for match in _INDENT.finditer(written)]
    first_stays = not blocks or not indents or indents[0][0] < blocks[0].start
    return first_stays or len({indent for _, indent in indents}) == 1


def _in_value(document: Document, pointer: Pointer, node: Node, value: str) -> Iterator[FieldBlock]:
    """Any other value is judged as it reads; a block stands where its ends are found, or at all of it."""
    at = node.start
    for block in judge(value, markdown=True).blocks:
        lines = value[block.start : block.end].strip().splitlines()
        start = document.text.find(lines[0].strip(), at, node.end)
        last = document.text.find(lines[-1].strip(), start, node.end) if start >= 0 else -1
        if last >= 0:
            at = last + len(lines[-1].strip())
        place = (start, at) if last >= 0 else (node.start, node.end)
        yield FieldBlock(pointer, replace(block, start=place[0], end=place[1]), None)
