"""The second copy of a passage is found whole; what is short, or code, or a table, may repeat itself."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.text import Repeat, split
from content_audit.text.judge import judge
from content_audit.text.repeats import find_repeats
from tests.growth import LINEAR, growth

PASSAGE = "\n\n".join(
    f"Sentence number {i} of a passage that somebody pasted twice, as it happens to all of us." for i in range(5)
)
MIDDLE = "\n\nSomething else.\n\n"


def blocks(number: int) -> str:
    """Paragraphs of their own, of the words that a copy needs."""
    return "\n\n".join(f"{i}: " + f"the word {i} " * 17 for i in range(number))


def repeats(text: str, *, markdown: bool = False) -> list[Repeat]:
    return find_repeats(text, split(text, 0, markdown=markdown))


def copies(text: str, *, markdown: bool = False) -> list[str]:
    return [text[r.start : r.end] for r in repeats(text, markdown=markdown)]


def test_the_second_copy_is_found_and_the_first_is_named() -> None:
    text = PASSAGE + MIDDLE + PASSAGE
    (repeat,) = repeats(text)
    assert text[repeat.start : repeat.end] == PASSAGE
    assert text[repeat.first_start : repeat.first_end].rstrip("\n") == PASSAGE
    assert repeat.words == len(PASSAGE.split())


def test_every_later_copy_is_found() -> None:
    assert copies("".join(f"{PASSAGE}\n\nBetween {i}.\n\n" for i in range(4))) == [PASSAGE + "\n"] * 3


def test_blank_lines_and_line_endings_do_not_matter() -> None:
    dense = PASSAGE.replace("\n\n", "\r\n")
    assert copies(PASSAGE + MIDDLE + dense) == [dense]


def test_a_passage_ends_where_the_copies_differ() -> None:
    found = copies(f"Before.\n{PASSAGE}\nAfter one.{MIDDLE}Ahead.\n{PASSAGE}\nAfter two.")
    assert found == [PASSAGE + "\n"]


def test_the_longest_of_several_first_copies_counts() -> None:
    ends = ["One end.", "Other end.", "Other end."]
    text = "".join(f"{i}.\n\n{PASSAGE}\n\n{end}\n\n" for i, end in enumerate(ends))
    assert copies(text) == [PASSAGE + "\n", PASSAGE + "\n\nOther end.\n"]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("```\n" + PASSAGE + "\n```", id="code"),
        pytest.param(
            "| a | b |\n|---|---|\n" + "\n".join(f"| row {i} | the same cell |" for i in range(30)), id="table"
        ),
    ],
)
def test_code_and_tables_may_repeat(block: str) -> None:
    assert copies(block + MIDDLE + block, markdown=True) == []


def test_fewer_than_fifty_words_may_repeat() -> None:
    refrain = "One line of a song,\nand one that rhymes along."
    assert copies("\n\n".join([refrain] * 4)) == []


@given(st.lists(st.sampled_from(["word " * 20, "word " * 60, "other " * 30, "", "---"]), max_size=40))
def test_copies_are_disjoint_and_come_after_their_originals(lines: list[str]) -> None:
    text = "\n".join(lines)
    at = 0
    for repeat in repeats(text):
        assert at <= repeat.start < repeat.end
        assert repeat.first_end <= repeat.start
        first, second = text[repeat.first_start : repeat.first_end], text[repeat.start : repeat.end]
        spoken = [[line for line in copy.split("\n") if line.strip("- ")] for copy in (first, second)]
        assert spoken[0] == spoken[1]
        assert repeat.words >= 50
        at = repeat.end


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "the same line\n" * n, id="equal lines"),
        pytest.param(lambda n: "word " * n * 20, id="one line"),
        pytest.param(lambda n: (PASSAGE + "\n\n") * n, id="equal blocks"),
        pytest.param(lambda n: "Log in\nHome\n" + (f"{blocks(n)}\n\n" * 2) + "Privacy policy\n", id="different blocks"),
    ],
)
def test_time_is_linear(make: Callable[[int], str]) -> None:
    assert growth(judge, make, 1000) < LINEAR


@pytest.mark.parametrize("text", ["the same line\n" * 10_000, (PASSAGE + "\n\n") * 5_000], ids=["lines", "blocks"])
def test_equal_parts_are_read_to_their_end(text: str) -> None:
    found = repeats(text)
    assert all(r.first_end <= r.start for r in found)
    assert found[-1].end >= len(text) - 2 * len(PASSAGE)
