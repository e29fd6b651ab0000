"""What the page has besides the report: texts, links, lots of equal documents, an earlier report, several."""

import json
from pathlib import Path
from typing import Any

import pytest

from content_audit.graph import MISSING, Edge
from content_audit.render.html_data import rule_pages
from content_audit.render.html_documents import MAX_SPOTS, MAX_TEXTS, Text, chosen_documents, texts_data
from content_audit.render.html_pictures import OFF_TOPIC, ONE_WAY, UNRESOLVED, clusters, groups, links, links_data
from content_audit.report.earlier import Former, compare, read_findings, read_history, with_run
from tests.render import html_samples as samples


def text_finding(code: str, start: int, end: int, *edits: tuple[int, int]) -> dict[str, Any]:
    made = [{"start": a, "end": b, "text": ""} for a, b in edits]
    return samples.finding(
        code,
        "site-navigation",
        "warning",
        "a.txt",
        "found",
        start={"line": 1, "column": 1, "offset": start},
        end={"line": 1, "column": 1, "offset": end},
        fix={"safety": "unsafe", "title": "Remove it", "edits": made} if made else None,
        fingerprint=f"{code}-{start}",
    )


def test_the_parts_of_a_text_are_the_text() -> None:
    findings = [text_finding("BPL001", 0, 4, (0, 5)), text_finding("REL001", 3, 9), text_finding("TXT001", 12, 12)]
    data = texts_data(samples.report(findings), {"a.txt": Text("Home of apples", "of apples")})["a.txt"]
    assert "".join(part[0] for part in data["parts"]) == "Home of apples"
    assert data["parts"] == [
        ["Hom", 1, [0], 1],
        ["e", 1, [1], 1],
        [" ", 1, [], 1],
        ["of a", 0, [], 1],
        ["ppl", 0, [], -1],
        ["es", 0, [2], -1],
    ]
    assert (data["after"], data["cut"]) == ("of apples", 0)


def test_a_finding_at_the_end_of_a_text_has_its_place() -> None:
    data = texts_data(samples.report([text_finding("TXT001", 5, 5)]), {"a.txt": Text("Pears", "Pears")})["a.txt"]
    assert data["parts"] == [["Pears", 0, [], -1], ["", 0, [0], -1]]
    assert data["after"] is None


def test_ends_of_lines_are_not_marked_in_a_text() -> None:
    text = Text("Pears\r\nand\u200b plums\r", "Pears\r\n")
    data = texts_data(samples.report([text_finding("REL001", 0, 7)]), {"a.txt": text})["a.txt"]
    assert [part[0] for part in data["parts"]] == ["Pears\n", "and⟨U+200B⟩ plums⟨U+000D⟩"]
    assert data["after"] == "Pears\n"


def test_texts_are_bounded() -> None:
    findings = [text_finding("REL001", n, n + 1) for n in range(400)]
    data = texts_data(samples.report(findings), {"a.txt": Text("x" * 100_000, "")})["a.txt"]
    assert (len(data["spots"]), data["cut"]) == (MAX_SPOTS, 70_000)
    assert sum(len(part[0]) for part in data["parts"]) == 30_000


def test_the_worst_documents_are_shown() -> None:
    report = samples.large(400)
    chosen = chosen_documents(report, {"BPL012"})
    assert len(chosen) == MAX_TEXTS
    worst = {f"folder-{i % 7}/document-{i:06}.md" for i in range(0, 400, 30)}
    assert set(chosen[: len(worst)]) == worst


def test_links_are_told_apart() -> None:
    report, _ = samples.small()
    edges = [
        Edge("orchards/apples.md", "b", 1, "related_article1", "id"),
        Edge("orchards/apples.md", "c", 2, "related_article11", "id"),
        Edge("c", "orchards/apples.md", 1, "related_article1", "id"),
        Edge("b", f"{MISSING}/x", 1, "related_article1", ""),
        Edge("b", "b", 2, "related_article2", "id"),
    ]
    assert {(source, target): marks for source, target, marks in links(edges, report).edges} == {
        ("orchards/apples.md", "b"): OFF_TOPIC | ONE_WAY,
        ("orchards/apples.md", "c"): 0,
        ("c", "orchards/apples.md"): 0,
        ("b", f"{MISSING}/x"): UNRESOLVED,
    }


def test_links_are_counted_between_groups() -> None:
    edges = [Edge("a", "b", 1, "r1", "id"), Edge("a", f"{MISSING}7", 2, "r2", ""), Edge("z", "a", 1, "r1", "id")]
    data = links_data(links(edges, samples.report([])), {"a": 0, "b": 1}, ["Fruit", "Roots"])
    assert data["between"] == [[0, 1, 1, 0, 0, 1], [0, 3, 1, 0, 1, 0]]
    assert (data["source"], data["target"], data["marks"], data["absent"]) == ([0, 0], [1, -1], "42", ["7"])


def test_a_small_collection_is_drawn_by_document() -> None:
    documents = [{"path": f"{n}.md", "title": f"T{n}", "subject": f"S{n % 3}"} for n in range(40)]
    found = links([Edge("0.md", f"{n}.md", n, "r1", "id") for n in range(20, 40)], samples.report([]))
    assert groups(documents[:3], found) == ["T0", "T1", "T2"]
    assert set(groups(documents, found)) == {"S0", "S1", "S2"}
    of_one_subject = groups([{**each, "subject": "S"} for each in documents], found)
    assert of_one_subject.count("other documents") == 25
    assert of_one_subject[0] == "T0"


def test_lots_of_equal_documents() -> None:
    def alike(path: str, other: str, similarity: float) -> dict[str, Any]:
        place = {"path": other, "start": samples.place(1), "end": samples.place(1), "message": "nearly the same text"}
        evidence = {"similarity": similarity}
        return samples.finding(
            "DUP002", "near-duplicate-document", "warning", path, "m", evidence=evidence, related=[place]
        )

    found = clusters(samples.report([alike("b", "a", 0.9), alike("c", "b", 0.85), alike("y", "x", 0.8)]))
    assert found == [
        {"size": 3, "members": ["a", "b", "c"], "edges": [[0, 1, 0.9], [1, 2, 0.85]]},
        {"size": 2, "members": ["x", "y"], "edges": [[0, 1, 0.8]]},
    ]


def test_what_was_new_fixed_unchanged() -> None:
    one = Former("REL001", "duplicate-related-link", "error", "a.md")
    other = Former("SEO002", "description-length", "warning", "b.md")
    earlier = {"1": one, "2": one, "3": other, "4": one}
    found = compare(earlier, ["1", "9"], ["4"], {"REL001"})
    assert (found.new, found.fixed, found.unchanged) == (frozenset({"9"}), (one,), 2)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "audit.json"
    file.write_text(text, encoding="utf-8")
    return file


REPORT = """{
 "version": 1,
 "summary": {
  "known": KNOWN
 },
 "findings": [
  {"code": "REL001", "name": "duplicate-related-link", "severity": "error", "path": "a \\"b\\".md", "start": {}, \
"fingerprint": "0123456789abcdef"},
  {"code": "TXT001", "name": "missing-final-newline", "severity": "info", "path": "c.md", "start": {}, \
"fingerprint": "0000456789abcdef"}
 ]
}
"""


def test_an_earlier_report_is_read(tmp_path: Path) -> None:
    found = read_findings(written(tmp_path, REPORT.replace("KNOWN", "0")))
    assert found == {
        "0123456789abcdef": Former("REL001", "duplicate-related-link", "error", 'a "b".md'),
        "0000456789abcdef": Former("TXT001", "missing-final-newline", "info", "c.md"),
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(REPORT.replace("KNOWN", "3"), id="has only what was new"),
        pytest.param(json.dumps({"version": 1, "findings": []}), id="on one line"),
        pytest.param(
            REPORT.replace("KNOWN", "0").replace('"code": "REL001", ', '\n"code": "REL001",\n'), id="laid out anew"
        ),
        pytest.param("", id="empty"),
        pytest.param("\x00\xff[" * 99, id="noise"),
        pytest.param(REPORT.replace("KNOWN", "0").replace("a \\", "a" * 5_000 + "\\"), id="a line without end"),
    ],
)
def test_what_is_no_report_to_compare_with(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content_audit.report.earlier.MAX_LINE", 2_000)
    assert read_findings(written(tmp_path, text)) is None
    assert read_findings(tmp_path / "nothing.json") is None


def test_history_keeps_what_runs_wrote_and_nothing_else(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for n in range(70):
        rows = with_run(rows, f"2031-05-01T10:00:{n % 60:02}+00:00", samples.large(n)["summary"])
    assert (len(rows), rows[-1]["documents"]) == (60, 69)
    file = tmp_path / "history.json"
    bad = [{"time": "<b>", "documents": 1}, 7, {**rows[0], "errors": -1}, {**rows[0], "time": "x"}]
    file.write_text(json.dumps([*bad, *rows]), encoding="utf-8")
    assert read_history(file) == rows
    file.write_text("[" * 100_000, encoding="utf-8")
    assert read_history(file) == []


def test_rules_say_why() -> None:
    pages = rule_pages(["REL001", "REL008", "XXX999"])
    assert [*pages] == ["REL001", "REL008"]
    assert [title for title, _ in pages["REL001"]["sections"]][:2] == ["Why", "Fix safety"]
    assert (pages["REL001"]["alone"], pages["REL008"]["alone"]) == (True, False)
