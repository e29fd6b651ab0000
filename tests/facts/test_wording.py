"""What a reader sees of titles: when two are one, and what is copied of them."""

import pytest

from content_audit.facts.wording import is_plain, shown, unlike, wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("<em>Rye</em> bread", "rye bread", id="an element, a capital"),
        pytest.param("<b><i>Rye</i></b>", "Rye", id="elements in each other"),
        pytest.param("Soup &amp; bread", "Soup & bread", id="a character reference"),
        pytest.param("“Rye” – the baker’s choice…", "'Rye' - the baker's choice...", id="typographic signs"),
        pytest.param("Rye --- a portrait", "Rye — a portrait", id="dashes as they are typed"),
        pytest.param("**Rye** and `oats`, [sown](/sowing)", "Rye and oats, sown", id="Markdown"),
        pytest.param("Rye\u00a0bread  ", "Rye bread", id="white space"),
        pytest.param("Cafe\u0301", "Caf\u00e9", id="letters taken apart"),
        pytest.param("Rye<br>bread", "Rye bread", id="a break"),
        pytest.param("x<sup>2</sup>", "x²", id="a raised number"),
        pytest.param("The 1<sup>st</sup> loaf", "The 1st loaf", id="an ordinal"),
        pytest.param("Rye<sup>®</sup>", "Rye®", id="a raised sign"),
        pytest.param("What CO<sub>2</sub> does", "What CO2 does", id="a formula"),
    ],
)
def test_one_title_for_a_reader(one: str, other: str) -> None:
    assert wording(one) == wording(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Rye", "Rye!", id="a mark that is said"),
        pytest.param("x²", "x2", id="a power"),
        pytest.param("10<sup>6</sup> loaves", "106 loaves", id="a raised number"),
        pytest.param("log<sub>2</sub>8", "log28", id="a lowered number before another"),
        pytest.param("Vector<int>", "Vector", id="no element of HTML"),
        pytest.param("snake_case", "snake case", id="a sign within a word"),
        pytest.param("***", "", id="marks alone"),
        pytest.param("Resume", "Résumé", id="accents"),
    ],
)
def test_two_titles_for_a_reader(one: str, other: str) -> None:
    assert wording(one) != wording(other)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        pytest.param("<em>Soup</em> &amp; bread", "Soup & bread", id="markup goes"),
        pytest.param("*Soup* — “hot”", "*Soup* — “hot”", id="what any page shows stays"),
        pytest.param("What does <b> do?", "What does <b> do?", id="a tag alone is said"),
        pytest.param("AT&T &c", "AT&T &c", id="no reference"),
    ],
)
def test_what_is_copied(source: str, seen: str) -> None:
    assert shown(source) == seen


def test_what_would_be_markup_again_is_not_plain() -> None:
    assert not is_plain(shown("The &lt;em&gt; element"))
    assert not is_plain(shown("How to write &amp;amp;"))
    assert is_plain(shown("3 &lt; 5 &amp; 7"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Ripening pears", "Nearby planets", True, id="two words of other things"),
        pytest.param("Oats", "Oat bread", False, id="another form of a word"),
        pytest.param("Rye", "Rye and what to do with it", False, id="one more said"),
        pytest.param("How rye is sown", "How wheat was milled once", True, id="few words shared"),
        pytest.param("How rye is sown", "How rye was sown", False, id="most words shared"),
        pytest.param("梨の熟し方", "惑星とは何か", True, id="a script without spaces"),
        pytest.param("硝子の作り方", "硝子の歴史", False, id="the same, and half the letters shared"),
        pytest.param("मूल", "मेल", True, id="words that differ in vowel signs"),
        pytest.param("", "Rye", False, id="nothing said"),
        pytest.param("?", "!", True, id="signs alone"),
    ],
)
def test_titles_of_different_things(one: str, other: str, expected: bool) -> None:
    assert unlike(one, other) is expected
