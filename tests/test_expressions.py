"""Each regular expression that is compiled later can be."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import content_audit
from content_audit.expressions import expression


def expressions() -> Iterator[tuple[str, Any]]:
    """All that modules hold, by their names."""
    kind = type(expression(""))
    for module in pkgutil.walk_packages(content_audit.__path__, "content_audit."):
        if not module.name.endswith("__main__"):
            held = vars(importlib.import_module(module.name))
            yield from ((f"{module.name}.{name}", each) for name, each in held.items() if isinstance(each, kind))


def test_each_compiles() -> None:
    found = dict(expressions())
    assert len(found) > 100
    for name, each in found.items():
        assert isinstance(each.pattern, str), name


def test_it_is_what_re_makes_of_it() -> None:
    later, made = expression("(?P<word>b+)", re.IGNORECASE), re.compile("(?P<word>b+)", re.IGNORECASE)
    assert [m.span("word") for m in later.finditer("aBba")] == [m.span("word") for m in made.finditer("aBba")]
    assert (later.flags, later.groupindex) == (made.flags, made.groupindex)
