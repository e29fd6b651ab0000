"""A link that gives way to another reads as the other in the old one's style, and nothing else has changed."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from content_audit.facts.links import Link, related_links
from content_audit.fixes import apply, sound
from content_audit.model import Document, Fields
from content_audit.parse import parse_text
from content_audit.rules.exchange import exchange
from tests.properties.documents import toml_value
from tests.properties.yaml_text import TEXTS, flow_texts, scalar_texts

FIELDS = replace(Fields(), links=("see", "see#"), link_items="url")
PARTS = ("id", "title", "subject", "url")
NAMES = TEXTS.map(str.strip).filter(bool)
EXTRAS = {"image": NAMES, "weight": st.integers(0, 9), "more": st.fixed_dictionaries({"alt": NAMES}), "none": st.none()}


@st.composite
def records(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A link as a record: its keys in any order, with some that are no part of a link."""
    parts = {
        "id": st.sampled_from([number, str(number), f"k{number}"]),
        "title": NAMES,
        "subject": NAMES,
        "url": st.just(f"/old/{number}"),
    }
    held = {"id", *draw(st.sets(st.sampled_from(["title", "subject", "url"])))}
    extras = draw(st.lists(st.sampled_from(sorted(EXTRAS)), max_size=2, unique=True))
    order = draw(st.permutations([*sorted(held), *extras]))
    return {key: draw((parts | EXTRAS)[key]) for key in order} | draw(st.sampled_from([{}, {"rel": "next"}]))


@st.composite
def entry_lines(draw: st.DrawFn, record: dict[str, Any], pad: str) -> list[str]:
    """A record's entries as lines of a block."""
    lines = []
    for key, value in record.items():
        if isinstance(value, dict):
            lines += [f"{pad}{key}:", *draw(entry_lines(value, pad + "  "))]
        else:
            lines.append(f"{pad}{key}: {draw(scalar_texts(value, len(pad), False))}")
    return lines


@st.composite
def texts(draw: st.DrawFn, links: list[Any]) -> str:
    """A document with these links, as rows or as a list, in any syntax."""
    way = draw(st.sampled_from(["rows", "block", "flow", "json", "toml", "tables"]))
    if way == "rows":
        pad = draw(st.sampled_from(["  ", "    "]))
        entries = [f"see{n}:\n" + "\n".join(draw(entry_lines(link, pad))) for n, link in enumerate(links, 1)]
    elif way == "block":
        pad = draw(st.sampled_from(["", "  "]))
        blocks = ["\n".join(draw(entry_lines(link, f"{pad}  "))) for link in links]
        entries = ["see:", *(f"{pad}- {block.removeprefix(pad + '  ')}" for block in blocks)]
    elif way == "flow":
        entries = [f"see: {draw(flow_texts(links))}"]
    elif way == "json":
        return (
            json.dumps({"title": "A", "see": links, "after": 1}, indent=draw(st.sampled_from([None, 2]))) + "\nBody\n"
        )
    elif way == "toml":
        entries = [f"see{n} = {toml_inline(link)}" for n, link in enumerate(links, 1)]
        return "+++\ntitle = 'A'\n" + "\n".join(entries) + "\nafter = 1\n+++\nBody\n"
    else:
        tables = ["".join(f"{k} = {toml_inline(v)}\n" for k, v in link.items() if v is not None) for link in links]
        return "+++\ntitle = 'A'\n" + "\n".join(f"[[see]]\n{table}" for table in tables) + "[last]\na = 1\n+++\nBody\n"
    return "---\ntitle: A\n" + "\n".join(entries) + "\nafter: 1\n---\nBody\n"


def toml_inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {toml_inline(v)}" for k, v in value.items() if v is not None) + "}"
    literal = isinstance(value, str) and value.isprintable() and "'" not in value and len(value) % 2
    return f"'{value}'" if literal else toml_value(value)


@st.composite
def targets(draw: st.DrawFn, number: int) -> Document:
    """A document that links may lead to; only its id is sure."""
    values = {"id": number, "title": draw(NAMES), "url": f"/new/{number}"}
    values |= draw(st.sampled_from([{}, {"subject": draw(NAMES)}, {"id": f"n{number}"}]))
    return parse_text(f"{number}.md", json.dumps(values) + "\n", FIELDS)


def leads(link: Link, other: Document) -> bool:
    return link.id == str(other.metadata["id"])


def exchanged(old: dict[str, Any], other: Document, records: list[dict[str, Any]]) -> dict[str, Any]:
    """The record as it should be, each value as text."""
    new = {}
    for key, value in old.items():
        alike = len(records) > 1 and value is not None and all(record.get(key) == value for record in records)
        if key in PARTS and value is not None and key in other.metadata:
            new[key] = str(other.metadata[key])
        elif key not in PARTS and alike:
            new[key] = value
    return new


def as_texts(record: dict[str, Any], parts: tuple[str, ...] = PARTS) -> dict[str, Any]:
    return {key: str(value).strip() if key in parts else value for key, value in record.items()}


@given(st.data())
def test_records_are_exchanged_and_nothing_else(data: st.DataObject) -> None:
    links = [data.draw(records(number)) for number in range(10, 10 + data.draw(st.integers(1, 4)))]
    text = data.draw(texts(links)).replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    document = parse_text("a.md", text, FIELDS)
    assert document.problems == ()
    found = related_links(document)
    assert len(found) == len(links)
    numbers = data.draw(st.sets(st.sampled_from(range(len(links))), min_size=1))
    others = [data.draw(targets(number)) for number in range(100, 100 + data.draw(st.integers(1, 4)))]
    fix = exchange(document, {found[n].node.key_start for n in numbers}, (), others, leads)
    assert fix is not None
    assert sound(fix.edits)
    assert min(edit.start for edit in fix.edits) > document.entry_span(("title",)).end
    assert max(edit.end for edit in fix.edits) <= document.text.index(
        "after" if "after" in document.metadata else "[last]"
    )
    after = parse_text("a.md", apply(document.text, fix.edits), FIELDS)
    assert after.problems == ()
    given_records = [link.record for link in found]
    wanted: list[dict[str, Any]] = []
    left = list(others)
    for number, record in enumerate(given_records):
        if number not in numbers:
            wanted.append(record)
        elif left:
            wanted.append(exchanged(record, left.pop(0), given_records))
    assert [list(link.record) for link in related_links(after)] == [list(record) for record in wanted]
    assert [as_texts(link.record) for link in related_links(after)] == [as_texts(record) for record in wanted]
    assert [link.number for link in related_links(after)] == list(range(1, len(wanted) + 1))
    rest = {key: value for key, value in document.metadata.items() if not key.startswith("see")}
    assert {key: value for key, value in after.metadata.items() if not key.startswith("see")} == rest
    assert after.body == document.body
    keeps_types(given_records, related_links(after), numbers, others)


def keeps_types(
    before: list[dict[str, Any]], after: tuple[Link, ...], numbers: set[int], others: list[Document]
) -> None:
    """A number stays one where the new id is one, a quoted id stays a text."""
    for number, other in zip(sorted(numbers), others, strict=False):  # none is removed before the others run out
        old, new = before[number]["id"], after[number].record["id"]
        if str(old).isdecimal() and isinstance(other.metadata["id"], int):
            assert type(new) is type(old)
