"""Remembers what was worked out of words: few of a text's are new to a run."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """What `work` says of texts; it is asked once for each, and all is forgotten when there are `most` of them.

    Looking something up takes half of the time of `lru_cache`, which keeps count of the order besides.
    """

    def __init__(self, work: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self.work = work
        self.most = most

    def __missing__(self, text: str) -> Value:
        if len(self) >= self.most:
            self.clear()
        value = self[text] = self.work(text)
        return value
