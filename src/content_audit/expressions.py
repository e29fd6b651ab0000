"""Regular expressions that are compiled when they are first asked: few changed documents ask a third of them."""

import re
from typing import Any, cast


class _Later:
    """Becomes the expression, method by method."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def expression(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, without the time that it takes before it is needed: all 240 take .05 s, as much as a run
    over a few documents takes to import the modules that they stand in.

    An error in it comes to light when it is first asked: by its methods, since `re.sub` and its like don't take it.
    """
    return cast("re.Pattern[str]", _Later(text, flags))
