"""What a run knows of each of many documents: in a file, but for what was put there or asked for last."""

import mmap
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from math import inf
from typing import IO, TypeVar, overload

AHEAD = 16 << 20
"""Bytes that are put before they are written, so that a collection of some ten thousand documents needs no file."""

Value = TypeVar("Value")
Other = TypeVar("Other")
Whole = bytearray | mmap.mmap


class Shelf:
    """Records of bytes by their numbers: the last ones in memory, those before in a temporary file without a name.

    Where there is no room for such a file, all of them are in memory.
    """

    def __init__(self) -> None:
        self._ends = array("Q", [0])
        self._last = bytearray()
        self._most: float = AHEAD
        self._written = 0
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, record: bytes) -> int:
        """Add a record; its number."""
        self._last += record
        self._ends.append(self._ends[-1] + len(record))
        if len(self._last) > self._most:
            self._write()
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        if self._file is None or start >= self._written:
            return bytes(self._last[start - self._written : end - self._written])
        self._file.seek(start)
        return self._file.read(end - start)

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, range(len(self)))

    def whole(self) -> Whole:
        """All records, one after the other, to be read where they are: none can be put any more."""
        if self._file is not None:
            self._write()
        if self._file is not None:
            with suppress(OSError):
                return mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
            self._take_back()
        return self._last

    def _write(self) -> None:
        try:
            self._file = self._file or self._opened()
            self._file.seek(self._written)
            done = 0
            while done < len(self._last):
                done += self._file.write(self._last[done:])
        except OSError:
            self._take_back()
        else:
            self._written = self._ends[-1]
            self._last = bytearray()

    def _opened(self) -> IO[bytes]:
        import tempfile

        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with this object
        weakref.finalize(self, file.close)
        return file

    def _take_back(self) -> None:
        """Go on in memory."""
        self._most = inf
        if self._file is not None:
            self._file.truncate(self._written)
            self._file.seek(0)
            self._last[:0] = b"".join(iter(partial(self._file.read, 1 << 20), b""))
            with suppress(OSError):
                self._file.close()
        self._written, self._file = 0, None


class Shelved(Mapping[int, Value]):
    """The values of documents as records of a shelf, which `pack` makes and `unpack` reads; so many are remembered.

    `docs` are the documents' keys, in order. A value is put in once.
    """

    def __init__(
        self, docs: "array[int]", pack: Callable[[Value], bytes], unpack: Callable[[bytes], Value], remembered: int
    ) -> None:
        self.shelf = Shelf()
        self._docs, self._pack, self._unpack = docs, pack, unpack
        self._numbers = array("q", [-1]) * len(docs)
        self._load = lru_cache(maxsize=remembered)(self._loaded)

    def _loaded(self, doc: int) -> Value:
        number = self._number(doc)
        if number < 0:
            raise KeyError(doc)
        return self._unpack(self.shelf[number])

    def _number(self, doc: int) -> int:
        """That of a document's record; below zero where there is none."""
        at = bisect_left(self._docs, doc)
        return self._numbers[at] if at < len(self._docs) and self._docs[at] == doc else -1

    def __setitem__(self, doc: int, value: Value) -> None:
        at = bisect_left(self._docs, doc)
        if self._docs[at : at + 1] != array("q", [doc]):
            raise KeyError(doc)
        self._numbers[at] = self.shelf.put(self._pack(value))

    def __getitem__(self, doc: int) -> Value:
        return self._load(doc)

    @overload
    def get(self, doc: int, default: None = None, /) -> Value | None: ...

    @overload
    def get(self, doc: int, default: Value | Other, /) -> Value | Other: ...

    def get(self, doc: int, default: Value | Other | None = None, /) -> Value | Other | None:
        """The value of a document; the default where there is none."""
        try:
            return self._load(doc)
        except KeyError:
            return default

    def __contains__(self, doc: object) -> bool:
        return isinstance(doc, int) and self._number(doc) >= 0

    def __iter__(self) -> Iterator[int]:
        return (doc for doc, number in zip(self._docs, self._numbers, strict=True) if number >= 0)

    def __len__(self) -> int:
        return sum(number >= 0 for number in self._numbers)
