"""What is known of one document of a space, and the bytes that stand for it on a shelf."""

import marshal
from array import array
from collections.abc import Mapping
from typing import Any, NamedTuple

from content_audit.facts import DamagedIndexError
from content_audit.model import made
from content_audit.rule import Row

Weighed = tuple["array[int]", "array[float]"]
"""A document's terms, heaviest first, with their impacts."""

LENGTH = 4
"""Bytes of a vector's length, of a term and of an impact."""


class Entry(NamedTuple):
    """One document of the space: its record, and what is known of it in terms.

    `marked` is the language that its site says it is in, `language` the one that its words are read in.
    `standing` says whether it is published. `title_terms` and `central` have spaces between their terms.
    """

    doc: int
    path: str
    id: str
    title: str
    subject: str
    url: str
    url_key: str
    marked: str
    language: str
    standing: int
    title_terms: str
    central: str


class Near(NamedTuple):
    """The documents most like one, with their likeness, best first, and the share that one had to have to be tried."""

    others: Mapping[int, float]
    cut: float


def numbers(kind: str, data: bytes) -> "array[Any]":
    """An array of this kind as its bytes tell it. Raises DamagedIndexError for bytes that are none."""
    found: array[Any] = array(kind)
    try:
        found.frombytes(data)
    except (ValueError, TypeError) as error:
        raise DamagedIndexError("what is kept of documents' neighbours is none") from error
    return found


def entry_of(row: Row) -> Entry:
    """The entry that a row of `content_audit.relevance.space.TOPICS` tells."""
    return Entry(**{name: row[name] for name in Entry._fields})


def pack_entry(entry: Entry) -> bytes:
    """An entry as bytes."""
    return marshal.dumps(tuple(entry))


def unpack_entry(record: bytes) -> Entry:
    """The same again."""
    found: Entry = made(Entry, marshal.loads(record))
    return found


def pack_near(near: Near) -> bytes:
    """What is nearest to a document, as bytes: the cut and the likeness of the others, then these."""
    return array("d", [near.cut, *near.others.values()]).tobytes() + array("q", near.others).tobytes()


def unpack_near(record: bytes) -> Near:
    """The same again."""
    view = memoryview(record)
    end = len(record) // 16 * 8 + 8
    cut, *likeness = view[:end].cast("d").tolist()
    return Near(dict(zip(view[end:].cast("q").tolist(), likeness, strict=True)), cut)


def pack_vector(vector: Weighed, width: int, nothing: int) -> bytes:
    """A vector as bytes: so many terms, of which those that it lacks are `nothing`, as many impacts, and its length.

    Those of all documents, one after the other, are a table (`content_audit.relevance.blocks`).
    """
    terms, impacts = vector
    more = width - len(terms)
    columns = terms, array("i", [nothing]) * more, impacts, array("f", [0.0]) * more, array("i", [len(terms)])
    return b"".join(column.tobytes() for column in columns)


def unpack_vector(record: bytes) -> Weighed:
    """The same again."""
    half = (len(record) - LENGTH) // 2
    many = LENGTH * int(memoryview(record)[-LENGTH:].cast("i")[0])
    terms, impacts = array("i"), array("f")
    terms.frombytes(record[:many])
    impacts.frombytes(record[half : half + many])
    return terms, impacts
