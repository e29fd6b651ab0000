"""Prose is known whether its paragraphs are lines or broken into lines; menus and captions are none."""

from textwrap import fill

import pytest

from content_audit.text import split
from content_audit.text.paragraphs import paragraphs

SAID = (
    "The chimney sweep comes twice a year, in spring and before the first fires of the autumn, and looks into every "
    "stove of the house. Nobody pays him for that; he has the soot."
)
GERMAN = (
    "Der Schornsteinfeger kommt zweimal im Jahr, im Frühling und vor den ersten Feuern des Herbstes. Den Ruß darf er "
    "behalten."
)
JAPANESE = "煙突掃除の人は春と秋の二回やって来て、家じゅうの暖炉をのぞき込む。煤はそのまま持って帰る。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(SAID, [True], id="one line"),
        pytest.param(fill(SAID, 70), [True] * 3, id="broken at a column"),
        pytest.param(f"Sweeps\n\n{SAID}\n\nBook now", [False, False, True, False, False], id="labels beside it"),
        pytest.param(f"Sweeps\n{SAID}\nBook now", [False, True, False], id="labels right above and below"),
        pytest.param("- " + fill(SAID, 70), [True] * 3, id="a broken item"),
        pytest.param(f"# Sweeps\n{fill(SAID, 70)}", [False, True, True, True], id="a heading above"),
        pytest.param(GERMAN, [True], id="German"),
        pytest.param(JAPANESE, [True], id="Japanese"),
        pytest.param("Home\nChimneys and stoves\nContact", [False] * 3, id="menu"),
        pytest.param("\n".join(["Chimneys, stoves and the like of them"] * 9), [False] * 9, id="even menu"),
        pytest.param("We sweep for you.", [False], id="slogan"),
    ],
)
def test_paragraphs(text: str, told: list[bool]) -> None:
    assert paragraphs(split(text, 0, markdown=True)) == told
