"""What validation against a schema may cost: how often a value is judged, told before anything is validated."""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from content_audit.expressions import expression
from content_audit.model import Pointer
from content_audit.parse.errors import MAX_DEPTH

MAX_EVALUATIONS = 100_000
"""Subschemas held against one value: they take 2.5 ms, and nobody writes so many."""

MAX_WEIGHT = 500_000
"""Held against one value, more than that is no longer counted: a hundred times what schemas in use have."""

STEPS = 100_000
"""Steps after which how a recursive schema grows is no longer told: a tenth of a second."""

MAX_COUNT = 1_000
"""What the counts of a pattern come to, one by the other: compiling grows with it, `\\w{900}` takes .7 ms."""

COUNT = expression(r"\{(?:\d*,)?(\d+),?\}")

HARD = expression(r"\(\?(?!:)|\\[1-9kKG]|[*+?}]\+")
"""What makes a pattern one that backtracks, if only up to a limit: look-around, references, what gives nothing back."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")
_MAPS = ("dependentSchemas", "dependencies")
_INNER_MAPS = ("properties", "patternProperties")
_INNER = (
    "additionalProperties propertyNames items additionalItems prefixItems contains unevaluatedItems "
    "unevaluatedProperties"
).split()
_REPEATED = ("enum", "const", "required", "pattern")

Place = tuple[Path, Pointer, Any]
"""A schema: its file, the way to it there, and itself."""

Resolve = Callable[[Path, str], Place]
"""Gives what a reference in a file leads to."""


class CostError(Exception):
    """A schema that nobody can validate against; `file` and `path` are its place."""

    def __init__(self, file: Path, path: Pointer, message: str) -> None:
        super().__init__(message)
        self.file = file
        self.path = path


class Cost:
    """How many subschemas are held against a value of the schema in `file`. `resolve` follows references."""

    def __init__(self, file: Path, schema: Any, resolve: Resolve) -> None:
        self.resolve = resolve
        self.top: Place = (file, (), schema)
        self.counts: dict[int, int] = {}
        self.open: set[int] = set()

    def check(self) -> None:
        """Raise CostError where a single value asks for too much: by subschemas that double, or without an end."""
        waiting, seen = [self.top], set[int]()
        while waiting:
            node = waiting.pop()
            if id(node[2]) in seen:
                continue
            seen.add(id(node[2]))
            if self._count(*node) > MAX_EVALUATIONS:
                raise CostError(node[0], node[1], f"holds over {MAX_EVALUATIONS:,} subschemas against each value")
            waiting += [*self._beside(*node), *self._inside(*node)]

    def most(self) -> int | None:
        """What is held against one value, however deep values are nested: characters of schemas, names looked up.

        None where that can't be told: where a recursive schema branches, where a pattern backtracks or is large.
        """
        try:
            return self._grown(self.top, MAX_DEPTH, {})
        except CostError:
            return None

    def worst(self) -> Place:
        """Where the cost stops being told; the whole schema where it never does."""
        try:
            self._grown(self.top, MAX_DEPTH, {})
        except CostError as error:
            return error.file, error.path, None
        return self.top

    def _count(self, file: Path, path: Pointer, schema: Any) -> int:
        key = id(schema)
        if key in self.counts:
            return self.counts[key]
        if key in self.open:
            raise CostError(file, path, "leads back to itself at the same value")
        self.open.add(key)
        self.counts[key] = 1 + sum(self._count(*node) for node in self._beside(file, path, schema))
        self.open.remove(key)
        return self.counts[key]

    def _grown(self, node: Place, depth: int, known: dict[tuple[int, int], int]) -> int:
        """What is held against one value of each level down to `depth`. CostError where it grows too large."""
        key = id(node[2]), depth
        if key not in known:
            if len(known) > STEPS:
                raise CostError(node[0], node[1], "grows too large to be told")
            beside = sum(self._grown(other, depth, known) for other in self._beside(*node))
            inside = (
                max((self._grown(other, depth - 1, known) for other in self._inside(*node)), default=0) if depth else 0
            )
            known[key] = _weight(*node) + beside + inside
            if known[key] > MAX_WEIGHT:
                raise CostError(node[0], node[1], "grows too large to be told")
        return known[key]

    def _beside(self, file: Path, path: Pointer, schema: Any) -> Iterator[Place]:
        """The schemas that the same value is held against."""
        if not isinstance(schema, Mapping):
            return
        for keyword in _REFERENCES:
            if isinstance(schema.get(keyword), str):
                yield self.resolve(file, schema[keyword])
        for keyword in _LISTS:
            yield from _items(file, (*path, keyword), schema.get(keyword))
        for keyword in _SINGLE:
            if isinstance(schema.get(keyword), Mapping):
                yield file, (*path, keyword), schema[keyword]
        for keyword in _MAPS:
            yield from _items(file, (*path, keyword), schema.get(keyword))

    def _inside(self, file: Path, path: Pointer, schema: Any) -> Iterator[Place]:
        """The schemas that values within the value are held against."""
        if not isinstance(schema, Mapping):
            return
        for keyword in _INNER_MAPS:
            yield from _items(file, (*path, keyword), schema.get(keyword))
        for keyword in _INNER:
            inner = schema.get(keyword)
            if isinstance(inner, Mapping):
                yield file, (*path, keyword), inner
            else:
                yield from _items(file, (*path, keyword), inner)


def _weight(file: Path, path: Pointer, schema: Any) -> int:
    """What one schema alone asks of a value: an error repeats what was allowed, names are looked up one by one."""
    if not isinstance(schema, Mapping):
        return 1
    if any(_is_hard(str(pattern)) for pattern in _patterns(schema)):
        raise CostError(file, path, "has a pattern that backtracks, or is large")
    named = sum(len(value) for value in schema.values() if isinstance(value, list | dict))
    return 1 + named + sum(len(str(schema.get(keyword, ""))) for keyword in _REPEATED)


def _is_hard(pattern: str) -> bool:
    counted = math.prod(int(count[:9]) for count in COUNT.findall(pattern)[:99])
    return HARD.search(pattern) is not None or counted > MAX_COUNT


def _patterns(schema: Mapping[str, Any]) -> Iterator[Any]:
    inner = schema.get("patternProperties")
    yield from inner if isinstance(inner, Mapping) else ()
    yield schema.get("pattern", "")


def _items(file: Path, path: Pointer, value: Any) -> Iterator[Place]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        if isinstance(inner, Mapping):
            yield file, (*path, name), inner
