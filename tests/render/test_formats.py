"""Every format for machines is read back by a reader of it: that of samples, and of findings as nasty as can be."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import lxml.etree
import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content_audit.fixes import apply
from content_audit.model import Edit
from content_audit.render import FORMATS, MARKER, as_csv, chunks, sarif
from content_audit.render.places import utf8, utf16
from content_audit.render.shown import visible
from content_audit.report import Report
from content_audit.rules import CATALOGUE
from tests.conftest import ROOT, Invoke, examples, read_report, write
from tests.properties.test_outputs import read, reports

SCHEMAS = ROOT.parent / "shared" / "data" / "formats"
published = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the formats' own schemas are not beside this repository")

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LEVELS = {"error": "error", "warning": "warning", "note": "info"}
COMMENT = 65_536
"""Characters that GitHub takes for a comment."""

SAMPLES: dict[str, str | bytes] = {
    "wide.md": "---\ntitle: Frogs\nrelated: [/frogs, 🐸, /newts, /newts]\nnote: '🐸 日本'\n---\nNewts.\n",
    "na\tme|`x`<b>, a%0A::error::.md": "---\ntitle: [a\n---\nText\n",
    "clean.md": "---\ntitle: Ponds\n---\n# Ponds\n\nA pond is home to newts, frogs and toads.\n",
    "cr.md": "---\rid: 1\rid: 2\r---\rText\r",
    "bytes.md": b"---\ntitle: \xff\n---\n",
}


def text(name: str, report: Report) -> str:
    return "".join(chunks(name, report, read))


def of_bytes(data: str) -> Any:
    """JSON as it is written to a file."""
    return json.loads(data.encode("utf-8", "backslashreplace"))


@pytest.fixture
def written(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The same audit in all formats."""
    folder = write(tmp_path / "work", SAMPLES)
    monkeypatch.chdir(folder)
    options = [option for name in FORMATS for option in ("-o", f"{name}={tmp_path / name}")]
    assert invoke("check", ".", "--no-cache", "--select", "FM,REL,TXT,RUN", "-q", *options).exit_code == 1
    return {name: (tmp_path / name).read_bytes().decode("utf-8") for name in FORMATS}


def expected(written: Mapping[str, str]) -> list[tuple[str, str, int, str]]:
    """Path, code, line and severity of each finding, in order."""
    found = json.loads(written["json"])["findings"]
    assert len({each["path"] for each in found}) == len(SAMPLES) - 1
    return [(each["path"], each["code"], each["start"]["line"], each["severity"]) for each in found]


def test_json_lines_are_the_findings_of_the_report(written: Mapping[str, str]) -> None:
    lines = written["json-lines"].splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written["json"])["findings"]


def test_csv_has_a_row_for_each(written: Mapping[str, str]) -> None:
    rows = [*csv.DictReader(io.StringIO(written["csv"]))]
    found = [(row["path"].replace("⟨U+0009⟩", "\t"), row["code"], int(row["line"]), row["severity"]) for row in rows]
    assert found == expected(written)


def commands(data: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """What GitHub's runner takes for its commands, as it reads them."""
    for line in data.split("\n"):
        if match := COMMAND.fullmatch(line):
            pairs = (pair.partition("=") for pair in match[2].split(","))
            yield match[1], {key: unquoted(value) for key, _, value in pairs}, unquoted(match[3])


def unquoted(value: str) -> str:
    for escape, character in (("%2C", ","), ("%3A", ":"), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        value = value.replace(escape, character)
    return value


def test_github_runs_a_command_for_each(written: Mapping[str, str]) -> None:
    found = [*commands(written["github"])]
    levels = {"error": "error", "warning": "warning", "notice": "info"}
    said = [(each["file"], each["title"].split()[0], int(each["line"]), levels[level]) for level, each, _ in found]
    assert said == expected(written)
    assert written["github"].count("::") >= 2 * len(found)
    assert len(written["github"].splitlines()) == len(found) + 1


def gitlab_shape(rows: list[dict[str, Any]]) -> None:
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not re.match(r"\./|/|.*\\", row["location"]["path"])
        assert 1 <= row["location"]["lines"]["begin"] <= row["location"]["lines"]["end"]
        assert row["description"]
        assert row["check_name"]


def test_gitlab_has_an_object_for_each(written: Mapping[str, str]) -> None:
    rows = json.loads(written["gitlab"])
    gitlab_shape(rows)
    found = [
        (row["location"]["path"], row["description"].partition(":")[0], row["location"]["lines"]["begin"])
        for row in rows
    ]
    assert found == [(path, code, line) for path, code, line, _ in expected(written)]


def test_junit_has_a_case_for_each_and_one_for_the_clean(written: Mapping[str, str]) -> None:
    root = lxml.etree.fromstring(written["junit"].encode())
    cases = [(suite.get("name"), case) for suite in root for case in suite]
    assert root.get("tests") == str(len(cases)) == str(sum(int(suite.get("tests")) for suite in root))
    assert [name for name, case in cases if not len(case)] == ["clean.md"]
    found = [(str(name).replace("⟨U+0009⟩", "\t"), case) for name, case in cases if len(case)]
    assert [(name, case.get("name").split()[0]) for name, case in found] == [
        (path, code) for path, code, _, _ in expected(written)
    ]
    assert [case[0].tag for _, case in found] == [
        "skipped" if severity == "info" else "failure" for *_, severity in expected(written)
    ]
    assert root.get("failures") == str(sum(case[0].tag == "failure" for _, case in found))


def test_sarif_places_stand_in_code_units_and_its_fixes_apply(written: Mapping[str, str]) -> None:
    run = sarif_run(json.loads(written["sarif"]))
    data = read_report_text(written["json"])
    found = [
        (unquote(artifact(each)), each["ruleId"], region(each)["startLine"], LEVELS[each["level"]])
        for each in run["results"]
    ]
    assert found == expected(written)
    for each, finding in zip(run["results"], data["findings"], strict=True):
        source = decoded(finding["path"])
        assert between(source, region(each), utf16) == source[finding["start"]["offset"] : finding["end"]["offset"]]
        edits = finding["fix"]["edits"] if finding["fix"] else []
        told = each["fixes"][0]["artifactChanges"][0]["replacements"] if edits else []
        assert [(between(source, r["deletedRegion"], utf16), r["insertedContent"]["text"]) for r in told] == [
            (source[edit["start"] : edit["end"]], edit["text"]) for edit in edits
        ]


def read_report_text(data: str) -> dict[str, Any]:
    return dict(json.loads(data))


def decoded(name: str) -> str:
    content = SAMPLES[name]
    return content if isinstance(content, str) else content.decode("utf-8", "replace")


def artifact(result: Mapping[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def region(result: Mapping[str, Any]) -> dict[str, int]:
    return dict(result["locations"][0]["physicalLocation"]["region"])


def between(source: str, place: Mapping[str, int], size: Any) -> str:
    """The text from line and column to line and column, counted in units of that size."""
    lines = re.split(r"(?<=\r\n)|(?<=\n)|(?<=\r)(?!\n)", source)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]

    def offset(line: int, column: int) -> int:
        at = starts[line - 1]
        while size(source[starts[line - 1] : at]) < column - 1:
            at += 1
        return at

    return source[offset(place["startLine"], place["startColumn"]) : offset(place["endLine"], place["endColumn"])]


def sarif_run(data: dict[str, Any]) -> dict[str, Any]:
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert data["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == [*CATALOGUE]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    assert run["columnKind"] == "utf16CodeUnits"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert re.fullmatch(r"[0-9a-f]{16}", result["partialFingerprints"]["contentAudit/v1"])
        assert not re.search(r"[^!-~]", artifact(result))
    return dict(run)


def test_sarif_keeps_under_what_is_taken(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(work, {"a.md": "---\nid: 1\nrelated: [/a, /b, /a, /b, /b]\n---\nA\u200bB\n", "b.md": "Text"})
    url = "/" + "frog" * 1_000
    write(work, {f"{name}.txt": f"---\nurl: {url}\n---\nOn {name}.\n" for name in "cd"})
    codes = "FM001,ID002,REL001,TXT"
    monkeypatch.setattr(sarif, "MAX_RESULTS", 7)
    monkeypatch.setattr(sarif, "MAX_FIXES", 2 * sarif.EDIT)
    done = invoke("check", ".", "--no-cache", "--output-format", "sarif", "--select", codes)
    (run,) = json.loads(done.stdout)["runs"]
    found = ["REL001", "REL001", "REL001", "TXT003", "FM001", "ID002", "ID002"]
    assert [each["ruleId"] for each in run["results"]] == found
    assert ["fixes" in each for each in run["results"]] == [True, True, *[False] * 5]
    told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert [each.split(",")[0] for each in told] == ["left out: 1 finding", "left out: 2 of the fixes"]
    assert max(len(each["message"]["text"]) for each in run["results"]) < 1_000


def test_rdjson_places_stand_in_bytes(written: Mapping[str, str]) -> None:
    rows = json.loads(written["rdjson"])["diagnostics"]
    findings = json.loads(written["json"])["findings"]
    for row, finding in zip(rows, findings, strict=True):
        source, place = decoded(finding["path"]), row["location"]["range"]
        assert between(source, flat(place), utf8) == source[finding["start"]["offset"] : finding["end"]["offset"]]
        assert (row["code"]["value"], row["location"]["path"]) == (finding["code"], finding["path"])
        assert len(row["suggestions"]) == (finding["fix"] is not None)


def test_a_fix_is_one_suggestion_of_rdjson(invoke: Invoke, work: Path) -> None:
    source = "".join(f"related_article{number}: {{id: {min(number, 2)}, title: 🐸}}\n" for number in range(1, 5))
    write(work, {"a.md": f"---\ntitle: Newts\n{source}---\n"})
    options = ("-q", "--no-cache", "--select", "REL001", "-o", "rdjson=rdjson", "-o", "json=json")
    assert invoke("check", "a.md", *options).exit_code == 1
    source = (work / "a.md").read_text(encoding="utf-8")
    findings = json.loads((work / "json").read_text())["findings"]
    edits = [[Edit(**edit) for edit in finding["fix"]["edits"]] for finding in findings]
    assert len(edits[0]) > 1
    for row, each in zip(json.loads((work / "rdjson").read_text())["diagnostics"], edits, strict=True):
        (suggestion,) = row["suggestions"]
        taken = between(source, flat(suggestion["range"]), utf8)
        assert source.count(taken) == 1
        assert source.replace(taken, suggestion["text"]) == apply(source, each)


def flat(place: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    return {f"{end}{key.capitalize()}": place[end][key] for end in ("start", "end") for key in ("line", "column")}


def inline(data: str) -> list[Token]:
    tokens = MarkdownIt("gfm-like").parse(data)
    return [each for token in tokens for each in (token, *(token.children or ()))]


def test_markdown_is_a_headline_and_a_table(written: Mapping[str, str]) -> None:
    tokens = inline(written["markdown"])
    assert written["markdown"].startswith(MARKER + "\n")
    assert sum(token.type == "tr_open" for token in tokens) == len(expected(written)) + 1
    assert [token.content for token in tokens if token.type == "html_block"] == [MARKER + "\n"]
    first = [token.content for token in tokens if token.type == "inline"][5]
    assert first == "error"


def test_markdown_ends_where_a_comment_may(invoke: Invoke, tmp_path: Path) -> None:
    files = {f"{number:04}-{'long' * 20}.md": "---\nid: 1\nid: 2\n---\nText.\n" for number in range(700)}
    folder = write(tmp_path / "work", files)
    done = invoke("check", str(folder), "--no-cache", "--output-format", "markdown", "--select", "FM003,TXT")
    assert 60_000 < len(done.stdout) < COMMENT
    left_out = re.search(r"^… and ([0-9]+) findings more$", done.stdout, re.MULTILINE)
    assert left_out is not None
    assert done.stdout.count("FM003") + int(left_out[1]) == 700


@published
def test_the_published_schemas_take_the_samples(written: Mapping[str, str]) -> None:
    for name, schema in (("sarif", "sarif-schema-2.1.0.json"), ("gitlab", "gitlab-codequality.schema.json")):
        validator = jsonschema_rs.validator_for(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
        assert [error.message for error in validator.iter_errors(json.loads(written[name]))] == []
    junit = lxml.etree.XMLSchema(lxml.etree.parse(SCHEMAS / "junit-10.xsd"))
    junit.assertValid(lxml.etree.fromstring(written["junit"].encode()))


@published
@given(reports())
@examples(60)
def test_the_published_schemas_take_what_is_nasty(report: Report) -> None:
    for name, schema in (("sarif", "sarif-schema-2.1.0.json"), ("gitlab", "gitlab-codequality.schema.json")):
        validator = jsonschema_rs.validator_for(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
        assert [error.message for error in validator.iter_errors(of_bytes(text(name, report)))] == []
    junit = lxml.etree.XMLSchema(lxml.etree.parse(SCHEMAS / "junit-10.xsd"))
    junit.assertValid(lxml.etree.fromstring(text("junit", report).encode("utf-8", "backslashreplace")))


@given(reports())
@examples(100)
def test_json_of_every_kind_reads_back(report: Report) -> None:
    assert len(of_bytes(text("rdjson", report))["diagnostics"]) == len(report.findings)
    assert len(sarif_run(of_bytes(text("sarif", report)))["results"]) == len(report.findings)
    gitlab_shape(of_bytes(text("gitlab", report)))
    lines = text("json-lines", report).encode("utf-8", "backslashreplace").split(b"\n")
    assert [json.loads(line)["code"] for line in lines if line] == [finding.code for finding in report.findings]


@given(reports())
@examples(100)
def test_no_workflow_command_comes_of_a_text(report: Report) -> None:
    data = text("github", report)
    assert len([*commands(data)]) == len(report.findings) == data.count("\n") - 1
    assert [each["file"] for _, each, _ in commands(data)] == [visible(f.problem.span.path) for f in report.findings]
    assert not UNSEEN.search("".join(message for *_, message in commands(data)))


@given(reports())
@examples(100)
def test_no_cell_calculates_and_no_row_is_two(report: Report) -> None:
    rows = [*csv.reader(io.StringIO(text("csv", report), newline=""))]
    assert {len(row) for row in rows} == {11}
    assert len(rows) == len(report.findings) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@pytest.mark.parametrize("name", ["=1", "\t", "\tx", " =1", "-x"])
def test_names_that_a_spreadsheet_calculates(name: str) -> None:
    assert as_csv._text(name) == f"'{name}"


@given(reports())
@examples(100)
def test_a_comment_has_no_markup_of_others(report: Report) -> None:
    tokens = inline(text("markdown", report))
    kinds = {token.type for token in tokens if not token.type.startswith(("table", "thead", "tbody", "tr", "th", "td"))}
    assert kinds <= {
        "html_block",
        "heading_open",
        "heading_close",
        "inline",
        "text",
        "text_special",
        "paragraph_open",
        "paragraph_close",
    }
    assert sum(token.type == "tr_open" for token in tokens) == len(report.findings) + 1
    words = "".join(token.content for token in tokens if token.type in ("text", "text_special"))
    assert not re.search(r"@\w|#\d|://|www\.", words)


@given(reports())
@examples(60)
def test_junit_is_xml(report: Report) -> None:
    root = lxml.etree.fromstring(text("junit", report).encode("utf-8", "backslashreplace"))
    assert len(root.findall(".//failure")) == len(report.findings)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        pytest.param("sarif", "give FORMAT=FILE", id="no file"),
        pytest.param("sarif=", "give FORMAT=FILE", id="an empty one"),
        pytest.param("pdf=x.pdf", "give FORMAT=FILE", id="no format"),
    ],
)
def test_an_output_that_is_none_is_an_error_of_use(invoke: Invoke, work: Path, option: str, said: str) -> None:
    done = invoke("check", ".", "-o", option)
    assert done.exit_code == 2
    assert said in done.stderr


def test_the_exit_status_is_the_same_in_every_format(invoke: Invoke, work: Path) -> None:
    write(work, SAMPLES)
    for fail_on, status in (("error", 1), ("never", 0)):
        found = {
            invoke("check", ".", "--no-cache", "--output-format", name, "--fail-on", fail_on).exit_code
            for name in FORMATS
        }
        assert found == {status}


def test_a_comment_among_the_documents_is_written_again(invoke: Invoke, work: Path) -> None:
    write(work, SAMPLES)
    for _ in range(2):
        done = invoke("check", ".", "--no-cache", "-q", "-o", "markdown=comment.md", "-o", "json=audit.json")
        assert done.exit_code == 1
    assert "comment.md" not in (work / "audit.json").read_text(encoding="utf-8")


def test_outputs_get_the_folders_that_they_name(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": "---\ntitle: Newts\n---\nNewts.\n"})
    assert invoke("check", "-q", "-o", "csv=out/of/a.csv", "-o", "csv=out/of/b.csv").exit_code == 0
    assert (work / "out/of/a.csv").read_bytes() == (work / "out/of/b.csv").read_bytes()
    for name in ("out", ".", "a.md/b.csv"):
        done = invoke("check", "-q", "-o", f"csv={name}")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert f"content-audit: {name}: " in done.stderr


def test_a_document_is_not_written_over(invoke: Invoke, work: Path) -> None:
    write(work, SAMPLES)
    assert invoke("check", ".", "--no-cache", "-q", "-o", "markdown=clean.md").exit_code == 2
    assert (work / "clean.md").read_text(encoding="utf-8") == SAMPLES["clean.md"]


def test_a_fix_reports_what_is_left_in_every_format(invoke: Invoke, work: Path, tmp_path: Path) -> None:
    write(work, SAMPLES)
    target = tmp_path / "left.json"
    done = invoke("fix", ".", "--no-cache", "-o", f"json={target}")
    left = read_report(target.read_text(encoding="utf-8"))
    assert f"{len(left['findings'])} left" in done.stdout
    assert [edit["path"] for edit in left["edits"]] == ["wide.md"]
