"""A run over what an earlier one has seen: it examines only what changed, and says the same as a first run."""

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from content_audit import examine, files
from content_audit.cli import cli
from content_audit.inquiry import Inquiry
from content_audit.model import Problem
from tests.conftest import Invoke, examples, read_report, without_seconds, write

INDEX = Path(".content-audit-cache/index.sqlite")
TOPICS = ("apples", "pears", "plums", "quinces")


def page(number: int, link: int, title: str = "", ending: str = "\n") -> str:
    topic = TOPICS[number % 4]
    return (
        f"---\nid: {number}\ntitle: {title or topic}\nsubject: Fruit\nurl: /learn/fruit/questions/{topic}\n"
        f"related_article1:\n  id: {link}\n  title: {TOPICS[link % 4]}\n  subject: Fruit\n"
        f"  url: /learn/fruit/questions/{TOPICS[link % 4]}\n---\n\nA page about {topic}.{ending}"
    )


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each document was examined since the counts were cleared."""
    counts: Counter[str] = Counter()
    original = examine.check_document

    def counting(document: Any, *arguments: Any) -> Any:
        counts[document.path] += 1
        return original(document, *arguments)

    monkeypatch.setattr(examine, "check_document", counting)
    return counts


@pytest.fixture
def collection(work: Path) -> Path:
    """Four documents; written long enough ago for their stamps to be believed."""
    write(work, {f"content/{number}.md": page(number, (number + 1) % 4) for number in range(3)})
    write(work, {"content/3.md": page(3, 2, ending="")})
    age(work / "content")
    return work / "content"


def age(folder: Path, seconds: int = 60) -> None:
    for file in folder.rglob("*.md"):
        status = file.stat()
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns - seconds * 10**9))


def run(*arguments: str) -> dict[str, Any]:
    """The report of a check in this process, with one worker."""
    result = CliRunner().invoke(cli, ["check", "--jobs", "1", "--output-format", "json", *arguments])
    assert result.exit_code in (0, 1), result.output
    return without_seconds(read_report(result.stdout))


def test_a_second_run_examines_nothing_and_says_the_same(collection: Path, examined: Counter[str]) -> None:
    first = run("content")
    assert examined == {f"content/{number}.md": 1 for number in range(4)}
    examined.clear()
    assert run("content") == first
    assert examined == {}
    assert run("content", "--no-cache") == first
    assert {finding["code"] for finding in first["findings"]} >= {"TXT001"}


def test_a_file_just_written_is_read_again_but_not_examined(work: Path, examined: Counter[str]) -> None:
    write(work, {"a.md": page(1, 2)})
    first = run()
    assert run() == first
    assert examined == {"a.md": 1}


def test_touching_examines_nothing(collection: Path, examined: Counter[str]) -> None:
    first = run("content")
    os.utime(collection / "1.md", ns=(1, 10**18))
    examined.clear()
    assert run("content") == first
    assert examined == {}


def test_folders_that_swap_their_names_are_noticed(
    work: Path, examined: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their files may have been written within one tick of the clock, by whoever unpacks them."""
    for folder, ending in (("content/one", "."), ("content/two", "!")):
        write(work, {f"{folder}/a.md": page(1, 2, ending=ending)})
    stamp = attrgetter("st_size", "st_ino")
    monkeypatch.setattr(files, "_STAMP", lambda status: (1, 1, *stamp(status)))
    run("content")
    examined.clear()
    swapped("content/one", "content/two")
    run("content")
    assert examined == {"content/one/a.md": 1, "content/two/a.md": 1}


def swapped(one: str, other: str) -> None:
    Path(one).rename("between")
    Path(other).rename(one)
    Path("between").rename(other)


def test_one_changed_document_is_examined_alone_and_the_others_are_held_against_it(
    collection: Path, examined: Counter[str]
) -> None:
    before = run("content")
    write(collection, {"1.md": page(1, 2, title="pears in winter")})
    examined.clear()
    after = run("content")
    assert examined == {"content/1.md": 1}
    assert after != before
    stale = [f["path"] for f in after["findings"] if f["code"] == "REL006"]
    assert stale == ["content/0.md"]
    assert after == run("content", "--no-cache")


def test_a_copy_that_is_cut_short_is_none_any_more(collection: Path) -> None:
    words = [f"{first}{second}ing" for first in ("weav", "spinn", "dye", "stitch") for second in "abcdefghijklmnopqrst"]
    kept, copy = (collection / f"copy-{name}.md" for name in "ab")
    kept.write_text(f"---\nid: 71\n---\n{' '.join(words)}.\n")
    copy.write_text(f"---\nid: 72\n---\n{' '.join(words[:-1])} loom.\n")
    age(collection)
    assert run("--select", "DUP002")["findings"]
    copy.write_text("---\nid: 72\n---\nCut short.\n")
    assert not run("--select", "DUP002")["findings"]


def test_deleted_added_and_renamed_documents_are_noticed(collection: Path, examined: Counter[str]) -> None:
    run("content")
    (collection / "0.md").unlink()
    (collection / "1.md").rename(collection / "one.md")
    write(collection, {"sub/4.md": page(0, 1)})
    examined.clear()
    after = run("content")
    assert examined == {"content/one.md": 1, "content/sub/4.md": 1}
    assert after == run("content", "--no-cache")
    assert [d["path"] for d in after["documents"]] == [
        "content/2.md",
        "content/3.md",
        "content/one.md",
        "content/sub/4.md",
    ]


def test_two_folders_in_turn_from_one_working_folder(collection: Path, work: Path, examined: Counter[str]) -> None:
    write(work, {"other/a.md": page(0, 1), "other/b.md": page(0, 2)})
    age(work / "other")
    first, other = run("content"), run("other")
    assert {f["code"] for f in other["findings"]} >= {"ID001", "REL007"}
    examined.clear()
    assert (run("content"), run("other"), run("content", "other")["summary"]["documents"]) == (first, other, 6)
    assert run("content") == run("content", "--no-cache")
    assert {path for path in examined if examined[path] > 1} == set()
    assert set(examined) == {f"content/{number}.md" for number in range(4)}


def test_another_configuration_has_results_of_its_own(collection: Path, work: Path, examined: Counter[str]) -> None:
    run("content")
    write(work, {"content-audit.toml": '[fields]\nlinks = "see#"\n'})
    examined.clear()
    after = run("content")
    assert sum(examined.values()) == 4
    assert after == run("content", "--no-cache")


def test_nothing_is_kept_of_what_another_run_overtook(
    collection: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one run asks, a document changes and another run sees that: the first one's answers are old by then."""
    original, begun = Inquiry.problems, list[None]()

    def overtaken(inquiry: Inquiry, paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
        found = [*original(inquiry, paths)]
        if not begun:
            begun.append(None)
            write(work, {"content/2.md": page(3, 1)})
            age(work / "content")
            run()
        return iter(found)

    with monkeypatch.context() as patch:
        patch.setattr(Inquiry, "problems", overtaken)
        run()
    assert run() == run("--no-cache")


def test_choosing_rules_examines_nothing_again(collection: Path, examined: Counter[str]) -> None:
    run("content")
    examined.clear()
    assert {f["code"] for f in run("content", "--select", "TXT001")["findings"]} == {"TXT001"}
    assert examined == {}


@pytest.mark.parametrize(
    "command", [["fix"], ["fix", "--diff"], ["clean", "--output", "out"], ["check", "--report", "r"]]
)
def test_other_commands_leave_an_index_that_tells_the_truth(
    invoke: Invoke, collection: Path, command: list[str]
) -> None:
    run("content")
    assert invoke(command[0], "content", *command[1:]).exit_code in (0, 1)
    assert run("content") == run("content", "--no-cache")


@pytest.mark.parametrize(
    "command", [["fix", "other"], ["clean", "other", "--output", "out"], ["check", "other", "--report", "r"]]
)
def test_what_else_the_index_knows_is_in_nobodys_way(
    invoke: Invoke, collection: Path, work: Path, command: list[str]
) -> None:
    first = run("content")
    write(work, {"other/a.md": page(0, 1, ending=""), "other/b.md": page(1, 2, ending="")})
    result = invoke(*command)
    assert result.exit_code in (0, 1), result.stderr
    assert run("content") == first
    assert run("other") == run("other", "--no-cache")


def test_an_index_that_came_with_the_repository_is_not_believed(
    collection: Path, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, examined: Counter[str]
) -> None:
    """Its author knows the digests of his documents, and may have left out what was found in them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "author"))
    first = run("content")
    with sqlite3.connect(INDEX) as connection:
        connection.execute("UPDATE files SET problems = x''")
        connection.execute("DELETE FROM verdicts")
        connection.execute("DELETE FROM meta WHERE name = 'told'")
    connection.close()
    assert run("content") != first
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    examined.clear()
    assert run("content") == first
    assert len(examined) == 4


def test_no_cache_writes_none(collection: Path) -> None:
    run("content", "--no-cache")
    assert not INDEX.parent.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
def test_names_that_could_look_the_same_do_not(collection: Path) -> None:
    """Bytes in a name that are no text are written out: another name may have what is written."""
    odd = os.fsdecode(b"a\xff.md")
    Path("content", odd).write_text(page(9, 1), encoding="utf-8")
    age(Path("content"))
    run("content")
    Path("content/1.md").rename("content/a\\xff.md")
    report = run("content")
    assert report == run("content", "--no-cache") == run("content")
    paths = {each["path"] for each in report["documents"]}
    assert {"content/a\\xff.md", "content/a\\\\xff.md"} <= paths
    assert len(paths) == 5


def overwrite(start: int, data: bytes) -> None:
    with INDEX.open("r+b") as file:
        file.seek(start)
        file.write(data)


def with_garbage_for_problems() -> None:
    with contextlib.closing(sqlite3.connect(INDEX)) as connection:
        connection.execute("UPDATE files SET problems = x'00ff'")
        connection.commit()


def with_odd_lines() -> None:
    with contextlib.closing(sqlite3.connect(INDEX)) as connection:
        connection.execute("UPDATE files SET lines = x'000102'")
        connection.commit()


def with_odd_stamps() -> None:
    with contextlib.closing(sqlite3.connect(INDEX)) as connection:
        connection.execute("UPDATE folders SET names = x'ff'")
        connection.execute("UPDATE stamps SET stamps = x'00'")
        connection.commit()


def telling(text: str) -> Any:
    def tell() -> None:
        with contextlib.closing(sqlite3.connect(INDEX)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'told'", (text,))
            connection.commit()

    return tell


def with_a_folder() -> None:
    INDEX.unlink()
    INDEX.mkdir()


def with_a_file_for_its_folder() -> None:
    shutil.rmtree(INDEX.parent)
    INDEX.parent.write_text("mine", encoding="utf-8")


DAMAGE = [
    pytest.param(lambda: INDEX.write_bytes(b""), id="empty"),
    pytest.param(lambda: INDEX.write_bytes(b"x" * 9000), id="no database"),
    pytest.param(lambda: os.truncate(INDEX, 9000), id="cut off"),
    pytest.param(lambda: overwrite(0, b"\0" * 100), id="head gone"),
    pytest.param(lambda: overwrite(4096, b"\xff" * 4096), id="second page gone"),
    pytest.param(lambda: overwrite(4096, b"\xff" * (INDEX.stat().st_size - 4096)), id="all but the first page gone"),
    pytest.param(with_garbage_for_problems, id="problems that are none"),
    pytest.param(with_odd_lines, id="lines that are none"),
    pytest.param(with_odd_stamps, id="stamps that are none"),
    pytest.param(telling("{"), id="told is no JSON"),
    pytest.param(telling("[]"), id="told is no object"),
    pytest.param(with_a_folder, id="a folder in its place"),
    pytest.param(with_a_file_for_its_folder, id="a file for its folder"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_changes_no_finding(collection: Path, damage: Any) -> None:
    expected = run("content")
    with contextlib.closing(sqlite3.connect(INDEX)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage()
    assert run("content") == expected
    assert run("content") == expected


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written(collection: Path, work: Path) -> None:
    expected = run("content", "--no-cache")
    work.chmod(0o555)
    try:
        assert run("content") == expected
    finally:
        work.chmod(0o755)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        Path(".git").mkdir()
        yield Path(name)


NAMES = st.sampled_from(("a.md", "b.md", "c.txt", "sub/a.md", "sub/d.md"))
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, st.integers(0, 3), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("touch"), NAMES, st.integers(1, 10**18)),
    st.tuples(st.just("bytes"), NAMES, st.binary(max_size=20)),
    st.tuples(st.just("check"), st.sampled_from((".", "sub"))),
)


def take(step: tuple[Any, ...]) -> None:
    """One step in the working folder, where it can be taken."""
    kind, path = step[0], Path(step[1])
    if kind in ("write", "bytes"):
        path.parent.mkdir(exist_ok=True)
        text = page(step[2], step[3], ending="\n" if step[4] else "").encode() if kind == "write" else step[2]
        path.write_bytes(text)
    elif kind == "check" and path.exists():
        run(str(path))
    elif path.is_file():
        if kind == "delete":
            path.unlink()
        elif kind == "move":
            Path(step[2]).parent.mkdir(exist_ok=True)
            path.rename(step[2])
        elif kind == "touch":
            os.utime(path, ns=(1, step[2]))


@examples(40)
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_after_any_edits_a_warm_run_is_like_a_cold_one(steps: list[tuple[Any, ...]]) -> None:
    with folder():
        for step in steps:
            take(step)
        assert run() == run("--no-cache")
