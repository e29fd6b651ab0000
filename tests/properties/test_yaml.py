"""YAML front matter: values as the specification reads them, and the place of every key and value."""

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from content_audit.model import Node, Pointer, Style
from content_audit.parse.emit import literal_block, scalar
from content_audit.parse.errors import NodeError
from content_audit.parse.yaml_nodes import read_yaml
from tests.conftest import examples
from tests.properties.yaml_text import KEYS, MAPPINGS, SCALARS, TEXTS, UNWRITABLE, mapping_texts, read_core

BLOCK = ("literal", "folded")
FRAGMENTS = (
    *(
        "a: ",
        "b: ",
        "a",
        "- ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "# r",
        " ",
        "|\n",
        ">-\n",
    ),
    *(
        "&x ",
        "*x",
        "!!str ",
        "!t ",
        "<<: ",
        "012",
        "yes",
        "~",
        ".inf",
        "1e999",
        "0x1F",
        "\t",
        "\u2028",
        "é",
        "🍐",
        "\\n",
        "%",
        "---",
        "...",
    ),
)


def read_or_refuse(text: str) -> tuple[dict[str, Any], dict[Pointer, Node]] | NodeError:
    try:
        return read_yaml(text, 0, len(text))
    except NodeError as error:
        return error


def value_at(tree: Any, pointer: Pointer) -> Any:
    for part in pointer:
        tree = tree[part]
    return tree


def column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def again(text: str, node: Node, pointer: Pointer) -> Any:
    """What the text at a value's place says where it is read by itself, as deep as it stands."""
    written = text[node.start : node.end]
    if node.style == "plain":
        written = re.sub(r"\n[ \t]*", "\n  ", written)
    if isinstance(pointer[-1], int):
        depth = column(text, text.rfind("-", 0, node.start)) if node.style in BLOCK else 0
        opening = " " * depth + "- "
    else:
        depth = column(text, node.key_start) if node.style in BLOCK else 0
        opening = " " * depth + "k: "
    around = "p:\n" if depth else ""
    found = read_core(f"{around}{opening}{written}")
    inner = found["p"] if depth else found
    return inner[0] if isinstance(pointer[-1], int) else inner["k"]


def check_places(text: str, metadata: Any, nodes: dict[Pointer, Node]) -> None:
    """Each key slices back to the key, each value to the value; what contains another is not shorter than it."""
    for pointer, node in nodes.items():
        value = value_at(metadata, pointer)
        assert 0 <= node.key_start <= node.key_end <= node.start <= node.end <= len(text) or isinstance(
            pointer[-1], int
        )
        if isinstance(pointer[-1], str):
            key = text[node.key_start : node.key_end]
            assert key[:1] in ("|", ">") or list(read_core(f"? {key}\n: 1")) == [pointer[-1]]
        else:
            assert node.key_start == node.key_end == node.start
        if node.style == "block":
            inner = [nodes[p] for p in nodes if p[:-1] == pointer]
            assert node.end == max(n.end for n in inner)
        elif node.style == "flow":
            assert read_core(text[node.start : node.end]) == value
        elif node.style in BLOCK:
            assert again(text, node, pointer).rstrip(" \t\n") == value.rstrip(" \t\n")
            assert text[node.start : node.end].rstrip(" \t\r\n") == text[node.start : node.end]
        elif not text[node.start : node.end].startswith("*"):
            assert again(text, node, pointer) == value


@given(st.data())
def test_every_style_reads_as_what_was_written(data: st.DataObject) -> None:
    value = data.draw(MAPPINGS)
    text = data.draw(mapping_texts(value)) + data.draw(st.sampled_from(("", "\n", "\n\n")))
    assume(read_core(text) == (value or None))
    before = data.draw(st.sampled_from(("", "---\n", "🍐\n")))
    metadata, nodes = read_yaml(f"{before}{text}tail", len(before), len(before) + len(text))
    assert json.dumps(metadata) == json.dumps(value)
    check_places(before + text, metadata, nodes)


@given(
    MAPPINGS,
    st.sampled_from((None, "'", '"', "|", ">")),
    st.sampled_from((True, False, None)),
    st.integers(2, 6),
    st.integers(8, 80),
)
def test_what_another_writer_wrote(
    value: dict[str, Any], style: str | None, flow: bool | None, indent: int, width: int
) -> None:
    text = yaml.safe_dump(
        value,
        default_style=style,
        default_flow_style=flow,
        indent=indent,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )
    found = read_or_refuse(text)
    if isinstance(found, NodeError):
        assert re.search("explicit tags|a plain word|merge keys|control characters|not allowed", found.message)
        return
    metadata, nodes = found
    assert metadata == (read_core(text) or {})
    if not re.search(
        r"(^|[ -])\? ", text, re.MULTILINE
    ):  # how deep a value stands beside a long key is this writer's secret
        check_places(text, metadata, nodes)


@examples(1500)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join))
def test_odd_text_reads_as_the_specification_says_or_is_refused(text: str) -> None:
    found = read_or_refuse(text)
    if isinstance(found, NodeError):
        assert 0 <= found.offset <= len(text)
        return
    metadata, nodes = found
    try:
        assert metadata == (read_core(text) or {})
    except yaml.composer.ComposerError as error:
        assume("duplicate anchor" not in str(error))  # the specification allows what this reader does not
        raise
    check_places(text, metadata, nodes)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@given(st.data())
def test_line_ends_change_nothing(line_end: str, data: st.DataObject) -> None:
    value = data.draw(st.dictionaries(KEYS, SCALARS, max_size=4))
    text = data.draw(mapping_texts(value))
    assume("\r" not in text and not UNWRITABLE.search(text) and read_core(text) == (value or None))
    other = text.replace("\n", line_end)
    metadata, nodes = read_yaml(other, 0, len(other))
    assert json.dumps(metadata) == json.dumps(value)
    expected = read_yaml(text, 0, len(text))[1]
    assert {p: other[n.start : n.end].replace(line_end, "\n") for p, n in nodes.items()} == {
        p: text[n.start : n.end] for p, n in expected.items()
    }


@given(
    TEXTS | st.text(st.sampled_from("a ,:#[]{}'\"\\\n\u2028\x85\ufeff🍐é"), max_size=10),
    st.sampled_from(("plain", "single", "double", "flow")),
)
def test_a_value_written_by_a_fix_reads_back(value: str, style: Style) -> None:
    written = scalar(value, "yaml", style)
    assert "\n" not in written
    for text in (f"k: {written}\nl: 1\n", f"k: {{m: {written}, n: 1}}\n" if style == "flow" else f"k:\n- {written}\n"):
        found = read_yaml(text, 0, len(text))[0]["k"]
        assert (found["m"] if isinstance(found, dict) else found[0] if isinstance(found, list) else found) == value


@given(TEXTS, st.sampled_from(("  ", "        ")), st.sampled_from(("\n", "\r\n")))
def test_a_block_written_by_a_fix_reads_back(value: str, indent: str, newline: str) -> None:
    block = literal_block(value, indent, newline)
    if block is not None:
        text = f"k: {block}{newline}l: 1{newline}"
        assert read_yaml(text, 0, len(text))[0] == {"k": value, "l": 1}
