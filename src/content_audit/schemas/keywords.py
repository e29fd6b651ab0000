"""What a meta-schema lets pass: drafts and formats that nobody knows, misspelt keywords, references that lead out."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from content_audit.model import Pointer

FORMATS = frozenset(
    "date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference "
    "uri-template uuid json-pointer relative-json-pointer regex".split()
)
DRAFTS = frozenset(
    (
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema",
        "http://json-schema.org/draft-06/schema",
        "http://json-schema.org/draft-04/schema",
    )
)
KEYWORDS = frozenset(
    "$schema $id $ref $defs $comment $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary id "
    "definitions title description default examples deprecated readOnly writeOnly type enum const multipleOf maximum "
    "exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains "
    "minContains maxProperties minProperties required dependentRequired dependentSchemas dependencies allOf anyOf "
    "oneOf not if then else properties patternProperties additionalProperties propertyNames items prefixItems "
    "additionalItems contains unevaluatedItems unevaluatedProperties format contentEncoding contentMediaType "
    "contentSchema".split()
)
MAPS_OF_SCHEMAS = frozenset(
    ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies")
)
SCHEMAS = frozenset(
    "additionalProperties propertyNames items additionalItems contains unevaluatedItems unevaluatedProperties not if "
    "then else contentSchema".split()
)
LISTS_OF_SCHEMAS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems", "items"))


def complaints(schema: Any, leads_out: Callable[[str], bool], path: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Where in a schema something is wrong, and what; `leads_out` tells of a reference whether it leaves the folder."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        here = (*path, keyword)
        near = _nearest(keyword, KEYWORDS) if keyword not in KEYWORDS else ""
        if near:
            yield here, f"unknown keyword {keyword!r}{near}"
        if keyword == "$schema" and str(value).rstrip("#") not in DRAFTS:
            yield here, f"unknown draft {value!r}; known are {', '.join(sorted(DRAFTS))}"
        if keyword == "format" and (not isinstance(value, str) or value not in FORMATS):
            yield here, f"unknown format {value!r}{_nearest(str(value), FORMATS)}"
        if keyword in ("$ref", "$dynamicRef", "$recursiveRef") and leads_out(str(value)):
            yield here, f"{keyword} {value} leaves the schema's folder"
        for name, inner in _subschemas(keyword, value):
            yield from complaints(inner, leads_out, (*here, *name))


def _subschemas(keyword: str, value: Any) -> list[tuple[Pointer, Any]]:
    if keyword in MAPS_OF_SCHEMAS and isinstance(value, dict):
        return [((name,), inner) for name, inner in value.items()]
    if keyword in LISTS_OF_SCHEMAS and isinstance(value, list):
        return [((number,), inner) for number, inner in enumerate(value)]
    return [((), value)] if keyword in SCHEMAS else []


def _nearest(word: str, known: frozenset[str]) -> str:
    close = get_close_matches(word, sorted(known), 1, 0.8)
    return f" (did you mean {close[0]!r}?)" if close else ""
