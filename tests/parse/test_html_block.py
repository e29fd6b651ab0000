"""What a block of a page's main text knows of itself."""

import pytest

from content_audit.parse.html.block import Block, document


@pytest.mark.parametrize(
    ("markdown", "level"),
    [
        pytest.param("# Ferries", 1, id="the title"),
        pytest.param("### When they run", 3, id="a section's"),
        pytest.param("#ferries is what people write", 0, id="a paragraph that begins with a hash tag"),
        pytest.param("- # Ferries", 0, id="one in a list"),
        pytest.param("```\n# a comment\n```", 0, id="code"),
    ],
)
def test_a_heading_knows_its_level(markdown: str, level: int) -> None:
    assert Block(markdown, "Ferries", 0).level == level


def test_items_stand_in_a_row_and_all_else_apart() -> None:
    written = [Block("One.", "One.", 0), Block("- two", "two", 0, "item"), Block("- three", "three", 0, "item")]
    assert document(written) == "One.\n\n- two\n- three\n"
    assert document([]) == ""
