"""Lines go without leaving a pile of blank lines, and without joining what stood apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.text import removals


def without(text: str, *gone: str) -> str:
    places = [(text.index(line), text.index(line) + len(line)) for line in gone]
    for edit in reversed(removals(text, 0, places)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        pytest.param("a\n\nX\n\nb\n", ["X\n"], "a\n\nb\n", id="between paragraphs"),
        pytest.param("X\n\na\n", ["X\n"], "a\n", id="at the top"),
        pytest.param("a\n\nX\n", ["X\n"], "a\n", id="at the end"),
        pytest.param("a\n\nX", ["X"], "a\n", id="at the end, without a last newline"),
        pytest.param("a\n\nX\n\nY\n\n", ["X\n", "Y\n"], "a\n", id="two at the end"),
        pytest.param("a\nX\n\nb\n", ["X\n"], "a\n\nb\n", id="right below a paragraph"),
        pytest.param("a\nX\nb\n", ["X\n"], "a\nb\n", id="inside a paragraph"),
        pytest.param("a\r\n\r\nX\r\n\r\nb", ["X\r\n"], "a\r\n\r\nb", id="CRLF"),
        pytest.param("a\n\nX\nY\n\nb\n", ["X\n", "Y\n"], "a\n\nb\n", id="two in a row"),
        pytest.param("a\nX\n\nY\n\nb\n", ["X\n", "Y\n"], "a\n\nb\n", id="two in a row right below a paragraph"),
    ],
)
def test_removal(text: str, gone: list[str], left: str) -> None:
    assert without(text, *gone) == left


@given(st.lists(st.tuples(st.sampled_from(["a\n", "X\n", "\n", " \n", "\r\n"])), max_size=20))
def test_edits_are_disjoint_and_take_no_other_words(parts: list[tuple[str]]) -> None:
    text, places = "", []
    for (part,) in parts:
        if part == "X\n":
            places.append((len(text), len(text) + 2))
        text += part
    at = 0
    for edit, (start, end) in zip(removals(text, 0, places), places, strict=True):
        assert at <= edit.start <= start < end <= edit.end
        assert text[edit.start : edit.end].split() == ["X"]
        at = edit.end
