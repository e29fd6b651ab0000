"""The index: it gives back what it was given, and one that is damaged or foreign is built anew."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import content_audit.index as index_module
from content_audit.config import load_config
from content_audit.examine import check_document
from content_audit.facts import TABLES
from content_audit.files import Stamp
from content_audit.index import FILE, SECRET, FileResult, Files, Index, pages, sealed, user_secret
from content_audit.index.told import STAMP
from content_audit.parse import parse
from content_audit.run import make_run
from tests.conftest import examples

TASK = make_run(load_config(None, Path("nowhere")), []).task
TEXT = """---
id: 1
title: "Pears \U0001f350 \\ud7ff"
related_article1: {id: 2, title: Plums, url: /learn/fruit/plums}
related_article2: {id: 2, title: Plums, url: /learn/fruit/plums}
---

&nbsp;"""


def result(path: str, text: str = TEXT) -> FileResult:
    return check_document(parse(path, text.encode("utf-8")), f"digest of {path}", TASK)


def rows(index: Index, table: str) -> list[tuple[object, ...]]:
    return sorted(tuple(row.values()) for row in index.query(f"SELECT * FROM {table}"))


def known(index: Index) -> list[str]:
    return sorted(row["path"] for row in index.query("SELECT path FROM main.files"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path / "index"


@pytest.mark.parametrize("in_memory", [False, True])
def test_it_gives_back_what_it_was_given(folder: Path, in_memory: bool) -> None:
    given = result("a.md")
    with Index(None if in_memory else folder, "key") as index:
        index.store([(given, Stamp(5, 7, 6, 8))])
        assert [*index.stamps(["a.md", "b.md"])] == [Stamp(5, 7, 6, 8), None]
        assert index.digest("a.md") == given.digest
        assert (*index.problems(["a.md"]),) == given.problems
        assert index.lines("a.md") == given.lines
        index.collection(["a.md"])
        for table in TABLES:
            assert rows(index, table) == sorted(getattr(given.facts, table))
    assert {"REL001", "BPL012"} <= {code for code, _ in given.problems}


def test_it_knows_nothing_of_others(folder: Path) -> None:
    with Index(folder, "key") as index:
        assert (index.digest("a.md"), [*index.problems(["a.md"])], index.lines("a.md")) == (None, [], b"")


def test_it_is_there_the_next_time_for_the_same_configuration_alone(folder: Path) -> None:
    with Index(folder, "key") as index:
        index.store([(result("a.md"), Stamp(5, 7, 6, 8))])
    with Index(folder, "key") as index:
        assert index.digest("a.md") == "digest of a.md"
    with Index(folder, "other") as index:
        assert known(index) == []
    with Index(folder, "key") as index:
        assert known(index) == []


def test_storing_again_replaces(folder: Path) -> None:
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
        index.store([(result("a.md", "plain\n"), None)])
        index.collection(["a.md"])
        assert rows(index, "links") == []
        assert len(rows(index, "documents")) == 1


def test_facts_are_those_of_the_collection_and_gone_files_are_dropped(folder: Path) -> None:
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None), (result("b.md"), None), (result("gone.md"), None)])
        index.collection(["a.md"])
        assert [row["path"] for row in index.query("SELECT path FROM documents")] == ["a.md"]
        assert known(index) == ["a.md", "b.md"]
        index.collection(["a.md", "b.md"])
        assert [row["path"] for row in index.query("SELECT path FROM documents ORDER BY path")] == ["a.md", "b.md"]


def test_a_copy_leaves_no_trace(folder: Path) -> None:
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
        with index.detached() as copy:
            assert copy.digest("a.md") == "digest of a.md"
            copy.store([(result("b.md"), None)])
        assert index.digest("b.md") is None


def test_a_store_that_fails_changes_nothing(folder: Path) -> None:
    with Index(folder, "key") as index:
        index.store([(result("a.md"), Stamp(1, 1, 1, 1))])
        with pytest.raises(AttributeError):
            index.store([(result("b.md"), None), (None, None)])  # type: ignore[list-item]
        assert known(index) == ["a.md"]


def test_stamps_that_changed_are_written_where_they_stand(folder: Path) -> None:
    one, other, another = (bytes([number]) * STAMP for number in range(3))
    before = {"a/": Files(b"x\0y\0z", one * 3), "b/": Files(b"x", one), "c/": Files(b"x", one)}
    after = {"a/": Files(b"x\0y\0z", one + other + another), "b/": Files(b"w\0x", other + one)}
    with Index(folder, "key") as index:
        index.tell("{}", before)
        assert index.amend('{"now": 1}', after, ["c/"], (), ())
    with Index(folder, "key") as index:
        assert index.folders() == after


def test_the_folder_keeps_itself_out_of_git(folder: Path) -> None:
    Index(folder, "key").connection.close()
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"


def foreign(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE meta (a)")
        connection.execute("CREATE VIEW files AS SELECT 1 AS doc")
    connection.close()


def with_our_key(file: Path) -> None:
    """One of another shape that claims to be of this configuration."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('key', 'key')")
    connection.close()


def cut(file: Path) -> None:
    Index(file.parent, "key").connection.close()
    file.write_bytes(file.read_bytes()[:5000])


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"nothing of the kind" * 500), id="no database"),
        pytest.param(
            lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000), id="a database's first bytes"
        ),
        pytest.param(lambda file: file.mkdir(), id="a folder"),
        pytest.param(lambda file: file.symlink_to(file.parent / "nowhere" / "x"), id="a link to nowhere"),
        pytest.param(foreign, id="another program's"),
        pytest.param(with_our_key, id="one that claims to be ours"),
        pytest.param(cut, id="cut off"),
    ],
)
def test_a_damaged_or_foreign_index_is_built_anew(folder: Path, damage: object) -> None:
    folder.mkdir()
    damage(folder / FILE)  # type: ignore[operator]
    with Index(folder, "key") as index:
        assert known(index) == []
        index.store([(result("a.md"), None)])
        index.collection(["a.md"])
        assert (*index.problems(["a.md"]),) == result("a.md").problems
        assert len(rows(index, "documents")) == 1


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder: Path) -> None:
    folder.write_text("mine", encoding="utf-8")
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
        assert index.digest("a.md") == "digest of a.md"
    assert folder.read_text(encoding="utf-8") == "mine"


def test_links_in_the_place_of_the_index_are_not_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE files (mine)")
    connection.close()
    before = other.read_bytes()
    folder.mkdir()
    for end in ("", "-wal", "-shm"):
        (folder / (FILE + end)).symlink_to(other)
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
    assert other.read_bytes() == before
    assert not (folder / FILE).is_symlink()


def test_a_link_in_the_place_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    folder.symlink_to(other)
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
        assert index.digest("a.md") == "digest of a.md"
    assert list(other.iterdir()) == []


def test_a_secret_is_made_once_and_is_the_users_own(tmp_path: Path) -> None:
    mine, yours = user_secret(tmp_path / "mine"), user_secret(tmp_path / "yours")
    assert user_secret(tmp_path / "mine") == mine != yours
    assert (tmp_path / "mine" / SECRET).stat().st_mode & 0o777 == 0o600
    assert sealed("key", mine) != sealed("key", yours)


def test_no_secret_where_none_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert user_secret(tmp_path / "file") == ""
    (tmp_path / SECRET).write_text("short", encoding="utf-8")
    assert user_secret(tmp_path) == ""


@pytest.mark.parametrize("checked", [True, False], ids=["checked whole", "as it is read"])
def test_an_index_that_contradicts_itself(folder: Path, monkeypatch: pytest.MonkeyPatch, checked: bool) -> None:
    """It says to have three free pages, and names none: it is built anew, or what it holds is right."""
    monkeypatch.setattr(index_module, "CHECKED_WHOLE", 10**9 if checked else 0)
    with Index(folder, "key") as index:
        index.store([(result("a.md"), None)])
    file = folder / FILE
    data = file.read_bytes()
    file.write_bytes(data[:36] + (3).to_bytes(4, "big") + data[40:])
    with Index(folder, "key") as index:
        assert index.digest("a.md") == (None if checked else "digest of a.md")
        index.reliably(lambda: index.store([(result(f"{number}.md"), None) for number in range(99)]))
        assert index.digest("98.md") == "digest of 98.md"


def keys(index: Index) -> set[str]:
    return {str(row["name"]) for row in index.query("SELECT name FROM sqlite_master WHERE type = 'index'")}


def test_an_index_is_filled_without_its_keys_and_has_them_in_the_end(folder: Path) -> None:
    with Index(folder, "key") as index:
        before = keys(index)
        with index.filling():
            assert keys(index) < before
            index.store([(result("a.md"), None)])
        assert keys(index) == before
        with index.filling():  # it has results that are found by them
            assert keys(index) == before


def interrupted(index: Index) -> None:
    with index.filling():
        index.store([(result("a.md"), None)])
        raise KeyboardInterrupt


def test_keys_that_a_run_did_not_come_to_make_are_made_by_the_next(folder: Path) -> None:
    with Index(folder, "key") as index:
        before = keys(index)
        with pytest.raises(KeyboardInterrupt):
            interrupted(index)
        assert keys(index) < before
    with Index(folder, "key") as index:
        assert keys(index) == before
        index.store([(result("a.md"), Stamp(1, 1, 1, 1)), (result("b.md"), None)])
        assert known(index) == ["a.md", "b.md"]


def lines_of(index: Index) -> list[bytes]:
    return [row["shown"] for row in index.query("SELECT shown FROM verdicts ORDER BY place")]


CHANGES = st.lists(
    st.tuples(st.sampled_from(("put", "drop")), st.integers(0, 40), st.text("ab\n", max_size=6)), max_size=8
)


@examples(60)
@given(st.dictionaries(st.integers(0, 40), st.text("ab\n", max_size=30)), CHANGES, st.integers(1, 60))
def test_the_pages_have_the_lines_of_all_verdicts(
    told: dict[int, str], changes: list[tuple[str, int, str]], size: int
) -> None:
    """Also of those that have come, changed and gone since they were told."""
    verdicts = [(str(place).encode(), shown.encode(), b"", "") for place, shown in told.items()]
    with pytest.MonkeyPatch.context() as patch, Index(None, "key") as index:
        patch.setattr(pages, "PAGE", size)
        index.tell("{}", {}, [(b"x", b"earlier", b"", "")])
        index.tell("{}", {}, verdicts)
        assert b"".join(index.shown()) == b"".join(lines_of(index))
        for what, place, shown in changes:
            if what == "put":
                values = (str(place).encode(), shown.encode(), b"", "")
                index.connection.execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)", values)
            else:
                index.connection.execute("DELETE FROM verdicts WHERE place = ?", (str(place).encode(),))
            assert b"".join(index.shown()) == b"".join(lines_of(index))
        pages.mend_pages(index.connection)
        assert index.connection.execute("SELECT COUNT(*) FROM pages WHERE lines IS NULL").fetchone() == (0,)
        assert b"".join(index.shown()) == b"".join(lines_of(index))
