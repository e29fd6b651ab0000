"""TOML front matter: tomllib is the oracle for values, and for each span read alone."""

import math
import tomllib
from datetime import date, time
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from content_audit.model import Node, Pointer
from content_audit.parse.errors import MAX_CHARS, MAX_DEPTH, MAX_NODES, NodeError
from content_audit.parse.toml_nodes import read_toml

GARDEN = '''# planted in spring
title = "The \\"wild\\" hedge # no comment" # a comment
'planted on' = 1987-04-12 07:30:00Z
"h\\u00f6he".cm = [120, 1_000, {min = 0x1F, soil.kind = 'loam'}, [ # rows
  3.5, -inf,], "a]"]
note = """
Two ""quotes""\\
   joined"""""

[owner]
born = 1987-04-12
[[beds.rows]]
crop = "leek"
[beds.rows.frost]
from = 06:15:00
[[beds.rows]]
'''


def read(content: str, before: str = "", after: str = "") -> tuple[dict[str, Any], dict[Pointer, Node], str]:
    text = before + content + after
    values, nodes = read_toml(text, len(before), len(before) + len(content))
    return values, nodes, text


def at(values: Any, pointer: Pointer) -> Any:
    for part in pointer:
        values = values[part]
    return values


def is_no_json(value: Any) -> bool:
    return isinstance(value, date | time) or (isinstance(value, float) and not math.isfinite(value))


def same(expected: Any, found: Any) -> bool:
    """Whether the reader found what tomllib did, but for strings where JSON has no such value."""
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(same(expected[key], found[key]) for key in expected)
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    return isinstance(found, str) if is_no_json(expected) else (type(expected), expected) == (type(found), found)


def assert_spans_hold(values: dict[str, Any], nodes: dict[Pointer, Node], text: str) -> None:
    """Each key's span reads back as the key, each value's as the value, and blocks cover what is in them."""
    for pointer, node in nodes.items():
        key, written = text[node.key_start : node.key_end], text[node.start : node.end]
        if isinstance(pointer[-1], int):
            assert node.key_start == node.key_end == node.start
        else:
            assert list(tomllib.loads(f"{key} = 1")) == [pointer[-1]]
        if node.style == "value":
            alone, found = tomllib.loads(f"x = {written}")["x"], at(values, pointer)
            assert found == written if is_no_json(alone) else same(alone, found)
        parent = nodes.get(pointer[:-1])
        if parent:
            assert parent.start <= node.key_start <= node.end <= parent.end


def count_values(values: Any) -> int:
    items = values.values() if isinstance(values, dict) else values if isinstance(values, list) else ()
    return sum(1 + count_values(item) for item in items)


def test_values_are_those_of_json() -> None:
    values, _, _ = read(GARDEN, "+++\n", "+++\nText\n")
    assert values == {
        "title": 'The "wild" hedge # no comment',
        "planted on": "1987-04-12 07:30:00Z",
        "höhe": {"cm": [120, 1000, {"min": 31, "soil": {"kind": "loam"}}, [3.5, "-inf"], "a]"]},
        "note": 'Two ""quotes""joined""',
        "owner": {"born": "1987-04-12"},
        "beds": {"rows": [{"crop": "leek", "frost": {"from": "06:15:00"}}, {}]},
    }


@pytest.mark.parametrize(
    ("pointer", "key", "value", "style"),
    [
        pytest.param(("title",), "title", '"The \\"wild\\" hedge # no comment"', "value", id="comment mark in string"),
        pytest.param(("planted on",), "'planted on'", "1987-04-12 07:30:00Z", "value", id="space in a date"),
        pytest.param(("höhe", "cm", 2, "soil", "kind"), "kind", "'loam'", "value", id="dotted key in inline table"),
        pytest.param(("höhe", "cm", 3), "", "[ # rows\n  3.5, -inf,]", "value", id="comment in an array"),
        pytest.param(("note",), "note", '"""\nTwo ""quotes""\\\n   joined"""""', "value", id="five closing quotes"),
        pytest.param(("owner",), "owner", "born = 1987-04-12", "block", id="table"),
        pytest.param(("beds", "rows", 0, "frost"), "frost", "from = 06:15:00", "block", id="table in an array's item"),
        pytest.param(("beds", "rows", 1), "", "", "block", id="empty item"),
        pytest.param(
            ("beds", "rows", 0), "", 'crop = "leek"\n[beds.rows.frost]\nfrom = 06:15:00', "block", id="item of tables"
        ),
    ],
)
def test_places(pointer: Pointer, key: str, value: str, style: str) -> None:
    _, nodes, text = read(GARDEN, "+++\n", "+++\nText\n")
    node = nodes[pointer]
    assert (text[node.key_start : node.key_end], text[node.start : node.end], node.style) == (key, value, style)


def test_every_value_has_a_place() -> None:
    values, nodes, text = read(GARDEN, "+++\n", "+++\n")
    assert_spans_hold(values, nodes, text)
    assert len(nodes) == count_values(values)


def test_crlf_keeps_offsets() -> None:
    values, nodes, text = read('a = """x\r\ny"""\r\nb = 1\r\n', "+++\r\n", "+++\r\n")
    assert values == {"a": "x\ny", "b": 1}
    assert text[nodes["b",].key_start : nodes["b",].end] == "b = 1"


@pytest.mark.parametrize(
    ("content", "offset", "line"),
    [
        pytest.param("a = 1\r\nb = 2\r\na = 3\r\n", 14, 2, id="at the top, CRLF"),
        pytest.param("x = {b = 1, 'b' = 2}", 12, 2, id="inline table, otherwise quoted"),
        pytest.param("[t]\nk = 1\n[t]\n", 11, 2, id="table twice"),
        pytest.param("t = 1\n[t]\n", 7, 2, id="table over a value"),
        pytest.param("[t.u]\n[t]\nu = 1\n", 10, 2, id="value over a table"),
        pytest.param("[[t]]\nk = 1\n[[t]]\nk = 1\nk = 2\n", 24, 5, id="in the second item only"),
    ],
)
def test_duplicate_keys_name_both_places(content: str, offset: int, line: int) -> None:
    with pytest.raises(NodeError, match=f'duplicate key "[a-z]", first on line {line}') as caught:
        read(content, "+++\n", "+++\n")
    assert (caught.value.offset, caught.value.kind) == (4 + offset, "duplicate-key")


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        pytest.param("a = 1\r\nb = \r\n", 11, id="no value, line counted with CRLF"),
        pytest.param("a = 1\nb = 1987-13-45\n", 14, id="no such month"),
        pytest.param('a = "\\ud800"\n', 11, id="lone surrogate"),
        pytest.param('a = "x\x01"\n', 6, id="control character"),
        pytest.param("a = [\n1\n2]\n", 8, id="no comma"),
        pytest.param('"\\q" = 1\n', 3, id="escape in a key"),
        pytest.param('a = """x\n', 9, id="unterminated: at the end"),
        pytest.param("a = {b = 1}\na.c = 2\n", 19, id="inline tables are closed"),
    ],
)
def test_invalid_toml_is_placed(content: str, offset: int) -> None:
    with pytest.raises(NodeError) as caught:
        read(content, "+++\n", "+++\n")
    assert (caught.value.offset, caught.value.kind) == (4 + offset, "invalid-front-matter")
    assert "(at " not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("a = " + "[" * 100_000, id="arrays"),
        pytest.param("a = " + "{a = " * 100_000, id="inline tables"),
        pytest.param("a." * 100_000 + "a = 1", id="dotted key"),
        pytest.param("[" + "a." * 100_000 + "a]", id="dotted header"),
        pytest.param("a = " + "9" * 5_000, id="digits"),
        pytest.param("a = 0x" + "f" * 5_000, id="hexadecimal digits"),
        pytest.param("a = [" + "1," * (MAX_NODES + 1) + "]", id="values"),
        pytest.param("#" * (MAX_CHARS + 1), id="characters"),
    ],
)
def test_bounds(content: str) -> None:
    with pytest.raises(NodeError, match=r"limit|more than"):
        read(content)


def test_bounds_are_inclusive() -> None:
    deep = MAX_DEPTH - 1
    values, _, _ = read("a = " + "[" * deep + "1" + "]" * deep)
    assert count_values(values) == MAX_DEPTH


KEYS = st.text(max_size=6)
SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.dates()
    | st.datetimes()
    | st.times()
)
TABLES = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=4),
    lambda inner: st.dictionaries(KEYS, inner | SCALARS | st.lists(inner, max_size=3), max_size=4),
    max_leaves=12,
)
PIECES = st.sampled_from(
    [
        *" .,=[]{}#\"'\\\n-1aé",
        '"""',
        "'''",
        "[[",
        "]]",
        "\r\n",
        "-1.5e3",
        "nan",
        "07:30:00",
        "1979-05-27",
        "true",
        "\\u0041",
    ]
)
STATEMENTS = st.sampled_from(
    [
        "a = 1",
        "b.a = 2",
        "'a'.\"b\" . c = 3",
        "c = {a.b = 1, c = {}}",
        "d = [{a = 1}, [\n2, # x\n], {},]",
        "e = '''\n'x''''",
        "[a]",
        "[a.b]",
        "[ b . 'a' ]",
        "[[b]]",
        "[[a.b]]",
        "[b.c]",
        "[[b.d]]",
        "f = 1979-05-27 07:30:00 # x",
        "\tg = -nan\r",
    ]
)
CONTENTS = st.lists(PIECES, max_size=16).map("".join) | st.lists(STATEMENTS, max_size=8).map("\n".join)


@given(TABLES)
def test_what_tomlkit_writes(values: dict[str, Any]) -> None:
    content = tomlkit.dumps(values)
    found, nodes, text = read(content, "é+++\n", "+++\nText")
    assert same(tomllib.loads(content), found)
    assert_spans_hold(found, nodes, text)
    assert len(nodes) == count_values(found)


@given(CONTENTS)
def test_reads_what_tomllib_reads_and_nothing_else(content: str) -> None:
    try:
        expected = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        with pytest.raises(NodeError) as caught:
            read(content, "+++\n", "+++\n")
        assert 4 <= caught.value.offset <= 4 + len(content)
        return
    values, nodes, text = read(content, "+++\n", "+++\n")
    assert same(expected, values)
    assert_spans_hold(values, nodes, text)
