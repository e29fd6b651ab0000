"""Judges the texts that stand in the front matter: answers and descriptions that brought their page along."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from content_audit.model import Document, Edit, Pointer, lookup
from content_audit.text.doubts import doubtful
from content_audit.text.judge import Block, Judgement, judge, without
from content_audit.text.lines import count_words, split
from content_audit.text.removal import Place
from content_audit.text.repeats import MIN_WORDS, Repeat
from content_audit.text.values import Source, source


class FieldBlock(NamedTuple):
    """Furniture in the value at `pointer`, in the document's offsets, and the edit that removes it.

    There is an edit only in YAML's literal block scalars, where every line of the value is a line of the document.
    """

    pointer: Pointer
    block: Block
    edit: Edit | None


class FieldRepeat(NamedTuple):
    """A passage that stands twice in the value at `pointer`, as `FieldBlock`; `doubtful` as the module of
    doubts has it."""

    pointer: Pointer
    repeat: Repeat
    edit: Edit | None
    doubtful: bool


class _Field(NamedTuple):
    """A value with its judgement, both in its own offsets, and the edits that take places out.

    `source` is where it comes from, None where nothing is to be taken out.
    """

    pointer: Pointer
    value: str
    judgement: Judgement
    source: Source | None
    edits: dict[Place, Edit | None]


def field_blocks(document: Document) -> Iterator[FieldBlock]:
    """The furniture in a document's text fields and descriptions of several lines, in the order of the fields."""
    for field in _fields(document, MIN_WORDS):
        if field.source is None:
            continue
        for block in field.judgement.blocks:
            start, end = field.source.place(*block.place)
            edit = field.edits[block.place]
            yield FieldBlock(field.pointer, replace(block, start=start, end=end), edit)


def field_repeats(document: Document, min_repeat: int = MIN_WORDS) -> Iterator[FieldRepeat]:
    """The passages of at least `min_repeat` words that stand again in the same one of these fields."""
    for field in _fields(document, min_repeat):
        repeats = field.judgement.repeats
        if not repeats or field.source is None:
            continue
        doubts = doubtful(field.value, split(field.value, 0, markdown=True), repeats)
        for repeat, doubt in zip(repeats, doubts, strict=True):
            start, end = field.source.place(*repeat.place)
            first_start, first_end = field.source.place(repeat.first_start, repeat.first_end)
            placed = replace(repeat, start=start, end=end, first_start=first_start, first_end=first_end)
            yield FieldRepeat(field.pointer, placed, field.edits[repeat.place], doubt)


def field_texts(document: Document) -> list[str]:
    """The values of the text fields, without their furniture and their verbatim repeats."""
    fields = {field.pointer: field for field in _fields(document, MIN_WORDS)}
    entries = [lookup(document, (name,)) for name in document.fields.text]
    return [
        without(value, fields[pointer].judgement) if pointer in fields else value
        for pointer, value in filter(None, entries)
        if isinstance(value, str)
    ]


@lru_cache(maxsize=4)
def field_words(document: Document) -> tuple[int, int]:
    """The words of the text fields and of descriptions of several lines, and how many are furniture or repetition."""
    fields = _fields(document, MIN_WORDS)
    judged = {field.pointer for field in fields}
    entries = [lookup(document, (name,)) for name in document.fields.text]
    single = [value for pointer, value in filter(None, entries) if isinstance(value, str) and pointer not in judged]
    words = sum(map(count_words, single)) + sum(field.judgement.words for field in fields)
    return words, sum(field.judgement.removed_words for field in fields)


@lru_cache(maxsize=4)
def _fields(document: Document, min_repeat: int) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for name in dict.fromkeys((*document.fields.text, *document.fields.description)):
        entry = lookup(document, (name,))
        if entry is None or not isinstance(entry[1], str) or "\n" not in entry[1].strip():
            continue
        pointer, value = entry
        node = document.nodes.get(pointer)
        if node is not None:
            judgement = judge(value, markdown=True, min_repeat=min_repeat)
            origin = source(document, node, value) if judgement.blocks or judgement.repeats else None
            found.append(_Field(pointer, value, judgement, origin, _edits(judgement, origin) if origin else {}))
    return tuple(found)


def _edits(judgement: Judgement, source: Source) -> dict[Place, Edit | None]:
    """For each block and later copy, by its place in the value, the edit that removes it."""
    removed = source.removals([source.place(*place) for place in judgement.places])
    return dict(zip(judgement.places, removed, strict=True))
