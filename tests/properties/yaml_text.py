"""YAML as people write it: values in every style that can carry them, and how the specification reads the result."""

import json
import math
import re
from typing import Any

import yaml
from hypothesis import strategies as st

SPECIAL = (
    *(
        "",
        " ",
        "~",
        "null",
        "yes",
        "no",
        "on",
        "012",
        "0o14",
        "0x1F",
        "12:30",
        "1_000",
        "1e3",
        ".5",
        "-1.0",
        "+7",
        "2025-02-09",
    ),
    *(
        "true",
        "False",
        ".inf",
        ".nan",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "? a",
        "[a",
        "a]",
        "{a",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
    ),
    *("'", '"', "\\", "\\n", "it's", 'say "so"', "---", "...", "--- a", "=", "<<", "|", ">-", "a:", ":a", "a\tb"),
    *(
        "line\nline",
        "line\n\nline",
        "line\n",
        "\nline",
        " line\n  line",
        "line \nline",
        "\n",
        "a\u2028b",
        "naïve",
        "日本",
        "🍐",
    ),
)
WORDS = st.text(st.sampled_from("ab \n:#-'\"\\,[]{}é🍐\u2028\u00a0"), max_size=12)
TEXTS = st.one_of(st.sampled_from(SPECIAL), WORDS, st.text(st.characters(codec="utf-8"), max_size=8))
SCALARS = st.one_of(
    TEXTS, TEXTS, st.integers(-(10**6), 10**20), st.booleans(), st.none(), st.sampled_from((0.5, -1.0, 1e9))
)
KEYS = st.one_of(
    st.sampled_from(("id", "title", "seo", "a b", "it's", "a: b", "", "null", "12", "é", "#k", "- k", "🍐")), WORDS
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=5)
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff\r]")
PLAIN = re.compile(r"[a-z0-9é][a-z0-9é ]*[a-z0-9é]|[a-zé]")


class Core(yaml.CSafeLoader):
    """The YAML 1.2 core schema (specification 1.2.2, section 10.3.2), keys as they are written."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Keys are their text, whatever type they would have as values."""
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Core.yaml_implicit_resolvers = {}


def _float(loader: Any, node: Any) -> Any:
    value = float(node.value)
    return value if math.isfinite(value) else node.value


Core.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)
)
Core.add_constructor("tag:yaml.org,2002:float", _float)
Core.add_constructor("tag:yaml.org,2002:map", Core.construct_mapping)
Core.add_constructor(
    "tag:yaml.org,2002:seq", lambda loader, node: [loader.construct_object(n, deep=True) for n in node.value]
)
for tag, pattern in {
    "null": "null|Null|NULL|~|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), None)


def read_core(text: str) -> Any:
    """What YAML 1.2 reads here."""
    return yaml.load(text, Loader=Core)


def double_quoted(value: str, ascii_only: bool) -> str:
    """In double quotes; what no YAML may hold is escaped, and with `ascii_only` all that is not ASCII."""
    escaped = re.compile(r"[^\x20-\x7e]") if ascii_only else UNWRITABLE
    text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.sub(lambda match: f"\\U{ord(match[0]):08x}", text) + '"'


@st.composite
def scalar_texts(draw: st.DrawFn, value: Any, indent: int, flow: bool) -> str:
    """One way to write a scalar; `indent` is that of the entry it stands in."""
    if not isinstance(value, str):
        return json.dumps(value)
    ways = ["double"]
    if not UNWRITABLE.search(value) and "\n" not in value:
        ways += ["single", "single"]
    if PLAIN.fullmatch(value) and yaml.safe_load(value) == value == read_core(value):
        ways += ["plain", "plain"]
    if not flow and value.strip() and not UNWRITABLE.search(value) and value[0] not in " \n\t" and "\t" not in value:
        ways += ["literal", "literal"] if value.endswith("\n") == value.endswith("\n\n") or value.rstrip("\n") else []
        ways += ["folded", "folded"] if "\n" not in value and value == value.strip() else []
    way = draw(st.sampled_from(ways))
    if way == "double":
        return double_quoted(value, draw(st.booleans()))
    if way == "single":
        return "'" + value.replace("'", "''") + "'"
    if way == "plain":
        return value
    return draw(block_texts(value, indent, way))


@st.composite
def block_texts(draw: st.DrawFn, value: str, indent: int, way: str) -> str:
    """A block scalar; its lines stand deeper than the entry, its chomping keeps the line ends that the value has."""
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    chomping = "-" if ends == 0 else draw(st.sampled_from(("", "+"))) if ends == 1 else "+"
    width = draw(st.integers(1, 4))
    explicit = str(width) if draw(st.booleans()) else ""
    pad = " " * (indent + width)
    if way == "folded" and draw(st.booleans()):
        body = re.sub(r"(?<=[^\s]) (?=[^\s])", "\n", body, count=2)
    lines = [pad + line if line else "" for line in body.split("\n")] + [""] * max(0, ends - 1)
    return "\n".join([(">" if way == "folded" else "|") + explicit + chomping, *lines])


@st.composite
def flow_texts(draw: st.DrawFn, value: Any) -> str:
    """A value in one line, in brackets where it is a collection."""
    space = draw(st.sampled_from(("", " ")))
    if isinstance(value, dict):
        parts = [f"{draw(key_texts(key))}: {draw(flow_texts(inner))}" for key, inner in value.items()]
        return "{" + space + f",{space or ' '}".join(parts) + space + "}"
    if isinstance(value, list):
        return "[" + space + f",{space or ' '}".join([draw(flow_texts(inner)) for inner in value]) + space + "]"
    return draw(scalar_texts(value, 0, True))


@st.composite
def key_texts(draw: st.DrawFn, key: str) -> str:
    """One way to write a key; always in one line."""
    return draw(scalar_texts(key, 0, True))


@st.composite
def mapping_texts(draw: st.DrawFn, value: dict[str, Any], indent: int = 0) -> str:
    """A block mapping, line by line, with remarks and blank lines between its entries."""
    lines = []
    for key, inner in value.items():
        lines += draw(st.lists(st.sampled_from(("", "# a remark", "  # apart")), max_size=1))
        lines.append(" " * indent + draw(key_texts(key)) + ":" + draw(entry_texts(inner, indent)))
    return "\n".join(lines)


@st.composite
def entry_texts(draw: st.DrawFn, value: Any, indent: int) -> str:
    """What stands after an entry's colon."""
    block = isinstance(value, dict | list) and value and draw(st.booleans())
    if block and isinstance(value, dict):
        return "\n" + draw(mapping_texts(value, indent + draw(st.integers(1, 4))))
    if block:
        deeper = indent + draw(st.integers(0, 3))
        return "".join("\n" + " " * deeper + "-" + draw(entry_in_list(inner, deeper)) for inner in value)
    if isinstance(value, dict | list):
        return " " + draw(flow_texts(value))
    remark = draw(st.sampled_from(("", "", " # a remark")))
    text = draw(scalar_texts(value, indent, False))
    return " " + text + ("" if "\n" in text else remark)


@st.composite
def entry_in_list(draw: st.DrawFn, value: Any, indent: int) -> str:
    """What stands after an item's dash."""
    if isinstance(value, dict) and value and draw(st.booleans()):
        return "\n" + draw(mapping_texts(value, indent + 2))
    if isinstance(value, dict | list):
        return " " + draw(flow_texts(value))
    return " " + draw(scalar_texts(value, indent, False))
