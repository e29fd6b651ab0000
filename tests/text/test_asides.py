"""Teasers between paragraphs and the author's box below them go; the article's own lists and portraits stay."""

from content_audit.text.judge import judge

MENU = "Skip to content\nHome\nTides\nHarbours\nLog in"
FOOTER = "Privacy Policy\nTerms of Use\nCopyright © 2024 The Harbour Page. All rights reserved."
ARTICLE = (
    "Twice a day the sea lifts every boat in the harbour and sets it down again, a little to the left of where it lay. "
    "The masters of the port have measured this for two hundred years, and their tables still hang in the office.",
    "What the tables do not say is how the silt moves. It comes in with the flood, settles while the water stands, and "
    "most of it leaves with the ebb; what stays has to be dredged every spring.",
    "Dredging is dear, so the town built a basin above the lock. When the gates open at low water, the basin empties "
    "in a quarter of an hour and takes the silt of a week along.",
    "Since then the harbour has been deep enough for the fishing boats all day, and the masters have added a column "
    "to their tables: how much silt the basin took, and how much was left for the dredger.",
)
TEASERS = (
    "* Minister resigns after questions about kitchen refurbishment",
    "* Goalkeeper signs three year contract despite injury",
    "* Singer postpones concerts following throat operation",
)


def left(*parts: str) -> str:
    text = "\n\n".join((MENU, *parts, FOOTER)) + "\n"
    found, at, pieces = judge(text), 0, []
    for block in found.blocks:
        pieces.append(text[at : block.start])
        at = block.end
    return "".join([*pieces, text[at:]])


def test_headlines_of_other_matters_between_paragraphs_go() -> None:
    kept = left(*ARTICLE[:2], "\n".join(TEASERS), *ARTICLE[2:])
    assert kept.split() == " ".join(ARTICLE).split()


def test_a_list_on_the_matter_at_hand_stays() -> None:
    points = (
        "* silt that settles while the water stands\n* silt that leaves with the ebb\n* silt that the dredger takes"
    )
    kept = left(*ARTICLE[:2], points, *ARTICLE[2:])
    assert points in kept


def test_a_paragraph_that_begins_with_the_name_above_it_is_the_authors_box() -> None:
    box = (
        "Maren Holst\n\nMaren Holst has written about ports and rivers for this page since she left the pilot service."
    )
    assert left(*ARTICLE, box).split() == " ".join(ARTICLE).split()


def test_a_list_of_portraits_stays() -> None:
    names = ("Maren Holst", "Jonas Brandt", "Ida Kruse", "Peter Lund", "Anna Thomsen")
    portraits = [
        f"{name}\n\n{name} kept the tables of the port for many years, and wrote them all by hand." for name in names
    ]
    assert portraits[-1] in left(*ARTICLE, *portraits)
