"""Remembers what was worked out of words: few of a text's are new to a run."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What `work` says of keys; it is asked once for each, and all is forgotten when there are `most` of them.

    Looking something up takes half of the time of `lru_cache`, which keeps count of the order besides.
    """

    def __init__(self, work: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self.work = work
        self.most = most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self.most:
            self.clear()
        value = self[key] = self.work(key)
        return value
