"""Front matter: where its fences stand, and what is between them.

`---` opens YAML, `+++` TOML, `---json` or a `{` on the first line JSON. Fences are found by scanning lines.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from content_audit.lines import iter_lines
from content_audit.model import Node, Pointer, Region
from content_audit.parse.errors import MAX_CHARS, NodeError
from content_audit.parse.json_nodes import read_json
from content_audit.parse.yaml_nodes import read_yaml

BOM = "\ufeff"
FAR_LINES = 20_000
"""A `---` further down than this is a thematic break, but where a key follows the first."""


class FrontMatter(NamedTuple):
    """Front matter as read: its place, its values, the place of each, and what stopped the reading."""

    region: Region
    metadata: dict[str, Any]
    nodes: dict[Pointer, Node]
    error: NodeError | None


def find_region(text: str) -> Region | NodeError | None:
    """The place of the front matter, None where there is none, NodeError where its fence is never closed."""
    start = 1 if text.startswith(BOM) else 0
    first = next(iter_lines(text, start), None)
    if first is None:
        return None
    line_start, line_end, next_start = first
    opening = text[line_start:line_end].rstrip()
    if opening in ("---", "+++", "---json"):
        return _fenced(text, line_start, next_start, opening)
    if opening.startswith("{") and (opening == "{" or opening[1:].lstrip()[:1] in ('"', "}")):
        return _braced(text, line_start)
    return None


def _fenced(text: str, start: int, content: int, opening: str) -> Region | NodeError | None:
    closings = ("+++",) if opening == "+++" else ("---", "...") if opening == "---" else ("---",)
    for line_start, line_end, next_start in _marked(text, content, closings):
        if text[line_start:line_end].rstrip() in closings:
            if opening == "---" and _is_far(text, content, line_start) and not _keys_follow(text, content):
                return None
            syntax = "toml" if opening == "+++" else "json" if opening == "---json" else "yaml"
            return Region(syntax, start, next_start, content, line_start)  # type: ignore[arg-type]
    if opening == "---" and not _keys_follow(text, content):
        return None
    return NodeError(f"front matter opened by {opening} is never closed", start)


def _marked(text: str, content: int, marks: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """The lines from `content` on, which is a line's start, that begin with one of these marks; with CR in the text all
    of them."""
    if "\r" in text:
        yield from iter_lines(text, content)
        return
    places = [text.find(f"\n{mark}", content - 1) for mark in marks]
    while at := min([place for place in places if place >= 0], default=0):
        end = text.find("\n", at + 1)
        yield (at + 1, end, end + 1) if end >= 0 else (at + 1, len(text), len(text))
        places = [
            text.find(f"\n{mark}", at + 1) if place == at else place for mark, place in zip(marks, places, strict=True)
        ]


def _is_far(text: str, content: int, line_start: int) -> bool:
    if line_start - content <= FAR_LINES:
        return False
    return sum(1 for _ in iter_lines(text[:line_start], content)) > FAR_LINES


def _keys_follow(text: str, content: int) -> bool:
    """A thematic break opens a page as well as a fence does; a key on the next line tells them apart."""
    first = next((text[a:b] for a, b, _ in iter_lines(text, content) if text[a:b].strip()), "")
    key, colon, rest = first.partition(":")
    return bool(colon) and key.strip() == key and " " not in key and (not rest or rest[0] == " ")


def _braced(text: str, start: int) -> Region | NodeError | None:
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return _braced_by_lines(text, start)
    rest, rest_end, after = next(iter_lines(text, end), (end, end, end))
    return None if text[rest:rest_end].strip() else Region("json", start, after, start, end)


def _braced_by_lines(text: str, start: int) -> Region | NodeError:
    """What a JSON reader can't read still ends at a line of its own brace, so that the body keeps its place."""
    for line_start, line_end, next_start in iter_lines(text, start):
        if text[line_start:line_end].rstrip() == "}" or next_start - start > MAX_CHARS:
            return Region("json", start, next_start, start, line_end)
    return NodeError("front matter opened by { is never closed", start)


def read_front_matter(text: str) -> FrontMatter | NodeError | None:
    """The document's front matter; None where it has none, NodeError where the fence is never closed."""
    region = find_region(text)
    if region is None or isinstance(region, NodeError):
        return region
    try:
        metadata, nodes = _read(text, region)
    except NodeError as error:
        return FrontMatter(region, {}, {}, error)
    return FrontMatter(region, metadata, nodes, None)


def _read(text: str, region: Region) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    if region.syntax == "yaml":
        return read_yaml(text, region.content_start, region.content_end)
    if region.syntax == "json":
        return read_json(text, region.content_start, region.content_end)
    from content_audit.parse.toml_nodes import read_toml

    return read_toml(text, region.content_start, region.content_end)
