"""What may have been said twice on purpose is not removed unasked; a text pasted twice is."""

import pytest

from content_audit.text import split
from content_audit.text.doubts import doubtful
from content_audit.text.judge import judge

PASSAGE = "\n\n".join(
    f"Sentence number {i} of a passage that fits two places, as some passages do on pages of this kind."
    for i in ("one", "two", "three")
)
LIST = "\n".join(f"- Point {i} of a list that somebody wrote twice below itself, without a reason." for i in "abcde")
VERSE = "\n".join(
    f"The {bird} sits upon the weir,\nand sings for all who want to hear,\nits song of water, stone and flour.\n"
    for bird in ("thrush", "wren", "finch", "crow")
)
WRAPPED = "\n".join(f"line {i} of a paragraph that was broken where its column came to an end and" for i in "abcde")


def doubts(text: str, *, markdown: bool = True) -> list[bool]:
    repeats = judge(text, markdown=markdown).repeats
    assert repeats
    return doubtful(text, split(text, 0, markdown=markdown), repeats)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PASSAGE}\n\nPrinted from the archive.\n\n{PASSAGE}\n", id="pasted twice"),
        pytest.param(f"{PASSAGE}\n\nIt was said again.\n\n{PASSAGE}\n\nMore follows.\n", id="in the middle"),
        pytest.param(f"{PASSAGE}\n\n{LIST}\n\nAgain.\n\n{PASSAGE}\n\n{LIST}\n", id="with a whole list"),
        pytest.param(f"{WRAPPED} a stop.\n\nAgain.\n\n{WRAPPED} a stop.\n", id="a broken paragraph"),
        pytest.param(
            f"# Once\n\n{PASSAGE}\n\nHe reads it once more, since nobody listens.\n\n{PASSAGE}\n\n## Next\n\nMore.\n",
            id="before a heading",
        ),
    ],
)
def test_a_text_pasted_twice_is_beyond_doubt(text: str) -> None:
    assert doubts(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PASSAGE}\n\nThe form says:\n\n{PASSAGE}\n\nMore follows.\n", id="after a colon"),
        pytest.param(f"{PASSAGE}\n\n**The form says：**\n\n{PASSAGE}\n\nMore follows.\n", id="after a bold colon"),
        pytest.param(f"## A\n\n{PASSAGE}\n\n## B\n\n{PASSAGE}\n\nMore of B.\n", id="below a heading of its own"),
        pytest.param(f"Once.\n\n## A\n\n{PASSAGE}\n\nOnce more.\n\n## A\n\n{PASSAGE}\n", id="with its heading"),
        pytest.param(f"{PASSAGE}\n\nA\n---\n\n{PASSAGE}\n\nMore of A.\n", id="below an underlined heading"),
        pytest.param(f"{PASSAGE}\n\n<Tab>\n\n{PASSAGE}\n\n</Tab>\n", id="alone in an element"),
        pytest.param(f"{PASSAGE}\n\n<Tab>\n\n{PASSAGE}\n\nMore of it.\n\n</Tab>\n", id="first in an element"),
        pytest.param(
            f"- One\n\n  {PASSAGE.replace(chr(10) * 2, chr(10) * 2 + '  ')}\n\n- Two\n\n"
            f"  {PASSAGE.replace(chr(10) * 2, chr(10) * 2 + '  ')}\n",
            id="all that a list's item has",
        ),
        pytest.param(f"{LIST}\n- Once\n\nAgain.\n\n{LIST}\n- Twice\n", id="the first items of a list"),
        pytest.param(f"{LIST}\n\nAgain.\n\n- First\n{LIST}\n\nAn end.\n", id="the last items of a list"),
        pytest.param("\n\n".join([*(f"> {p}" for p in PASSAGE.split("\n\n"))] * 2), id="quotation"),
        pytest.param(f"“{PASSAGE}”\n\nShe said it again.\n\n“{PASSAGE}”\n", id="in quotation marks"),
        pytest.param(f"{VERSE}\n\nAnd once again they sang.\n\n{VERSE}\n", id="verse"),
        pytest.param(VERSE.replace("\n", "  \n") * 2, id="verse with breaks"),
    ],
)
def test_what_may_have_been_meant_is_in_doubt(text: str) -> None:
    assert set(doubts(text)) == {True}


def test_an_indented_passage_may_have_been_set_apart() -> None:
    passage = "".join(f"    {paragraph}\n\n" for paragraph in PASSAGE.split("\n\n"))
    assert doubts(f"{passage}The same again.\n\n{passage}", markdown=False) == [True]
    assert doubts(f"{PASSAGE}\n\nThe same again.\n\n{PASSAGE}\n", markdown=False) == [False]
