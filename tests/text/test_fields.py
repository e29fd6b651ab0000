"""Texts in the front matter are judged; lines go only where YAML cannot be hurt by it."""

import pytest

from content_audit.parse import parse_text
from content_audit.text.fields import field_blocks

PROSE = "The lock keeper opens the gates at low water, and the basin empties in a quarter of an hour, silt and all."
PAGE = ["Skip to content", PROSE, "", PROSE.replace("low", "high"), "", "Privacy Policy"]


def left(text: str) -> tuple[list[str], object]:
    """The kinds found, and the answer as it reads once every edit is made."""
    found = field_blocks(parse_text("a.md", text))
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
    found = field_blocks(parse_text("a.md", text))
    assert [each.edit for each in found] == [None, None]
    assert text[found[0].block.start : found[0].block.end] == "Skip to content"
    assert text[found[1].block.start : found[1].block.end] == "Privacy Policy"


def test_a_text_without_a_page_and_a_single_line_are_left_alone() -> None:
    assert left(literal([PROSE, "", PAGE[3]]))[0] == []
    assert left("---\nanswer: Skip to content, Privacy Policy\n---\n")[0] == []
