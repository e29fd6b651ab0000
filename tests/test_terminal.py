"""What a terminal gets: colours and links where it has them, and the same text without them."""

import os
import re
from pathlib import Path

import pytest

from content_audit.cli.terminal import colours, hyperlinks
from tests.conftest import Invoke, write

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;([^\x1b]*)\x1b\\")
TWICE = "---\nrelated_article1: {id: 2}\nrelated_article2: {id: 2}\n---\n"


@pytest.mark.parametrize("name", ["full", "concise"])
def test_links_lead_to_the_files(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    odd = "a b#?\x1b]8;;http.md"
    write(work, {odd: TWICE})
    plain = invoke("check", ".", "--select", "REL001", "--output-format", name).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    shown = invoke("check", ".", "--select", "REL001", "--output-format", name).stdout
    timeless = re.compile(r"[\d.]+ s, .*")
    assert timeless.sub("", ESCAPES.sub("", shown)) == timeless.sub("", plain)
    links = [found for found in ESCAPES.findall(shown) if found]
    assert set(links) == {(work / odd).as_uri()}
    assert len(links) == (2 if name == "full" else 1)


@pytest.mark.parametrize(
    ("environment", "refused", "coloured"),
    [
        pytest.param({}, False, False, id="no terminal"),
        pytest.param({"FORCE_COLOR": "1"}, False, True, id="asked for"),
        pytest.param({"FORCE_COLOR": "0"}, False, False, id="asked not to"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False, id="refused by the environment"),
        pytest.param({"FORCE_COLOR": "1"}, True, False, id="refused by the command"),
    ],
)
def test_colours(environment: dict[str, str], refused: bool, coloured: bool) -> None:
    assert colours(refused, environment) == coloured


@pytest.mark.parametrize(
    ("environment", "linked"),
    [
        pytest.param({}, False, id="unknown"),
        pytest.param({"VTE_VERSION": "7200"}, True, id="VTE"),
        pytest.param({"VTE_VERSION": "4200"}, False, id="an old VTE"),
        pytest.param({"TERM_PROGRAM": "vscode"}, True, id="an editor"),
        pytest.param({"TERM_PROGRAM": "Apple_Terminal"}, False, id="one without links"),
        pytest.param({"WT_SESSION": "x", "CI": "true"}, False, id="a log"),
        pytest.param({"WT_SESSION": "x", "FORCE_HYPERLINK": "0"}, False, id="refused"),
    ],
)
def test_hyperlinks(environment: dict[str, str], linked: bool) -> None:
    assert hyperlinks(True, environment) == linked
    assert not hyperlinks(False, {**environment, "FORCE_HYPERLINK": ""})


def test_no_terminal_gets_neither(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": TWICE})
    assert "\x1b" not in invoke("check", ".").stdout
    assert os.linesep in invoke("check", ".").stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            "---\nid: 1\nrelated_article1: {id: 2}\nrelated_article2:\n  id: 2\n\n  title: 🐸\n---\n",
            ["  |", "4 | / related_article2:", "5 | |   id: 2", "6 | |", "7 | |   title: 🐸", "  | |___________^"],
            id="whole lines",
        ),
        pytest.param(
            "---\nid: 1\nrelated_article1: {id: 2}\nrelated_article2:\n"
            + "".join(f"  k{number}: v\n" for number in range(9))
            + "  id: 2\n---\n",
            [
                *("   |", " 4 | / related_article2:", " 5 | |   k0: v", " 6 | |   k1: v", " 7 | |   k2: v"),
                *("... |", "14 | |   id: 2", "   | |_______^"),
            ],
            id="the middle of many left out",
        ),
        pytest.param(
            '{"related": ["/a", {\t"url": "/a",\n"id": 1}]}\n',
            ["  |", '1 | {"related": ["/a", {    "url": "/a",', f"  | {' ' * 19}{'^' * 17} (to line 2)"],
            id="from within a line, with a tab",
        ),
    ],
)
def test_a_span_of_several_lines(invoke: Invoke, work: Path, text: str, shown: list[str]) -> None:
    write(work, {"a.md": text})
    lines = invoke("check", "a.md", "--select", "REL001").stdout.splitlines()
    assert lines[2 : 2 + len(shown)] == shown
