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

from content_audit.render import html_data
from content_audit.render.html import Beside, Part, detailed_findings, overflows, render_html, shown_findings
from content_audit.render.html_overview import common_folder, first_steps, score
from content_audit.render.html_text import MAX_DIFF_ROWS, Excerpt, clip, diff_rows, excerpt_rows, plain
from content_audit.render.shown import visible
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
    assert len(hostile.select("script:not([type])")) == len(small.select("script:not([type])")) == 1
    assert not hostile.find_all("img")


def test_no_address_of_the_page_comes_from_data() -> None:
    soup = parsed(*samples.hostile())
    assert {element["href"] for element in soup.select("[href]")} == {"#results", "data:,"}
    assert not soup.select("[src], [action], [style], [srcdoc]")
    assert not [name for element in soup.find_all() for name in element.attrs if name.startswith("on")]


def test_hostile_values_arrive_whole() -> None:
    report, excerpts = samples.hostile()
    messages = embedded(parsed(report, excerpts))["findings"]["message"]
    assert sorted(messages) == sorted(visible(value) for value in samples.HOSTILE)


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
    addresses = re.findall(r"(?:https?:)?//[a-z][^\"]*", page)
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}  # a name, which nothing asks for


def test_overview_counts_all_findings() -> None:
    soup = parsed(*samples.small())
    assert one(soup, "h1").text == "3 errors to put right"
    lead = " ".join(one(soup, ".lead").text.split())
    assert "5 of 8 documents have findings: 3 errors, 4 warnings, 2 infos." in lead
    assert "4 can be fixed safely, 3 with a review. 922 words (12.8 %)" in lead
    assert one(soup, ".score strong").text == "56"


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


def test_a_rule_on_every_document_is_shown_once() -> None:
    data = embedded(parsed(samples.large(120)))
    (described,) = data["properties"]
    assert (described["code"], described["silence"]) == ("BPL012", 'ignore = ["BPL012"]')
    assert len(described["examples"]) == 3
    assert listed_codes(data) == ["REL001"] * 40 + ["SEO002"] * 12 + ["BPL012"] * 3


def listed_codes(data: Mapping[str, Any]) -> list[str]:
    return [data["rules"][rule][0] for rule in data["findings"]["rule"]]


def test_of_many_findings_every_rule_has_some_and_the_worst_have_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_data, "MAX_LISTED", 30)
    monkeypatch.setattr(html_data, "RULE_FLOOR", 4)
    report = samples.large(120)
    codes = [report["findings"][position]["code"] for position in shown_findings(report)]
    assert {code: codes.count(code) for code in set(codes)} == {"BPL012": 3, "SEO002": 4, "REL001": 23}
    soup = BeautifulSoup(render_html(report, {}, parts=[Part("folders/0.html", "<b>", 7)]), "lxml")
    assert "30 of 172 findings" in one(soup, "#truncated").text
    assert sorted(listed_codes(embedded(soup))) == sorted(codes)
    assert embedded(soup)["total"] == 172
    assert [(link["href"], link.text) for link in soup.select(".parts a")] == [("folders/0.html", "<b>")]
    assert overflows(report)


def test_of_equal_rules_none_crowds_out_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_data, "RULE_FLOOR", 1)
    many = [samples.finding("REL001", "duplicate-related-link", "error", f"{i}.md", "twice") for i in range(90)]
    few = [samples.finding("ID001", "duplicate-id", "error", f"{i}.md", "one id") for i in range(9)]
    report = samples.report([*many, *few], (f"{i}.md" for i in range(200)))
    codes = [report["findings"][position]["code"] for position in detailed_findings(report, 20)]
    assert (len(codes), codes.count("ID001")) == (20, 9)


def test_findings_without_details_are_told_of() -> None:
    soup = BeautifulSoup(render_html(samples.large(120), {}, most_detailed=10), "lxml")
    assert "shown for 10 of the findings" in one(soup, "#undetailed").text
    details = embedded(soup)["detail"]
    assert (len(details), sum(1 for number in details if number >= 0)) == (55, 10)


def test_documents_beyond_the_bound_are_left_out_but_for_those_with_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_data, "MAX_DOCUMENTS", 45)
    data = embedded(parsed(samples.large(120)))
    assert 45 <= len(data["documents"]["name"]) < 60
    assert sum(errors for errors, _, _ in data["documents"]["count"]) == 40
    assert data["total_documents"] == 120


def test_a_small_page_is_whole() -> None:
    assert not parsed(*samples.small()).select("#truncated, #undetailed, .parts")


def test_first_comes_what_one_safe_command_clears() -> None:
    report = samples.large(120)
    for each in report["findings"]:
        if each["code"] == "SEO002":
            each["fix"] = samples.fix("safe", "Shorten it")
    steps, _ = first_steps(report, {"BPL012"})
    assert [(step.code, step.findings, step.documents) for step in steps] == [("SEO002", 12, 12), ("REL001", 40, 40)]
    assert steps[0].command == "content-audit fix --select SEO002 ."
    assert steps[1].command == "content-audit check --select REL001 ."


def test_first_are_three_rules() -> None:
    report, _ = samples.small()
    codes = [step.code for step in first_steps(report, ())[0]]
    assert len(codes) == len(set(codes)) == 3


def test_after_three_commands_comes_the_most_that_no_command_can_do() -> None:
    report = samples.large(120)
    codes = ("REL002", "REL003", "REL006")
    fixed = [
        samples.finding(code, "link", "error", f"{n}.md", "m", fix=samples.fix("safe", "x"))
        for code in codes
        for n in range(9)
    ]
    steps, by_hand = first_steps(samples.report([*report["findings"], *fixed]), {"BPL012"})
    assert sorted(step.code for step in steps) == [*codes]
    assert by_hand
    assert (by_hand.code, by_hand.findings) == ("REL001", 40)
    assert first_steps(samples.report(fixed), ())[1] is None
    assert first_steps(report, {"BPL012"})[1] is None


def test_the_page_says_when_it_was_made() -> None:
    beside = Beside(history=[{"time": "2031-05-01T10:00:59+00:00", **samples.report([])["summary"]}])
    text = BeautifulSoup(render_html(samples.report([]), {}, beside), "lxml").footer
    assert text
    assert ", 2031-05-01 10:00 UTC, " in text.get_text()


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        pytest.param(["a/b/c.md", "a/b/d/e.md"], "a/b", id="shared"),
        pytest.param(["a.md", "b/c.md"], ".", id="working folder"),
        pytest.param([], ".", id="none"),
        pytest.param(["-x/a.md"], "./-x", id="like an option"),
        pytest.param(["/a/b.md", "c.md"], ".", id="nothing shared"),
        pytest.param(["a\u202e/b.md"], "", id="what nobody sees is not copied into a shell"),
    ],
)
def test_the_folder_that_commands_name(paths: list[str], folder: str) -> None:
    assert common_folder(paths) == folder


def test_commands_are_quoted() -> None:
    finding = samples.finding(
        "REL001", "duplicate-related-link", "error", "a b;$(x)/c.md", "m", fix=samples.fix("safe", "x")
    )
    (step,), _ = first_steps(samples.report([finding]), ())
    assert step.command == "content-audit fix --select REL001 'a b;$(x)'"


def test_score_counts_documents() -> None:
    report = samples.large(120)
    assert score(report, {"BPL012"}) == 63
    assert score(samples.report([], ["a.md"]), ()) == 100
    one_warning = [samples.finding("SEO002", "description-length", "warning", "0.md", "long")]
    assert score(samples.report(one_warning, (f"{i}.md" for i in range(1000))), ()) == 99


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
    excerpt = Excerpt(7, ("before", "\U0001f34e\U0001f34e apples and pears", "  plums"))
    rows = excerpt_rows(excerpt, {"line": 8, "column": 4}, {"line": 9, "column": 8})
    assert rows == [
        (7, "before", "", ""),
        (8, "\U0001f34e\U0001f34e ", "apples and pears", ""),
        (9, "  ", "plums", ""),
    ]


def test_long_excerpt_keeps_both_ends() -> None:
    rows = excerpt_rows(Excerpt(1, ("x",) * 40), {"line": 1, "column": 1}, {"line": 40, "column": 2})
    assert (rows[0][0], rows[-1][0], len(rows)) == (1, 40, 15)
    assert ("…", "26 lines", "", "") in rows


def test_difference_shows_what_changed_in_a_line() -> None:
    assert diff_rows(("one\ntwo ripe pears\nthree\n", "one\ntwo green pears\nthree\n")) == [
        (" ", "one", "", ""),
        ("-", "two ", "ripe", " pears↵"),
        ("+", "two ", "green", " pears↵"),
        (" ", "three", "", ""),
    ]


def test_difference_marks_words_not_what_stands_between_them() -> None:
    removed, added = diff_rows(("the old gate is by the mill\n", "the new gate was by the mill\n"))
    assert removed == ("-", "the ", "old", " gate ", "is", " by the mill↵")
    assert added == ("+", "the ", "new", " gate ", "was", " by the mill↵")


def test_a_very_long_line_is_compared_by_its_ends() -> None:
    before = "start " + "word " * 2_000 + "end"
    removed, added = diff_rows((before, before.replace("word", "name")))
    assert (removed[1], added[1]) == ("start ", "start ")
    assert len(removed) == 4
    assert "characters…" in removed[2]


def test_difference_shows_ends_of_lines() -> None:
    assert diff_rows(("end", "end\n")) == [("-", "end", "", ""), ("+", "end", "↵", "")]
    assert diff_rows(("a\r\n", "a\n")) == [("-", "a", "⟨U+000D⟩", "↵"), ("+", "a", "", "↵")]


def test_difference_shows_what_went_and_not_what_looks_like_it() -> None:
    gone, stays = "b4:\n  id: 1\n", "b5:\n"
    rows = diff_rows((gone, ""), (stays, "b4:\n"), ("  id: 2\n", "  id: 2\n"))
    assert [(row[0], "".join(row[1:])) for row in rows] == [
        ("-", "b4:↵"),
        ("-", "  id: 1↵"),
        ("-", "b5:↵"),
        ("+", "b4:↵"),
        (" ", "  id: 2"),
    ]


def test_difference_leaves_out_no_single_line() -> None:
    rows = diff_rows(("a\n1\n2\n3\n4\n5\nb\n", "x\n1\n2\n3\n4\n5\ny\n"))
    assert [row[1] for row in rows if row[0] == " "] == ["1", "2", "3", "4", "5"]
    rows = diff_rows(("a\n1\n2\n3\n4\n5\n6\nb\n", "x\n1\n2\n3\n4\n5\n6\ny\n"))
    assert [row[1] for row in rows if row[0] in (" ", "…")] == ["1", "2", "2 lines", "5", "6"]


def test_difference_of_equal_texts_is_empty() -> None:
    assert diff_rows(("a\nb", "a\nb")) == diff_rows(("", "")) == []


def test_difference_is_bounded_however_long_the_texts() -> None:
    before = "".join(f"{i}\n" for i in range(20_000))
    rows = diff_rows((before, before.replace("7", "x")))
    assert len(rows) == MAX_DIFF_ROWS + 1
    assert rows[-1][0] == "…"


def test_distant_changes_have_a_gap_between_them() -> None:
    lines = [f"line {i}\n" for i in range(30)]
    rows = diff_rows(("".join(lines), "".join([*lines[:3], *lines[4:25], *lines[26:]])))
    assert ("…", "17 lines", "", "") in rows
    assert [row[1] for row in rows if row[0] == "-"] == ["line 3↵", "line 25↵"]
