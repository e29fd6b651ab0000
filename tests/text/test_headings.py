"""What heads a section of the document is no title of a widget, whatever it says."""

import pytest

from content_audit.parse import parse
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules import CATALOGUE
from content_audit.text.judge import judge

PROSE = (
    "The ferry leaves the island at six, and whoever misses it sleeps at the inn above the harbour. The last "
    "room goes to those who ask first, and the innkeeper has never let anyone sleep on the pier."
)
HEADINGS = ["Advertisement", "About us", "Contact us", "Tags", "Search for", "Newsletter", "Related posts", "Comments"]


@pytest.mark.parametrize(
    "mark", [pytest.param("## {}", id="marks"), pytest.param("{}\n-----", id="underlined"), pytest.param("### {}")]
)
def test_headings_over_prose_are_the_documents(mark: str) -> None:
    text = "# The island\n\n" + "\n\n".join(f"{mark.format(heading)}\n\n{PROSE}" for heading in HEADINGS)
    assert judge(text, markdown=True).blocks == ()


def test_prose_below_a_deeper_heading_counts() -> None:
    text = (
        f"# The island\n\n{PROSE}\n\n## About us\n\n### The crew\n\n{PROSE}\n\n## Contact us\n\n### By post\n\n{PROSE}"
    )
    assert judge(text, markdown=True).blocks == ()


def test_comments_go_where_the_page_around_the_document_shows() -> None:
    page = "[Skip to content](#main)\n\n[Log in](/in)\n\n"
    text = f"{page}# The island\n\n{PROSE}\n\n{PROSE} Or so.\n\n## Leave a reply\n\nI missed it, and slept well."
    found = judge(text, markdown=True).blocks
    assert "it says “Leave a reply”" in [block.reason for block in found]


@pytest.mark.parametrize(
    ("marker", "safety"),
    [
        pytest.param("Advertisement", "safe", id="line"),
        pytest.param("## Advertisement", "unsafe", id="heading"),
        pytest.param("Advertisement\n-----", "unsafe", id="underlined heading"),
    ],
)
def test_a_heading_is_not_removed_unasked(marker: str, safety: str) -> None:
    text = f"[Skip to content](#main)\n\n# The island\n\n{PROSE}\n\n{marker}\n\n## The ferry\n\n{PROSE} Or so.\n"
    rule = CATALOGUE["BPL002"]
    assert isinstance(rule, DocumentRule)
    (problem,) = rule.check(parse("a.md", text.encode()), NoOptions())
    assert problem.fix is not None
    assert problem.fix.safety == safety
