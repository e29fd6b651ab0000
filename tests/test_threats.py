"""What documents may try, row by row: the whole tool as a process on input that breaks others.

tests/README.md says which test stands for which threat. Beside each hostile document stands a plain one, whose finding
has to be there all the same.
"""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli_samples import PAGE
from tests.conftest import ROOT, contents, read_report, run_tool, write

HOSTILE = ROOT / "tests" / "files" / "hostile"
NEIGHBOUR = "neighbour.md"
SECONDS = 120
"""Far more than any of these takes on a busy machine, far less than what does not end."""

Found = dict[str, list[dict[str, Any]]]


def audit(work: Path, files: Mapping[str, str | bytes], *arguments: str) -> Found:
    """The findings in each document, the neighbour's among them; no traceback, no signal, no hang."""
    write(work, {NEIGHBOUR: PAGE})
    for name, data in files.items():
        place = work / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    return look(work, *arguments)


def look(work: Path, *arguments: str) -> Found:
    result = run_tool("check", "--output-format", "json", *arguments, cwd=work)
    assert result.returncode in (0, 1), result.stderr
    assert "Traceback" not in result.stderr
    found: Found = {}
    for finding in read_report(result.stdout)["findings"]:
        found.setdefault(finding["path"], []).append(finding)
    assert any(finding["code"] == "REL001" for finding in found[NEIGHBOUR])
    return found


def codes(found: Found, path: str) -> set[str]:
    return {finding["code"] for finding in found.get(path, ())}


def refused(work: Path, *arguments: str) -> str:
    """What a run says on stderr that ends with 2."""
    result = run_tool(*arguments, cwd=work)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "&a [", "!!a ["])
def test_a_hundred_thousand_levels_of_front_matter(work: Path, opening: str) -> None:
    found = audit(work, {"deep.md": f"---\nk: 1\na:\n  {opening * 100_000}\n---\n\nWords.\n"})
    (finding,) = (f for f in found["deep.md"] if f["code"] == "FM002")
    assert finding["start"]["line"] >= 3


def test_bombs_of_aliases_and_merges(work: Path) -> None:
    names = ("alias-bomb.md", "merge-bomb.md", "self-alias.md")
    found = audit(work, {name: (HOSTILE / name).read_bytes() for name in names})
    assert all(codes(found, name) - {"DUP001"} == {"FM002"} for name in names)


def test_scalars_that_loaders_choke_on(work: Path) -> None:
    names = ("sexagesimal.md", "long-number.md", "no-such-day.md", "not-a-number.md")
    files: dict[str, str | bytes] = {name: (HOSTILE / name).read_bytes() for name in names}
    found = audit(work, {**files, "clock.md": "---\nid: 1" + ":59" * 1_000_000 + "\n---\n\nWords.\n"})
    assert not any("RUN003" in codes(found, name) for name in (*names, "clock.md"))


def test_tags_are_refused_and_nothing_runs(work: Path) -> None:
    names = ("tag-bool.md", "tag-python.md", "template.md")
    found = audit(work, {name: (HOSTILE / name).read_bytes() for name in names})
    assert all("FM002" in codes(found, name) for name in ("tag-bool.md", "tag-python.md"))
    for command in (["fix", "--unsafe"], ["clean", ".", "--output", "out"]):
        run_tool(*command, cwd=work)
    assert not (work / "executed").exists()


def test_two_values_for_a_key_odd_numbers_and_characters(work: Path) -> None:
    names = ("duplicate-key.md", "not-a-number.md", "line-separator.md", "surrogate.md", "surrogate.json.md")
    found = audit(work, {name: (HOSTILE / name).read_bytes() for name in names})
    assert "FM003" in codes(found, "duplicate-key.md")
    assert all("FM002" in codes(found, name) for name in ("surrogate.md", "surrogate.json.md"))
    report = run_tool("check", "--output-format", "json", cwd=work).stdout
    json.loads(report, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_bytes_that_are_no_text(work: Path) -> None:
    found = audit(work, {name: (HOSTILE / name).read_bytes() for name in ("latin-1.md", "utf-16.md", "nul.md")})
    (latin,) = found["latin-1.md"]
    assert (latin["code"], latin["start"]["line"]) == ("TXT004", 2)
    assert codes(found, "utf-16.md") == {"TXT004"}
    assert codes(found, "nul.md") == {"FM002"}


def test_line_ends_and_marks_come_out_as_they_went_in(work: Path) -> None:
    names = ("bom.md", "carriage-returns.md", "empty.md", "only-fence.md")
    files = {name: (HOSTILE / name).read_bytes() for name in names}
    audit(work, files)
    run_tool("fix", "--unsafe", "--ignore", "TXT001", cwd=work)
    assert {name: (work / name).read_bytes() for name in names} == files


@pytest.mark.parametrize("markup", ["<a", "<!--", "</a", "<![foo[bar", "<!", "&#", "<p a='", "<svg><style>"])
def test_markup_that_readers_hang_on(work: Path, markup: str) -> None:
    page = f"<!doctype html><html><body><p>Words.</p>{markup * 100_000}"
    found = audit(work, {"a.html": page, "b.md": f"Words.\n\n{markup * 100_000}\n", "c.txt": markup * 100_000})
    assert not any("RUN003" in codes(found, name) for name in ("a.html", "b.md", "c.txt"))


@pytest.mark.parametrize("reference", ["http://127.0.0.1:{port}/s.json", "file:///etc/hostname", "../other.json"])
def test_a_schema_reads_nothing_outside_of_its_folder(work: Path, reference: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        schema = {"properties": {"title": {"$ref": reference.format(port=server.getsockname()[1])}}}
        write(work, {"a.md": PAGE, "schemas/s.json": json.dumps(schema), "other.json": "{}"})
        told = refused(work, "check", "--schema", "schemas/s.json")
        assert "s.json:1: #/properties/title/$ref" in told
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        pytest.param({"$ref": "#"}, "leads back to itself", id="itself"),
        pytest.param(
            {
                "$ref": "#/$defs/a0",
                "$defs": {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(24)}
                | {"a24": {"type": "object"}},
            },
            "holds over 100,000 subschemas",
            id="two to the twenty-fourth",
        ),
        pytest.param({"properties": {"title": {"format": "dat-time"}}}, "unknown format", id="an unknown format"),
        pytest.param({"properties": {"title": {"patern": "a"}}}, "did you mean 'pattern'", id="a misspelt keyword"),
    ],
)
def test_a_schema_that_cannot_be_held_against_anything_is_an_error_with_its_place(
    work: Path, schema: dict[str, Any], reason: str
) -> None:
    write(work, {"a.md": PAGE, "s.json": json.dumps(schema)})
    told = refused(work, "check", "--schema", "s.json")
    assert "s.json:1: #/" in told
    assert reason in told


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(?=a)(a|a)*b\\1?$", "^(a*)*\\1b$"])
def test_a_pattern_that_backtracks_for_ever_is_interrupted(work: Path, pattern: str) -> None:
    schema = {"properties": {"title": {"pattern": pattern}}}
    files = {"s.json": json.dumps(schema), "a.md": f"---\ntitle: {'a' * 5_000}!\n---\n\nWords.\n"}
    found = audit(work, files, "--schema", "s.json")
    assert codes(found, "a.md") & {"FM004", "RUN002"}


def test_files_that_are_none(work: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("---\ntitle: Secret\n---\n\nSecret words.\n", encoding="utf-8")
    content = work / "content"
    content.mkdir()
    os.mkfifo(content / "pipe.md")
    (content / "device.md").symlink_to("/dev/zero")
    (content / "link.md").symlink_to(outside)
    (content / "loop").symlink_to(content)
    (content / "nowhere.md").symlink_to(content / "none.md")
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(content)
        server.bind("socket.md")
        os.chdir(before)
        found = audit(work, {})
    for name in ("pipe", "device", "link", "nowhere", "socket"):
        assert codes(found, f"content/{name}.md") == {"RUN001"}, name
    assert not any("Secret" in json.dumps(findings) for findings in found.values())


def harmful(place: Path, harm: str) -> None:
    """Something there that is no regular file."""
    if harm == "pipe":
        os.mkfifo(place)
    elif harm == "device":
        place.symlink_to("/dev/zero")
    else:
        place.mkdir()


@pytest.mark.parametrize("name", [".gitignore", "content-audit.toml", "pyproject.toml", "sub/ledger.json"])
@pytest.mark.parametrize("harm", ["pipe", "device", "folder"])
def test_what_is_read_beside_documents_is_a_regular_file_or_nothing(work: Path, name: str, harm: str) -> None:
    write(work, {"sub/b.md": PAGE})
    harmful(work / name, harm)
    assert codes(audit(work, {}), "sub/b.md")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = " + "[" * 100_000, id="lists"),
        pytest.param("[" + "a." * 50_000 + "a]", id="tables"),
        pytest.param("[" + "a." * 300 + "a]", id="tables that one reader takes"),
        pytest.param("# " + "a" * 2_000_000, id="two million characters"),
        pytest.param('inventory = ["a\\u0000b"]', id="a name that no file can have"),
        pytest.param('roots = ["a\\u0000b"]', id="a folder that there can't be"),
        pytest.param('[[schemas]]\nfile = "a\\u0000b"', id="a schema that there can't be"),
        pytest.param('exclude = ["a/[z-a]"]', id="a glob that is none"),
        pytest.param('[[schemas]]\nfile = "s.json"\ninclude = ["a/[z-a]"]', id="a schema's glob that is none"),
    ],
)
def test_a_configuration_that_harms_is_one_line(work: Path, text: str) -> None:
    write(work, {"a.md": PAGE, "s.json": "{}", "content-audit.toml": text})
    assert refused(work, "check").count("\n") == 1


@pytest.mark.parametrize("harm", ["pipe", "device", "folder"])
def test_what_an_earlier_run_left_is_read_as_a_regular_file_alone(work: Path, harm: str) -> None:
    write(work, {"a.md": PAGE, "report/ledger.json": ""})
    for name in ("audit.json", "history.json", "findings.json"):
        harmful(work / "report" / name, harm)
    run_tool("check", ".", "--report", "report", cwd=work)
    baseline = work / "content-audit-baseline.txt"
    os.mkfifo(baseline)
    assert "not a regular file" in refused(work, "check", "--baseline", baseline.name)


def test_no_file_is_written_through_a_link_of_the_index_s_folder(work: Path, tmp_path: Path) -> None:
    (work / ".content-audit-cache").mkdir()
    for name in (".gitignore", "index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal"):
        (work / ".content-audit-cache" / name).symlink_to(tmp_path / f"planted {name}")
    audit(work, {})
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith("planted")] == []


def test_no_name_leads_out_of_the_output(work: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    write(work, {"content/file-name.md": (HOSTILE / "file-name.md").read_text(encoding="utf-8"), "x/a.md": PAGE})
    run_tool("clean", "content", "--output", "out", cwd=work)
    run_tool("check", "content", "--report", "report", cwd=work)
    assert {name.partition("/")[0] for name in contents(work)} == {"content", "x", "out", "report"}
    assert "out/file-name.md" in contents(work)
    assert {name for name in contents(tmp_path) if not name.startswith("work/")} == set(before)


def test_an_output_folder_that_is_a_way_out_is_refused(work: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    write(work, {"content/sub/a.md": PAGE})
    (work / "out").mkdir()
    (work / "out" / "sub").symlink_to(outside)
    assert "leads out of" in refused(work, "clean", "content", "--output", "out")
    assert list(outside.iterdir()) == []


def test_an_interrupt_ends_with_130_and_a_whole_document(work: Path) -> None:
    write(work, {f"{n}.md": PAGE for n in range(300)})
    run = subprocess.Popen(
        [sys.executable, "-m", "content_audit", "fix"], cwd=work, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    with pytest.raises(subprocess.TimeoutExpired):
        run.wait(0.7)
    run.send_signal(signal.SIGINT)
    told = run.communicate(timeout=SECONDS)[1]
    assert run.returncode == 130
    assert b"Traceback" not in told


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda file: file.write_bytes(b"no database" * 999), id="foreign"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:9_000]), id="cut off"),
        pytest.param(lambda file: os.truncate(file, 100_000), id="truncated"),
    ],
)
def test_a_damaged_index_changes_nothing(work: Path, harm: Any) -> None:
    first = audit(work, {f"{n}.md": PAGE.replace("id: 1\n", f"id: {n + 5}\n") for n in range(30)})
    harm(work / ".content-audit-cache" / "index.sqlite")
    assert look(work) == first


def test_a_busy_index_is_waited_for_or_done_without(work: Path) -> None:
    first = audit(work, {})
    (work / NEIGHBOUR).write_text(PAGE + "More words.\n", encoding="utf-8")
    with sqlite3.connect(work / ".content-audit-cache" / "index.sqlite", isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        run = subprocess.Popen(
            [sys.executable, "-m", "content_audit", "check", "-q"], cwd=work, stderr=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(3)
        lock.execute("COMMIT")
    told = run.communicate(timeout=SECONDS)[1]
    assert (run.returncode, told) == (1, "")
    assert codes(look(work), NEIGHBOUR) == codes(first, NEIGHBOUR)


def test_four_runs_at_once_say_what_one_says(work: Path) -> None:
    write(work, {f"{n}.md": PAGE.replace("id: 1\n", f"id: {n + 5}\n") for n in range(200)})
    command = [sys.executable, "-m", "content_audit", "check", "--output-format", "concise", "--no-color"]
    alone = subprocess.run([*command, "--no-cache"], cwd=work, check=False, capture_output=True, text=True).stdout
    runs = [subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {re.sub(r"[\d.]+ s, \d+ documents/s", "", run.communicate(timeout=SECONDS)[0]) for run in runs}
    assert said == {re.sub(r"[\d.]+ s, \d+ documents/s", "", alone)}


ODD_NAMES: list[str | bytes] = [
    "line\nbreak::error::x.md",
    "quo\"te's.md",
    "esc\x1b[31m.md",
    "bidi\u202egnp.md",
    b"not-\xff-utf8.md",
]


@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_no_line_of_output_is_made_by_a_document_and_no_sequence_reaches_the_terminal(
    work: Path, output_format: str
) -> None:
    names = ("workflow-command.md", "terminal.md", "control.md")
    for name in names:
        shutil.copy(HOSTILE / name, work)
    for odd in ODD_NAMES:
        (work / os.fsdecode(odd)).write_text(PAGE, encoding="utf-8")
    shown = run_tool("check", "--output-format", output_format, cwd=work).stdout
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert all(word in shown for word in ("break", "quo", "esc", "bidi", "utf8"))


def test_odd_names_survive_into_json_and_the_output(work: Path) -> None:
    for odd in ODD_NAMES:
        (work / os.fsdecode(odd)).write_text(PAGE, encoding="utf-8")
    paths = {d["path"] for d in read_report(run_tool("check", "--output-format", "json", cwd=work).stdout)["documents"]}
    assert paths == {
        "line\nbreak::error::x.md",
        "quo\"te's.md",
        "esc\x1b[31m.md",
        "bidi\u202egnp.md",
        "not-\\xff-utf8.md",
    }
    run_tool("clean", ".", "--output", "out", cwd=work)
    assert {entry.name for entry in (work / "out").iterdir()} == {*map(os.fsdecode, ODD_NAMES), "ledger.json"}


def test_the_whole_corpus_is_audited_fixed_and_cleaned(work: Path) -> None:
    shutil.copytree(HOSTILE, work / "hostile", ignore=shutil.ignore_patterns("README.md"))
    told = audit(work, {})
    assert not any("RUN003" in codes(told, path) for path in told)
    for command in (["fix", "--unsafe"], ["fix", "--unsafe"], ["clean", "hostile", "--output", "out"], ["links"]):
        result = run_tool(*command, cwd=work)
        assert result.returncode in (0, 1), result.stderr
        assert "Traceback" not in result.stderr
    assert len(contents(work / "out")) == len(contents(work / "hostile")) + 1


def test_every_file_of_the_corpus_is_explained() -> None:
    told = set(re.findall(r"^\| (\S+) \|", (HOSTILE / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert told - {"file", "---"} == {file.name for file in HOSTILE.iterdir()} - {"README.md"}


STRACE = shutil.which("strace")


@pytest.mark.skipif(STRACE is None, reason="strace is not there")
@pytest.mark.parametrize(
    "command", [["check", "--report", "report"], ["fix", "--unsafe"], ["clean", ".", "--output", "out"]]
)
def test_no_socket_of_the_internet_is_opened(work: Path, command: list[str]) -> None:
    page = "<!doctype html><html><body><p><a href='http://localhost:9/'>Words</a></p></body></html>"
    write(work, {"a.md": PAGE, "b.html": page, "c.md": PAGE.replace("/learn", "http://localhost:9/learn")})
    log = work.parent / "trace"
    traced = [STRACE or "", "-f", "-e", "trace=network", "-o", str(log), sys.executable, "-m", "content_audit"]
    result = subprocess.run([*traced, *command, "--jobs", "2"], cwd=work, check=False, capture_output=True, text=True)
    if "ptrace" in result.stderr or "not permitted" in result.stderr:
        pytest.skip("no process may be traced here")
    assert result.returncode in (0, 1), result.stderr
    calls = log.read_text(encoding="utf-8")
    assert "exited with" in calls
    assert not re.search(r"AF_INET6?\b", calls)
