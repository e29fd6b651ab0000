"""The commands that write: fix, clean and the report's folder."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli_samples import CLEAN, FIXED, HTML, PAGE, PLACEHOLDER
from tests.conftest import Invoke, contents, read_report, run_tool, without_seconds, write


def test_report_folder(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "sub/b.html": HTML})
    result = invoke("check", ".", "--report", "out", "--output-format", "json")
    assert result.exit_code == 1
    found = contents(work / "out")
    assert {name for name in found if not name.startswith("cleaned/")} == {"index.html", "audit.json", "history.json"}
    assert without_seconds(read_report(found["audit.json"].decode())) == without_seconds(read_report(result.stdout))
    assert set(found) >= {"cleaned/a.md", "cleaned/sub/b.md", "cleaned/ledger.json"}
    assert found["cleaned/a.md"] == FIXED.encode()
    assert found["index.html"].startswith(b"<!doctype html>") or found["index.html"].startswith(b"<!DOCTYPE html>")
    again = invoke("check", ".", "--report", "out", "--output-format", "json")
    assert read_report(again.stdout)["documents"] == read_report(result.stdout)["documents"]
    assert contents(work)["a.md"] == PAGE.encode()


def test_fix_repairs_in_place(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "b.md": PLACEHOLDER})
    before = (work / "b.md").stat().st_mtime_ns
    result = invoke("fix", "--select", "REL001,BPL012")
    assert result.exit_code == 0
    assert contents(work) == {"a.md": FIXED.encode(), "b.md": PLACEHOLDER.encode()}
    assert (work / "b.md").stat().st_mtime_ns == before
    assert result.stdout.endswith("1 fixed, 1 left (1 with --unsafe)\n")
    assert invoke("fix", "--select", "REL001,BPL012", "--unsafe").stdout.endswith("1 fixed, 0 left (0 with --unsafe)\n")
    assert b"&nbsp;" not in contents(work)["b.md"]
    assert invoke("fix", "--select", "REL001,BPL012", "--unsafe").stdout.endswith("0 fixed, 0 left (0 with --unsafe)\n")


def test_fix_keeps_the_mode_and_leaves_no_other_file(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE})
    (work / "a.md").chmod(0o640)
    invoke("fix")
    assert (work / "a.md").stat().st_mode & 0o777 == 0o640
    assert set(contents(work)) == {"a.md"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_diff_is_one_that_patch_applies(invoke: Invoke, work: Path, line_end: str) -> None:
    text = PAGE.replace("title: Apples", "title: Apples\u2028").replace("\n", line_end).removesuffix(line_end)
    write(work, {"a.md": text})
    result = invoke("fix", "--diff")
    assert contents(work) == {"a.md": text.encode()}
    (work / "fix.diff").write_bytes(result.stdout_bytes)
    subprocess.run(["git", "apply", "-p1", "--verbose", "fix.diff"], cwd=work, check=True, capture_output=True)
    expected = FIXED.replace("title: Apples", "title: Apples\u2028").replace("\n", line_end)
    assert contents(work)["a.md"] == expected.encode()


def test_fix_tells_its_edits_in_the_offsets_of_the_original(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE.removesuffix("\n"), "b.md": CLEAN})
    result = invoke("fix", "--output-format", "json")
    data = read_report(result.stdout)
    text = PAGE.removesuffix("\n")
    for edit in sorted(data["edits"], key=lambda edit: -edit["start"]):
        assert edit["path"] == "a.md"
        assert edit["codes"] == ["REL001", "TXT001"]
        text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    assert text == FIXED
    assert contents(work)["a.md"] == FIXED.encode()
    assert "2 fixed, " in result.stderr


def test_fix_ends_like_a_check_of_what_it_left(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE + "\ufffe", "b.md": "---\na: 1\na: 2\n---\n"})
    fixed = invoke("fix", "--output-format", "json")
    checked = invoke("check", "--output-format", "json")
    assert fixed.exit_code == checked.exit_code == 1
    assert read_report(fixed.stdout)["findings"] == read_report(checked.stdout)["findings"]


def test_clean_writes_all_beside_the_originals(invoke: Invoke, work: Path) -> None:
    given = {
        "a.md": PAGE,
        "sub/deep/b.txt": CLEAN,
        "sub/c.html": HTML,
        "sub/d.html": HTML,
        "sub/d.md": CLEAN,
        "README.md": "x",
    }
    write(work, given)
    first = invoke("clean", ".", "--output", "out")
    assert first.exit_code == 0
    found = contents(work / "out")
    assert set(found) == {"a.md", "sub/deep/b.txt", "sub/c.md", "sub/d.html.md", "sub/d.md", "ledger.json"}
    assert found["a.md"] == FIXED.encode()
    assert found["sub/deep/b.txt"] == CLEAN.encode()
    assert found["sub/c.md"].startswith(b"---\ntitle: Drying plums\n")
    assert b"Turn them every evening" in found["sub/c.md"]
    assert b"About" not in found["sub/c.md"]
    assert {name: data for name, data in contents(work).items() if not name.startswith("out/")} == {
        name: text.encode() for name, text in given.items()
    }
    again = invoke("clean", ".", "--output", "out")
    assert again.stdout == first.stdout
    assert contents(work / "out") == found


def test_ledger_says_what_went_and_why(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "b.html": HTML})
    invoke("clean", ".", "--output", "out", "--select", "REL001")
    ledger = json.loads((work / "out" / "ledger.json").read_text(encoding="utf-8"))
    rows = {row["path"]: row for row in ledger["documents"]}
    assert rows["b.html"]["output"] == "b.md"
    assert rows["b.html"]["edits"] == []
    removal, renumbering = rows["a.md"]["edits"]
    assert removal["code"] == renumbering["code"] == "REL001"
    assert removal["reason"] == "related_article2 repeats related_article1 (id 2)"
    assert removal["removed"] == "related_article2: {id: 2, title: Pears, url: /learn/fruit/pears}\n"
    assert PAGE[removal["start"] : removal["end"]] == removal["removed"]
    assert (renumbering["removed"], renumbering["text"]) == ("3", "2")


@pytest.mark.parametrize("output", ["{tmp}/elsewhere", "{tmp}/content/out", "{tmp}/content/out[1]"])
def test_clean_twice_does_not_read_its_own_output(invoke: Invoke, tmp_path: Path, output: str) -> None:
    """The folder cleaned need not be the working folder, and its name may hold a glob's signs."""
    write(tmp_path / "content", {"a.md": PAGE, "sub/b.md": CLEAN})
    target = Path(output.format(tmp=tmp_path))
    for _ in range(2):
        assert invoke("clean", tmp_path / "content", "--output", target).exit_code == 0
        assert set(contents(target)) == {"a.md", "sub/b.md", "ledger.json"}


def test_clean_writes_several_folders_side_by_side(invoke: Invoke, work: Path) -> None:
    write(work, {"one/a.md": PAGE, "two/a.md": CLEAN})
    assert invoke("clean", "one", "two", "--output", "out").exit_code == 0
    assert set(contents(work / "out")) == {"one/a.md", "two/a.md", "ledger.json"}


@pytest.mark.parametrize("output", ["content", "content/sub", ".", "link"])
def test_clean_writes_over_no_source(invoke: Invoke, work: Path, output: str) -> None:
    given = {"content/a.md": PAGE, "content/sub/b.md": PAGE.replace("id: 1\n", "id: 9\n")}
    write(work, given)
    (work / "link").symlink_to(work / "content")
    result = invoke("clean", "content", "--output", output)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert {n: d for n, d in contents(work).items() if n.startswith("content/")} == {
        n: t.encode() for n, t in given.items()
    }


def test_a_file_in_the_place_of_the_output_is_one_line(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "out": "mine"})
    result = invoke("clean", ".", "--output", "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert contents(work)["out"] == b"mine"


def _page(title: str, *paragraphs: str, url: str = "") -> str:
    said = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    link = f'<link rel="canonical" href="{url}">' if url else ""
    head = f"<!doctype html>\n<html><head><title>{title}</title>{link}</head>"
    return f"{head}\n<body><h1>{title}</h1>\n{said}</body></html>\n"


SITE_LINES = (
    "For four hungry persons from one garden",
    "Cooked and written down by the neighbours",
    "Nothing goes to waste in our kitchen",
    "Measured with cups, spoons and a thumb",
    "Best on the evening of the day",
)
DISHES = {
    "soup": (
        "Nettle soup",
        "Young nettles are picked with gloves before they flower in June, and washed with the gloves still on.",
    ),
    "stew": (
        "Bean stew",
        "Dried beans are soaked for a whole night, then cooked without salt until the skins begin to give.",
    ),
    "cake": (
        "Carrot cake",
        "Carrots are grated finely so that no piece is felt in the crumb, and pressed dry in a cloth.",
    ),
    "jam": (
        "Quince jam",
        "Quinces are rubbed with a cloth until nothing is left of their down, then cut with the heaviest knife.",
    ),
    "salad": (
        "Pea salad",
        "Peas are taken from the water as soon as they float, and cooled at once, or they turn grey.",
    ),
}
SITE = {
    f"{name}.html": _page(*said, *SITE_LINES, url=f"https://garden.example/{name}") for name, said in DISHES.items()
}


def test_clean_takes_the_lines_of_the_site_out_of_pages(invoke: Invoke, work: Path) -> None:
    write(work, SITE)
    assert invoke("clean", ".", "--output", "out").exit_code == 0
    found = contents(work)
    ledger = json.loads(found["out/ledger.json"])
    assert len(ledger["documents"]) == len(SITE)
    for row in ledger["documents"]:
        cleaned = found[f"out/{row['output']}"].decode()
        own = re.findall(r"<p>(.*?)</p>", SITE[row["path"]])[0]
        assert cleaned.endswith(f"---\n\n{own}\n")
        (edit,) = row["edits"]
        assert (row["converted"], edit["code"]) == ("HTML to Markdown", "BPL010")
        assert all(line in edit["removed"] for line in SITE_LINES)
        assert cleaned[: edit["start"]] + edit["removed"] + cleaned[edit["start"] :] == _converted(work, row["path"])
    assert {name: found[name] for name in SITE} == {name: text.encode() for name, text in SITE.items()}


def _converted(work: Path, name: str) -> str:
    from content_audit.parse.html import to_markdown

    return to_markdown((work / name).read_text())


def test_check_shows_the_lines_of_the_site_in_pages(invoke: Invoke, work: Path) -> None:
    write(work, SITE)
    findings = read_report(invoke("check", ".", "--select", "BPL010", "--output-format", "json").stdout)["findings"]
    assert [(f["path"], f["start"]["line"], f["fix"]) for f in findings] == [(name, 5, None) for name in sorted(SITE)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_clean_converts_many_pages_alike(invoke: Invoke, work: Path, jobs: str) -> None:
    pages = {f"{n}.html": _page(f"Bed {n}", f"In bed {n} stand {n * 7} beans beside the old fence.") for n in range(20)}
    write(work, {**pages, "broken.html": ""})
    (work / "broken.html").write_bytes(b"<!doctype html><p>\xff</p>")
    assert invoke("clean", ".", "--output", "out", "--jobs", jobs).exit_code == 0
    found = contents(work)
    for name in pages:
        assert found[f"out/{name.replace('.html', '.md')}"].decode() == _converted(work, name)
    assert found["out/broken.html"] == b"<!doctype html><p>\xff</p>"


def test_a_page_that_is_not_converted_is_named_whatever_the_index_knows(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def convert(text: str) -> str:
        raise LookupError("no such node")

    write(work, {"a.md": CLEAN, "b.html": HTML})
    invoke("check", ".")
    monkeypatch.setattr("content_audit.parse.html.to_markdown", convert)
    result = invoke("clean", ".", "--output", "out", "--jobs", "1")
    assert result.exit_code == 2
    said = "b.html: the conversion failed on this document: LookupError: no such node"
    assert said in result.stderr
    assert contents(work)["out/b.html"] == HTML.encode()
    assert contents(work)["out/a.md"] == CLEAN.encode()
    assert said in invoke("check", ".", "--report", "out2", "--jobs", "1").stderr
    assert said not in invoke("clean", "a.md", "--output", "out3").stderr


@pytest.mark.parametrize("command", [["clean", ".", "--output", "out"], ["check", ".", "--report", "out"]])
def test_later_runs_leave_the_output_of_earlier_ones_alone(invoke: Invoke, work: Path, command: list[str]) -> None:
    write(work, {"a.md": CLEAN, "b.html": HTML})
    invoke(*command)
    later = invoke("check", ".")
    assert "out: output of an earlier run, not read" in later.stderr
    assert later.stdout.splitlines()[-1].startswith("2 documents: ")
    assert "not read" not in invoke(*command).stderr
    (work / "other").mkdir()
    (work / "other" / "ledger.json").write_text("{}")
    write(work, {"other/c.md": CLEAN.replace("a", "e")})
    assert invoke("check", "other").stdout.splitlines()[-1].startswith("1 document: ")
    named = invoke("check", ".", "out").stdout.splitlines()[-1]
    assert int(named.split()[0]) > 3


@pytest.mark.parametrize(
    ("stale", "left"),
    [
        pytest.param("{id: 2, title: Dragonflies, url: /newts}", True, id="another title may mean another page"),
        pytest.param("{id: 5, title: Newts, url: /newts}", True, id="so may another id"),
        pytest.param("{id: 1, title: Newts, url: /gone}", True, id="one that would lead back to the document"),
        pytest.param("{id: 2, title: Newts, url: /newts}", False, id="an equal record says nothing more"),
    ],
)
def test_no_safe_fix_makes_way_for_the_removal_of_what_was_not_safe_to_remove(
    invoke: Invoke, tmp_path: Path, stale: str, left: bool
) -> None:
    row = f"related_article1: {{id: 2, title: Newts, url: /newts}}\nrelated_article2: {stale}\n"
    folder = write(tmp_path / "ponds", {"a.md": f"---\nid: 1\ntitle: Ponds\nurl: /ponds\n{row}---\n"})
    write(folder, {"newts.md": "---\nid: 2\ntitle: Newts\nurl: /newts\n---\n"})
    invoke("fix", str(folder), "--select", "REL")
    assert (stale in (folder / "a.md").read_text().partition("related_article2")[2]) == left


@pytest.mark.parametrize(
    ("items", "goes"),
    [
        pytest.param("  - /newts\n  # the editor wants it twice\n  - /newts\n", False, id="above it"),
        pytest.param("  - /newts\n  - /newts # twice, see the plan\n", False, id="on its line"),
        pytest.param("  - url: /newts\n  - url: /newts\n    # for the spring\n", False, id="further in below it"),
        pytest.param("  - /newts\n  # the pond, once more\n  - /newts\n  - /toads\n", False, id="it may head the rest"),
        pytest.param("  # newts\n  - /newts\n  - /newts\n  # toads\n  - /toads\n", True, id="about others"),
        pytest.param(2 * "  - {url: /newts, title: 'Pond #2, # two'}\n", True, id="no comment but a text"),
    ],
)
def test_a_comment_is_not_removed_unasked(invoke: Invoke, tmp_path: Path, items: str, goes: bool) -> None:
    text = f"---\ntitle: Ponds\nrelated:\n{items}---\n"
    folder = write(tmp_path / "ponds", {"a.md": text})
    invoke("fix", str(folder), "--select", "REL001")
    assert ((folder / "a.md").read_text() != text) == goes
    invoke("fix", str(folder), "--select", "REL001", "--unsafe")
    assert (folder / "a.md").read_text() != text


def test_a_report_of_more_than_one_page_lists(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content_audit.render.html_data.MAX_LISTED", 3)
    write(work, {f"in/{folder}/{n}.md": PAGE for folder in ("a", "b/c", "b/d") for n in range(2)})
    assert invoke("check", "in", "--report", "out").exit_code == 1
    found = contents(work / "out")
    assert {"folders/0.html", "folders/1.html"} <= found.keys()
    assert "folders/2.html" not in found
    page = (work / "out/index.html").read_text(encoding="utf-8")
    assert '<a href="folders/1.html">in/b</a>' in page
    assert '<a href="../index.html">' in (work / "out/folders/1.html").read_text(encoding="utf-8")
    data = page_data(work / "out/folders/1.html")
    assert data["documents"]["folders"] == ["in/b/c", "in/b/d"]


def test_pages_of_a_larger_run_go_and_nothing_else(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(work, {f"in/{folder}/{n}.md": PAGE for folder in ("a", "b", "c") for n in range(2)})
    monkeypatch.setattr("content_audit.render.html_data.MAX_LISTED", 3)
    invoke("check", "in", "--report", "out")
    pages = work / "out/folders"
    assert sorted(page.name for page in pages.iterdir()) == ["0.html", "1.html", "2.html"]
    (pages / "2.html").rename(work / "page.html")
    (pages / "2.html").symlink_to(work / "page.html")
    shutil.copy(work / "page.html", pages / "7.html")
    shutil.copy(work / "page.html", pages / "mine.html")
    write(pages, {"8.html": "<!doctype html><p>Mine too."})
    for n in range(2):
        (work / f"in/c/{n}.md").unlink()
    invoke("check", "in", "--report", "out")
    assert sorted(page.name for page in pages.iterdir()) == ["0.html", "1.html", "2.html", "8.html", "mine.html"]
    monkeypatch.setattr("content_audit.render.html_data.MAX_LISTED", 100)
    for name in ("2.html", "8.html", "mine.html"):
        (pages / name).unlink()
    invoke("check", "in", "--report", "out")
    assert not pages.exists()


def test_a_page_that_no_report_wrote_is_left_alone(invoke: Invoke, work: Path) -> None:
    write(work, {"in/a.md": CLEAN, "site/index.html": "<p>Mine."})
    done = invoke("check", "in", "--report", "site")
    assert (done.exit_code, [*contents(work / "site")]) == (2, ["index.html"])
    assert "an index.html that no report wrote" in done.stderr
    invoke("check", "in", "--report", "new")
    assert invoke("check", "in", "--report", "new").exit_code != 2


def test_a_report_is_compared_with_the_baseline(invoke: Invoke, work: Path) -> None:
    write(work, {"in/a.md": PAGE, "in/b.md": PAGE.replace("id: 1", "id: 9").replace("Apples", "Figs")})
    invoke("baseline", "create", "in")
    known = len((work / "content-audit-baseline.txt").read_text(encoding="utf-8").splitlines()) - 1
    (work / "in/a.md").rename(work / "in/c.md")
    (work / "in/b.md").write_text(FIXED, encoding="utf-8")
    found = read_report(invoke("check", "in", "--report", "out", "--output-format", "json").stdout)
    page = (work / "out/index.html").read_text(encoding="utf-8")
    new, left = len(found["findings"]), found["summary"]["known"]
    assert 0 < left < known
    assert f"{new} new, {known - left} fixed, {left} unchanged" in page


def test_a_report_is_compared_with_the_one_before(invoke: Invoke, work: Path) -> None:
    write(work, {"in/a.md": PAGE})
    invoke("check", "in", "--report", "out")
    assert "Since the earlier report" not in (work / "out/index.html").read_text(encoding="utf-8").partition("<nav")[0]
    (work / "in/a.md").write_text(FIXED, encoding="utf-8")
    invoke("check", "in", "--report", "out")
    lead = (work / "out/index.html").read_text(encoding="utf-8").partition("<nav")[0]
    assert "0 new, " in lead
    assert " 0 fixed" not in lead
    rows = json.loads((work / "out/history.json").read_bytes())
    assert [row["documents"] for row in rows] == [1, 1]
    assert rows[0]["errors"] > rows[1]["errors"]


def page_data(page: Path) -> dict[str, Any]:
    text = page.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    return found


def test_reports_kept_elsewhere_make_the_trend(invoke: Invoke, work: Path) -> None:
    texts = [PAGE, PAGE.replace("id: 1", "id: 8"), FIXED]
    for year, text in zip((2030, 2031, 2032), texts, strict=True):
        write(work, {"in/a.md": text})
        invoke("check", "in", "-o", f"json={year}.json")
    (work / "2032.json").unlink()
    (work / "link.json").symlink_to("2031.json")
    named = [word for name in ("2030.json", "link.json") for word in ("--earlier", name)]
    found = invoke("check", "in", "--report", "out", "--output-format", "json", *named)
    data = page_data(work / "out/index.html")
    assert [run.get("name") for run in data["history"]] == ["2030.json", "link.json", None]
    kept = [read_report((work / f"{year}.json").read_text(encoding="utf-8"))["summary"] for year in (2030, 2031)]
    now = read_report(found.stdout)["summary"]
    assert [run["errors"] for run in data["history"]] == [each["errors"] for each in (*kept, now)]
    assert (data["since"]["fresh"], data["since"]["fixed"] > 0, now["known"]) == (0, True, 0)
    assert [*json.loads((work / "out/history.json").read_bytes())[0]] == [
        "time",
        "documents",
        "errors",
        "warnings",
        "infos",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty"),
        pytest.param('{"tool": {"name": "content-audit"}, "summary": {"documents": 1}}', id="without figures"),
        pytest.param('{"tool": {"name": "content-audit"}, "summary": {"documents": -}}', id="no JSON"),
        pytest.param('{"tool": {"name": "other"}, "summary": {"documents": 1, "errors": 0}}', id="another's"),
    ],
)
def test_what_is_no_earlier_report_is_named(invoke: Invoke, work: Path, text: str | None) -> None:
    write(work, {"a.md": CLEAN, **({} if text is None else {"old.json": text})})
    done = invoke("check", "--report", "out", "--earlier", "old.json")
    assert done.exit_code == 2
    assert "old.json: no JSON report of content-audit" in done.stderr
    assert not (work / "out").exists()


def test_earlier_reports_without_a_page_to_put_them_on(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": CLEAN})
    invoke("check", "-o", "json=a.json")
    assert "--earlier is of use with --report" in invoke("check", "--earlier", "a.json").stderr


def test_an_output_file_takes_the_place_of_a_link_and_nothing_is_written_through_it(invoke: Invoke, work: Path) -> None:
    outside = work.parent / "outside.json"
    outside.write_text("mine")
    (work / "found.json").symlink_to(outside)
    write(work, {"a.md": CLEAN})
    invoke("check", "-o", "json=found.json")
    assert outside.read_text() == "mine"
    read_report((work / "found.json").read_text(encoding="utf-8"))
    assert not (work / "found.json").is_symlink()


def test_output_for_a_pipe_goes_into_it(work: Path) -> None:
    write(work, {"a.md": CLEAN})
    os.mkfifo(work / "pipe")
    reader = subprocess.Popen(["cat", "pipe"], cwd=work, stdout=subprocess.PIPE)
    assert run_tool("check", "-q", "-o", "json=pipe", cwd=work).returncode == 1
    read_report(reader.communicate(timeout=60)[0].decode())
    assert (work / "pipe").is_fifo()
    for name in ("stdout", "fd/1"):
        shown = run_tool("check", "-q", "-o", f"json=/dev/{name}", cwd=work).stdout
        assert read_report(shown)["documents"]
    assert run_tool("check", "-q", "-o", "json=/dev/null", cwd=work).returncode == 1
    assert Path("/dev/null").is_char_device()
