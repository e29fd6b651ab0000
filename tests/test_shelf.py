"""What is put on a shelf is there again, in memory or in a file, and where there is no room for one."""

import gc
import mmap
import tempfile
import warnings
from array import array
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit import shelf
from content_audit.relevance.records import Near, pack_near, pack_vector, unpack_near, unpack_vector
from content_audit.shelf import Shelf, Shelved
from tests.conftest import examples

FLOATS = st.floats(0, 1, width=32)


class Full:
    """A file on a disk that has room for so many bytes."""

    def __init__(self, file: IO[bytes], room: int) -> None:
        self.file, self.room = file, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: memoryview) -> int:
        """Write a part of it, as a disk that is nearly full does."""
        if not self.room:
            raise OSError("no space left on device")
        part = data[: min(self.room, 7)]
        self.room -= len(part)
        return self.file.write(part)


def full(room: int) -> Any:
    """What opens such files in the place of `tempfile`."""
    opened = tempfile.TemporaryFile

    def open_one(**options: Any) -> Full:
        if room == 0:
            raise FileNotFoundError("no usable temporary directory")
        return Full(opened(**options), room)

    return open_one


@examples(300)
@given(st.lists(st.binary(max_size=40), max_size=60), st.integers(0, 100), st.integers(0, 600), st.randoms())
def test_each_record_is_there_again(records: list[bytes], ahead: int, room: int, rng: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "AHEAD", ahead)
        patch.setattr(tempfile, "TemporaryFile", full(room))
        made = Shelf()
        for number, record in enumerate(records):
            assert made.put(record) == number
            seen = rng.randrange(number + 1)
            assert made[seen] == records[seen]
        assert len(made) == len(records)
        assert bytes(made.whole()[:]) == b"".join(records)
        assert [made[number] for number in range(len(made))] == records


def test_where_there_is_no_room_nothing_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def nowhere(**options: Any) -> IO[bytes]:
        tried.append(options)
        raise OSError("no space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", nowhere)
    monkeypatch.setattr(shelf, "AHEAD", 10)
    made = Shelf()
    for _ in range(9):
        made.put(b"x" * 11)
    assert len(tried) == 1


def test_a_file_that_cannot_be_mapped_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "AHEAD", 10)
    made = Shelf()
    for number in range(9):
        made.put(bytes([number]) * 7)

    def refuse(*arguments: Any, **options: Any) -> None:
        raise OSError("no such device")

    monkeypatch.setattr(mmap, "mmap", refuse)
    assert bytes(made.whole()) == b"".join(bytes([number]) * 7 for number in range(9))
    assert made[3] == b"\3" * 7


def test_what_is_no_document_has_no_value() -> None:
    made: Shelved[bytes] = Shelved(array("q", [1, 5]), bytes, bytes, remembered=2)
    for doc in (0, 3, 9):
        with pytest.raises(KeyError):
            made[doc] = b""
        assert doc not in made
    assert dict(made) == {}


def test_a_shelf_in_a_file_takes_no_memory_for_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "AHEAD", 1000)
    made = Shelf()
    for _ in range(100):
        made.put(b"x" * 400)
    assert len(made._last) <= 1400
    assert made[0] == made[99] == b"x" * 400
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        del made
        gc.collect()
    assert not said


@given(st.dictionaries(st.integers(-(2**63), 2**63 - 1), st.binary()), st.sets(st.integers(0, 9)))
def test_values_are_found_by_the_keys_of_documents(values: dict[int, bytes], others: set[int]) -> None:
    docs = array("q", sorted({*values, *others}))
    made: Shelved[bytes] = Shelved(docs, bytes, bytes, remembered=2)
    for doc, value in values.items():
        assert doc not in made
        made[doc] = value
    assert dict(made) == values
    assert len(made) == len(values)
    for doc in others - values.keys():
        assert made.get(doc) is None
        assert made.get(doc, b"none") == b"none"
        with pytest.raises(KeyError):
            made[doc]


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), FLOATS), max_size=20), st.integers(20, 30))
def test_a_vector_as_bytes(pairs: list[tuple[int, float]], width: int) -> None:
    vector = array("i", [term for term, _ in pairs]), array("f", [impact for _, impact in pairs])
    record = pack_vector(vector, width, nothing=7)
    assert unpack_vector(record) == vector
    assert len(record) == 8 * width + 4


@given(st.dictionaries(st.integers(-(2**63), 2**63 - 1), st.floats(0, 1), max_size=20), st.floats(0, 1))
def test_what_is_nearest_as_bytes(others: dict[int, float], cut: float) -> None:
    near = unpack_near(pack_near(Near(others, cut)))
    assert [*near.others.items()] == [*others.items()]
    assert near.cut == cut
