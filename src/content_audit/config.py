"""The configuration: `content-audit.toml`, or `[tool.content-audit]` in pyproject.toml; all of it optional."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from content_audit import files
from content_audit.config_schema import CONFIG_SCHEMA
from content_audit.files import UnreadableError
from content_audit.limits import MAX_MEMORY, MAX_SECONDS, Limits
from content_audit.model import Fields, Pointer, Severity
from content_audit.place import MAX_CONFIG
from content_audit.presets import PRESETS
from content_audit.schemas import SchemaUse, built_in, digest
from content_audit.walk import INCLUDE

MAX_SIZE = 32 * 1024 * 1024
"""Bytes: the largest document of the collections measured has 0.6 MB; scraped text grows to some ten."""


class ConfigError(Exception):
    """A configuration that can't be used; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a run is asked for. Globs are relative to `folder`, where the configuration stands."""

    folder: Path
    file: Path | None = None
    roots: tuple[str, ...] = ()
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fail_on: str = "error"
    baseline: Path | None = None
    inventory: tuple[Path, ...] = ()
    complete: bool = False
    model: Path | None = None
    max_size: int = MAX_SIZE
    max_seconds: int = MAX_SECONDS
    max_memory: int = MAX_MEMORY
    severity: Mapping[str, Severity] = field(default_factory=dict)
    preset: str = "quicktakes"
    fields: Fields = field(default_factory=Fields)
    schemas: tuple[SchemaUse, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    positions: Mapping[Pointer, int] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """What one document may take."""
        return Limits(self.max_seconds, self.max_memory)

    @property
    def schemas_in_force(self) -> tuple[SchemaUse, ...]:
        """The configured schemas; where there is none, the built-in one for documents of its shape."""
        return self.schemas or (built_in(),)

    def fail(self, message: str, *pointer: str | int) -> NoReturn:
        """Raise ConfigError with the line of the key at `pointer`, or of the nearest table above it."""
        place = next(
            (self.positions[pointer[:n]] for n in range(len(pointer), 0, -1) if pointer[:n] in self.positions), None
        )
        where = f"{self.file}:{place}: " if place else f"{self.file}: " if self.file else ""
        raise ConfigError(where + message)


def load_config(file: Path | None, working: Path) -> Config:
    """The configuration in this file; the defaults where it is None. Raises ConfigError with file and line."""
    if file is None:
        return Config(folder=working)
    import tomllib

    shown, file = file, Path(os.path.normpath(working / file))
    try:
        text = files.read_named(file, MAX_CONFIG).decode("utf-8")
        data = tomllib.loads(text)
    except UnreadableError as error:
        reason = f"over {MAX_CONFIG:,} bytes" if error.code == "RUN002" else error.reason
        raise ConfigError(f"{shown}: {reason}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: not UTF-8 at byte {error.start}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(_with_line(shown, str(error))) from None
    table: Pointer = ()
    if file.name == "pyproject.toml":
        tools = data.get("tool")
        data, table = tools.get("content-audit", {}) if isinstance(tools, dict) else {}, ("tool", "content-audit")
    empty = Config(folder=file.parent, file=file, positions=_positions(text, table))
    try:
        _validate(empty, data)
    except (RecursionError, ValueError):
        raise ConfigError(f"{shown}: nested too deeply") from None
    return _build(empty, data)


def _with_line(file: Path, message: str) -> str:
    before, _, place = message.rpartition(" (at line ")
    line = place.partition(",")[0]
    return f"{file}:{line}: {before}" if line.isdigit() else f"{file}: {message}"


def _positions(text: str, table: Pointer) -> dict[Pointer, int]:
    """The line of each key, for errors; none of it where the places can't be told."""
    from content_audit.lines import line_of, line_starts
    from content_audit.parse.errors import NodeError
    from content_audit.parse.toml_nodes import read_toml

    try:
        _, nodes = read_toml(text, 0, len(text))
    except NodeError:
        return {}
    starts, depth = line_starts(text), len(table)
    return {
        pointer[depth:]: line_of(starts, node.key_start)
        for pointer, node in nodes.items()
        if pointer[:depth] == table and len(pointer) > depth
    }


def _unfit(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """The places of what JSON Schema has no word for: TOML's dates and times, and a character that no name can have."""
    if isinstance(value, date | time):
        yield pointer, "write a date as text, in quotes"
    elif isinstance(value, str) and "\0" in value:
        yield pointer, "U+0000 is in no text and no name"
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unfit(inner, (*pointer, key))


def _validate(config: Config, data: Any) -> None:
    import jsonschema_rs

    for pointer, reason in _unfit(data):
        config.fail(f"{'.'.join(map(str, pointer))}: {reason}", *pointer)
    errors: Any = jsonschema_rs.validator_for(CONFIG_SCHEMA).iter_errors(data)
    for error in errors:
        path, keyword = list(error.instance_path), error.schema_path[-1]
        if keyword == "additionalProperties":
            known = _known(error.schema_path[:-1])
            key = next(k for k in error.instance if k not in known)
            close = get_close_matches(key, known, 1, 0.6)
            hint = f"; did you mean {close[0]}?" if close else f"; known are {', '.join(sorted(known))}"
            config.fail(f"unknown key {'.'.join(map(str, [*path, key]))}{hint}", *path, key)
        config.fail(f"{'.'.join(map(str, path))}: {error.message}", *path)


def _known(schema_path: list[str | int]) -> list[str]:
    schema: Any = CONFIG_SCHEMA
    for part in schema_path:
        schema = schema[part]
    return list(schema["properties"])


def _build(config: Config, data: Mapping[str, Any]) -> Config:
    values: dict[str, Any] = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    preset = PRESETS[data.get("preset", "quicktakes")]
    named = {k.replace("-", "_"): _field(k, v) for k, v in data.get("fields", {}).items()}
    values["fields"] = replace(preset.fields, **named)
    values["exclude"] = (*preset.exclude, *values.get("exclude", ()))
    model = values.pop("semantic", {}).get("model")
    values["model"] = config.folder / model if model else None
    if "baseline" in values:
        values["baseline"] = config.folder / values["baseline"]
    values["inventory"] = tuple(config.folder / file for file in data.get("inventory", ()))
    _check_fields(config, values["fields"])
    for root in values.get("roots", ()):
        if not (config.folder / root).exists():
            config.fail(f"roots: {config.folder / root}: no such file or folder", "roots")
    values["schemas"] = tuple(_schema_use(config, n, entry) for n, entry in enumerate(data.get("schemas", ())))
    return Config(folder=config.folder, file=config.file, positions=config.positions, **{"include": INCLUDE, **values})


def _schema_use(config: Config, number: int, entry: Mapping[str, Any]) -> SchemaUse:
    file = config.folder / entry["file"]
    if not file.is_file():
        config.fail(f"schemas: {file}: no such file", "schemas", number, "file")
    where = tuple(sorted(entry.get("where", {}).items()))
    return SchemaUse(file, config.folder, tuple(entry.get("include", ())), where, digest=digest(file))


def _field(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(value.items())
    return (value,) if name == "links" and isinstance(value, str) else value if isinstance(value, str) else tuple(value)


def _check_fields(config: Config, named: Fields) -> None:
    for name in named.links:
        outer, _, last = name.rpartition(".")
        if "#" in outer or last.count("#") > 1:
            config.fail(f"fields.links: {name!r} may have one #, in its last part", "fields", "links")
    for host in named.hosts:
        if not re.fullmatch(r"[\w.-]+(:[0-9]+)?", host):
            config.fail(f"fields.hosts: {host!r} is no host, as in www.example.org", "fields", "hosts")
    for template in named.url_patterns:
        names = re.findall(r"\{([^{}]*)\}", template)
        odd = re.sub(r"\{[a-z_]+\}", "", template)
        if len(set(names)) < len(names) or "{" in odd or "}" in odd:
            config.fail(f"fields.url-patterns: {template!r} is no pattern", "fields", "url-patterns")
    for pattern, url in named.path_urls:
        names = re.findall(r"\{([^{}]*)\}", pattern)
        odd = re.sub(r"\{[a-z_]+\}", "", pattern) + re.sub(r"\{[a-z_]+(:(lower|hyphens))?\}", "", url)
        if len(set(names)) < len(names) or "{" in odd or "}" in odd:
            config.fail(f"fields.path-urls: {pattern!r} = {url!r} is no pattern", "fields", "path-urls", pattern)
