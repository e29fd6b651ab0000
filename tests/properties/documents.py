"""Collections as they are found: question-and-answer documents and pages, each with some damage or none."""

import json
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from content_audit.facts.urls import slug
from tests.properties.yaml_text import double_quoted, flow_texts, scalar_texts

TITLES = (
    "When do pears ripen?",
    "How are plums dried?",
    "Why do apples float in water?",
    "What does a graft need to take?",
    "Who pays the bridge toll: drivers or towns?",
)
SUBJECTS = ("Fruit", "Garden & Soil", "Office Work")
SENTENCES = (
    "Pears are picked before they are ripe and finish in a cool room.",
    "A graft takes where bark meets bark, and where nothing dries out.",
    "Most of an apple is air, which is why it floats so well in a bucket.",
    "Dry plums slowly: a hot oven bursts their skins and the juice is lost.",
    "Nobody has counted the orchards of the valley since the railway came.",
)
ANSWERS = st.lists(
    st.sampled_from((*SENTENCES, "### Keeping", "- **Cool**: below ten degrees", "$\\nabla f \\neq 0$")),
    min_size=1,
    max_size=4,
)
ODD_VALUES: tuple[Any, ...] = (
    "no",
    "012",
    "12:30",
    None,
    "TODO",
    "",
    "a: b",
    "Lorem ipsum dolor sit amet",
    "zero\u200bwidth",
    "ends here\u00a0",
    True,
    -1.0,
    [1, "x"],
    {"a": 1},
    "line\u2028line 🍐",
)
FIELDS = (
    "author",
    "date",
    "score",
    "file_name",
    "url",
    "subject",
    "title",
    "question",
    "post_on_text",
    "autor",
    "no_index",
)
LONG = " ".join((*SENTENCES, *SENTENCES))
BODIES = (
    "&nbsp;",
    " ",
    "# Pears",
    "## Keeping",
    "## Related articles",
    "Related articles",
    "Advertisements",
    "No Result",
    "View All Result",
    "No Result\nView All Result",
    LONG,
    LONG,
    "\n".join(SENTENCES),
    "```\n" + LONG + "\n```",
    "* Home\n* About\n* Contact\n* Blog",
    "Click HERE for more",
    "Share this:\nFacebook\nTwitter\nPinterest",
    "Copyright © 2024 The Orchard. All rights reserved.",
    "TAGS\nfruit\npears\nplums",
    "Previous Post\nHow are plums dried?\nNext Post\nWhy do apples float?",
    "soft\u00adhyphen and zero\u200bwidth",
    "pearsPlums applesCherries quincesMedlars",
    "[email protected]",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<div><p>Pears</p></div>",
    "trailing spaces  ",
    "$\\nu$ and literal \\n\\n here",
)


def record(number: int) -> dict[str, Any]:
    """The document of this number as a link gives it."""
    title = TITLES[number % len(TITLES)]
    subject = SUBJECTS[number % 2]
    return {"id": number, "title": title, "subject": subject, "url": f"/learn/{slug(subject)}/questions/{slug(title)}"}


@st.composite
def links(draw: st.DrawFn) -> dict[str, Any]:
    """Related links: some repeated, to itself, out of date, under another subject or nowhere; some numbers left out."""
    found = {}
    number = 0
    for _ in range(draw(st.integers(0, 5))):
        number += draw(st.sampled_from((1, 1, 1, 2)))
        link = record(draw(st.integers(0, 6)))
        for name, value in draw(st.lists(st.sampled_from(DAMAGED_LINKS), max_size=1)):
            link[name] = value
        found[f"related_article{number}"] = link
    return found


DAMAGED_LINKS: tuple[tuple[str, Any], ...] = (
    ("title", "How were plums dried?"),
    ("title", "Plums: dried, or 'fresh' #1"),
    ("subject", "Office Work"),
    ("url", "/learn/office-work/questions/how-are-plums-dried"),
    ("url", "/learn/fruit/questions/how-are-plums-dried/"),
    ("id", 99),
    ("id", "2"),
    ("id", None),
    ("note", "see also"),
)


@st.composite
def articles(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """Front matter of the published shape, damaged in a few places or in none."""
    own = record(number)
    answer = draw(ANSWERS)
    article: dict[str, Any] = {
        "_schema": "default",
        "id": own["id"],
        "date": "2025-02-09",
        "title": own["title"],
        "article_title": own["title"],
        "date_format": "MMM DD, YYYY",
        "post_on_text": "Posted on",
        "seo": {
            "title": own["title"],
            "page_description": " ".join(SENTENCES[:2]),
            "page_keywords": "pears, plums, orchard",
        },
        "author": "Fieldnotes",
        "question": own["title"],
        "answer": draw(st.sampled_from(("\\n", "\\n\\n", "\n\n"))).join(answer),
        "subject": own["subject"],
        "file_name": f"{slug(own['title'])}.md",
        "url": own["url"],
    }
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=2)):
        article[name] = draw(st.sampled_from(ODD_VALUES))
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=1)):
        article.pop(name, None)
    return {**article, **draw(links())}


@st.composite
def front_matter(draw: st.DrawFn, article: dict[str, Any]) -> str:
    """An article's front matter in YAML, each value in a style of its own."""
    lines = []
    for key, value in article.items():
        if isinstance(value, dict) and value and draw(st.integers(0, 5)):
            pad = draw(st.sampled_from(("  ", "    ")))
            lines.append(f"{key}:")
            lines += [f"{pad}{name}: {draw(scalar_texts(inner, len(pad), False))}" for name, inner in value.items()]
        elif isinstance(value, dict | list):
            lines.append(f"{key}: {draw(flow_texts(value))}")
        elif isinstance(value, str) and value in ODD_VALUES and draw(st.booleans()):
            lines.append(f"{key}: {value}")
        else:
            lines.append(f"{key}: {draw(scalar_texts(value, 0, False))}")
    damage = draw(st.sampled_from((None,) * 12 + ("twice", "tab", "remark", "blank")))
    at = draw(st.integers(1, len(lines)))
    if damage:
        lines.insert(at, {"twice": "author: Others", "tab": "\tx: 1", "remark": "# a remark", "blank": ""}[damage])
    return "\n".join(lines)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Text below the front matter, or a whole page: paragraphs, some repeated, and what surrounds them."""
    parts = draw(st.lists(st.sampled_from(BODIES), max_size=7))
    return draw(st.sampled_from(("\n\n", "\n\n", "\n"))).join(parts)


LINE_ENDS = ("\n",), ("\n",), ("\n",), ("\r\n",), ("\r",), ("\n", "\r\n"), ("\r\n", "\r", "\n")
"""In turn: of one kind, or mixed as by two editors."""


@st.composite
def encoded(draw: st.DrawFn, text: str) -> bytes:
    """A text as UTF-8, now and then with a byte order mark; rarely in another encoding, or with a byte that is none."""
    how: str = draw(st.sampled_from(("",) * 12 + ("mark",) * 3 + ("latin-1", "utf-16", "byte")))
    if how in ("latin-1", "utf-16"):
        return text.encode(how, "replace")
    data = ("\ufeff" * (how == "mark") + text).encode("utf-8")
    at = draw(st.integers(0, len(data))) if how == "byte" else len(data)
    damage = b"\xff" if how == "byte" else b""
    return data[:at] + damage + data[at:]


@st.composite
def documents(draw: st.DrawFn, number: int) -> bytes:
    """One document's bytes, with any fence, line ends, ending and encoding."""
    kind = draw(st.sampled_from(("yaml",) * 6 + ("toml", "json", "braces", "unknown", "page", "bare", "html")))
    body = draw(bodies())
    if kind == "yaml":
        text = f"---\n{draw(front_matter(draw(articles(number))))}\n{draw(CLOSINGS)}\n\n{body}"
    elif kind == "toml":
        text = f"+++\n{toml_text(draw(articles(number)))}+++\n\n{body}"
    elif kind in ("json", "braces", "unknown"):
        opening, closing = {"json": ("---json\n", "\n---"), "braces": ("", ""), "unknown": (";;;\n", "\n;;;")}[kind]
        text = f"{opening}{draw(json_texts(draw(articles(number))))}{closing}\n\n{body}"
    elif kind == "html":
        text = f"<!doctype html>\n<html><head><title>{TITLES[0]}</title></head><body><p>{body}</p></body></html>"
    else:
        text = body if kind == "page" else f"# {TITLES[number % len(TITLES)]}\n\n{body}"
    text += draw(st.sampled_from(("", "\n", "\n\n")))
    ends = cycle(draw(st.sampled_from(LINE_ENDS)))
    return draw(encoded("".join(next(ends) if char == "\n" else char for char in text)))


CLOSINGS = st.sampled_from(("---", "---", "---", "---", "...", "--- "))


@st.composite
def json_texts(draw: st.DrawFn, article: dict[str, Any]) -> str:
    """An article's front matter in JSON, in one line or over many."""
    indent = draw(st.sampled_from((None, 2, 4)))
    return json.dumps(article, indent=indent, ensure_ascii=draw(st.booleans()))


def toml_text(article: dict[str, Any]) -> str:
    """An article's front matter in TOML; what TOML has no value for is left out."""
    own, tables = [], []
    for key, value in article.items():
        if isinstance(value, dict):
            inner = "".join(f"{name} = {toml_value(part)}\n" for name, part in value.items() if part is not None)
            tables.append(f"[{key}]\n{inner}")
        elif value is not None:
            own.append(f"{key} = {toml_value(value)}\n")
    return "".join([*own, *tables])


def toml_value(value: Any) -> str:
    """A scalar or a list in TOML."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, str):
        return double_quoted(value, False)
    return str(value).lower() if isinstance(value, bool) else str(value)


@st.composite
def collections(draw: st.DrawFn) -> dict[str, bytes]:
    """One to four documents by their paths; a number may be drawn twice, and then two documents share all they are."""
    found = {}
    for number in draw(st.lists(st.integers(0, 4), min_size=1, max_size=4)):
        ending = draw(st.sampled_from((".md", ".md", ".md", ".txt", ".html")))
        found[f"{draw(st.sampled_from(('a', 'b')))}/{slug(TITLES[number])}{ending}"] = draw(documents(number))
    return found
