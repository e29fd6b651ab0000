"""Sketches say how alike two texts are; keys are shared by those that are."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.rules.near_duplicate_document import ERROR
from content_audit.text import likeness, sketch
from content_audit.text.sketches import BANDS, BINS, LEAST_WORDS, Sketch, _hashes, _joined
from tests.conftest import examples
from tests.growth import LINEAR, growth

CHINESE = (
    "自行车的链条在每次转动时都会磨损灰尘进入链节之间慢慢磨掉钢材"
    "几千公里以后链条就会变长不再适合齿轮及时测量的人只需要更换链条"
)


def drawn(words: Sequence[str]) -> Sketch:
    """The sketch of a text that has one."""
    found = sketch(" ".join(words))
    assert found is not None
    return found


def jaccard(first: Sequence[str], second: Sequence[str]) -> float:
    """The true share of runs of three words."""
    a, b = ({tuple(words[i : i + 3]) for i in range(len(words) - 2)} for words in (first, second))
    return len(a & b) / len(a | b)


def words(rng: random.Random, number: int) -> list[str]:
    """Words of a vocabulary large enough for runs to be rare."""
    return [f"w{rng.randrange(5000)}" for _ in range(number)]


@pytest.mark.parametrize("number", [60, 300, 2_000])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1, 0.3])
def test_likeness_is_the_share_of_common_runs(number: int, share: float) -> None:
    rng = random.Random(number)
    first = words(rng, number)
    second = [word if rng.random() >= share else "other" + word for word in first]
    estimated = likeness(drawn(first).signs, drawn(second).signs)
    assert estimated == pytest.approx(jaccard(first, second), abs=0.04)


def test_the_error_is_what_the_rule_allows_for() -> None:
    rng = random.Random(12)
    within = 0
    for _ in range(40):
        first = words(rng, 1500)
        second = [word if rng.random() >= 0.04 else "other" + word for word in first]
        within += abs(likeness(drawn(first).signs, drawn(second).signs) - jaccard(first, second)) <= ERROR
    assert within >= 36


@given(st.integers(0, 100), st.sampled_from([0.1, 0.5, 0.775, 0.9]))
@examples(60)
def test_what_is_told_unlike_is_unlike(number: int, least: float) -> None:
    rng = random.Random(number)
    first = words(rng, rng.randrange(40, 1500))
    second = [word if rng.random() < number / 100 else "other" + word for word in first]
    full = likeness(drawn(first).signs, drawn(second).signs)
    told = likeness(drawn(first).signs, drawn(second).signs, least)
    assert told == full or (told == 0.0 and full < least)


def test_strangers_are_told_unlike() -> None:
    first, second = words(random.Random(1), 1500), words(random.Random(2), 1500)
    assert likeness(drawn(first).signs, drawn(second).signs) > 0.0
    assert likeness(drawn(first).signs, drawn(second).signs, 0.775) == 0.0


def test_like_texts_share_a_key_and_strangers_do_not() -> None:
    rng = random.Random(1)
    met = strangers = 0
    for _ in range(200):
        first = words(rng, 200)
        second = [word if rng.random() >= 0.03 else "other" for word in first]
        met += bool(set(drawn(first).keys) & set(drawn(second).keys))
        strangers += bool(set(drawn(first).keys) & set(drawn(words(rng, 200)).keys))
    assert met >= 196
    assert strangers == 0


def test_case_and_punctuation_and_spacing_do_not_count() -> None:
    plain = "the tide comes in twice a day and leaves a line of weed on the sand " * 4
    marked = "The tide\ncomes in - twice a day -\n\nand *leaves* a line, of weed, on the SAND. " * 4
    assert sketch(plain) == sketch(marked)


def test_short_texts_have_none() -> None:
    assert sketch("") is None
    assert sketch("?! " * 100) is None
    assert sketch(" ".join(f"w{i}" for i in range(LEAST_WORDS - 1))) is None
    assert sketch(" ".join(f"w{i}" for i in range(LEAST_WORDS))) is not None


def test_scripts_without_spaces_count_by_characters() -> None:
    first, second = sketch(CHINESE), sketch(CHINESE.replace("钢材", "铁"))
    assert first is not None
    assert second is not None
    assert 0.8 < likeness(first.signs, second.signs) < 1


def test_sketches_are_the_same_in_every_process() -> None:
    found = drawn([str(i) for i in range(3000)])
    assert found.keys[0] == 415360106049328794
    assert found.signs[:8] == "IMp Ein~"


@given(st.lists(st.sampled_from("abcdefg"), min_size=3, max_size=40))
def test_joining_at_once_is_joining_one_by_one(letters: list[str]) -> None:
    hashes = [_hashes(letter) for letter in letters]
    wanted = [
        bytes(x ^ y ^ z for x, y, z in zip(a[:4], b[4:8], c[8:], strict=True))
        for a, b, c in zip(hashes, hashes[1:], hashes[2:], strict=False)
    ]
    joined = _joined(b"".join(hashes))
    assert [joined[at : at + 4] for at in range(0, len(joined), 12)] == wanted


@given(st.text(max_size=400))
def test_any_text_is_sketched(text: str) -> None:
    found = sketch(f"{text} " * 30)
    if found is not None:
        assert len(found.signs) == BINS
        assert len(found.keys) == BANDS
        assert all(0 <= key < 1 << 63 for key in found.keys)
        assert found.signs.encode("utf-8")
        assert likeness(found.signs, found.signs) == 1.0


def test_a_word_of_signs_takes_linear_time() -> None:
    assert growth(_hashes, lambda n: "(a" + "-" * n + "b)", 20_000) < LINEAR
