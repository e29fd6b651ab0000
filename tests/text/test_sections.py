"""What somebody wrote under a heading of Markdown goes with no menu; teasers take no paragraph of the article along."""

import pytest

from tests.text.pages import PROSE, left, lines, page

HEAD = "[Home](/)\n[Tides](/tides)\n[Log in](/login)"
FOOT = "[About us](/a)\n[Contact](/c)\n[Privacy policy](/p)\n\n© 2024 The Landing. All rights reserved."
LONG = "\n".join(f"- {number} fathoms" for number in range(1, 31))
SECTIONS = {
    "lists": "## Ingredients\n\n- 500 g eel\n- 2 onions\n\n## Method\n\n1. Skin the eel.\n2. Fry the onions.",
    "a long list": f"## What the line has measured\n\n{LONG}",
    "a link in a list": "## Sources\n\n- Log of the ferry\n- [Letter of the fishermen](https://holm.example/letter)",
}


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS.keys())
@pytest.mark.parametrize("body", [PROSE, ()], ids=["article", "no article"])
def test_a_section_with_a_list_stays(section: str, body: tuple[str, ...]) -> None:
    text = page("# The ferry", *body, section, head=HEAD, foot=FOOT)
    parts = lines("# The ferry", *body, section)
    assert [line for line in parts if line in left(text, markdown=True)] == parts


def test_a_section_of_links_below_the_prose_and_one_below_a_widgets_title_go() -> None:
    teasers = "## Related posts\n\n### The last net\n\nEels and their enemies in winter"
    links = "## Elsewhere here\n\n" + "\n".join(f"- [Landing number {number}](/{number})" for number in range(30))
    text = page("# The ferry", *PROSE, teasers, links, head=HEAD, foot=FOOT)
    assert left(text, markdown=True) == lines("# The ferry", *PROSE)


@pytest.mark.parametrize("title", ["Related posts", "Read also", "Mehr zum Thema"])
@pytest.mark.parametrize("place", [1, 2], ids=["after the first paragraph", "before the last"])
def test_the_article_goes_on_below_an_empty_widget(title: str, place: int) -> None:
    third = (
        "Nobody has drowned since. The ferryman puts it down to the cable, and all fishermen to the man at the winch."
    )
    parts = ["The ferry has a new cable", *PROSE, third]
    text = page(*parts[: place + 1], title, *parts[place + 1 :])
    assert left(text) == lines(*parts)


def test_the_article_goes_on_below_teasers() -> None:
    parts = ["The ferry has a new cable", *PROSE, *PROSE]
    parts[3:] = [part.replace("The", "This", 1) + " So it is." for part in PROSE]
    text = page(parts[0], parts[1], "Read also\nWhy eels sleep", *parts[2:])
    assert left(text) == lines(*parts)


def test_a_last_paragraph_below_one_teaser_stays() -> None:
    last = (
        "Nobody has been drowned since. Peter puts it down to luck, his neighbours to their prayers on Sunday, and the "
        "priest to neither."
    )
    parts = ("The ferry has a new cable", *PROSE)
    assert left(page(*parts, "Read also\nWhy eels sleep", last)) == lines(*parts, last)


def test_a_question_below_a_widgets_title_is_a_teaser() -> None:
    parts = ("The ferry has a new cable", *PROSE)
    assert left(page(*parts, "Mehr zum Thema\nWas tun bei Hochwasser?\nDer Weg zum Amt")) == lines(*parts)


def test_teasers_with_their_beginnings_stay_behind_the_title_of_their_widget() -> None:
    teasers = (
        "Related posts",
        "Ten gardens",
        "Whoever has a fence may leave it open in the first week of summer, and thirty people in the valley will …",
        "Seven cakes",
        "No sugar is needed where a pear will do, and where it will not, raisins soaked in tea for a whole night …",
    )
    assert left(page("The ferry has a new cable", *PROSE, *teasers)) == lines("The ferry has a new cable", *PROSE)
