"""The gate opens for heaps of labels and for what only pages say; a label alone among sentences opens nothing."""

import pytest

from content_audit.text import split
from content_audit.text.gate import polluted
from content_audit.text.headings import furniture

SENTENCE = "The bell at the lower landing has hung there since the flood."


def opened(text: str, *, markdown: bool = False) -> bool:
    lines = [line for line in split(text, 0, markdown=markdown) if not line.blank]
    return polluted(lines, furniture(text, lines))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Log in\nView cart\n\n{SENTENCE}\n", id="a menu"),
        pytest.param(f"Home\nAbout\nContact\n\n{SENTENCE}\n", id="three ambiguous words"),
        pytest.param(f"Skip to content\n\n{SENTENCE}\n\nPrivacy policy\n", id="either end"),
        pytest.param(f"{SENTENCE}\n\nRead more: A rope\n\n{SENTENCE}\n\nRead more: A bell\n", id="two teasers"),
        pytest.param(f"Skip to content\n{SENTENCE}\n© 2024 Landing\n", id="no blank lines"),
    ],
)
def test_what_pages_say_opens_it(text: str) -> None:
    assert opened(text)


ALONE = "\n\n".join([SENTENCE, "Log in", SENTENCE, "Subscribe now", SENTENCE, "Buy now", SENTENCE])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Home\nAbout\n\n{SENTENCE}\n", id="two ambiguous words"),
        pytest.param(f"Upper Mill\nHome\nAlders\nNext\nQuay\nBack\nLight\nClose\n{SENTENCE}\n", id="words in a list"),
        pytest.param(ALONE, id="alone"),
        pytest.param(f"Log in\n{SENTENCE}\n\nView cart\n{SENTENCE}\n", id="terms with their definitions"),
        pytest.param(f"1. Log in\n2. View cart\n3. Privacy policy\n\n{SENTENCE}\n", id="numbered"),
        pytest.param(f"Terms of use\n\nThe bell\n\n© 1931 Landing\n\n{SENTENCE}\n", id="a title and its owner"),
        pytest.param(f"{SENTENCE}\n\n© 2011 Holst\n\n© 2014 Brandt\n", id="two owners"),
        pytest.param(
            f"Subscribe now\n\nis what it said.\n\nBuy now\n\nsaid the other.\n\n{SENTENCE}", id="clauses go on"
        ),
        pytest.param("The keeper asked for\nlog in\nand for\nsign in\nand went.\n", id="lines of a paragraph"),
    ],
)
def test_what_a_writer_says_does_not(text: str) -> None:
    assert not opened(text)


CONTENTS = "- [Log in](#a)\n- [Terms of use](#b)\n\n## Log in\n\nSo.\n\n## Terms of use\n\nSo.\n"
BOXES = f"# Boxes\n\n{SENTENCE}\n\n## Related posts\n\n## Recent posts\n\n## Tags\n"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        pytest.param(f"# Keys\n\n{SENTENCE}\n\n- Log in\n- View cart\n", False, id="a list"),
        pytest.param(f"# Keys\n\n{SENTENCE}\n\n- [Log in](/in)\n- [View cart](/cart)\n", True, id="a list of links"),
        pytest.param(f"- Log in\n- View cart\n\n# Keys\n\n{SENTENCE}\n", True, id="a list above the title"),
        pytest.param(CONTENTS, False, id="contents"),
        pytest.param(BOXES, False, id="titles alone"),
        pytest.param(
            f"## Log in\n\nWith a card.\n\n## View cart\n\nAt the bell.\n\n{SENTENCE}\n", False, id="sections"
        ),
    ],
)
def test_in_markdown_headings_and_lists_are_somebodys(text: str, opens: bool) -> None:
    assert opened(text, markdown=True) is opens
