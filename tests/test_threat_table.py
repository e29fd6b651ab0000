"""The table of threats names tests that there are."""

import re

from tests.conftest import ROOT

TESTS = ROOT / "tests"


def test_every_test_that_the_table_names_is_there() -> None:
    rows = [row for row in (TESTS / "README.md").read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    named = 0
    for part in re.split(r"[;|]", " ; ".join(rows)):
        module, _, tests = part.strip().partition(": ")
        if not re.fullmatch(r"(\w+/)*test_\w+", module):
            continue
        named += 1
        text = (TESTS / f"{module}.py").read_text(encoding="utf-8")
        for test in filter(None, (name.strip().rstrip("…") for name in tests.split(","))):
            assert re.search(rf"def test_(?:an?_)?{test}", text), f"{test} in {module}"
    assert named >= 20


def test_every_test_of_threats_stands_in_the_table() -> None:
    table = (TESTS / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"^def test_(\w+)", (TESTS / "test_threats.py").read_text(encoding="utf-8"), re.MULTILINE):
        shown = any(name.startswith(part.rstrip("…")) for part in re.findall(r"\w+…?", table) if "_" in part)
        assert shown or "corpus" in name, name
