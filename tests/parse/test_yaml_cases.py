"""What YAML 1.2 core says of each construct, case by case; PyYAML's loader under the core schema reads the same."""

from typing import Any

import pytest

from content_audit.parse.errors import NodeError
from content_audit.parse.yaml_nodes import read_yaml
from tests.properties.yaml_text import read_core

SCALARS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "NULL": None,
    "nUll": "nUll",
    "true": True,
    "False": False,
    "TRUE": True,
    "tRue": "tRue",
    "yes": "yes",
    "No": "No",
    "on": "on",
    "y": "y",
    "0": 0,
    "-0": 0,
    "+7": 7,
    "012": 12,
    "0o14": 12,
    "0o8": "0o8",
    "0x1f": 31,
    "0xG": "0xG",
    "-0x1f": "-0x1f",
    "0b11": "0b11",
    "1_000": "1_000",
    "1,000": "1,000",
    "12:30": "12:30",
    "190:20:30": "190:20:30",
    "1.": 1.0,
    ".5": 0.5,
    "-.5e+3": -500.0,
    "1e3": 1000.0,
    "1E-2": 0.01,
    ".": ".",
    "1.2.3": "1.2.3",
    "e3": "e3",
    ".inf": ".inf",
    "-.INF": "-.INF",
    ".NaN": ".NaN",
    "1e999": "1e999",
    "2025-02-09": "2025-02-09",
    "2025-02-09T10:00:00Z": "2025-02-09T10:00:00Z",
    "a b": "a b",
    "a:b": "a:b",
    "http://x/y#z": "http://x/y#z",
    "a#b": "a#b",
    "a # b": "a",
    "-a": "-a",
    "?a": "?a",
    ":a": ":a",
    "a'b": "a'b",
    'a"b': 'a"b',
    "a]b": "a]b",
    "a, b": "a, b",
    "=": "=",
    "''": "",
    "'it''s'": "it's",
    "'a\\n'": "a\\n",
    '""': "",
    '"a\\tb\\n"': "a\tb\n",
    '"\\x41\\u263a\\U0001F600"': "A☺😀",
    '"\\/\\"\\\\"': '/"\\',
    '"\\_\\N\\L\\P"': "\u00a0\u0085\u2028\u2029",
    "'012'": "012",
    '"true"': "true",
    "[]": [],
    "{}": {},
    "[a, b,]": ["a", "b"],
    "[a, [b, c], {d: e}]": ["a", ["b", "c"], {"d": "e"}],
    "{a: 1, b: , c}": {"a": 1, "b": None, "c": None},
    '{"a":1,"b":[2]}': {"a": 1, "b": [2]},
    "[a: b, c]": [{"a": "b"}, "c"],
    "&x a": "a",
    "&x [a]": ["a"],
}


@pytest.mark.parametrize("text", SCALARS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", ""])
def test_scalars_and_flow(text: str, line_end: str) -> None:
    written = f"k: {text}{line_end}"
    found = read_yaml(written, 0, len(written))[0]
    assert repr(found) == repr({"k": SCALARS[text]})
    assert read_core(written) == found


DOCUMENTS: list[Any] = [
    pytest.param("a: b\n  c\n\n  d\n", {"a": "b c\nd"}, id="plain over lines"),
    pytest.param("a: 'b\n  c\n\n  d'\n", {"a": "b c\nd"}, id="single quotes over lines"),
    pytest.param('a: "b\\\n  c \\\n  d"\n', {"a": "bc d"}, id="double quotes, line ends escaped"),
    pytest.param("a: |\n  b\n   c\n\n  d\n", {"a": "b\n c\n\nd\n"}, id="literal"),
    pytest.param("a: |-\n  b\n\n", {"a": "b"}, id="literal, stripped"),
    pytest.param("a: |+\n  b\n\n", {"a": "b\n\n"}, id="literal, kept"),
    pytest.param("a: |2\n   b\n  c\n", {"a": " b\nc\n"}, id="literal, indentation told"),
    pytest.param("a: |+2\n   b\n\nc: 1\n", {"a": " b\n\n", "c": 1}, id="literal, both told"),
    pytest.param("a: >\n  b\n  c\n\n  d\n", {"a": "b c\nd\n"}, id="folded"),
    pytest.param("a: >\n  b\n   c\n  d\n", {"a": "b\n c\nd\n"}, id="folded, deeper lines"),
    pytest.param("a: >-\n  b\n\n\n  c\n", {"a": "b\n\nc"}, id="folded, stripped"),
    pytest.param("a: |\n\nb: 1\n", {"a": "", "b": 1}, id="literal of nothing"),
    pytest.param("a: | # why\n  # text\n", {"a": "# text\n"}, id="a remark after the indicator, none below"),
    pytest.param("a: |\n  b\n# why\nc: 1\n", {"a": "b\n", "c": 1}, id="a remark ends a block"),
    pytest.param("# why\n\na: 1 # so\n  # deeper\nb: 2\n", {"a": 1, "b": 2}, id="remarks"),
    pytest.param("a:\n- b\n- c\n", {"a": ["b", "c"]}, id="a list as deep as its key"),
    pytest.param(
        "a:\n  - b: 1\n    c: 2\n  - - d\n    - e\n", {"a": [{"b": 1, "c": 2}, ["d", "e"]]}, id="lists within"
    ),
    pytest.param("a:\n  -\n    b\n  -\n", {"a": ["b", None]}, id="items on a line of their own, and none"),
    pytest.param("a:\n    b:\n     c: 1\n", {"a": {"b": {"c": 1}}}, id="indentation of any width"),
    pytest.param("a: [b,\n  c, # why\n  d]\n", {"a": ["b", "c", "d"]}, id="flow over lines"),
    pytest.param("a: {b: 'c\n  d', e: 1}\n", {"a": {"b": "c d", "e": 1}}, id="quotes over lines in flow"),
    pytest.param("? a\n: 1\n? b\n", {"a": 1, "b": None}, id="keys told by question marks"),
    pytest.param("'a b': 1\n\"c\\td\": 2\n", {"a b": 1, "c\td": 2}, id="keys in quotes"),
    pytest.param("1: a\ntrue: b\nnull: c\n", {"1": "a", "true": "b", "null": "c"}, id="keys are their text"),
    pytest.param("a: &x 1\nb: *x\n", {"a": 1, "b": 1}, id="an alias of a scalar"),
    pytest.param("a: &x [1]\nb: *x\nc: {d: *x}\n", {"a": [1], "b": [1], "c": {"d": [1]}}, id="aliases of a list"),
    pytest.param("&x a: 1\n", {"a": 1}, id="an anchor at a key"),
    pytest.param("a:\t1\nb: \t2\n", {"a": 1, "b": 2}, id="tabs after a colon"),
    pytest.param("a: b\tc\n", {"a": "b\tc"}, id="a tab in a text"),
    pytest.param("'<<': 1\n", {"<<": 1}, id="a merge key in quotes is none"),
    pytest.param("a: <<\n", {"a": "<<"}, id="a merge key's text as a value"),
    pytest.param("---\na: 1\n", {"a": 1}, id="the start of a document"),
    pytest.param("%YAML 1.2\n---\na: 1\n", {"a": 1}, id="a directive"),
    pytest.param("a: 1\n...\n", {"a": 1}, id="the end of a document"),
    pytest.param("{a: 1, b: [2]}\n", {"a": 1, "b": [2]}, id="all in one line"),
    pytest.param("# nothing\n", {}, id="nothing but a remark"),
    pytest.param("a: é\u00a0日🍐\n", {"a": "é\u00a0日🍐"}, id="any letters"),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_documents(text: str, expected: dict[str, Any]) -> None:
    assert read_yaml(text, 0, len(text))[0] == expected
    assert (read_core(text) or {}) == expected


REFUSED = [
    pytest.param("a:\n\tb: 1\n", 3, id="a tab as indentation"),
    pytest.param("a: 1\n b: 2\n", 1, id="deeper without a reason"),
    pytest.param("a:\n  b: 1\n c: 2\n", 9, id="between two depths"),
    pytest.param("a: b: c\n", 1, id="two colons"),
    pytest.param("a: [b\n", 3, id="an open bracket"),
    pytest.param("a: 'b\n", 3, id="an open quote"),
    pytest.param('a: "\\q"\n', 3, id="an escape that there is not"),
    pytest.param("a: 'b' c\n", 3, id="text after a quote"),
    pytest.param("a: @b\n", 3, id="a reserved sign"),
    pytest.param("a: `b\n", 3, id="another reserved sign"),
    pytest.param("a: *x\n", 3, id="an alias of nothing"),
    pytest.param("a: &x {b: *x}\n", 3, id="an alias of what it stands in"),
    pytest.param("a: 1\na: 2\n", 5, id="a key twice"),
    pytest.param("a: 1\n'a': 2\n", 5, id="a key twice, otherwise quoted"),
    pytest.param("? [a]\n: 1\n", 0, id="a list as a key"),
    pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", 18, id="a merge key"),
    pytest.param("a: !!int 1\n", 3, id="a tag"),
    pytest.param("a: !x {}\n", 3, id="a tag of one's own"),
    pytest.param("- a\n", 0, id="a list at the top"),
    pytest.param("a\n", 0, id="a text at the top"),
    pytest.param("a: 1\n---\nb: 2\n", 5, id="a second document"),
    pytest.param("a: |\n b\n  c\n d\ne\n", 15, id="a line that belongs to nothing"),
]


@pytest.mark.parametrize(("text", "offset"), REFUSED)
def test_refused_with_a_place_on_the_line(text: str, offset: int) -> None:
    with pytest.raises(NodeError) as caught:
        read_yaml(text, 0, len(text))
    assert offset <= caught.value.offset <= len(text)
