"""A marker goes unasked only where it stands between paragraphs and nothing in the document speaks of it."""

import pytest

from content_audit.model import Problem
from content_audit.parse import parse_text
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules import CATALOGUE

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
    ],
)
def test_where_it_may_be_the_documents_a_marker_goes_only_when_asked(text: str) -> None:
    assert [safety(problem) for problem in found(MENU + text)] == ["unsafe"]


def test_a_search_box_goes_unasked_and_what_speaks_of_one_does_not() -> None:
    (problem,) = found(f"{MENU}{FIRST}\n\nNo results found\n\n{SECOND}\n", code="BPL003")
    assert safety(problem) == "safe"
    (problem,) = found(f"{MENU}{FIRST}\n\nNo results found\n\nIt said no results found. {SECOND}\n", code="BPL003")
    assert safety(problem) == "unsafe"


def test_a_lone_marker_opens_nothing() -> None:
    assert found(f"{FIRST}\n\nAdvertisement\n\n{SECOND}\n") == []
