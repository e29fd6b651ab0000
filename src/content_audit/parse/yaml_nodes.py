"""YAML front matter from one bounded pass over the parser's events: values, the place of each, and keys given twice.

Types are those of the YAML 1.2 core schema with dates as strings, so that values are what JSON Schema speaks of.
"""

from typing import Any

from content_audit.lines import line_of, line_starts
from content_audit.model import Node, Pointer, Style
from content_audit.parse.errors import MAX_CHARS, MAX_DEPTH, MAX_NODES, Kind, NodeError
from content_audit.parse.scalars import resolve
from content_audit.parse.yaml_lines import read_lines

MAX_ALIASES = 16
"""Aliases copy what they name; an editor's front matter has one or two, a bomb needs dozens."""

SCALAR_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


def measure(value: Any) -> tuple[int, int]:
    """How many values stand in this one, itself included, and how deep they are nested."""
    if not isinstance(value, dict | list):
        return 1, 0
    parts = [measure(item) for item in (value.values() if isinstance(value, dict) else value)]
    return 1 + sum(size for size, _ in parts), 1 + max((depth for _, depth in parts), default=0)


class _Frame:
    """A collection being built: its container, where it stands, and the key that waits for a value."""

    __slots__ = ("container", "end", "key", "key_end", "key_start", "keys", "pointer", "start", "style")

    def __init__(self, container: Any, pointer: Pointer, start: int, style: Style) -> None:
        self.container = container
        self.pointer = pointer
        self.start = start
        self.end = start
        self.style: Style = style
        self.key: str | None = None
        self.key_start = 0
        self.key_end = 0
        self.keys: dict[str, int] = {}


class _Builder:
    """Takes events one by one; `value` is the document's value once the stream has ended."""

    def __init__(self, text: str, base: int) -> None:
        self.text = text
        self.base = base
        self.nodes: dict[Pointer, Node] = {}
        self.frames: list[_Frame] = []
        self.anchors: dict[str, Any] = {}
        self.aliases = 0
        self.count = 0
        self.value: Any = None
        self.documents = 0

    def fail(self, message: str, index: int, kind: Kind = "invalid-front-matter") -> NodeError:
        return NodeError(message, self.base + index, kind)

    def line(self, offset: int) -> int:
        return line_of(line_starts(self.text), offset)

    def take_key(self, frame: _Frame, event: Any) -> None:
        """The scalar before a value."""
        start, end = event.start_mark.index, event.end_mark.index
        key = event.value
        if key == "<<" and SCALAR_STYLES[event.style] == "plain":
            raise self.fail("merge keys (<<) are not read: write the values out", start)
        if event.tag is not None and event.implicit == (False, False):
            raise self.fail(f"explicit tags are not read: {event.tag}", start)
        if key in frame.keys:
            first = self.line(self.base + frame.keys[key])
            raise self.fail(f'duplicate key "{key}", first on line {first}', start, "duplicate-key")
        frame.keys[key] = start
        frame.key, frame.key_start, frame.key_end = key, self.base + start, self.base + end

    def place(self, value: Any, start: int, end: int, style: Style) -> Pointer:
        """Hang a value into the collection that is open; returns its pointer."""
        start, end = self.base + start, self.base + end
        if not self.frames:
            self.value = value
            return ()
        frame = self.frames[-1]
        if isinstance(frame.container, dict):
            key = frame.key
            assert key is not None
            frame.container[key] = value
            pointer = (*frame.pointer, key)
            self.nodes[pointer] = Node(frame.key_start, frame.key_end, start, end, style)
            frame.key = None
        else:
            pointer = (*frame.pointer, len(frame.container))
            frame.container.append(value)
            self.nodes[pointer] = Node(start, start, start, end, style)
        frame.end = max(frame.end, end)
        return pointer

    def scalar(self, event: Any) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.key is None and isinstance(frame.container, dict):
            self.take_key(frame, event)
            return
        start, end = event.start_mark.index, event.end_mark.index
        if event.tag is not None:
            raise self.fail(f"explicit tags are not read: {event.tag}", start)
        style = SCALAR_STYLES[event.style]
        value = resolve(event.value) if style == "plain" else event.value
        if style in ("literal", "folded"):
            end = start + len(self.text[self.base + start : self.base + end].rstrip(" \t\r\n"))
        if event.anchor:
            self.anchors[event.anchor] = value
        self.place(value, start, end, style)

    def open(self, event: Any, container: Any) -> None:
        start = event.start_mark.index
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.key is None and isinstance(frame.container, dict):
            raise self.fail("a key must be a plain word, not a collection", start)
        if event.tag is not None:
            raise self.fail(f"explicit tags are not read: {event.tag}", start)
        if len(self.frames) >= MAX_DEPTH:
            raise self.fail(f"nested deeper than {MAX_DEPTH} levels", start)
        style: Style = "flow" if event.flow_style else "block"
        pointer = self.place(container, start, start, style)
        self.frames.append(_Frame(container, pointer, self.base + start, style))
        if event.anchor:
            self.anchors[event.anchor] = container

    def close(self, event: Any) -> None:
        frame = self.frames.pop()
        end = self.base + event.end_mark.index if frame.style == "flow" else frame.end
        if frame.pointer in self.nodes:
            self.nodes[frame.pointer] = self.nodes[frame.pointer]._replace(end=end)
        if self.frames:
            self.frames[-1].end = max(self.frames[-1].end, end)

    def alias(self, event: Any) -> None:
        start = event.start_mark.index
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise self.fail(f"more than {MAX_ALIASES} aliases", start)
        if event.anchor not in self.anchors:
            raise self.fail(f"alias *{event.anchor} names no anchor before it", start)
        value = self.anchors[event.anchor]
        if any(frame.container is value for frame in self.frames):
            raise self.fail(f"alias *{event.anchor} stands inside what it names", start)
        size, depth = measure(value)
        self.count += size
        if self.count > MAX_NODES or len(self.frames) + depth > MAX_DEPTH:
            raise self.fail(f"aliases make more than {MAX_NODES:,} values or {MAX_DEPTH} levels", start)
        if self.frames and isinstance(self.frames[-1].container, dict) and self.frames[-1].key is None:
            raise self.fail("an alias can't be a key", start)
        self.place(value, start, event.end_mark.index, "plain")

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.fail("more than one YAML document", event.start_mark.index)


def read_yaml(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """The mapping that `text[start:end]` holds, and the place of each key and value in `text`.

    Raises NodeError with the offset of what is wrong: syntax, a key given twice, or one of the bounds.
    """
    if end - start > MAX_CHARS:
        raise NodeError(f"longer than {MAX_CHARS:,} characters", start)
    return read_lines(text, start, end) or read_events(text, start, end)


def read_events(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]]:
    """The same by the parser's events, whatever the YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(text, start)
    handlers = {
        yaml.ScalarEvent: builder.scalar,
        yaml.MappingStartEvent: lambda event: builder.open(event, {}),
        yaml.SequenceStartEvent: lambda event: builder.open(event, []),
        yaml.MappingEndEvent: builder.close,
        yaml.SequenceEndEvent: builder.close,
        yaml.AliasEvent: builder.alias,
        yaml.DocumentStartEvent: builder.document,
    }
    try:
        for event in iter(loader(text[start:end]).get_event, None):
            builder.count += 1
            if builder.count > MAX_NODES:
                raise builder.fail(f"more than {MAX_NODES:,} values", event.start_mark.index)
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.problem, error.context) if part)
        raise NodeError(message, start + (mark.index if mark else 0)) from None
    except yaml.reader.ReaderError as error:
        character = error.character if isinstance(error.character, str) else chr(max(error.character, 0))
        raise NodeError(
            f"{error.reason} (U+{ord(character):04X})", max(text.find(character, start, end), start)
        ) from None
    if builder.value is None:
        return {}, {}
    if not isinstance(builder.value, dict):
        raise NodeError("front matter must be a mapping of keys to values", start)
    return builder.value, builder.nodes
