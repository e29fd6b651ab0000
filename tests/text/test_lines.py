"""Lines are what editors call lines, and Markdown's shapes are seen for what they are."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.text import split
from content_audit.text.enclosures import enclosed
from tests.growth import LINEAR, growth


@given(st.text(st.sampled_from("ab \n\r\u2028\u0085\x0b\x0c")), st.booleans())
def test_lines_follow_each_other_without_a_gap(text: str, markdown: bool) -> None:
    lines = split(text, 0, markdown=markdown)
    assert "".join(text[line.start : line.end] for line in lines) == text
    editors = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    said = [text[line.start : line.end].rstrip("\r\n") for line in lines]
    assert [line for line in said if line.strip(" \t\r\n")] == [line for line in editors if line.strip(" \t")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_blank_lines_in_a_row_are_one(ending: str) -> None:
    text = ending.join(["a", "", " \t", "", "  b", "c", "", ""])
    assert [text[line.start : line.end] for line in split(text, 0, markdown=False)] == [
        f"a{ending}",
        f"{ending} \t{ending}{ending}",
        f"  b{ending}",
        f"c{ending}",
        ending,
    ]


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        pytest.param("# A\n\nb\n", ["heading", "blank", "text"], id="heading"),
        pytest.param("A\n===\nb\n", ["heading", "rule", "text"], id="underlined heading"),
        pytest.param("a\n\n---\n", ["text", "blank", "rule"], id="thematic break"),
        pytest.param("```\n# a\n\n```\nb\n", ["code", "code", "code", "code", "text"], id="fence with a blank line"),
        pytest.param("````\n```\n````\nb\n", ["code", "code", "code", "text"], id="shorter fence inside"),
        pytest.param("~~~\na", ["code", "code"], id="fence without end"),
        pytest.param("a | b\n--|--\n1 | 2\nc\n", ["table", "table", "table", "text"], id="table without outer pipes"),
        pytest.param("a | b\nc | d\n", ["text", "text"], id="pipes alone are no table"),
        pytest.param("- a\n1. b\n* c\n", ["item", "item", "item"], id="lists"),
        pytest.param("<div>\n", ["island"], id="html"),
        pytest.param("a\n\n    b\n", ["text", "blank", "code"], id="indented code"),
        pytest.param("a\n    b\n", ["text", "text"], id="an indented line of a paragraph is no code"),
        pytest.param("- a\n\n    b\n", ["item", "blank", "text"], id="a paragraph of a list item is no code"),
        pytest.param("- a\n\n      b\n", ["item", "blank", "code"], id="code in a list item"),
        pytest.param("- a\n\nb\n\n\tc\n", ["item", "blank", "text", "blank", "code"], id="code after a list"),
        pytest.param("<pre>\na\n</pre>\nb\n", ["island", "island", "island", "text"], id="preformatted"),
        pytest.param("<pre>\na\n", ["island", "text"], id="preformatted without end"),
        pytest.param("$$\na\n$$\nb\n", ["island", "island", "island", "text"], id="formula"),
        pytest.param("$$a$$\nb\n", ["text", "text"], id="formula in one line"),
        pytest.param("::::a\n:::b\nc\n:::\nd\n::::\ne\n", [*["island"] * 6, "text"], id="admonitions"),
        pytest.param("{% tip %}\na\n{% endtip %}\nb\n", [*["island"] * 3, "text"], id="template block"),
        pytest.param("{% include a %}\nb\n", ["text", "text"], id="template tag without end"),
        pytest.param("{{< tip >}}\na\n{{< /tip >}}\nb\n", [*["island"] * 3, "text"], id="shortcode"),
        pytest.param("```\n$$\n```\na\n$$\n", [*["code"] * 3, "text", "text"], id="no formula begins in code"),
    ],
)
def test_markdown_shapes(text: str, shapes: list[str]) -> None:
    assert [line.shape for line in split(text, 0, markdown=True)] == shapes


def test_words_of_links_are_counted_apart() -> None:
    (line,) = split('[two words](/x "title") and three more', 0, markdown=True)
    assert (line.text, line.words, line.linked) == ("two words and three more", 5, 2)


def test_scripts_without_spaces_have_words() -> None:
    (line,) = split("海の水は一日に二度寄せる", 0, markdown=False)
    assert line.words == 6


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: ["$$" + "a" * n], id="formula"),
        pytest.param(lambda n: ["$$ " + "$ " * n], id="half a formula's signs"),
        pytest.param(lambda n: ["<!--" + "<pre>" * n], id="comment"),
        pytest.param(lambda n: ["{% if x %}"] * n, id="template tags"),
        pytest.param(lambda n: [f":::{':' * (i % 3)} {i}" for i in range(n)], id="admonitions"),
    ],
)
def test_enclosures_are_found_in_linear_time(make: Callable[[int], list[str]]) -> None:
    assert growth(lambda lines: enclosed(lines, [False] * len(lines)), make, 4000) < LINEAR


@pytest.mark.parametrize(
    "part", ["|\n", "> | a\n", "- ", "a | b\n--|--\n", "[a](b ", "```\n", "    a\n\n", " \t", "# "]
)
def test_lines_are_split_in_linear_time(part: str) -> None:
    assert growth(lambda text: split(text, 0, markdown=True), lambda n: part * n, 10_000) < LINEAR
