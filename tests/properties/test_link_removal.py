"""After related links are taken out, the front matter reads back as it did, without them."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from content_audit.facts.links import related_links
from content_audit.fixes import apply, sound
from content_audit.model import Document, Fields
from content_audit.parse import parse_text
from content_audit.rules.edits import remove_links

FIELDS = replace(Fields(), links=("see", "more.see", "see#", "more.see#"), link_items="auto", link_slug=("slug",))
TEXTS = st.sampled_from(["/bees/", "bees-and-wasps", "Bees & wasps", "content/bees.md", "12", "Sie sagt: nein", "a#b"])
RECORDS = st.fixed_dictionaries(
    {"url": TEXTS.map(lambda text: f"/{text}")}, optional={"id": st.integers(0, 99), "title": TEXTS}
)
ITEMS = st.lists(st.one_of(TEXTS, RECORDS), min_size=1, max_size=5)
Drawn = Callable[[st.SearchStrategy[Any]], Any]


def flow(draw: Drawn, item: Any, separator: str) -> str:
    """A value between brackets or braces, in JSON's way, which is YAML's too; TOML's with ` = `."""
    if isinstance(item, dict):
        entries = (f"{json.dumps(key)}{separator}{flow(draw, value, separator)}" for key, value in item.items())
        return "{" + ", ".join(entries) + "}"
    return json.dumps(item)


def flow_list(draw: Drawn, items: list[Any], separator: str, *, comments: bool) -> str:
    """A list on one line or on several, with a last comma and comments where the syntax has them."""
    breaks = st.sampled_from(["", " ", "\n  ", *(["  # note, this\n  ", " # end\n\n  "] if comments else [])])
    pieces = ["["]
    for number, item in enumerate(items):
        comma = "," if number + 1 < len(items) or (comments and draw(st.booleans())) else ""
        pieces += [draw(breaks), flow(draw, item, separator), draw(breaks) if comments else "", comma]
    return "".join([*pieces, draw(breaks), "]"])


def yaml_block(draw: Drawn, name: str, items: list[Any], indent: str) -> str:
    """A block list: entries of a record each on a line of their own."""
    lines = [f"{indent}{name}:{draw(st.sampled_from(['', ' # these']))}"]
    inner = indent + draw(st.sampled_from(["", "  "]))
    for item in items:
        lines += draw(st.sampled_from([[], [], [f"{inner}# a note"], [""]]))
        if isinstance(item, dict):
            entries = [f"{key}: {json.dumps(value)}" for key, value in item.items()]
            lines += [f"{inner}- {entries[0]}", *(f"{inner}  {entry}" for entry in entries[1:])]
        else:
            lines.append(f"{inner}- {json.dumps(item)}{draw(st.sampled_from(['', '  # why']))}")
    return "\n".join(lines)


@st.composite
def documents(draw: Drawn) -> Document:
    """A document with links in one shape and syntax, between other entries."""
    items, nested = draw(ITEMS), draw(st.booleans())
    syntax = draw(st.sampled_from(["block", "flow", "toml", "tables", "json", "numbered"]))
    indent = "  " if nested else ""
    outer = "more:\n" if nested else ""
    if syntax == "block":
        text = f"---\ntitle: A\n{outer}{yaml_block(draw, 'see', items, indent)}\nafter: [1]\n---\nBody\n"
    elif syntax == "flow":
        text = (
            f"---\ntitle: A\n{outer}{indent}see: {flow_list(draw, items, ': ', comments=True)}\nafter: 1\n---\nBody\n"
        )
    elif syntax == "numbered":
        rows = [f"{indent}see{n}: {flow(draw, item, ': ')}\n" for n, item in enumerate(items, 1)]
        text = f"---\ntitle: A\n{outer}{''.join(rows)}after: 1\n---\nBody\n"
    elif syntax == "toml":
        value = flow_list(draw, items, " = ", comments=True)
        text = f"+++\ntitle = 'A'\n{'more.' if nested else ''}see = {value}\nafter = 1\n+++\nBody\n"
    elif syntax == "tables":
        records = [item if isinstance(item, dict) else {"slug": item} for item in items]
        name = "more.see" if nested else "see"
        tables = [
            f"[[{name}]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in record.items()) for record in records
        ]
        text = f"+++\ntitle = 'A'\n\n{draw(st.sampled_from(['', chr(10)])).join(tables)}[last]\na = 1\n+++\nBody\n"
    else:
        data = {"title": "A", **({"more": {"see": items}} if nested else {"see": items}), "after": 1}
        text = json.dumps(data, indent=draw(st.sampled_from([None, 2]))) + "\nBody\n"
    return parse_text("a.md", text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), FIELDS)


def without(metadata: Any, document: Document, gone: set[int]) -> Any:
    """The values with these links deleted and the numbered ones numbered anew."""
    left = copy.deepcopy(metadata)
    links = related_links(document)
    table = left
    for part in links[0].pointer[: -1 if links[0].numbered else -2]:
        table = table[part]
    if links[0].numbered:
        kept = [table.pop(str(link.pointer[-1])) for link in links]
        for number, value in enumerate((value for n, value in enumerate(kept) if n not in gone), 1):
            table[f"see{number}"] = value
    else:
        positions = {link.pointer[-1] for n, link in enumerate(links) if n in gone}
        table["see"] = [value for n, value in enumerate(table["see"]) if n not in positions]
    return left


@given(documents(), st.data())
def test_a_removal_takes_its_links_and_nothing_else(document: Document, data: st.DataObject) -> None:
    links = related_links(document)
    assume(links)
    gone = data.draw(st.sets(st.sampled_from(range(len(links))), min_size=1))
    edits = remove_links(document, links, [links[n] for n in gone])
    assert edits is not None, "a link that can't be taken out"
    assert sound(edits)
    after = parse_text("a.md", apply(document.text, edits), FIELDS)
    assert after.problems == ()
    wanted = without(document.metadata, document, gone)
    if "[[" in document.text and not wanted.get("see", (wanted.get("more") or {}).get("see")):
        (wanted.get("more", wanted)).pop("see")
        wanted = {key: value for key, value in wanted.items() if value != {}}
    assert after.metadata == wanted
    assert after.body == document.body
    assert after.text.startswith(document.text[: min(edit.start for edit in edits)])
