"""The page holds what the report says, and no text of a document becomes anything but text."""

import base64
import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from content_audit.render import html
from content_audit.render.html import render_html, shown_findings
from content_audit.render.html_text import Excerpt, clip, diff_rows, excerpt_rows, plain, visible
from content_audit.report.properties import collection_properties, silencing_line
from tests.render import html_samples as samples

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def parsed(report: Mapping[str, Any], excerpts: Mapping[int, Excerpt] | None = None) -> BeautifulSoup:
    return BeautifulSoup(render_html(report, excerpts or {}), "lxml")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    (element,) = soup.select(selector)
    return element


def embedded(soup: BeautifulSoup) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(one(soup, "#data").text)
    return loaded


def shape(soup: BeautifulSoup) -> set[tuple[str, tuple[str, ...]]]:
    """Each kind of element with the names of its attributes."""
    return {(element.name, tuple(sorted(element.attrs))) for element in soup.find_all()}


def test_hostile_values_make_no_element_and_no_attribute() -> None:
    hostile, small = parsed(*samples.hostile()), parsed(*samples.small())
    assert shape(hostile) <= shape(small)
    assert len(hostile.find_all("script")) == len(small.find_all("script")) == 2
    assert not hostile.find_all("img")


def test_no_address_of_the_page_comes_from_data() -> None:
    soup = parsed(*samples.hostile())
    assert {element["href"] for element in soup.select("[href]")} == {"#findings", "data:,"}
    assert not soup.select("[src], [action], [style], [srcdoc]")
    assert not [name for element in soup.find_all() for name in element.attrs if name.startswith("on")]


def test_hostile_values_arrive_whole() -> None:
    report, excerpts = samples.hostile()
    messages = [each["message"] for each in embedded(parsed(report, excerpts))["findings"]]
    assert messages == [visible(value) for value in samples.HOSTILE]


def test_nothing_unseen_is_in_the_page() -> None:
    page = render_html(*samples.hostile())
    assert RAW.findall(page) == []
    page.encode()


def test_templates_in_data_are_not_run() -> None:
    assert "{{ 7 * 7 }}" in render_html(*samples.hostile())


def test_policy_names_the_hashes_of_the_blocks() -> None:
    soup = parsed(*samples.small())
    policy = str(one(soup, "meta[http-equiv=Content-Security-Policy]")["content"])
    for name, selector in (("style", "style"), ("script", "script:not([type])")):
        digest = base64.b64encode(hashlib.sha256(one(soup, selector).text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_no_address_outside_the_page() -> None:
    page = render_html(samples.report([]), {})
    assert re.findall(r"(?:https?:)?//[a-z]", page) == []


def test_overview_counts_all_findings() -> None:
    soup = parsed(*samples.small())
    tiles = {div.dt.text: div.dd.text for div in soup.select(".tiles div") if div.dt and div.dd}
    assert tiles == {
        "Documents": "8",
        "Errors": "3",
        "Warnings": "4",
        "Infos": "2",
        "Fixable": "74 safe",
        "Words removed": "92212.8 %",
    }
    assert one(soup, "h1").text == "3 errors to put right"
    assert "5 of 8 documents have findings" in " ".join(one(soup, ".lead").text.split())


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [("error", "1 error to put right"), ("warning", "No errors, 1 warning"), ("info", "No errors")],
)
def test_verdict_is_of_the_worst(severity: str, verdict: str) -> None:
    soup = parsed(samples.report([samples.finding("TXT001", "missing-final-newline", severity, "a.md", "none")]))
    assert one(soup, "h1").text.startswith(verdict)


def test_nothing_found() -> None:
    soup = parsed(samples.report([], ["a.md"]))
    assert one(soup, "h1").text == "Nothing wrong"
    assert not soup.select("#truncated, .properties")


def test_rules_stand_worst_first_with_their_counts() -> None:
    soup = parsed(samples.large(120))
    buttons = soup.select(".rules button")
    assert [(b["data-value"], b.select_one(".count").text) for b in buttons if b.select_one(".count")] == [  # type: ignore[union-attr]
        ("REL001", "40"),
        ("SEO002", "12"),
        ("BPL012", "120"),
    ]


def test_a_rule_on_every_document_is_shown_once() -> None:
    soup = parsed(samples.large(120))
    card = one(soup, ".cards article")
    assert len(card.select("li")) == 3
    assert 'ignore = ["BPL012"]' in card.text
    codes = [each["code"] for each in embedded(soup)["findings"]]
    assert {code: codes.count(code) for code in set(codes)} == {"BPL012": 3, "REL001": 40, "SEO002": 12}


def test_of_many_findings_every_rule_has_some_and_the_worst_have_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_FINDINGS", 30)
    monkeypatch.setattr(html, "RULE_FLOOR", 4)
    report = samples.large(120)
    codes = [report["findings"][position]["code"] for position in shown_findings(report)]
    assert {code: codes.count(code) for code in set(codes)} == {"BPL012": 3, "SEO002": 4, "REL001": 23}
    soup = parsed(report)
    assert "30 of 172 findings" in one(soup, "#truncated").text
    assert [each["code"] for each in embedded(soup)["findings"]] == codes
    assert embedded(soup)["total"] == 172


def test_of_equal_rules_none_crowds_out_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_FINDINGS", 20)
    monkeypatch.setattr(html, "RULE_FLOOR", 1)
    many = [samples.finding("REL001", "duplicate-related-link", "error", f"{i}.md", "twice") for i in range(90)]
    few = [samples.finding("ID001", "duplicate-id", "error", f"{i}.md", "one id") for i in range(9)]
    report = samples.report([*many, *few], (f"{i}.md" for i in range(200)))
    codes = [report["findings"][position]["code"] for position in shown_findings(report)]
    assert codes.count("ID001") == 9


def test_documents_beyond_the_bound_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_DOCUMENTS", 50)
    soup = parsed(samples.large(120))
    assert "50 of 120 documents" in one(soup, "#truncated-documents").text
    documents = embedded(soup)["documents"]
    assert len(documents) == 50
    assert sum(each["error"] for each in documents) == 40


def test_a_small_page_is_whole() -> None:
    assert not parsed(*samples.small()).select("#truncated, #truncated-documents")


@pytest.mark.parametrize(
    ("documents", "with_finding", "found"),
    [
        pytest.param(100, 90, True, id="nine tenths of a hundred"),
        pytest.param(100, 89, False, id="fewer than nine tenths"),
        pytest.param(99, 99, False, id="a reader can go through these"),
    ],
)
def test_property_bounds(documents: int, with_finding: int, found: bool) -> None:
    paths = [f"{i}.md" for i in range(documents)]
    findings = [samples.finding("BPL012", "placeholder-body", "info", path, "empty") for path in paths[:with_finding]]
    assert bool(collection_properties(samples.report(findings, paths))) is found


def test_property_counts_documents_not_findings() -> None:
    findings = [samples.finding("REL001", "duplicate-related-link", "error", "a.md", "twice")] * 300
    assert collection_properties(samples.report(findings, (f"{i}.md" for i in range(100)))) == ()


def test_property_has_examples_of_different_documents() -> None:
    paths = [f"{i}.md" for i in range(100)]
    findings = [samples.finding("SEO002", "description-length", "warning", p, "long") for p in paths for _ in range(2)]
    (described,) = collection_properties(samples.report(findings))
    assert (described.findings, described.documents, described.share) == (200, 100, 1.0)
    assert described.examples == (0, 2, 4)


def test_silencing_line_is_one_line_of_toml() -> None:
    assert silencing_line(["SEO002", "BPL012"]) == 'ignore = ["BPL012", "SEO002"]'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u202eb", "a⟨U+202E⟩b", id="bidirectional override"),
        pytest.param("\x1b[31m\r", "⟨U+001B⟩[31m⟨U+000D⟩", id="terminal escape"),
        pytest.param("tab\tline\n", "tab\tline\n", id="tabs and line feeds are layout"),
        pytest.param("x\u200dy", "x⟨U+200D⟩y", id="joiner between Latin letters"),
        pytest.param("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648", id="joiner in Persian"),
        pytest.param("\U0001f469\u200d\U0001f33e", "\U0001f469\u200d\U0001f33e", id="joiner in an emoji"),
        pytest.param("\udcff", "⟨U+DCFF⟩", id="lone surrogate"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_evidence_is_json_that_a_browser_reads_exactly() -> None:
    deep: Any = "end"
    for _ in range(20):
        deep = [deep]
    value = {"nan": math.nan, "big": 2**60, "pair": (1, True), 5: 0.123456, "deep": deep, "many": list(range(50))}
    read = plain(value)
    assert json.loads(json.dumps(read, allow_nan=False)) == read
    assert (read["nan"], read["big"], read["pair"], read["5"]) == ("nan", str(2**60), [1, True], 0.1235)
    assert read["many"][-1] == "… and 20 more"


def test_long_text_is_clipped_in_the_middle() -> None:
    assert clip("a" * 50, 30, 20) == "a" * 50
    assert clip("a" * 30 + "-" * 7 + "b" * 20, 30, 20) == "a" * 30 + " …7 characters… " + "b" * 20
    assert clip("abc", 1, 0) == "a …2 characters… "


def test_excerpt_marks_the_span_in_code_points() -> None:
    excerpt = Excerpt(7, ("before", "\U0001f34e\U0001f34e apples and pears", "  plums"), "", "")
    rows = excerpt_rows(excerpt, {"line": 8, "column": 4}, {"line": 9, "column": 8})
    assert rows == [
        (7, "before", "", ""),
        (8, "\U0001f34e\U0001f34e ", "apples and pears", ""),
        (9, "  ", "plums", ""),
    ]


def test_long_excerpt_keeps_both_ends() -> None:
    rows = excerpt_rows(Excerpt(1, ("x",) * 40, "", ""), {"line": 1, "column": 1}, {"line": 40, "column": 2})
    assert (rows[0][0], rows[-1][0], len(rows)) == (1, 40, 15)
    assert ("…", "26 lines", "", "") in rows


def test_difference_shows_what_changed_in_a_line() -> None:
    assert diff_rows("one\ntwo ripe pears\nthree\n", "one\ntwo green pears\nthree\n") == [
        (" ", "one", "", ""),
        ("-", "two ", "ripe", " pears↵"),
        ("+", "two ", "green", " pears↵"),
        (" ", "three", "", ""),
    ]


def test_difference_shows_ends_of_lines() -> None:
    assert diff_rows("end", "end\n") == [("-", "end", "", ""), ("+", "end", "↵", "")]
    assert diff_rows("a\r\n", "a\n") == [("-", "a", "⟨U+000D⟩", "↵"), ("+", "a", "", "↵")]


def test_difference_of_equal_texts_is_empty() -> None:
    assert diff_rows("a\nb", "a\nb") == diff_rows("", "") == []


def test_difference_is_bounded_however_long_the_texts() -> None:
    before = "".join(f"{i}\n" for i in range(20_000))
    rows = diff_rows(before, before.replace("7", "x"))
    assert len(rows) == 61
    assert rows[-1][0] == "…"


def test_distant_changes_have_a_gap_between_them() -> None:
    lines = [f"line {i}\n" for i in range(30)]
    rows = diff_rows("".join(lines), "".join([*lines[:3], *lines[4:25], *lines[26:]]))
    assert ("…", "17 lines", "", "") in rows
    assert [row[1] for row in rows if row[0] == "-"] == ["line 3↵", "line 25↵"]
