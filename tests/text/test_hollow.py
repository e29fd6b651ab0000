"""A copy is safe to remove only where something is left of the place that it stands in."""

import pytest

from content_audit.text import split
from content_audit.text.hollow import hollowing
from content_audit.text.repeats import find_repeats

PASSAGE = "\n\n".join(
    f"Sentence number {i} of an answer that fits two questions, as some answers do on such pages." for i in range(5)
)


def hollow(text: str, *, markdown: bool) -> list[bool]:
    lines = split(text, 0, markdown=markdown)
    return hollowing(lines, find_repeats(text, lines))


@pytest.mark.parametrize(
    ("text", "markdown", "expected"),
    [
        pytest.param("## A?\n\n{}\n\n## B?\n\n{}\n\n## C\n\nNo.\n", True, [True], id="two headings"),
        pytest.param("A\n---\n\n{}\n\nB\n---\n\n{}\n", True, [True], id="underlined headings"),
        pytest.param("## A?\n\n{}\n\n## B?\n\n{}\n\n## C?\n\n{}\n", True, [True, True], id="three headings"),
        pytest.param('<Tab at="a">\n\n{}\n\n</Tab>\n<Tab at="b">\n\n{}\n\n</Tab>\n', True, [True], id="two tags"),
        pytest.param("Can I pay later?\n\n{}\n\nWhen must I pay?\n\n{}\n", False, [True], id="two questions"),
        pytest.param("**Can I pay?**\n\n{}\n\n**Must I pay?**\n\n{}\n", True, [True], id="two bold questions"),
        pytest.param("## A\n\n{}\n\n## B\n\n{}\n\nHere B says more than A did.\n", True, [False], id="more below"),
        pytest.param(
            "## A\n\n{}\n\n## B\n\nB begins in its own words, then repeats.\n\n{}\n", True, [False], id="above"
        ),
        pytest.param("{}\n\nPrinted from the archive\n\n{}\n", False, [False], id="the text pasted twice"),
    ],
)
def test_sections_that_a_removal_would_empty(text: str, markdown: bool, expected: list[bool]) -> None:
    assert hollow(text.replace("{}", PASSAGE), markdown=markdown) == expected
