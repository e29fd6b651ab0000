"""What is read when it is first asked for."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Deferred(Sequence[Item]):
    """So many items, read when one of them is first asked for."""

    def __init__(self, size: int, read: Callable[[], Sequence[Item]]) -> None:
        self._size = size
        self._read = read

    @cached_property
    def _items(self) -> Sequence[Item]:
        return self._read()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        return self._items[at]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)
