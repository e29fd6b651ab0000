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
WRAPPED = [
    "\n".join(f"line {i} {said} where its column came to an end" for i in "abcde") + " at last."
    for said in ("of one paragraph that was broken", "from another that the printer cut", "in a third, which breaks")
]
CHINESE = (
    "我们在河边的磨坊里住了三年，水车日夜不停，谁也没有抱怨过，因为那声音像雨一样。\n\n"
    "冬天结冰的时候，磨坊主修理水闸，给轴上油，磨快石头，然后等待春天到来。\n\n"
    "到了四月，农夫们带着粮食来了，一袋一袋地放在阁楼上，等着轮到自己，一边喝茶一边聊天。\n\n"
)
MORE = (
    "The mill stands where the two brooks meet, and its wheel turns from October to May. In the dry months the miller "
    "mends the sluices, greases the shafts and sharpens the stones, for which he needs a week each; the grain waits in "
    "the loft until the water is back."
)
LONG = "\n\n".join(f"In year {i} {MORE[0].lower()}{MORE[1:]}" for i in range(4))
TALK = [
    ("The priest", "The ferry be with you, and with all who have come to the landing from near and from far."),
    ("The people", "And also with you, and with those who could not come, the sick, the old and the lost."),
    ("The clerk", "Lift up your ropes, and let no one go from here who has not been heard and rowed across."),
]


def doubts(text: str, *, markdown: bool = True) -> list[bool]:
    repeats = judge(text, markdown=markdown).repeats
    assert repeats
    return doubtful(text, split(text, 0, markdown=markdown), repeats)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PASSAGE}\n\n{PASSAGE}\n", id="pasted twice"),
        pytest.param(f"{PASSAGE}\n\n{PASSAGE}\n\n{PASSAGE}\n", id="pasted three times"),
        pytest.param(f"The mill\n\n{PASSAGE}\n\nThe mill\n\n{PASSAGE}\n", id="with its title"),
        pytest.param(f"The mill\n\n{PASSAGE}\n\n{PASSAGE}\n\n{MORE}\n", id="right after, and more follows"),
        pytest.param(f"The mill\n\n{PASSAGE}\n\n{MORE}\n\nThe mill\n\n{PASSAGE}\n", id="at the end, with its title"),
        pytest.param(f"{PASSAGE}\n\n{LIST}\n\n{PASSAGE}\n\n{LIST}\n", id="with a whole list"),
        pytest.param("\n\n".join([*WRAPPED] * 2) + "\n", id="broken paragraphs"),
        pytest.param(f"# Once\n\n{PASSAGE}\n\n{PASSAGE}\n\n## Next\n\nMore.\n", id="before a heading"),
        pytest.param(CHINESE * 2, id="in Chinese"),
    ],
)
def test_a_text_pasted_twice_is_beyond_doubt(text: str) -> None:
    assert doubts(text) == [False] * len(doubts(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PASSAGE}\n\nNow read it again\n\n{PASSAGE}\n", id="after a line of its own"),
        pytest.param(f"Form\n\n{PASSAGE}\n\nFor the office\n\nForm\n\n{PASSAGE}\n", id="a second form"),
        pytest.param(f"The mill\n\n{PASSAGE}\n\n{MORE}\n\n{PASSAGE}\n", id="at the end, without its title"),
        pytest.param(f"The mill\n\n{PASSAGE}\n\n{MORE}\n\nThe mill\n\n{PASSAGE}\n\nAmen.\n", id="in the middle"),
        pytest.param(f"{PASSAGE}\n\n{PASSAGE}\n\n{MORE}\n\n{LONG}\n", id="a small part of the document"),
        pytest.param(f"{MORE}\n\n{PASSAGE}\n\n{PASSAGE}\n", id="not how the document begins"),
        pytest.param(f"{MORE}\n\n{MORE}\n", id="a single paragraph"),
        pytest.param(
            "I will not talk in class, he wrote, and it was the same on each line of it.\n\n" * 20, id="lines"
        ),
        pytest.param("".join(f"{who}: {said}\n" for who, said in TALK) * 2, id="speakers"),
        pytest.param("".join(f"**{who}:** {said}\n\n" for who, said in TALK) * 2, id="speakers in bold"),
        pytest.param("".join(f"{who}： {said}\n\n" for who, said in TALK) * 2, id="speakers with a wide colon"),
    ],
)
def test_what_was_said_again_is_in_doubt(text: str) -> None:
    assert set(doubts(text)) == {True}


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
    assert doubts(f"{passage}{passage}", markdown=False) == [True]
    assert doubts(f"{PASSAGE}\n\n{PASSAGE}\n", markdown=False) == [False]
