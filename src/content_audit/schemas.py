"""JSON Schemas for front matter: loaded, checked once, compiled, and never looking outside their own folder."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jsonschema_rs

from content_audit.discover import matches
from content_audit.resources import resource

FORMATS = frozenset(
    "date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference "
    "uri-template uuid json-pointer relative-json-pointer regex".split()
)
BUILT_IN = "article.schema.json"
KEYWORDS = frozenset(
    "$schema $id $ref $defs $comment $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary id "
    "definitions title description default examples deprecated readOnly writeOnly type enum const multipleOf maximum "
    "exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains "
    "minContains maxProperties minProperties required dependentRequired dependentSchemas dependencies allOf anyOf "
    "oneOf not if then else properties patternProperties additionalProperties propertyNames items prefixItems "
    "additionalItems contains unevaluatedItems unevaluatedProperties format contentEncoding contentMediaType "
    "contentSchema".split()
)
MAPS_OF_SCHEMAS = frozenset(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"))
SCHEMAS = frozenset(
    "additionalProperties propertyNames items additionalItems contains unevaluatedItems unevaluatedProperties not if "
    "then else contentSchema".split()
)
LISTS_OF_SCHEMAS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems", "items"))


class SchemaError(Exception):
    """A schema that can't be used; the text names its file and pointer."""


@dataclass(frozen=True, slots=True)
class SchemaUse:
    """A schema and the documents that it claims: by globs on their path, and by values of their fields.

    Globs are relative to `base`. `digest` tells one content of the schema's folder from another.
    """

    file: Path
    base: Path = Path()
    include: tuple[str, ...] = ()
    where: tuple[tuple[str, Any], ...] = ()
    present: tuple[str, ...] = ()
    digest: str = ""

    def claims(self, path: str, metadata: Mapping[str, Any] | None) -> bool:
        """Does this schema speak of the document? `metadata` is None where it has no front matter."""
        if self.include and not matches(os.path.relpath(path, self.base).replace(os.sep, "/"), self.include):
            return False
        if metadata is None:
            return not self.where and not self.present
        fits = all(metadata.get(name) == value for name, value in self.where)
        return fits and all(name in metadata for name in self.present)


def built_in() -> SchemaUse:
    """The schema of question-and-answer articles, for documents of that shape where none is configured."""
    return SchemaUse(resource("schemas", BUILT_IN), where=(("_schema", "default"),), present=("question", "answer"))


def folder_digest(folder: Path) -> str:
    """What tells one content of a folder's schemas from another."""
    digest = blake2b(digest_size=8)
    for file in sorted(folder.glob("*.json")):
        if file.is_file():
            digest.update(file.name.encode("utf-8", "surrogateescape") + b"\0" + file.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=64)
def load(file: Path) -> Any:
    """The schema in this file, as JSON. Raises SchemaError with file and line."""
    try:
        return json.loads(file.read_bytes().decode("utf-8"))
    except OSError as error:
        raise SchemaError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SchemaError(f"{file}: not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise SchemaError(f"{file}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise SchemaError(f"{file}: nested too deeply") from None


@lru_cache(maxsize=64)
def compiled(file: Path) -> Any:
    """A validator of this schema file; formats are asserted. Raises SchemaError naming file and pointer."""
    schema = load(file)
    _check(file, schema, "#")
    try:
        jsonschema_rs.meta.validate(schema)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        pointer = "/".join(str(part) for part in getattr(error, "instance_path", ()))
        raise SchemaError(f"{file}#/{pointer}: {getattr(error, 'message', error)}") from None
    base = file.absolute().as_uri()
    try:
        return jsonschema_rs.validator_for(
            _with_base(schema, base), validate_formats=True, retriever=lambda uri: _retrieve(file, uri)
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        raise SchemaError(f"{file}: {getattr(error, 'message', error)}") from None


def _with_base(schema: Any, base: str) -> Any:
    """Relative references count from the file: its own `$id`, an address in the network, is never looked up."""
    return {**schema, "$id": base} if isinstance(schema, dict) and "$ref" not in schema else schema


def _retrieve(file: Path, uri: str) -> Any:
    """Another schema of the same folder."""
    other = _inside(file, uri)
    if other is None:
        raise ValueError(f"$ref {uri} leaves the schema's folder")
    schema = load(other)
    _check(other, schema, "#")
    return schema


def _check(file: Path, schema: Any, pointer: str) -> None:
    """What the meta-schema lets pass: formats nobody checks, keywords misspelt, references out of the folder."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        here = f"{pointer}/{keyword}"
        if keyword == "format" and (not isinstance(value, str) or value not in FORMATS):
            raise SchemaError(f"{file}{here}: unknown format {value!r}{_nearest(str(value), FORMATS)}")
        if keyword == "$ref":
            _check_reference(file, str(value), here)
        if keyword not in KEYWORDS and not keyword.startswith("x-"):
            raise SchemaError(f"{file}{here}: unknown keyword {keyword!r}{_nearest(keyword, KEYWORDS)}")
        for name, inner in _subschemas(keyword, value):
            _check(file, inner, f"{here}{name}")


def _subschemas(keyword: str, value: Any) -> list[tuple[str, Any]]:
    if keyword in MAPS_OF_SCHEMAS and isinstance(value, dict):
        return [(f"/{name}", inner) for name, inner in value.items()]
    if keyword in LISTS_OF_SCHEMAS and isinstance(value, list):
        return [(f"/{number}", inner) for number, inner in enumerate(value)]
    return [("", value)] if keyword in SCHEMAS else []


def _check_reference(file: Path, reference: str, pointer: str) -> None:
    try:
        inside = _inside(file, urljoin(file.absolute().as_uri(), reference))
    except ValueError as error:
        raise SchemaError(f"{file}{pointer}: $ref {reference}: {error}") from None
    if inside is None:
        raise SchemaError(f"{file}{pointer}: $ref {reference} leaves the schema's folder")


def _inside(file: Path, uri: str) -> Path | None:
    """The file that a reference leads to, links followed; None where it stands outside of the schema's folder."""
    parts = urlsplit(urldefrag(uri).url)
    folder = file.absolute().parent.resolve()
    name = unquote(parts.path)
    target = Path(name.lstrip("/") if name[2:3] == ":" else name).resolve()
    return target if parts.scheme == "file" and not parts.netloc and target.is_relative_to(folder) else None


def _nearest(word: str, known: frozenset[str]) -> str:
    close = get_close_matches(word, sorted(known), 1, 0.7)
    return f" (did you mean {close[0]!r}?)" if close else ""


def subschema(file: Path, path: list[str | int]) -> Any:
    """The part of a schema that an error names, as far as it stands in this file; None beyond a reference."""
    value = load(file)
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
