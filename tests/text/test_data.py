"""Code and tables are known where nothing marks them, so that no copy of them is taken out; prose is not taken for
them."""

from collections.abc import Callable

import pytest

from content_audit.text import split
from content_audit.text.data import with_data
from content_audit.text.judge import judge
from tests.growth import LINEAR, growth

FLOURS = ("rye", "oats", "spelt", "barley", "millet", "einkorn", "emmer", "maize", "buckwheat", "rice")
GRID = "+-----------+-----------+-------+\n" + "".join(
    f"| {name:9} | {'dark' if i % 2 else 'light':9} | mill  |\n+-----------+-----------+-------+\n"
    for i, name in enumerate(FLOURS * 2)
)
TABS = "".join(f"{name}\tdark flour\tground in the mill\tsold by weight\n" for name in FLOURS)
COLUMNS = "".join(f"{name:12}dark flour     ground in the mill     sold by weight\n" for name in FLOURS)
BARS = "".join(f"{name} | dark flour | ground in the mill | sold by weight\n" for name in FLOURS)
COMMAS = "".join(f"{name},dark flour,ground in the mill,sold by weight\n" for name in FLOURS)
PYTHON = "".join(
    f"def {name}_weight(sacks):\n    total = 0\n    for sack in sacks:\n        total += sack\n\n    return total\n\n"
    for name in FLOURS
)
SHELL = "".join(f"mill --grain {name} --stone coarse\ncp /srv/mill/{name} to the shelf of the day\n" for name in FLOURS)
SQL = "".join(f"SELECT sack, weight, miller\nFROM {name}\nWHERE the weight is given;\n" for name in FLOURS)
JSON = "{\n" + "".join(f'  "{name}": "a dark flour that the mill sells",\n' for name in FLOURS) + "}\n"
SETTINGS = "".join(f"{name}:\n  stone: coarse and slow\n  sold: by the sack\n  shelf: the lowest\n" for name in FLOURS)
INDENTED = "".join(f"    copy from shelf {name} to the table, keep the order\n" for name in FLOURS)
PARAGRAPH = (
    "The miller keeps the grain of each farmer apart, weighs it twice and writes both figures down, since scales that "
    "stand in the damp are never quite to be trusted, and neither are those who read them in a hurry. "
)

DATA = {
    "grid table": GRID,
    "tabs": TABS,
    "columns": COLUMNS,
    "bars": BARS,
    "commas": COMMAS,
    "Python": PYTHON,
    "shell": SHELL,
    "SQL": SQL,
    "JSON": JSON,
    "settings": SETTINGS,
    "indented lines": INDENTED,
    "fence": f"```\n{PARAGRAPH}\n{PARAGRAPH}\n```\n",
}

SAID = "".join(f"Of {name} the {place} page has this.\n" for name in FLOURS for place in ("first", "last"))


def twice(block: str) -> str:
    return f"{SAID}\n{block}\nSomething else stands between the two of them.\n\n{block}\nThe end of it.\n"


@pytest.mark.parametrize("block", DATA.values(), ids=DATA.keys())
@pytest.mark.parametrize("changed", [False, True], ids=["verbatim", "nearly"])
def test_data_in_plain_text_may_repeat(block: str, *, changed: bool) -> None:
    text = twice(block)
    if changed:
        text = text[::-1].replace("llim", "tenim", 1)[::-1]
    assert judge(text).repeats == ()


@pytest.mark.parametrize("block", DATA.values(), ids=DATA.keys())
def test_data_in_a_quotation_may_repeat(block: str) -> None:
    quoted = "".join(f"> {line}\n" for line in block.rstrip("\n").split("\n"))
    assert judge(twice(quoted), markdown=True).repeats == ()


def test_code_and_tables_of_a_quotation_are_known_by_their_marks() -> None:
    text = (
        "> One word.\n>\n> ```\n> two three\n> ```\n>\n> | a |\n> |---|\n> | b |\n>\n"
        ">     four five\n>\n> <pre>\n> six\n> </pre>\n"
    )
    shapes = [line.shape for line in with_data(text, split(text, 0, markdown=True)) if line.words]
    assert shapes == ["text", "code", "table", "table", "code", "island", "island", "island"]


VERSE = (
    "The wheel goes round, the water falls,\nthe miller to his neighbour calls,\nwho will not hear, who will not see\n"
)
WRAPPED = (
    "Whoever calls grind(rye) has to wait for the stones to come\nto rest, and whoever calls it again before that is\n"
    "told so by a bell that nobody in the valley can fail to\nhear, be it day or night.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PARAGRAPH, id="paragraph"),
        pytest.param(VERSE, id="verse"),
        pytest.param(WRAPPED, id="a broken paragraph that names a function"),
        pytest.param("Flour has 1,234,567 grains a sack.\nBread has 2,345,678 crumbs a loaf.\n", id="numbers"),
        pytest.param("1.\tWeigh the grain.\n2.\tGrind it coarse.\n3.\tSift it twice.\n", id="numbered with tabs"),
        pytest.param("The mill stands.  It is old.\nThe weir holds.  It is new.\n", id="two blanks after a sentence"),
        pytest.param(f"    {PARAGRAPH}\n\n    {PARAGRAPH}\n", id="indented paragraphs"),
        pytest.param(f"{PARAGRAPH}\n\n`grind()` is loud.\n\n{PARAGRAPH}\n", id="one line with a sign"),
    ],
)
def test_prose_is_no_data(text: str) -> None:
    lines = split(text, 0, markdown=False)
    assert with_data(text, lines) == lines


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: (GRID + PYTHON) * (n // 50), id="data"),
        pytest.param(lambda n: ">" * 20 * n + "\n" + "> " * 20 * n, id="quotations"),
        pytest.param(lambda n: ("a  b," + "c_" * 40 + "\n") * n, id="columns and words"),
        pytest.param(lambda n: "x_" * 20 * n + "\n" + "<a" * 20 * n + "\n", id="long lines"),
    ],
)
def test_time_is_linear(make: Callable[[int], str]) -> None:
    def work(text: str) -> None:
        with_data(text, split(text, 0, markdown=False))

    assert growth(work, make, 1000) < LINEAR
