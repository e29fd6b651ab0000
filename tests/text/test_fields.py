"""Texts in the front matter are judged; lines go only where YAML cannot be hurt by it."""

import pytest

from content_audit.model import Document
from content_audit.parse import parse_text
from content_audit.text.fields import field_blocks, field_repeats, field_words
from tests.growth import LINEAR, growth

PROSE = "The lock keeper opens the gates at low water, and the basin empties in a quarter of an hour, silt and all."
PAGE = ["Skip to content", PROSE, "", PROSE.replace("low", "high"), "", "Privacy Policy"]


def left(text: str) -> tuple[list[str], object]:
    """The kinds found, and the answer as it reads once every edit is made."""
    found = list(field_blocks(parse_text("a.md", text)))
    for each in sorted(found, key=lambda each: each.block.start, reverse=True):
        if each.edit is not None:
            text = text[: each.edit.start] + each.edit.text + text[each.edit.end :]
    return [each.block.kind for each in found], parse_text("a.md", text).metadata.get("answer")


def literal(lines: list[str], indent: str = "  ") -> str:
    return "---\nanswer: |\n" + "".join(f"{indent}{line}\n" if line else "\n" for line in lines) + "title: Locks\n---\n"


def test_lines_of_a_literal_block_go_and_the_rest_reads_as_before() -> None:
    kinds, answer = left(literal(PAGE))
    assert kinds == ["site-navigation", "page-footer"]
    assert answer == f"{PROSE}\n\n{PAGE[3]}\n"


def test_nothing_goes_where_a_deeper_line_would_set_the_indent() -> None:
    lines = [PAGE[0], "  " + PROSE, *PAGE[2:]]
    kinds, answer = left(literal(lines))
    assert kinds == ["site-navigation", "page-footer"]
    assert answer == "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param('"' + "\\n".join(PAGE) + '"', id="double quotes"),
        pytest.param(">\n" + "".join(f"  {line}\n\n" for line in PAGE if line), id="folded"),
    ],
)
def test_other_values_are_reported_and_left_alone(value: str) -> None:
    text = f"---\nanswer: {value}\ntitle: Locks\n---\n"
    found = list(field_blocks(parse_text("a.md", text)))
    assert [each.edit for each in found] == [None, None]
    assert text[found[0].block.start : found[0].block.end] == "Skip to content"
    assert text[found[1].block.start : found[1].block.end] == "Privacy Policy"


def test_a_text_without_a_page_and_a_single_line_are_left_alone() -> None:
    assert left(literal([PROSE, "", PAGE[3]]))[0] == []
    assert left("---\nanswer: Skip to content, Privacy Policy\n---\n")[0] == []


def test_a_deep_indent_makes_no_code_of_a_literal_block() -> None:
    assert left(literal(PAGE, indent="      ")) == (["site-navigation", "page-footer"], f"{PROSE}\n\n{PAGE[3]}\n")


def test_furniture_and_copies_of_a_field_count_among_its_words() -> None:
    words = len(PROSE.split())
    assert field_words(parse_text("a.md", literal(PAGE))) == (2 * words + 5, 5)
    twice = [PROSE, PAGE[3], PROSE.replace("low", "neap")]
    assert field_words(parse_text("a.md", literal([*twice, "", *twice]))) == (6 * words, 3 * words)
    assert field_words(parse_text("a.md", f"---\nanswer: {PROSE}\n---\n")) == (words, 0)


@pytest.mark.parametrize("quoted", [False, True])
def test_a_copy_in_a_field_stands_where_its_lines_do(quoted: bool) -> None:
    lines = [PROSE, PAGE[3], PROSE.replace("low", "neap")]
    value = '"' + "\\n".join([*lines, "A line between.", *lines]) + '"'
    text = f"---\nanswer: {value}\n---\n" if quoted else literal([*lines, "A line between.", *lines])
    (found,) = field_repeats(parse_text("a.md", text))
    assert found.repeat.start > text.index("between") > found.repeat.first_end > found.repeat.first_start
    assert text[found.repeat.start : found.repeat.end].strip().startswith(PROSE)
    assert (found.edit is None) is quoted


def test_a_line_of_white_space_takes_linear_time() -> None:
    def make(number: int) -> Document:
        return parse_text("a.md", literal([PROSE, " " * number, PAGE[3]]))

    assert growth(lambda document: list(field_blocks(document)), make, 10_000) < LINEAR
