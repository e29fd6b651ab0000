"""A run over what has not changed: it says what the last one said, and loads nothing that would examine it."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit import files, index
from content_audit.cli import again as repeating
from content_audit.cli import check as command
from content_audit.cli import session
from content_audit.cli.again import Looked
from content_audit.index import Index
from content_audit.render import FORMATS
from tests.conftest import ROOT, Invoke, examples, write
from tests.test_incremental import INDEX, STEPS, age, folder, page, run, swapped, take

HEAVY = "bs4 jinja2 jsonschema lxml numpy pathspec playwright rich scipy tokenizers trafilatura watchfiles".split()
"""Modules that no run of `check` over front matter and Markdown has a use for at its start."""

EXAMINING = ["content_audit.audit", "content_audit.rules", "content_audit.text", "jsonschema_rs", "tomllib", "yaml"]
SECONDS = re.compile(r"\"seconds\": [\d.e-]+|[\d.]+ s, \d+ documents/s|time=\"[\d.]+\"")


@pytest.fixture
def collection(work: Path) -> Path:
    """Four documents that were written long ago, with something wrong in each."""
    write(work, {f"content/{number}.md": page(number, (number + 1) % 4, ending="") for number in range(3)})
    write(work, {"content/3.md": page(0, 2)})
    write(work, {"content-audit.toml": "roots = ['content']\n", "more/5.md": page(5, 1)})
    age(work)
    os.utime("content-audit.toml", ns=(1, 1))
    return work / "content"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are believed to be what they are as soon as they are written."""
    monkeypatch.setattr(files, "RACY_NS", 0)


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch, settled: None) -> list[Any]:
    """The runs that were not said again."""
    return watched(monkeypatch)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    runs: list[Any] = []
    original = command._checked

    def checked(given: dict[str, Any], looked: Looked | None = None) -> int:
        runs.append(given)
        return original(given, looked)

    monkeypatch.setattr(command, "_checked", checked)
    return runs


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same_again(invoke: Invoke, collection: Path, examined: list[Any], name: str) -> None:
    before = invoke("check", "content", "--output-format", name)
    again = invoke("check", "content", "--output-format", name)
    fresh = invoke("check", "content", "--output-format", name, "--no-cache")
    assert len(examined) == 2
    assert before.exit_code == again.exit_code == fresh.exit_code == 1
    assert SECONDS.sub("", again.stdout) == SECONDS.sub("", before.stdout) == SECONDS.sub("", fresh.stdout)
    assert len(again.stdout) > 100


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["content/1.md", "content/3.md"], id="some of the documents"),
        pytest.param(["content", "--statistics"], id="statistics"),
        pytest.param(["content", "-q"], id="quiet"),
        pytest.param(["content", "--max-warnings", "0", "--exit-zero"], id="what ends it with 1"),
        pytest.param([], id="the configured roots"),
    ],
)
def test_what_is_asked_of_the_same_findings(
    invoke: Invoke, collection: Path, examined: list[Any], options: list[str]
) -> None:
    invoke("check", "content")
    again, fresh = invoke("check", *options), invoke("check", *options, "--no-cache")
    assert len(examined) == 2
    assert again.exit_code == fresh.exit_code
    assert SECONDS.sub("", again.stdout) == SECONDS.sub("", fresh.stdout)


CHANGES: dict[str, Callable[[], object]] = {
    "a document": lambda: write(Path(), {"content/2.md": page(2, 0, title="plums in winter")}),
    "one more": lambda: write(Path(), {"content/sub/9.md": page(1, 1)}),
    "one less": lambda: Path("content/2.md").unlink(),
    "another name": lambda: Path("content/2.md").rename("content/9.md"),
    "the configuration": lambda: write(Path(), {"content-audit.toml": "roots = ['content']\nignore = ['TXT']\n"}),
    "a nearer configuration": lambda: write(Path(), {"pyproject.toml": "", "content-audit.toml": "exclude = ['1.md']"}),
    "a baseline": lambda: write(Path(), {"content-audit-baseline.txt": ""}),
    "bytes behind an old date": lambda: disguised("content/2.md"),
    "two names": lambda: swapped("content/0.md", "content/1.md"),
    "a link in a document's place": lambda: linked("content/2.md"),
    "a folder in a document's place": lambda: (
        Path("content/2.md").rename("2"),
        write(Path(), {"content/2.md/a.md": ""}),
    ),
    "what git leaves out": lambda: write(Path(), {"content/.gitignore": "2.md\n"}),
    "a folder that became an output": lambda: write(Path(), {"content/sub/ledger.json": '{"name": "content-audit"}'}),
}


def disguised(name: str) -> None:
    """Other bytes of the same number, and the date that the file had."""
    before = Path(name).stat()
    Path(name).write_bytes(Path(name).read_bytes().replace(b"plums", b"PLUMS"))
    os.utime(name, ns=(before.st_atime_ns, before.st_mtime_ns))


def linked(name: str) -> None:
    Path(name).rename("elsewhere.md")
    Path(name).symlink_to(Path("elsewhere.md").resolve())


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_examined(invoke: Invoke, collection: Path, examined: list[Any], change: str) -> None:
    write(Path(), {"content/sub/4.md": page(4, 1)})
    invoke("check", "content")
    CHANGES[change]()
    after, fresh = invoke("check", "content"), invoke("check", "content", "--no-cache")
    assert len(examined) == 3
    assert SECONDS.sub("", after.stdout) == SECONDS.sub("", fresh.stdout)


ODD = ("a/a.md", "a.md", "a-b.md", "a/b/c.md", "a.x/a.md", "ü.md", "日/本.md", "a b.md")


@pytest.mark.parametrize("paths", [(), (".",), ("a", "a.x"), ("a/a.md", "a"), ("a.md", "ü.md", ".")], ids=" ".join)
def test_nothing_has_changed_whatever_the_names(
    invoke: Invoke, work: Path, examined: list[Any], paths: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, {"elsewhere/a.md": page(9, 1)})
    write(work, {"content-audit.toml": "", **{name: page(number, 0) for number, name in enumerate(ODD)}})
    Path("link.md").symlink_to(tmp_path / "elsewhere" / "a.md")
    Path("inside.md").symlink_to("a.md")
    with suppress(OSError):
        Path(os.fsdecode(b"\xff.md")).write_text(page(7, 1))
    age(work)
    os.utime("content-audit.toml", ns=(1, 1))
    before, again = invoke("check", *paths), invoke("check", *paths)
    assert len(examined) == 1
    assert SECONDS.sub("", again.stdout) == SECONDS.sub("", before.stdout)
    assert again.exit_code == before.exit_code


@pytest.mark.parametrize(
    "options",
    [["--select", "TXT"], ["--ignore", "TXT"], ["--fail-on", "never"], ["--isolated"], ["--exclude", "1.md"], ["more"]],
    ids=" ".join,
)
def test_other_rules_and_documents_are_asked_for(
    invoke: Invoke, collection: Path, examined: list[Any], options: list[str]
) -> None:
    invoke("check", "content")
    after, fresh = invoke("check", "content", *options), invoke("check", "content", *options, "--no-cache")
    assert len(examined) == 3
    assert (after.exit_code, SECONDS.sub("", after.stdout)) == (fresh.exit_code, SECONDS.sub("", fresh.stdout))


def test_a_baseline_that_is_configured_and_missing_is_an_error_each_time(
    invoke: Invoke, collection: Path, settled: None
) -> None:
    write(Path(), {"content-audit.toml": 'baseline = "known.txt"\n'})
    invoke("baseline", "create", "content")
    assert invoke("check", "content").exit_code == 0
    Path("known.txt").unlink()
    assert [invoke("check", "content").exit_code for _ in range(2)] == [2, 2]


@pytest.mark.parametrize(
    ("table", "options"), [("pages", ["concise"]), ("documents", ["json"]), ("verdicts", ["concise", "--statistics"])]
)
def test_an_index_that_is_damaged_within_ends_no_run_halfway(
    invoke: Invoke, collection: Path, settled: None, monkeypatch: pytest.MonkeyPatch, table: str, options: list[str]
) -> None:
    """It is too large to be checked whole before it is used."""
    monkeypatch.setattr(index, "CHECKED_WHOLE", 0)
    command = ("check", "content", "--output-format", *options)
    before = invoke(*command)
    with closing(sqlite3.connect(INDEX)) as connection:
        root = "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = ?"
        ((page, size),) = connection.execute(root, (table,))
    with INDEX.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xee" * size)
    again = invoke(*command)
    assert again.exit_code == before.exit_code
    assert SECONDS.sub("", again.stdout) == SECONDS.sub("", before.stdout)


def test_a_remark_is_made_once(invoke: Invoke, collection: Path, examined: list[Any]) -> None:
    invoke("check", "--report", "content/report", "content/1.md")
    again = [invoke("check", "content", *options).stderr for options in ([], [], ["content/2.md"], [])]
    assert {told.count("output of an earlier run") for told in again} == {1}
    assert len(examined) == 1


def test_a_schema_that_another_one_refers_to(invoke: Invoke, collection: Path, examined: list[Any]) -> None:
    schemas = {
        "schemas/page.json": '{"properties": {"id": {"$ref": "id.json"}}}',
        "schemas/id.json": '{"type": "integer"}',
    }
    write(Path(), {**schemas, "content-audit.toml": "[[schemas]]\nfile = 'schemas/page.json'\n"})
    assert "FM004" not in invoke("check", "content").stdout
    write(Path(), {"schemas/id.json": '{"type": "string"}'})
    assert "FM004" in invoke("check", "content").stdout


def test_another_user_s_findings_are_not_believed(
    invoke: Invoke, collection: Path, examined: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "author"))
    invoke("check", "content")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "reader"))
    invoke("check", "content")
    assert len(examined) == 2


def test_without_a_secret_nothing_is_believed(
    invoke: Invoke, collection: Path, examined: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever brings an index could have sealed it with none."""
    monkeypatch.setattr(repeating, "user_secret", lambda folder: "")
    monkeypatch.setattr(session, "user_secret", lambda folder: "")
    monkeypatch.setattr(session, "Index", lambda folder, key, name: Index(Path(".content-audit-cache"), key, name))
    invoke("check", "content")
    assert Path(".content-audit-cache", "index.sqlite").exists()
    invoke("check", "content")
    assert len(examined) == 2


def test_a_file_that_changed_a_moment_ago_is_read(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(work, {"a.md": page(1, 2)})
    runs = watched(monkeypatch)
    invoke("check")
    invoke("check")
    assert len(runs) == 2


@examples(40)
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_after_any_edits_what_is_said_again_is_what_a_first_run_says(steps: list[tuple[Any, ...]]) -> None:
    with folder(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "RACY_NS", 0)
        for step in steps:
            take(step)
            if Path("sub").exists():
                run()
        said = run()
        assert run() == said == run("--no-cache")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-16"])
def test_a_process_that_says_the_same_again_ends_as_it_should(
    collection: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """It takes a short way out, with all that it said written, and as every other one writes it."""
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    write(collection, {"ü🍐.md": page(8, 1, ending="")})
    age(collection)
    time.sleep(files.RACY_NS / 10**9)
    command = [sys.executable, "-m", "content_audit", "check", "content", "--output-format", "concise"]
    first, again = (subprocess.run(command, capture_output=True, check=False) for _ in range(2))
    assert first.returncode == again.returncode == 1
    assert SECONDS.sub("", again.stdout.decode(encoding)) == SECONDS.sub("", first.stdout.decode(encoding))
    assert "🍐" in again.stdout.decode(encoding) or encoding == "ascii"
    assert subprocess.run([*command, "--exit-zero"], capture_output=True, check=False).returncode == 0
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            assert subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False).returncode == 2


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of the tool has loaded at its end."""
    code = (
        "import sys; sys.argv = ['content-audit', *sys.argv[1:]]\n"
        "from content_audit.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, sep='\\n')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.split())


def test_a_first_run_loads_no_more_than_it_uses(collection: Path) -> None:
    assert not loaded("check", "-q", "content") & {*HEAVY}


def test_a_run_over_what_has_not_changed_loads_next_to_nothing(collection: Path) -> None:
    time.sleep(files.RACY_NS / 10**9)
    loaded("check", "-q", "content")
    modules = loaded("check", "-q", "content/1.md")
    assert not modules & {*HEAVY, *EXAMINING}
    assert len({name for name in modules if name.startswith("content_audit")}) < 44
