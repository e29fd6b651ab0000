"""JSON Schemas for front matter: loaded, checked once, compiled, and never looking outside their own folder."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from content_audit import files
from content_audit.files import UnreadableError
from content_audit.globs import matches
from content_audit.lines import line_of, line_starts
from content_audit.model import Pointer
from content_audit.resources import resource
from content_audit.schemas.cost import Cost, CostError
from content_audit.schemas.keywords import complaints

MAX_SIZE = 4 * 1024 * 1024
"""Bytes of a schema: the largest published ones have one million."""

MAX_SMALL = 262_144
"""Bytes of a schema that is compiled in 7 s, whatever is in it: ten thousand patterns as large as
`content_audit.schemas.cost` lets pass."""

LENGTH = 300
"""Characters of the validator's message that are repeated: it quotes the whole value."""

BUILT_IN = "article.schema.json"


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


def digest(file: Path) -> str:
    """What tells one content of a schema, and of all that it refers to, from another."""
    hashed = blake2b(digest_size=8)
    for current, data in _with_references(file):
        hashed.update(str(current).encode("utf-8", "surrogateescape") if data is None else data + b"\0")
    return hashed.hexdigest()


def files_of(file: Path) -> list[Path]:
    """A schema's file, and those of all that it refers to."""
    return [current for current, _ in _with_references(file)]


def _with_references(file: Path) -> Iterator[tuple[Path, bytes | None]]:
    """The same with their bytes, None for a file that is no JSON."""
    waiting, seen = [file], {file}
    while waiting:
        current = waiting.pop()
        try:
            data = _bytes(current)
            references = list(_references(json.loads(data)))
        except (UnreadableError, ValueError, RecursionError):
            yield current, None
            continue
        yield current, data
        found = {target for reference in references if (target := _target(current, reference)) is not None}
        waiting += sorted(found - seen)
        seen |= found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _references(inner)


def _bytes(file: Path) -> bytes:
    return files.read_named(file, MAX_SIZE)


@lru_cache(maxsize=64)
def load(file: Path) -> Any:
    """The schema in this file, as JSON. Raises SchemaError with file and line."""
    try:
        return json.loads(_bytes(file).decode("utf-8"))
    except UnreadableError as error:
        reason = f"over {MAX_SIZE:,} bytes" if error.code == "RUN002" else error.reason
        raise SchemaError(f"{file}: {reason}") from None
    except UnicodeDecodeError as error:
        raise SchemaError(f"{file}: not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise SchemaError(f"{file}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise SchemaError(f"{file}: nested too deeply") from None


@lru_cache(maxsize=64)
def compiled(file: Path) -> Any:
    """A validator of this schema file; formats are asserted. Raises SchemaError naming file, line and pointer."""
    import jsonschema_rs

    schema = checked(file)
    try:
        _cost(file).check()
    except CostError as error:
        raise _error(error.file, error.path, str(error)) from None
    except RecursionError:
        raise _error(file, (), "nested too deeply") from None
    try:
        return jsonschema_rs.validator_for(
            _anonymous(schema),
            validate_formats=True,
            base_uri=file.absolute().as_uri(),
            retriever=lambda uri: _retrieve(file, uri),
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        raise _error(file, tuple(getattr(error, "instance_path", ())), getattr(error, "message", str(error))) from None


def cost(file: Path) -> int | None:
    """What is held against each value of a document, in characters; None where that can't be told.

    What costs too much is to be done where it can be ended; so is the compiling of what is long. Raises SchemaError.
    """
    try:
        most = _cost(file).most()
        return most if len(_bytes(file)) <= MAX_SMALL else None
    except UnreadableError:
        return None
    except RecursionError:
        return None


def endless(file: Path, reason: str) -> SchemaError:
    """The error of a schema that documents are not held against in the time or the memory that they have."""
    place, path, _ = _cost(file).worst()
    return _error(place, path, reason)


@lru_cache(maxsize=64)
def _cost(file: Path) -> Cost:
    return Cost(file, checked(file), _resolve)


def _resolve(file: Path, reference: str) -> tuple[Path, Pointer, Any]:
    """What a reference in a file leads to; None for its schema where there is nothing."""
    target = _target(file, reference) or file
    schema, fragment = load(target), unquote(urldefrag(reference).fragment)
    if not fragment.startswith("/"):
        return target, (fragment,) if fragment else (), _anchored(schema, fragment) if fragment else schema
    path = tuple(part.replace("~1", "/").replace("~0", "~") for part in fragment[1:].split("/"))
    return target, path, subschema(target, [int(part) if part.isdecimal() else part for part in path])


def _anchored(schema: Any, name: str) -> Any:
    """The part of a schema that has this anchor."""
    waiting = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if name in (value.get("$anchor"), value.get("$dynamicAnchor")) or value.get("$id") == f"#{name}":
                return value
            value = list(value.values())
        waiting += value if isinstance(value, list) else []
    return None


@lru_cache(maxsize=64)
def checked(file: Path) -> Any:
    """The schema in this file, held against the meta-schema of its draft. Raises SchemaError."""
    import jsonschema_rs

    schema = load(file)
    for path, message in complaints(schema, lambda reference: _target(file, reference) is None):
        raise _error(file, path, message)
    try:
        jsonschema_rs.meta.validate(schema)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        raise _error(file, tuple(getattr(error, "instance_path", ())), getattr(error, "message", str(error))) from None
    return schema


def _error(file: Path, path: Pointer, message: str) -> SchemaError:
    """The error with the file, the line where it can be told, and the pointer."""
    from content_audit.parse.errors import NodeError
    from content_audit.parse.json_nodes import read_json

    try:
        text = _bytes(file).decode("utf-8")
        start = len(text) - len(text.lstrip())
        _, nodes = read_json(text, start, len(text.rstrip()))
        node = next((nodes[path[:n]] for n in range(len(path), 0, -1) if path[:n] in nodes), None)
        line = line_of(line_starts(text), node.key_start) if node else 1
    except (UnreadableError, ValueError, NodeError):
        line = 1
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return SchemaError(f"{file}:{line}: #{pointer or '/'}: {message[:LENGTH]}")


def _anonymous(schema: Any) -> Any:
    """References count from the file: its own `$id`, an address in the network, is never looked up."""
    return {key: value for key, value in schema.items() if key != "$id"} if isinstance(schema, dict) else schema


def _retrieve(file: Path, uri: str) -> Any:
    """Another schema of the same folder."""
    other = _target(file, uri)
    if other is None:
        raise ValueError(f"$ref {uri} leaves the schema's folder")
    return _anonymous(checked(other))


def _target(file: Path, reference: str) -> Path | None:
    """The file that a reference in `file` leads to, links followed; None where that stands outside of its folder.

    The `$id` of a schema in the folder stands for its file.
    """
    folder = Path(os.path.realpath(file.absolute().parent))
    try:
        uri = urldefrag(urljoin(file.absolute().as_uri(), reference)).url
        parts = urlsplit(uri)
        name = unquote(parts.path)
        target = Path(os.path.realpath(name.lstrip("/") if name[2:3] == ":" else name))
    except ValueError:
        return None
    if parts.scheme == "file" and not parts.netloc:
        return target if target.is_relative_to(folder) else None
    return _ids(folder).get(uri)


@lru_cache(maxsize=16)
def _ids(folder: Path) -> dict[str, Path]:
    """The schemas of a folder by their `$id`."""
    found = {}
    for file in sorted(folder.glob("*.json")):
        try:
            schema = load(file)
        except SchemaError:
            continue
        if isinstance(schema, dict) and isinstance(schema.get("$id"), str):
            found[schema["$id"].rstrip("#")] = file
    return found


def forget() -> None:
    """Read every schema anew from here on: a process that runs again, as a watching one does, may meet another."""
    for read in (load, compiled, checked, _cost, _ids):
        read.cache_clear()


def subschema(file: Path, path: list[str | int]) -> Any:
    """The part of a schema that an error names, as far as it stands in this file; None beyond a reference."""
    value = load(file)
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
