"""Whatever bytes a file holds, they are a document, every rule looks at it, and nothing points out of it."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.config import load_config
from content_audit.examine import check_document
from content_audit.lines import LINE_END, iter_lines, line_of, line_starts
from content_audit.model import Document, Problem, Region
from content_audit.parse import parse
from content_audit.parse.front_matter import find_region
from content_audit.rules import BY_NAME
from content_audit.run import make_run
from content_audit.walk import INCLUDE
from tests.conftest import ROOT, examples

ENDINGS = [pattern.lstrip("*") for pattern in INCLUDE] + ["", ".bin"]
TASK = make_run(load_config(None, ROOT), []).task
LINES = ("\n", "\n", "\r\n", "\r", "\u2028", "\u0085", "\x0c")
FENCES = ("---", "+++", "---json", "{", "}", "...", "```", "~~~", "--- ", "----", "\ufeff---", "﻿")
YAML = (
    "id: 1",
    "title: >-\n  Pears",
    "answer: |\n  a\\n\\nb",
    "tags: [a, 'b",
    "k: {a: 1}",
    "- a",
    "? k",
    ": v",
    "a: b: c",
    "*x",
    "k: &x 1",
)
LINKS = (
    "related_article1:",
    "related_article2: {id: 2, title: Plums, url: /learn/a/b}",
    "    id: 012",
    "    url: /learn/fruit/plums",
)
TOML = (
    'title = "Pears"',
    "[seo]",
    "[[a]]",
    "d = 2025-02-09",
    "a.b = 1",
    "x = '''\n'''",
    "n = 0x_",
    "related_article1 = {id = 1}",
)
JSON = ('{"id": 1', '"a": [1, {"b": null}]', ",", "]}", '"\\ud800"', "1e999", '{"related_article1": {"id": 2}}')
TAGS = (
    "<html>",
    "<!doctype html>",
    "<p>",
    "</p>",
    "<nav><a href='/'>x</a></nav>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<script>",
    "</a",
    "&#5;",
    "<td",
)
PROSE = (
    "# Pears",
    "Pears ripen late.",
    "* Home",
    "Advertisements",
    "No Result",
    "View All Result",
    "Related articles",
    "&nbsp;",
    "\u200b",
    "\u202e",
    "$\\nabla$",
    "| a | b |",
    "naïve 日本 🍐",
)
PIECES = st.sampled_from((*LINES, *LINES, *FENCES, *FENCES, *YAML, *LINKS, *TOML, *JSON, *TAGS, *PROSE))
MADE_UP = st.lists(PIECES | st.text(max_size=6), max_size=30).map(
    lambda pieces: "".join(pieces).encode("utf-8", "replace")
)
WITH_FENCE = st.builds(
    lambda fence, line, inner, end, body: line.join([fence, *inner, end, *body]).encode("utf-8"),
    st.sampled_from(("---", "+++", "---json", "\ufeff---")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.lists(st.sampled_from((*YAML, *LINKS, *TOML, *JSON)), max_size=8),
    st.sampled_from(("---", "+++", "...", "")),
    st.lists(st.sampled_from((*PROSE, *TAGS, "")), max_size=6),
)
DAMAGED = st.builds(
    lambda data, at, byte: data[:at] + bytes([byte]) + data[at:], WITH_FENCE, st.integers(0, 200), st.integers(0, 255)
)
BYTES = st.one_of(MADE_UP, WITH_FENCE, DAMAGED, st.binary(max_size=60))


def problems(document: Document) -> Iterator[tuple[str, Problem]]:
    yield from document.problems
    yield from check_document(document, "", TASK).problems


def check_places(document: Document) -> None:
    """Every place lies in the document."""
    size = len(document.text)
    assert 0 <= document.body_start <= size
    assert document.text[document.body_start :] == document.body
    for node in document.nodes.values():
        assert 0 <= node.key_start <= node.key_end <= size
        assert 0 <= node.start <= node.end <= size
    for _, problem in problems(document):
        assert 0 <= problem.span.start <= problem.span.end <= size
        for edit in problem.fix.edits if problem.fix else ():
            assert 0 <= edit.start <= edit.end <= size


@pytest.mark.parametrize("ending", ENDINGS)
@examples(150)
@given(BYTES)
def test_any_bytes_are_a_document_that_every_rule_can_look_at(ending: str, data: bytes) -> None:
    document = parse(f"folder/a{ending}", data)
    assert [problem.message for code, problem in problems(document) if code in ("RUN003", "internal-error")] == []
    assert {name for name, _ in document.problems} <= set(BY_NAME)
    assert parse(f"folder/a{ending}", data).metadata == document.metadata
    check_places(document)


@given(BYTES)
def test_text_is_the_bytes_decoded(data: bytes) -> None:
    document = parse("a.md", data)
    refused = [problem for name, problem in document.problems if name == "invalid-encoding"]
    if not refused:
        assert document.text.encode("utf-8") == data
    else:
        with pytest.raises(UnicodeDecodeError) as error:
            data.decode("utf-8")
        before = data[: error.value.start].decode("utf-8")
        assert document.text.startswith(before + "\ufffd")
        assert refused[0].span.start == len(before)


@given(st.text(st.sampled_from("ab\n\r\u2028\u0085\x0b\x0c\x1c"), max_size=30))
def test_lines_end_at_lf_crlf_and_cr_alone(text: str) -> None:
    lines = [text[start:full] for start, _, full in iter_lines(text)]
    assert "".join(lines) == text
    assert [text[start:end] for start, end, _ in iter_lines(text)] == [LINE_END.sub("", line) for line in lines]
    starts = line_starts(text)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if a < b] == lines
    for number, start in enumerate(starts, 1):
        assert line_of(starts, start) == number


@given(WITH_FENCE | MADE_UP)
def test_front_matter_and_body_share_the_text_between_them(data: bytes) -> None:
    text = data.decode("utf-8")
    region = find_region(text)
    if isinstance(region, Region):
        assert text[: region.start] in ("", "\ufeff")
        assert region.start <= region.content_start <= region.content_end <= region.end <= len(text)
        assert parse("a.txt", data).body == text[region.end :]
        assert parse("a.txt", data).format == "markdown"


BY_FENCE = [*product(("---", "---json"), ("\n", "\r\n", "\r")), ("+++", "\n"), ("+++", "\r\n")]
"""TOML itself knows no line that ends with CR alone."""


@pytest.mark.parametrize(("fence", "line"), BY_FENCE)
def test_a_fence_is_read_with_every_line_end_and_with_a_mark_before_it(fence: str, line: str) -> None:
    inner = {"---": "id: 7", "+++": "id = 7", "---json": '{"id": 7}'}[fence]
    text = line.join(("\ufeff" + fence, inner, "---" if fence == "---json" else fence, "body"))
    document = parse("a.txt", text.encode("utf-8"))
    assert document.metadata == {"id": 7}
    assert document.body == "body"
    assert [text[node.start : node.end] for node in document.nodes.values()] == ["7"]
