"""Prose is told from labels and headlines by form alone, in any script."""

import pytest

from content_audit.text import split
from content_audit.text.prose import PROSE, ends_sentence, prose


def score(text: str, *, markdown: bool = False) -> float:
    (line,) = split(text, 0, markdown=markdown)
    return prose(line)


@pytest.mark.parametrize(
    "text",
    [
        "The keeper writes the hour and the wind into the book, and the number of passengers.",
        "Der Fährmann schreibt die Stunde und den Wind in das Buch, und dazu die Zahl der Leute.",
        "Паромщик пишет в книгу час и ветер, а потом число людей.",
        "渡し守は時刻と風を帳面に書き、それから乗客の数を書く。",
        "يكتب صاحب العبّارة الساعة والريح في الدفتر، ثم عدد الركاب الذين معه.",
    ],
)
def test_sentences_are_prose(text: str) -> None:
    assert score(text) >= PROSE


@pytest.mark.parametrize("text", ["Home", "Ropes and bells", "New Rope Arrives At Lower Landing After Flood", "渡し守"])
def test_labels_and_headlines_are_not(text: str) -> None:
    assert score(text) < PROSE


def test_a_row_of_links_is_no_prose() -> None:
    row = "[the rope that came in spring](/a), [the bell that nobody cast](/b), [the stove behind the terms](/c)."
    assert score(row, markdown=True) < PROSE
    assert score("The keeper told us of it, and of " + row, markdown=True) > score(row, markdown=True)


@pytest.mark.parametrize("text", ["So.", "So?", "So!»", "そう。", "是吗？", "نعم؟", "so it was:", "so it was.[3]"])
def test_the_end_of_a_sentence_is_seen_in_any_script(text: str) -> None:
    assert ends_sentence(text)
    assert not ends_sentence(f"{text} and so on,")
