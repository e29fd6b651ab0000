"""The reader of plain YAML says what the parser's events say, or declines."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.model import Node, Pointer
from content_audit.parse.errors import NodeError
from content_audit.parse.yaml_lines import MOST_CHARS, MOST_COLUMNS, MOST_LEVELS, MOST_NODES, read_lines
from content_audit.parse.yaml_nodes import read_events
from tests.conftest import examples
from tests.properties.yaml_text import MAPPINGS, mapping_texts

LINES = (
    *("a:", "b:", "c-d.e:", "éa:", "a: 1", "b: word", "c: two words", "d: -1.5", "e: ~", "f: it's", "12: 30", "a :"),
    *("a: 'x'", "a: 'it''s'  ", 'b: "x"', 'b: "\\"\\n\\\\ é"', 'c: "\\x41"', "a: 'x' # y", 'b: "x', "a: ''b", "c: ''"),
    *(
        "a: b:",
        "a: b: c",
        "a: b :c",
        "a: b #c",
        "a: b#c",
        "a: #c",
        "a: - b",
        "a: -b",
        "a: ?b",
        "a: :b",
        "a:b",
        "a:  b ",
    ),
    *("a: |", "a: |-", "b: >-", "b: >", "c: |+", "c: >2", "a: |- # y", "a: |-  ", "a: |b", "-: 1", "a: .5", "a: 012"),
    *("a: [b]", "a: {b: c}", "a: &x b", "a: *x", "a: !t b", "<<: *x", "a: %b", "a: @b", "a: `b`", "a: ,b", "a: ]"),
    *("- a", "- a: 1", "- 'x'", '- "x"', "-", "-  b: 2", "- - a", "- |", "- a:", "- #c", "- -1", "a: 0x1F", "a: é🍐"),
    *("word", "two words", "# a remark", "", "", "---", "...", "? a", ": b", "'x'", "%YAML 1.2", "\ta: 1", "a:\tb"),
    *("word \u00a0", "a: \u00a0", "a: \u2028", "a: \x85", "a: \ufeff", "a: b\u3000"),
)
DEPTHS = st.sampled_from((0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 6))
ENDS = st.sampled_from(("\n",) * 9 + ("\n\n", " \n", "\r\n"))
TEXT = st.lists(st.tuples(DEPTHS, st.sampled_from(LINES), ENDS), max_size=9).map(
    lambda lines: "".join(" " * depth + line + end for depth, line, end in lines)
)
ARTICLE = "id: 1\ntitle: >-\n    What are looms for?\nseo:\n  title: Looms\n  none:\nurl: /looms\n"
BLOCKS = "answer: |-\n    One.\n\n    - two\n      three\n\nnote: >\n  a\n  b\n\n  c\n"
LISTS = "tags:\n- a\n- 'b'\nlinks:\n  - id: 1\n    url: /a\n  - id: 2\nlast: \"x\"\n"


def by_events(text: str, start: int, end: int) -> tuple[dict[str, Any], dict[Pointer, Node]] | None:
    try:
        return read_events(text, start, end)
    except NodeError:
        return None


def same(text: str, before: str = "") -> bool:
    """Is what is read what the events say, in its order as well? What is declined is."""
    found = read_lines(f"{before}{text}tail", len(before), len(before) + len(text))
    return found is None or repr(found) == repr(by_events(f"{before}{text}tail", len(before), len(before) + len(text)))


@examples(2000)
@given(TEXT, st.sampled_from(("", "---\n", "🍐\n")))
def test_lines_say_what_events_say(text: str, before: str) -> None:
    assert same(text, before)


@given(st.data())
def test_what_people_write_is_read_alike(data: st.DataObject) -> None:
    assert same(data.draw(mapping_texts(data.draw(MAPPINGS))) + "\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ARTICLE, id="article"),
        pytest.param(BLOCKS, id="blocks"),
        pytest.param(LISTS, id="lists"),
        pytest.param("# a remark\na: 1\n\n  # apart\nb: 2\n\n", id="remarks"),
    ],
)
def test_plain_front_matter_is_not_declined(text: str) -> None:
    assert read_lines(text, 0, len(text)) is not None
    assert same(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"k{i}: 1\n" for i in range(MOST_NODES + 1)), id="many values"),
        pytest.param("".join(" " * i + "k:\n" for i in range(MOST_LEVELS + 3)), id="deep"),
        pytest.param("k:\n" + " " * (MOST_COLUMNS + 1) + "k: 1\n", id="indented far"),
        pytest.param("k: |\n" + " " * (MOST_COLUMNS + 1) + "text\n", id="a block indented far"),
        pytest.param("a: 1\na: 2\n", id="a key twice"),
        pytest.param("a: |\n" + "  a line\n" * (MOST_CHARS // 8), id="long"),
    ],
)
def test_what_comes_near_a_bound_is_left_to_the_events(text: str) -> None:
    assert read_lines(text, 0, len(text)) is None
