"""Fixes as text changes: what goes together, and what two rounds come to in the first text's offsets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.fixes import apply, choose, compose, locate, sound
from content_audit.model import Edit, Fix

TEXTS = st.text(st.sampled_from("abcé🍐\n"), max_size=14)


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits of a text of this length that do not overlap; some touch, some only insert, some only remove."""
    places = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [Edit(start, end, draw(st.sampled_from(("", "X", "YZ", "🍑\n")))) for start, end in pairs]


@st.composite
def two_rounds(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    """A text, edits of it, and edits of what those leave."""
    text = draw(TEXTS)
    first = draw(edits(len(text)))
    return text, first, draw(edits(len(apply(text, first))))


@st.composite
def fix_lists(draw: st.DrawFn) -> list[Fix]:
    """Fixes of one text, each sound, that may be in each other's way."""
    edit = st.builds(
        lambda start, size, text: Edit(start, start + size, text), st.integers(0, 12), st.integers(0, 4), st.just("X")
    )
    lists = draw(st.lists(st.lists(edit, max_size=3).filter(sound), max_size=6))
    return [Fix(tuple(found), "safe", "") for found in lists]


def overlap(one: Edit, other: Edit) -> bool:
    """Do two edits change a character that both have, or does one insert where the other changes?"""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), edits(len(text)))))
def test_edits_are_made_whatever_their_order(given_edits: tuple[str, list[Edit]]) -> None:
    text, made = given_edits
    expected = text
    for edit in reversed(made):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert apply(text, made) == expected
    if len({(edit.start, edit.end) for edit in made}) == len(made):
        assert apply(text, made[::-1]) == expected


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at 1"):
        apply("abc", [Edit(0, 2, ""), Edit(1, 3, "")])


@given(two_rounds())
def test_two_rounds_are_one_set_of_edits(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    one = compose(first, second, len(text))
    assert apply(text, one) == apply(apply(text, first), second)
    assert list(one) == sorted(one, key=lambda edit: edit.start)
    assert all(edit.start < edit.end or edit.text for edit in one)
    assert all(before.end < after.start for before, after in pairwise(one))


@given(two_rounds())
def test_no_edits_leave_edits_as_they_are(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, _ = rounds
    assert apply(text, compose((), first, len(text))) == apply(text, first)
    assert compose(first, (), len(text)) == compose((), first, len(text))
    assert compose(compose(first, (), len(text)), (), len(text)) == compose(first, (), len(text))


@given(two_rounds())
def test_rounds_compose_in_any_grouping(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    middle = apply(text, first)
    third = [Edit(0, min(2, len(apply(middle, second))), "T")]
    left = compose(compose(first, second, len(text)), third, len(text))
    right = compose(first, compose(second, third, len(middle)), len(text))
    assert apply(text, left) == apply(text, right)


@given(two_rounds())
def test_an_edit_of_a_later_round_is_placed_in_the_first_text(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    middle = apply(text, first)
    for edit in second:
        start, end = locate(first, [edit], len(text))[edit]
        assert 0 <= start <= end <= len(text)
        around = compose(first, (edit,), len(text))
        beside = [e for e in around if e.end < start or e.start > end]
        assert all(e in compose(first, (), len(text)) for e in beside)
        untouched = not any(e.start <= end and start <= e.end for e in first)
        if untouched:
            assert text[start:end] == middle[edit.start : edit.end]


@given(fix_lists())
def test_what_is_chosen_goes_together_and_nothing_else_would(fixes: list[Fix]) -> None:
    chosen = choose(fixes)
    assert len(set(chosen)) == len(chosen)
    taken = [edit for number in chosen for edit in fixes[number].edits]
    apply("." * 20, taken)
    for number, fix in enumerate(fixes):
        in_the_way = any(overlap(edit, other) for edit in fix.edits for other in taken)
        assert number in chosen or in_the_way


@given(fix_lists())
def test_choosing_again_from_the_chosen_takes_all(fixes: list[Fix]) -> None:
    chosen = [fixes[number] for number in choose(fixes)]
    assert sorted(choose(chosen)) == list(range(len(chosen)))
    assert not fixes or choose(fixes) == choose(list(fixes))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([], False, id="nothing to make"),
        pytest.param([Edit(0, 2, ""), Edit(1, 3, "")], False, id="one character twice"),
        pytest.param([Edit(2, 3, ""), Edit(0, 2, "")], True, id="neighbours, in any order"),
        pytest.param([Edit(2, 2, "a"), Edit(2, 2, "b")], True, id="two insertions at one place"),
        pytest.param([Edit(1, 1, "a"), Edit(0, 2, "")], False, id="an insertion into what goes"),
    ],
)
def test_sound(edits: list[Edit], expected: bool) -> None:
    assert sound(edits) is expected
