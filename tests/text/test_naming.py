"""Each line that goes has a kind and a reason that are true of it."""

from content_audit.text import Judgement
from content_audit.text.judge import judge

FIRST = "The bell at the lower landing has hung there since the flood, and nobody knows who cast it or who paid for it."
SECOND = (
    "It is rung twice for a passenger, three times for cattle, and all night long when the river stands above the post."
)
ENTRIES = "\n".join(f"Rope of {length} metres\n{length * 30} crowns" for length in range(4, 12))


def reasons(text: str, found: Judgement) -> dict[str, tuple[str, str]]:
    return {line: (b.kind, b.reason) for b in found.blocks for line in text[b.start : b.end].split("\n") if line}


def test_a_title_that_is_not_recognised_is_not_called_navigation() -> None:
    menu = "Skip to content\nRopes\nLog in\n"
    text = f"{menu}What hangs beside our stove\nBy Maren Holst\n{FIRST}\n{SECOND}\nTerms of use\n"
    found = reasons(text, judge(text))
    assert found["Ropes"][0] == "site-navigation"
    assert found["What hangs beside our stove"] == ("page-furniture", "it stands before the document's prose")
    assert found["By Maren Holst"] == ("page-furniture", "it stands before the document's prose")


def test_a_page_without_prose_is_not_said_to_have_some() -> None:
    menu = "\n".join(f"* {name}" for name in ("Boats", "Sails", "Ropes", "Anchors", "Paint", "Oars"))
    text = f"{menu}\nSkip to content\n\n{ENTRIES}\n\n{menu.replace('* ', '* Old ')}\nLog in\nPrivacy policy\n"
    found = reasons(text, judge(text))
    assert found["* Boats"][0] == "site-navigation"
    assert found["* Old Boats"] == ("page-furniture", "it belongs to a menu at the page's foot")
    assert not any("prose" in reason for _, reason in found.values())


def test_what_follows_a_title_goes_by_its_name() -> None:
    text = f"Skip to content\n\n{FIRST}\n\n{SECOND}\n\nRelated posts\n\nA rope for all\n\nThe price of hemp\n"
    assert reasons(text, judge(text))["The price of hemp"] == ("related-posts-widget", "it says “Related posts”")
