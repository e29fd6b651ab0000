"""FM004: front matter that its JSON Schema does not allow.

## Why
Templates, search and feeds trust the shape of front matter. A misspelt key or a number where text belongs shows up as a
missing date or an empty card on the page, long after the edit. Every error names the value's place, what was expected
and, for misspelt keys and values of a list, the nearest one that is allowed.

## Fix safety
No fix: the nearest allowed value is a guess, and it is shown as one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from content_audit import schemas as json_schemas
from content_audit.limits import enter
from content_audit.model import Document, Pointer, Problem, Span
from content_audit.rule import DocumentRule

MAX_PROBLEMS = 100
"""Errors named in one document: a reader mends the first few and runs again."""

LENGTH = 80
"""Characters of a value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Options:
    """`schemas` are the schemas in force; the run gives them."""

    schemas: tuple[json_schemas.SchemaUse, ...] = ()


def check(document: Document, options: Options) -> Iterator[Problem]:
    """A problem for each error of the first schema that claims the document."""
    if document.front_matter is None or document.problems:
        return
    claims = ((n, use) for n, use in enumerate(options.schemas, 1) if use.claims(document.path, document.metadata))
    number, use = next(claims, (0, None))
    if use is None:
        return
    enter(number)
    validator = json_schemas.compiled(use.file)
    errors = () if validator.is_valid(document.metadata) else validator.iter_errors(document.metadata)
    enter(0)
    problems = (p for error in errors for p in explain(document, use, error))
    for _, problem in zip(range(MAX_PROBLEMS), problems, strict=False):
        yield problem


def explain(document: Document, use: json_schemas.SchemaUse, error: Any) -> Iterator[Problem]:
    """What one error of the validator says of the document."""
    path: Pointer = tuple(error.instance_path)
    keyword = str(error.kind.name)
    evidence = {"schema": use.file.name, "keyword": keyword}
    if keyword in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, Mapping):
        known = _known(use, error)
        for key in getattr(error.kind, "unexpected", None) or [k for k in error.instance if k not in known]:
            yield _unknown_key(document, (*path, key), known, evidence)
        return
    expected, nearest = _expected(error, keyword)
    if keyword in ("anyOf", "oneOf"):
        expected = _branches(use, error) or expected
    if keyword == "required":
        missing = getattr(error.kind, "property", "")
        message = f"{_name(path)}: " if path else ""
        near = get_close_matches(str(missing), [str(k) for k in error.instance], 1, 0.75)
        evidence |= {"pointer": pointer(path), "expected": expected, **({"nearest": near[0]} if near else {})}
        yield Problem(_key_span(document, path), f"{message}missing {missing!r}", evidence)
        return
    evidence |= {"pointer": pointer(path), "expected": expected, "found": _short(error.instance)}
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    if nearest:
        evidence["nearest"] = nearest
    yield Problem(
        _span(document, path), f"{_name(path)}: expected {expected}, found {_short(error.instance)}{hint}", evidence
    )


def _unknown_key(document: Document, path: Pointer, known: list[str], evidence: Mapping[str, Any]) -> Problem:
    near = get_close_matches(str(path[-1]), known, 1, 0.6)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    more = {"pointer": pointer(path), "expected": "a known key", **({"nearest": near[0]} if near else {})}
    return Problem(_span(document, path), f"unknown key {_name(path)!r}{hint}", {**evidence, **more})


def _known(use: json_schemas.SchemaUse, error: Any) -> list[str]:
    """The keys that stand beside the keyword."""
    parent = _schema_at(use, error, list(error.schema_path)[:-1])
    return list(parent.get("properties", ())) if isinstance(parent, dict) else []


def _schema_at(use: json_schemas.SchemaUse, error: Any, path: list[str | int]) -> Any:
    """A part of the schema, in the file that the error's keyword stands in: a `$ref` may have led to another."""
    place = urlsplit(error.absolute_keyword_location or "")
    other = Path(unquote(place.path))
    return json_schemas.subschema(other if place.scheme == "file" and other.is_file() else use.file, path)


def _branches(use: json_schemas.SchemaUse, error: Any) -> str | None:
    """The types that the branches of anyOf and oneOf ask for; None where one of them asks for more or for none."""
    branches = _schema_at(use, error, list(error.schema_path))
    types = [branch.get("type") if isinstance(branch, dict) else None for branch in branches or ()]
    return " or ".join(map(str, types)) if types and all(isinstance(kind, str) for kind in types) else None


def _expected(error: Any, keyword: str) -> tuple[str, str | None]:
    """What the schema asks for in words, and the nearest allowed value where there is one."""
    value = getattr(error.kind, "value", None)
    if keyword == "enum" and isinstance(value, list):
        near = get_close_matches(str(error.instance), [str(v) for v in value], 1, 0.5)
        return "one of " + ", ".join(map(_short, value[:12])), near[0] if near else None
    if keyword == "falseSchema":
        return "no such key", None
    if keyword == "const":
        return _short(getattr(error.kind, "expected_value", value)), None
    if keyword == "type":
        types = value if isinstance(value, list) else [value]
        return " or ".join(map(str, types)), None
    if keyword == "format":
        return f"a {value} (format)", None
    if keyword == "pattern":
        return f"text that fits {getattr(error.kind, 'pattern', value)}", None
    if keyword == "required":
        return f"key {getattr(error.kind, 'property', '')}", None
    limits = {
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} items",
        "maxItems": "at most {} items",
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "more than {}",
        "exclusiveMaximum": "less than {}",
        "multipleOf": "a multiple of {}",
    }
    if keyword in limits and isinstance(value, int | float):
        return limits[keyword].format(value), None
    return f"what {keyword} allows ({_short(error.message)})", None


def _name(path: Pointer) -> str:
    return ".".join(str(part) for part in path) or "front matter"


def pointer(path: Pointer) -> str:
    """The path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def _span(document: Document, path: Pointer) -> Span:
    """The entry itself, else the nearest one around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in document.nodes:
            return document.entry_span(path[:length])
    return document.first_line()


def _key_span(document: Document, path: Pointer) -> Span:
    node = document.nodes.get(path)
    return document.span(node.key_start, max(node.key_end, node.start)) if node and path else document.first_line()


RULE = DocumentRule(
    "FM004", "schema-violation", "front matter that its JSON Schema does not allow", check, options=Options
)
