"""JSON front matter: the json module is the oracle for values, and for each span read alone."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.model import Node, Pointer
from content_audit.parse.errors import MAX_CHARS, MAX_DEPTH, MAX_NODES, NodeError
from content_audit.parse.json_nodes import read_json

KITCHEN = """{
  "title": "Bread, \\"slowly\\" \\ud83c\\udf5e",
  "steps" : [ "mix", {"rest": 12.5e1} , [] ],
  "oven": {"hot": true, "fan": null},
  "far": 1e999
}"""


def read(content: str, before: str = "", after: str = "") -> tuple[dict[str, Any], dict[Pointer, Node], str]:
    text = before + content + after
    values, nodes = read_json(text, len(before), len(before) + len(content))
    return values, nodes, text


def assert_spans_hold(values: dict[str, Any], nodes: dict[Pointer, Node], text: str) -> None:
    """Each span read alone is the key or the value; every value has one."""
    for pointer, node in nodes.items():
        found: Any = values
        for part in pointer:
            found = found[part]
        written = text[node.start : node.end]
        assert written == found if is_no_json(json.loads(written)) else json.loads(written, parse_float=number) == found
        if isinstance(pointer[-1], int):
            assert node.key_start == node.key_end == node.start
        else:
            assert json.loads(text[node.key_start : node.key_end]) == pointer[-1]
    assert len(nodes) == count_values(values)


def is_no_json(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def number(written: str) -> float | str:
    return written if is_no_json(float(written)) else float(written)


def count_values(values: Any) -> int:
    items = values.values() if isinstance(values, dict) else values if isinstance(values, list) else ()
    return sum(1 + count_values(item) for item in items)


def test_values_and_places() -> None:
    values, nodes, text = read(KITCHEN, "---json\n", "\n---\n")
    assert values == {
        "title": 'Bread, "slowly" 🍞',
        "steps": ["mix", {"rest": 125.0}, []],
        "oven": {"hot": True, "fan": None},
        "far": "1e999",
    }
    assert_spans_hold(values, nodes, text)
    rest = nodes["steps", 1, "rest"]
    assert (text[rest.key_start : rest.key_end], text[rest.start : rest.end]) == ('"rest"', "12.5e1")
    assert {node.style for node in nodes.values()} == {"value"}


def test_reading_ends_where_the_content_does() -> None:
    with pytest.raises(NodeError) as caught:
        read('{"a": "b', "", '"}')
    assert caught.value.offset == 6


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("[1]", 0, id="no object"),
        pytest.param("{", 1, id="unclosed"),
        pytest.param("{a: 1}", 1, id="bare key"),
        pytest.param('{"a" 1}', 5, id="no colon"),
        pytest.param('{"a": 1 "b": 2}', 8, id="no comma"),
        pytest.param('{"a": [1,]}', 9, id="comma before a bracket"),
        pytest.param('{"a": 1,}', 8, id="comma before a brace"),
        pytest.param('{"a": [1}', 8, id="other bracket"),
        pytest.param('{"a": NaN}', 6, id="NaN"),
        pytest.param('{"a": -Infinity}', 6, id="infinity"),
        pytest.param('{"a": 012}', 7, id="leading zero"),
        pytest.param('{"a": ١}', 6, id="digit of another script"),
        pytest.param('{"a": nullify}', 6, id="longer word"),
        pytest.param('{"a": "x\ty"}', 8, id="control character"),
        pytest.param('{"a": "\\x"}', 7, id="escape that JSON has not"),
        pytest.param('{"a": "b', 6, id="unterminated string"),
        pytest.param('{"a": "\\ud800"}', 6, id="lone surrogate"),
        pytest.param('{"\\udc00": 1}', 1, id="lone surrogate in a key"),
        pytest.param('{"a": 1} x', 9, id="text after the object"),
    ],
)
def test_invalid_json_is_placed(content: str, offset: int) -> None:
    with pytest.raises(NodeError) as caught:
        read(content, "---json\n", "\n---\n")
    assert (caught.value.offset - 8, caught.value.kind) == (offset, "invalid-front-matter")


@pytest.mark.parametrize(
    ("content", "offset", "line"),
    [
        pytest.param('{"a": 1,\r\n"b": 2,\r"a": 3}', 18, 2, id="CRLF and CR are lines"),
        pytest.param('{"b": {"a": 1, "\\u0061": 2}}', 15, 2, id="nested, otherwise spelt"),
    ],
)
def test_duplicate_keys_name_both_places(content: str, offset: int, line: int) -> None:
    with pytest.raises(NodeError, match=f'duplicate key "a", first on line {line}') as caught:
        read(content, "---json\n")
    assert (caught.value.offset - 8, caught.value.kind) == (offset, "duplicate-key")


def test_equal_keys_in_different_objects_are_no_duplicates() -> None:
    values, _, _ = read('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}')
    assert values == {"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"a": ' * 100_000, id="objects"),
        pytest.param('{"a": ' + "[" * 100_000, id="arrays"),
        pytest.param('{"a": ' + "9" * 5_000 + "}", id="digits"),
        pytest.param('{"a": [' + "1," * MAX_NODES + "1]}", id="values"),
        pytest.param("{" + " " * MAX_CHARS + "}", id="characters"),
    ],
)
def test_bounds(content: str) -> None:
    with pytest.raises(NodeError, match=r"limit|more than"):
        read(content)


def test_bounds_are_inclusive() -> None:
    deep = MAX_DEPTH - 1
    values, _, _ = read('{"a": ' + "[" * deep + "1" + "]" * deep + "}")
    assert count_values(values) == MAX_DEPTH


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
LAYOUTS = st.fixed_dictionaries({"ensure_ascii": st.booleans(), "indent": st.sampled_from([None, 0, 2, "\t", "\r\n"])})
PIECES = st.sampled_from(
    [*'{}[],:"\\ 1-.\n', '"a"', '"b":', '{"c":', "1e5", "0", "true", "null", "NaN", "\\u0041", "é", "\x00"]
)


@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5), LAYOUTS)
def test_what_json_writes(values: dict[str, Any], layout: dict[str, Any]) -> None:
    found, nodes, text = read(json.dumps(values, **layout), "é---json\n", "\n---\nText")
    assert found == values
    assert_spans_hold(found, nodes, text)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("duplicate key")
    return dict(pairs)


def refuse(constant: str) -> Any:
    raise ValueError(constant)


@given(st.lists(PIECES, max_size=16).map(lambda pieces: '{"x":' + "".join(pieces) + "}"))
def test_reads_what_json_reads_and_nothing_else(content: str) -> None:
    try:
        expected = json.loads(content, object_pairs_hook=unique, parse_constant=refuse, parse_float=number)
    except ValueError:
        with pytest.raises(NodeError) as caught:
            read(content, "---json\n", "\n---\n")
        assert 8 <= caught.value.offset <= 8 + len(content)
        return
    values, nodes, text = read(content, "---json\n", "\n---\n")
    assert values == expected
    assert_spans_hold(values, nodes, text)
