"""Which files a run reads, and what it calls them."""

import os
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from content_audit.discover import discover, display
from content_audit.globs import DiscoveryError, matches
from content_audit.walk import INCLUDE, Selection
from tests.conftest import Invoke, write


def found(folder: Path, *paths: str, **selection: object) -> list[str]:
    chosen = Selection(folder, **selection)  # type: ignore[arg-type]
    return [source.path for source in discover([Path(path) for path in paths or (".",)], chosen, folder)]


def test_documents_by_ending_and_nothing_that_is_none(work: Path) -> None:
    names = ("a.md", "b.mdx", "c.markdown", "d.html", "e.htm", "f.txt", "sub/deep/g.md", "name with space.md", "ü.md")
    others = (
        "x.py",
        "README.md",
        "sub/CHANGELOG.md",
        "LICENSE",
        "robots.txt",
        "requirements.txt",
        ".hidden.md",
        ".git/x.md",
    )
    folders = ("node_modules/x.md", "sub/__pycache__/x.md", ".venv/x.md", "venv/x.md")
    write(work, dict.fromkeys((*names, *others, *folders), ""))
    assert found(work) == sorted(names)


def test_each_file_once_in_one_order(work: Path) -> None:
    write(work, {"b/a.md": "", "a/b.md": "", "a.md": ""})
    assert found(work, "b", ".", "a.md", "./a/../a.md", str(work / "a")) == ["a/b.md", "a.md", "b/a.md"]


def test_a_file_that_is_named_is_read_whatever_its_name(work: Path) -> None:
    write(work, {"README.md": "", "notes.rst": "", ".hidden.md": ""})
    assert found(work, "README.md", "notes.rst", ".hidden.md") == [".hidden.md", "README.md", "notes.rst"]
    assert found(work, "README.md", "notes.rst", force_exclude=True) == []


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        pytest.param(("draft*",), ["a.md", "sub/a.md", "sub/deep/a.md"], id="a name at any depth"),
        pytest.param(("sub",), ["a.md", "drafts/a.md"], id="a folder's name"),
        pytest.param(("sub/**",), ["a.md", "drafts/a.md"], id="all below a folder"),
        pytest.param(("sub/*.md",), ["a.md", "drafts/a.md", "sub/deep/a.md"], id="one level"),
        pytest.param(("**/deep/*.md", "a.md"), [], id="a name that all have"),
    ],
)
def test_exclude(work: Path, globs: tuple[str, ...], expected: list[str]) -> None:
    write(work, dict.fromkeys(("a.md", "drafts/a.md", "sub/a.md", "sub/deep/a.md"), ""))
    assert found(work, exclude=globs) == expected
    assert (
        found(work, *("a.md", "drafts/a.md", "sub/a.md", "sub/deep/a.md"), exclude=globs, force_exclude=True)
        == expected
    )


def test_include_takes_the_place_of_the_defaults(work: Path) -> None:
    write(work, dict.fromkeys(("a.md", "README.md", "b.rst", "sub/c.rst"), ""))
    assert found(work, include=("*.rst",)) == ["b.rst", "sub/c.rst"]
    assert found(work, include=("README.md",)) == ["README.md"]


def test_gitignore_counts_at_every_level_and_above(work: Path) -> None:
    write(work, {".gitignore": "build/\n*.tmp.md\n", "sub/.gitignore": "/only.md\n!kept.tmp.md\n"})
    write(
        work,
        dict.fromkeys(("a.md", "build/a.md", "x.tmp.md", "sub/only.md", "sub/deep/only.md", "sub/kept.tmp.md"), ""),
    )
    assert found(work) == ["a.md", "sub/deep/only.md", "sub/kept.tmp.md"]
    assert found(work, "sub") == ["sub/deep/only.md", "sub/kept.tmp.md"]


def test_links_are_told_and_not_followed(work: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.md": ""})
    write(work, {"a.md": ""})
    (work / "out.md").symlink_to(tmp_path / "outside" / "secret.md")
    (work / "same.md").symlink_to(work / "a.md")
    (work / "gone.md").symlink_to(work / "nowhere.md")
    (work / "loop.md").symlink_to(work / "loop.md")
    (work / "folder").symlink_to(tmp_path / "outside")
    sources = discover([Path()], Selection(work), work)
    assert [(s.path, s.link) for s in sources] == [
        ("a.md", False),
        ("gone.md", True),
        ("loop.md", True),
        ("out.md", True),
    ]


@pytest.mark.parametrize("named", ["alias", "alias/a.md", "{0}/all", "{0}/all/a.md"])
def test_a_path_through_a_link_names_the_same_files(work: Path, tmp_path: Path, named: str) -> None:
    write(work, {"all/a.md": ""})
    (work / "alias").symlink_to("all")
    (tmp_path / "elsewhere").symlink_to(work)
    sources = discover([Path(named.format(tmp_path / "elsewhere"))], Selection(work), work, [Path("all")])
    assert [(source.path, source.reported) for source in sources] == [("all/a.md", True)]


def test_places_below_the_folder_that_was_named(work: Path) -> None:
    write(work, {"one/sub/a.md": "", "two/a.md": "", "b.md": ""})
    selection = Selection(work)
    assert [s.below for s in discover([Path("one")], selection, work)] == [PurePosixPath("sub/a.md")]
    assert {s.below.as_posix() for s in discover([Path("one"), Path("two")], selection, work)} == {
        "one/sub/a.md",
        "two/a.md",
    }
    assert {s.below.as_posix() for s in discover([Path("one"), Path("b.md")], selection, work)} == {"sub/a.md", "b.md"}


def test_roots_are_read_but_not_reported(work: Path) -> None:
    write(work, {"all/a.md": "", "all/b.md": "", "c.md": ""})
    sources = discover([Path("all/b.md")], Selection(work), work, [Path("all")])
    assert [(source.path, source.reported) for source in sources] == [("all/a.md", False), ("all/b.md", True)]


def test_what_is_not_there(work: Path) -> None:
    with pytest.raises(DiscoveryError, match="nowhere: no such file or folder"):
        found(work, "nowhere")


def test_names_that_are_no_text(work: Path) -> None:
    try:
        (work / os.fsdecode(b"\xff.md")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes only names that are UTF-8")
    (path,) = found(work)
    assert path == "\\xff.md"
    assert path.encode("utf-8")


def test_display_is_relative_below_the_working_folder_alone(tmp_path: Path) -> None:
    assert display(tmp_path / "a" / "b.md", tmp_path) == "a/b.md"
    assert display(tmp_path / "b.md", tmp_path / "a") == (tmp_path / "b.md").as_posix()


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("a/b.md", "*.md", True),
        ("a/b.md", "a", True),
        ("a/b.md", "a/", True),
        ("a/b.md", "a/*.md", True),
        ("a/c/b.md", "a/*.md", False),
        ("a/c/b.md", "a/**", True),
        ("a/b.MD", "*.md", False),
        ("a/[b].md", "[b].md", False),
    ],
)
def test_matches(path: str, glob: str, expected: bool) -> None:
    assert matches(path, [glob]) is expected


@pytest.mark.parametrize("line", ["!", "\\", "a\\", "[z-a]", "[a-\\]]"])
def test_a_line_of_gitignore_that_is_no_pattern_is_passed_over(work: Path, line: str) -> None:
    write(work, {".gitignore": f"{line}\nb.md\n", "a.md": "", "b.md": ""})
    assert found(work) == ["a.md"]


@pytest.mark.parametrize("option", ["include", "exclude"])
def test_a_glob_that_is_no_pattern_is_named(work: Path, option: str) -> None:
    with pytest.raises(DiscoveryError, match="a/\\[z-a\\]"):
        found(work, **{option: ("a/[z-a]",)})


def test_a_pattern_that_never_ends_on_a_name_ends_the_search(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content_audit.discover.MOST_SECONDS", 0.2)
    write(work, {".gitignore": "*a" * 12 + "b\n", f"{'a' * 200}.md": "", "b.md": ""})
    with pytest.raises(DiscoveryError, match="too many wildcards"):
        found(work)


def test_folders_may_be_nested_deeper_than_calls(invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 1_200
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.md").write_text("# Words\n")
    monkeypatch.chdir(work)
    try:
        assert [path.count("/") for path in found(work)] == [depth]
        assert invoke("clean", ".", "--output", "../out").exit_code == 0
        assert Path("../out", "d/" * depth, "a.md").is_file()
    finally:  # what pytest removes folders with has a limit of its own
        subprocess.run(["rm", "-r", "d", "../out"], check=False)


@pytest.mark.parametrize("include", [INCLUDE, ("*.md",), ("sub/**/*.md", "*.txt"), ("sub",), ("*",)])
@pytest.mark.parametrize("exclude", [(), ("draft*",), ("sub",), ("sub/*.md", "b.*"), ("*.txt",)])
def test_a_walk_takes_what_is_included(work: Path, include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
    names = ("a.md", "b.md", "b.txt", "README.md", "draft.md", "x.rst")
    write(work, {f"{folder}{name}": "" for name in names for folder in ("", "sub/", "sub/deep/", "drafts/", "x.md/")})
    chosen = Selection(work, include, exclude)
    files = (file.relative_to(work).as_posix() for file in work.rglob("*") if file.is_file())
    taken = {file for file in files if chosen.includes(file) and not file.startswith(".git/")}
    entered = {file for file in taken if not any(matches(str(up), exclude) for up in Path(file).parents[:-1])}
    assert {*found(work, include=include, exclude=exclude)} == entered
