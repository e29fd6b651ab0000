"""A document keeps its title, and what stands between that and its prose, in any language and on any page."""

import pytest

from tests.text.pages import PROSE, left, lines, page

RUSSIAN = (
    "У парома в Хольме новый трос. Старый порвался в зиму наводнения, и два года лодку перегонял на вёслах всякий, кто "
    "не спал, а паромщик спал почти всегда.",
    "Трос толщиной с запястье положили за одну ночь, чтобы рыбаки не заметили, сколько воды он у них отнимает. Утром "
    "они заметили, когда первая сеть поднялась из воды двумя кусками.",
)
ARTICLES = {
    "two words": ("New cable", *PROSE),
    "inflected, with a label below it": (
        "Пароходство чинит переправы",
        "Анна Петрова\n14 марта 2024\nПоделиться",
        *RUSSIAN,
    ),
    "two words, inflected": ("Паром починен", *RUSSIAN),
    "a longer line below it": ("Nobody rows", "Why everyone at the landing sleeps through summer", *PROSE),
}


@pytest.mark.parametrize("parts", ARTICLES.values(), ids=ARTICLES.keys())
def test_a_title_that_shares_no_words_with_its_text_stays(parts: tuple[str, ...]) -> None:
    assert left(page(*parts))[0] == parts[0]


def test_a_list_between_title_and_prose_stays() -> None:
    parts = ("How the ferry cable is greased", "3 pounds of tallow\n1 pound of soot\n2 rags", *PROSE)
    assert left(page(*parts)) == lines(*parts)


def test_the_heading_of_the_first_part_stays_below_the_title() -> None:
    parts = ("Words of the ferry people", "Winch", PROSE[0], "Cable", PROSE[1])
    assert left(page(*parts)) == lines(*parts)


OTHERS = {
    "a poem": (
        "Low water",
        "by Ida Kruse",
        "The boat lies over\none way only,\nthe way that the tide went.\nI count\nits ribs.",
    ),
    "questions": ("Questions we hear", "When does it go?", "At seven.", "Who rows?", "Nobody does."),
    "a transcript": ("Tape 4: the cable", "IDA: Are we on?", "PETER: We are.", "IDA: Then good night!"),
    "statutes": ("Ferry Act", "Section 1", "No person shall row.", "Section 2", "Whoever rows is fined."),
    "terms": ("Words of the quay", "Aft – to the stern", "Bow – the front", "Boom – a spar", "Sheet – a rope"),
}


@pytest.mark.parametrize("parts", OTHERS.values(), ids=OTHERS.keys())
@pytest.mark.parametrize(
    "teasers", ["", "Related stories\nTen boats for the lake\nThe last net of the year"], ids=["", "teasers"]
)
def test_a_page_that_is_no_article_loses_its_furniture_only(parts: tuple[str, ...], teasers: str) -> None:
    assert left(page(*parts, *filter(None, [teasers]), head="Skip to content\nHome\nLog in")) == lines(*parts)
