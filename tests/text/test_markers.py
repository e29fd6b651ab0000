"""A marker goes unasked only where it stands between paragraphs and nothing in the document speaks of it."""

from collections.abc import Set
from itertools import product

import pytest

from content_audit.model import Problem
from content_audit.parse import parse_text
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules import CATALOGUE
from content_audit.text import Line, split
from content_audit.text.markers import doubted
from content_audit.text.naming import Named
from tests.growth import LINEAR, growth

FIRST = "The bell at the lower landing has hung there since the flood, and nobody knows who cast it or who paid for it."
SECOND = (
    "It is rung twice for a passenger, three times for cattle, and all night long when the river stands above the post."
)
MENU = "Skip to content\nLog in\nRegister\n\n"


def found(text: str, name: str = "a.txt", code: str = "BPL002") -> list[Problem]:
    rule = CATALOGUE[code]
    assert isinstance(rule, DocumentRule)
    return list(rule.check(parse_text(name, text), NoOptions()))


def safety(problem: Problem) -> str:
    assert problem.fix is not None
    return problem.fix.safety


@pytest.mark.parametrize("marker", ["Advertisement", "Anzeige", "Реклама", "广告", "إعلان", "Story continues below"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_between_paragraphs_a_marker_goes_unasked(marker: str, gap: str) -> None:
    (problem,) = found(MENU + gap.join([FIRST, marker, SECOND]) + "\n")
    assert safety(problem) == "safe"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{FIRST}\n\nAdvertisement\n{SECOND}\n", id="it heads its text"),
        pytest.param(f"{FIRST}\n\n> Advertisement\n\n{SECOND}\n", id="quoted"),
        pytest.param(f"{FIRST}\n\n3. Advertisement\n\n{SECOND}\n", id="numbered"),
        pytest.param(f"{FIRST}\n\nAdvertisement\n: what is paid for\n\n{SECOND}\n", id="defined"),
        pytest.param(f"{FIRST}\n\nAdvertisement\n\nand so on, said the sign for years.\n\n{SECOND}\n", id="goes on"),
    ],
)
def test_a_word_of_the_document_is_no_marker_even_on_a_page(text: str) -> None:
    assert found(MENU + text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{FIRST}\n\nAdvertisement\n\nThe advertising man came on Mondays. {SECOND}\n", id="spoken of"),
        pytest.param(f"{FIRST}\n\n* Bells\n* Advertisement\n* Ropes\n\n{SECOND}\n", id="in a list"),
        pytest.param(f"{FIRST}\n\nAdvertisement\nIn red, and larger\n\n{SECOND}\n", id="above a short line"),
        pytest.param(f"{FIRST}\n\nSigns we saw\nAdvertisement\n\n{SECOND}\n", id="below a short line"),
        pytest.param(f"{FIRST}\n\nIt said but one word.\n\nAdvertisement\n\n{SECOND}\n", id="below a short sentence"),
        pytest.param(f"{FIRST[:-1]}, and on it:\n\nAdvertisement\n\n{SECOND}\n", id="below a colon"),
        pytest.param(f"{FIRST}\n\nAdvertisement\n\nSearch for\n\nwas all it said. {SECOND}\n", id="in a sentence"),
        pytest.param(f"{FIRST[:-1]}\n\nAdvertisement\n\n{SECOND}\n", id="where a paragraph breaks off"),
        pytest.param(f"{FIRST[:-1]}?\n\nAdvertisement\n\n{SECOND}\n", id="an answer"),
        pytest.param(f"{FIRST}\n\nAdvertisement\n\n— {SECOND}\n", id="above a dash"),
        pytest.param(f"Signs\n\nAdvertisement\n\n{FIRST}\n\n{SECOND}\n", id="below the title"),
        pytest.param(f"Signs\n\nA bell\n\nAdvertisement\n\nA rope\n\n{FIRST}\n\n{SECOND}\n", id="in a loose list"),
        pytest.param(f"Signs\n\n{FIRST}\n\nAdvertisement\n\n{SECOND}\n\nBell\n\n{FIRST}\n", id="a section before"),
        pytest.param(f"Signs\n\nBell\n\n{FIRST}\n\nAdvertisement\n\n{SECOND}\n", id="a section after"),
        pytest.param(f"Signs\n\nBell\n{FIRST}\nAdvertisement\n{SECOND}\n", id="a term of a tight glossary"),
    ],
)
def test_where_it_may_be_the_documents_a_marker_goes_only_when_asked(text: str) -> None:
    assert [safety(problem) for problem in found(MENU + text)] == ["unsafe"]


def test_headings_that_come_once_are_no_company_for_a_marker_that_comes_again() -> None:
    parts = [f"{heading}\n\n{FIRST}\n\nAdvertisement\n\n{SECOND}" for heading in ("Signs", "Bells", "Ropes")]
    assert [safety(problem) for problem in found(MENU + "\n\n".join(parts))] == ["safe"] * 3
    parts = [f"{each}\n\n{FIRST} {each}.\n\nPrice\n\n{SECOND}\n\nAdvertisement\n\nOne {each}. {FIRST}" for each in "AB"]
    assert [safety(problem) for problem in found(MENU + "\n\n".join(parts))] == ["unsafe"] * 2


def test_a_label_in_doubt_at_one_place_is_so_at_all() -> None:
    text = f"{MENU}{FIRST}\n\nA bell\nAdvertisement\nA rope\n\n{SECOND}\n\nAdvertisement\n\n{FIRST}\n"
    assert [safety(problem) for problem in found(text)] == ["unsafe"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"No results found\n\n{FIRST}\n\n{SECOND}\n", "safe", id="in the menu"),
        pytest.param(f"{FIRST}\n\n{SECOND}\n\nNo results found\nPrivacy policy\n", "safe", id="in the footer"),
        pytest.param(f"{FIRST}\n\nNo results found\n\n{SECOND}\n", "unsafe", id="in the document"),
        pytest.param(f"No results found\n\n{FIRST}\n\nIt said no results found. {SECOND}\n", "unsafe", id="spoken of"),
    ],
)
def test_a_search_box_goes_unasked_in_the_page_around_the_document(text: str, expected: str) -> None:
    (problem,) = found(MENU + text, code="BPL003")
    assert safety(problem) == expected


@pytest.mark.parametrize("rows", [1, 600], ids=["one label", "labels side by side"])
def test_time_grows_with_the_text_however_many_markers_there_are(rows: int) -> None:
    labels = [" ".join(row) for row in product(["Anzeige", "Werbung", "Reklama", "Reklam", "Annonce"], repeat=4)]

    def page(size: int) -> list[Line]:
        parts = (f"{FIRST} It was so in year {i}.\n\n{labels[i % rows]}\n\n" for i in range(size))
        return [line for line in split("".join(parts), 0, markdown=False) if not line.blank]

    def work(lines: list[Line]) -> Set[int]:
        gone = Named("advertisement-marker", 0.0, "", decides=True)
        return doubted(lines, [gone if line.words < 5 else None for line in lines])

    assert work(page(6)) == set()
    assert growth(work, page, 2000) < LINEAR


def test_a_lone_marker_opens_nothing() -> None:
    assert found(f"{FIRST}\n\nAdvertisement\n\n{SECOND}\n") == []
