"""A passage that stands again with a word changed is found; rows of data, code and tables may be alike."""

from collections.abc import Callable
from unicodedata import normalize

import pytest

from content_audit.text.lines import split
from content_audit.text.near import near_repeats
from tests.growth import LINEAR, growth

PASSAGE = (
    "The ferry leaves the northern pier at high water and needs the better part of an hour to cross the sound, since "
    "the captain has to keep clear of the banks that the winter storms have moved.",
    "Passengers stand at the rail as long as the weather allows it. When it does not, they sit below deck, drink the "
    "tea that the cook brews in a kettle of copper, and listen to the engine.",
)
MIDDLE = "On the island nobody is in a hurry.\n\nThe harbour master sells the tickets himself."


def found(*parts: str, markdown: bool = False) -> list[tuple[str, float]]:
    text = "\n\n".join(parts) + "\n"
    lines = split(text, 0, markdown=markdown)
    return [(text[r.start : r.end], r.likeness) for r in near_repeats(text, lines)]


def test_a_copy_with_a_word_changed_is_found_whole() -> None:
    changed = PASSAGE[0].replace("northern", "southern"), PASSAGE[1]
    ((copy, likeness),) = found(*PASSAGE, MIDDLE, *changed)
    assert copy == "\n\n".join(changed) + "\n"
    assert 0.95 < likeness < 1


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([PASSAGE[0].replace("hour", "day"), "Another paragraph altogether."], id="under fifty words"),
        pytest.param([" ".join(part.split()[::2]) for part in PASSAGE * 2], id="half of the words"),
        pytest.param(
            [part.replace("an hour", "70 minutes").replace("a kettle", "9 pots") for part in PASSAGE],
            id="numbers differ",
        ),
    ],
)
def test_what_is_less_alike_may_stand(later: list[str]) -> None:
    assert found(*PASSAGE, MIDDLE, *later) == []


def test_code_and_tables_may_be_alike() -> None:
    rows = "\n".join(f"| {part} |" for part in PASSAGE)
    table = f"| a |\n|---|\n{rows}"
    fence = "```\n" + "\n".join(PASSAGE) + "\n```"
    for block in (table, fence):
        assert found(block, MIDDLE, block.replace("ferry", "boat"), markdown=True) == []


def test_scripts_without_spaces_are_compared_by_their_characters() -> None:
    text = (
        "海の水は一日に二度、岸へ寄せては返していく。港の人びとは昔からその時刻を表にまとめ、船を出す時を決めてきた。"
        * 3
    )
    ((_, likeness),) = found(text, MIDDLE, text.replace("港の", "町の", 1))
    assert likeness > 0.9


def test_letters_in_two_encodings_are_the_same() -> None:
    text = (
        "Die Fähre über den Sund läuft täglich außer bei Sturm und kürzt den Weg um Stunden ab, für Gäste wie für "
        "die Bäuerinnen, die früh mit Körben voller Äpfel und Möhren zum Markt fahren und spät zurück."
    )
    parts = text, text.replace("Markt", "Hafen")
    changed = [normalize("NFD", part) for part in parts]
    lines = split(both := "\n\n".join([*parts, MIDDLE, *changed]), 0, markdown=False)
    (repeat,) = near_repeats(both, lines)
    assert both[repeat.start : repeat.end] == "\n\n".join(changed)
    assert (repeat.likeness, repeat.verbatim) == (1, False)


def test_copies_that_differ_in_marks_are_not_verbatim() -> None:
    text = "\n\n".join([*PASSAGE, MIDDLE, *(part.replace(",", ";").upper() for part in PASSAGE)])
    (repeat,) = near_repeats(text, split(text, 0, markdown=False))
    assert (repeat.likeness, repeat.verbatim) == (1, False)


def test_a_heading_above_what_follows_is_no_part_of_the_copy() -> None:
    changed = PASSAGE[0].replace("northern", "southern"), PASSAGE[1]
    for heading in ("## The way home", "The way home\n---"):
        ((copy, _),) = found(*PASSAGE, heading, MIDDLE, *changed, heading, "Nobody goes there.", markdown=True)
        assert copy == "\n\n".join(changed) + "\n"


def names(number: int) -> list[str]:
    return [chr(97 + i % 26) + chr(97 + i // 26 % 26) + chr(97 + i // 676 % 26) for i in range(number)]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda n: "\n".join(
                f"The keeper of the light wrote the name {name} into his book and closed it" for name in names(n)
            ),
            id="lines that differ by a word",
        ),
        pytest.param(
            lambda n: "a b c d e " * 200 + " ".join(names(16 * n)) + "\n" + "a b c d e xyz\n" * n,
            id="short lines that begin like a long one",
        ),
        pytest.param(lambda n: 2 * (" ".join(names(60)) + "\nq" + 2 * n * "\u0315\u0300" + "\n"), id="rows of marks"),
        pytest.param(lambda n: "\n".join(" ".join(names(60)[i % 7 :]) for i in range(n)), id="paragraphs with one end"),
    ],
)
def test_time_is_linear(make: Callable[[int], str]) -> None:
    def work(text: str) -> None:
        near_repeats(text, split(text, 0, markdown=False))

    assert growth(work, make, 1000) < LINEAR
