"""What stands right below an article's prose is the article's: lists, tables, sources, addresses, a last line."""

import pytest

from tests.text.pages import FOOT, PROSE, left, lines, page

TITLE = "The ferry has a new cable"
PARTS = {
    "a list that is announced": "The ferryman wanted four things:\n\nRope, forty fathoms\nTar, one barrel\nGrease",
    "ingredients and steps": "Ingredients\n\n500 g eel\n2 onions\n1 lemon\n\nMethod\n\nSkin the eel.\nFry the onions.",
    "a table of tabs": "Part\tPrice\nCable\t1200\nWinch\t800\nPaint\t40",
    "an address": "Where to find it\n\nQuay 4\nMonday to Friday, 9 to 12\nPhone 01234 5678\nferry@holm.example",
    "sources": "Sources\n\n1. Log of the ferry, 3 May 2021\n2. Letter of the fishermen, undated",
    "a last sentence and a name": "The first crossing is on Sunday.\n\nMaren Holst",
    "code": "Ring for the ferry:\n\n$ ring --landing holm\nrung\n$ wait",
    "a list in Russian": "Источники\n\nЖурнал парома\nПисьмо рыбаков",
    "a list in Japanese": "材料\n\nうなぎ 五百グラム\n玉ねぎ 二個",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
@pytest.mark.parametrize("foot", [FOOT, "Related stories\nTen boats\nThe last net\n\n" + FOOT], ids=["foot", "teasers"])
def test_what_follows_the_prose_up_to_a_label_stays(part: str, foot: str) -> None:
    assert left(page(TITLE, *PROSE, part, foot=foot)) == lines(TITLE, *PROSE, part)


def test_a_row_of_teasers_below_the_prose_goes() -> None:
    teasers = (
        "Ten gardens worth a summer visit\n\nWhy nobody paints their fences green\n\nSeven cakes without sugar or flour"
    )
    assert left(page(TITLE, *PROSE, teasers)) == lines(TITLE, *PROSE)


def test_more_lines_than_an_article_adds_go() -> None:
    names = "\n\n".join(f"Harbour {number}" for number in range(30))
    assert left(page(TITLE, *PROSE, names)) == lines(TITLE, *PROSE)
