"""The gate: only what is new counts, against a baseline, an earlier report, or the branch that changes go into."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Invoke, read_report, run_tool, write

Git = Callable[..., str]

LINKS = "related_article1: {{id: {0}, title: Pond {0}}}\nrelated_article2: {{id: {1}, title: Pond {1}}}\n"
PAGE = "---\nid: {number}\ntitle: Pond {number}\n{links}---\nWater stands here, and newts live in it.\n"
LEGACY = 500


def pond(number: int, links: str = "") -> str:
    return PAGE.format(number=number, links=links)


def legacy() -> dict[str, str]:
    """Documents of which each has one finding, and one without."""
    twice = {
        f"{number:03}.md": pond(number, LINKS.format(number % LEGACY + 1, number % LEGACY + 1))
        for number in range(1, LEGACY + 1)
    }
    return {**twice, "clean.md": pond(1000, LINKS.format(1, 2))}


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a scratch repository, with nobody's configuration."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "writer@pond.example")
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)

    def run(*arguments: str, cwd: Path = repository) -> str:
        return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout

    run("init", "--quiet", "--initial-branch", "main")
    return run


def commit(git: Git, files: dict[str, str], message: str) -> None:
    write(Path(), files)
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def findings(invoke: Invoke, *options: str) -> tuple[list[tuple[str, str]], int]:
    """What counts, and the exit status."""
    done = invoke("check", "docs", "--output-format", "json", "--select", "REL001,REL002,REL006,FM,ID001", *options)
    assert done.exit_code in (0, 1), done.stderr
    return [(each["path"], each["code"]) for each in read_report(done.stdout)["findings"]], done.exit_code


def test_a_pull_request_into_an_old_collection(invoke: Invoke, git: Git) -> None:
    commit(git, {f"docs/{name}": text for name, text in legacy().items()}, "Ponds")
    assert invoke("baseline", "create", "docs", "--select", "REL001,REL002,REL006,FM,ID001").exit_code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "What is known")
    assert findings(invoke) == ([], 0)
    assert len(findings(invoke, "--no-baseline")[0]) == LEGACY
    git("switch", "--quiet", "--create", "newts")
    commit(git, {"docs/clean.md": pond(1000, LINKS.format(2, 2))}, "Newts")
    new = [("docs/clean.md", "REL001")]
    for options in ([], ["--changed"], ["--changed", "--no-baseline"], ["--changed", "--base", "main"]):
        assert findings(invoke, *options) == (new, 1), options
    assert invoke("fix", "docs", "--select", "REL001", "--changed").exit_code == 0
    assert "related_article2" in Path("docs/001.md").read_text()
    for options in ([], ["--changed"], ["--changed", "--no-baseline"]):
        assert findings(invoke, *options) == ([], 0), options


def test_moved_lines_and_renamed_files_are_not_new(invoke: Invoke, git: Git) -> None:
    lines = "".join(f"Line {number} of what is told of the pond.\n\n" for number in range(200))
    text = pond(1, LINKS.format(2, 2))
    commit(git, {"docs/a.md": text, "docs/b.md": pond(2, LINKS.format(1, 1)), "docs/bare.md": "No head.\n"}, "Ponds")
    assert invoke("baseline", "create", "docs").exit_code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "What is known")
    head, links, body = text.partition("related")
    write(Path("docs"), {"a.md": head + "note: |\n" + "".join(f"  {n}\n" for n in range(200)) + links + body + lines})
    Path("docs/b.md").rename("docs/c.md")
    Path("docs/bare.md").rename("docs/naked.md")
    assert findings(invoke) == ([], 0)
    assert findings(invoke, "--changed") == ([], 0)
    Path("docs/c.md").write_text(pond(2, LINKS.format(1, 1) + "related_article3: {id: 1}\n"))
    assert findings(invoke) == ([("docs/c.md", "REL001")], 1)


def test_a_change_counts_for_what_it_causes_in_others(invoke: Invoke, git: Git) -> None:
    files = {"docs/a.md": pond(1, "related_article1: {id: 2, title: Pond 2}\n"), "docs/b.md": pond(2)}
    commit(git, {**files, "docs/old.md": pond(3, LINKS.format(1, 1))}, "Ponds")
    git("switch", "--quiet", "--create", "newts")
    write(Path("docs"), {"b.md": pond(2).replace("Pond 2", "Lake 2")})
    assert findings(invoke, "--changed") == ([("docs/a.md", "REL006")], 1)
    git("checkout", "--quiet", ".")
    write(Path("docs"), {"new.md": pond(1)})
    assert findings(invoke, "--changed") == ([("docs/a.md", "ID001"), ("docs/new.md", "ID001")], 1)
    Path("docs/new.md").unlink()
    Path("docs/b.md").unlink()
    assert findings(invoke, "--changed", "--extend-select", "REL007") == ([("docs/a.md", "REL007")], 0)


def test_a_document_that_goes_takes_its_findings_along(invoke: Invoke, git: Git) -> None:
    commit(git, {"docs/a.md": pond(1), "docs/b.md": pond(1)}, "Twins")
    Path("docs/b.md").unlink()
    assert findings(invoke, "--changed") == ([], 0)


def test_since_an_earlier_report(invoke: Invoke, git: Git, tmp_path: Path) -> None:
    earlier = tmp_path / "audit.json"
    write(Path("docs"), {"a.md": pond(1, LINKS.format(2, 2)), "b.md": pond(2)})
    assert invoke("check", "docs", "-q", "-o", f"json={earlier}").exit_code == 1
    write(Path("docs"), {"b.md": pond(2, LINKS.format(1, 1))})
    assert findings(invoke, "--since", str(earlier)) == ([("docs/b.md", "REL001")], 1)


def test_a_baseline_is_pruned_and_updated(invoke: Invoke, git: Git) -> None:
    write(Path("docs"), {"a.md": pond(1, LINKS.format(2, 2)), "b.md": pond(2)})
    assert "1 finding known" in invoke("baseline", "create", "docs", "--select", "REL001").stdout
    assert known() == ["REL001 docs/a.md"]
    assert invoke("baseline", "create", "docs").exit_code == 2
    write(Path("docs"), {"a.md": pond(1), "b.md": pond(2, LINKS.format(1, 1))})
    assert "0 findings known" in invoke("baseline", "prune", "docs", "--select", "REL001").stdout
    assert findings(invoke)[1] == 1
    assert "1 finding known" in invoke("baseline", "update", "docs", "--select", "REL001").stdout
    assert findings(invoke) == ([], 0)


def known() -> list[str]:
    """The lines of the baseline without their fingerprints and keys."""
    return [line[26:] for line in Path("content-audit-baseline.txt").read_text().splitlines()[1:]]


def test_a_baseline_is_one_in_whatever_folder(invoke: Invoke, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = {"docs/a.md": pond(1, LINKS.format(2, 2)), "docs/b.md": pond(1, LINKS.format(2, 2))}
    commit(git, {**twins, "content-audit.toml": "roots = ['docs']\nselect = ['REL001', 'ID001']\n"}, "Ponds")
    earlier = Path("audit.json").absolute()
    assert invoke("check", "-o", f"json={earlier}").exit_code == 1
    assert "4 findings known" in invoke("baseline", "create").stdout
    before = Path("content-audit-baseline.txt").read_text()
    monkeypatch.chdir("docs")
    done = invoke("check", "a.md", "b.md")
    assert done.exit_code == 0, done.output
    assert invoke("check", "--no-baseline", "--since", str(earlier)).exit_code == 0
    for command in (["prune"], ["prune", "a.md"], ["update"]):
        assert "4 findings known" in invoke("baseline", *command).stdout
        assert Path("../content-audit-baseline.txt").read_text() == before, command


def test_a_baseline_keeps_what_a_run_did_not_look_at(invoke: Invoke, git: Git) -> None:
    twice = {f"docs/{name}.md": pond(number, LINKS.format(7, 7)) for number, name in enumerate("abc")}
    write(Path(), {**twice, "docs/d.md": pond(9, "related_article1: {id: 9}\n")})
    invoke("baseline", "create", "docs", "--select", "REL001,REL002")
    write(Path("docs"), {"a.md": pond(0), "c.md": pond(2), "new.md": pond(8, LINKS.format(7, 7))})
    Path("docs/d.md").unlink()
    assert "3 findings known" in invoke("baseline", "prune", "docs/a.md", "--select", "REL002").stdout
    invoke("baseline", "prune", "docs/a.md", "--select", "REL001")
    assert known() == ["REL001 docs/b.md", "REL001 docs/c.md"]
    invoke("baseline", "update", "docs/new.md", "--select", "REL001")
    assert known() == ["REL001 docs/b.md", "REL001 docs/c.md", "REL001 docs/new.md"]


def test_what_a_renamed_document_has_stays_known(invoke: Invoke, git: Git) -> None:
    write(Path("docs"), {"a.md": pond(1, LINKS.format(2, 2)), "b.md": pond(2)})
    invoke("baseline", "create", "docs", "--select", "REL001")
    Path("docs/a.md").rename("docs/c.md")
    invoke("baseline", "prune", "docs", "--select", "REL001")
    assert known() == ["REL001 docs/c.md"]
    assert findings(invoke) == ([], 0)
    write(Path(), {"elsewhere/copy.md": pond(1, LINKS.format(2, 2))})
    assert invoke("check", "elsewhere", "--select", "REL001").exit_code == 1


def test_what_a_run_reads_is_no_document_of_it(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": pond(1), "known.txt": "/ponds/7\n", "content-audit.toml": "inventory = ['known.txt']\n"})
    for command in ("create", "update", "prune"):
        assert invoke("baseline", command).exit_code == 0
    data = read_report(invoke("check", "--output-format", "json").stdout)
    assert [document["path"] for document in data["documents"]] == ["a.md"]
    assert invoke("clean", "--output", "out").exit_code == 0
    assert sorted(file.name for file in (work / "out").iterdir()) == ["a.md", "ledger.json"]


def test_two_baselines_merge_line_by_line(invoke: Invoke, git: Git) -> None:
    files = {f"docs/{name}.md": pond(number, LINKS.format(2, 2)) for number, name in enumerate("abcdefgh", 10)}
    commit(git, files, "Ponds")
    invoke("baseline", "create", "docs", "--select", "REL001")
    commit(git, {}, "What is known")
    for branch, name in (("one", "a"), ("two", "h")):
        git("switch", "--quiet", "--create", branch, "main")
        write(Path("docs"), {f"{name}.md": pond(ord(name))})
        invoke("baseline", "update", "docs", "--select", "REL001")
        commit(git, {}, f"Without {name}")
    git("merge", "--quiet", "--no-edit", "one")
    assert findings(invoke) == ([], 0)
    merged = Path("content-audit-baseline.txt").read_text()
    Path("content-audit-baseline.txt").write_text("\ufeff" + merged.replace("\n", "\r\n"), newline="")
    assert findings(invoke) == ([], 0)
    assert len(Path("content-audit-baseline.txt").read_text().splitlines()) == 7


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--changed", "--base", "nowhere"], "'nowhere' is no commit", id="no such base"),
        pytest.param(["--changed", "--base", "--all"], "'--all' is no commit", id="an option is no base"),
        pytest.param(["--base", "main"], "--base is of use with --changed", id="a base alone"),
        pytest.param(["--since", "gone.json"], "gone.json: No such file", id="no report"),
        pytest.param(["--since", "docs/a.md"], "no JSON report", id="not a report"),
        pytest.param(["--baseline", "gone.txt"], "gone.txt: No such file", id="no baseline"),
        pytest.param(["--baseline", "docs/a.md"], "docs/a.md:1: no line of a baseline", id="not a baseline"),
    ],
)
def test_what_cannot_be_held_against_is_an_error_of_use(
    invoke: Invoke, git: Git, options: list[str], said: str
) -> None:
    commit(git, {"docs/a.md": pond(1)}, "Ponds")
    done = invoke("check", "docs", *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_shallow_clone_says_what_to_fetch(git: Git, tmp_path: Path) -> None:
    commit(git, {"docs/a.md": pond(1)}, "Ponds")
    git("switch", "--quiet", "--create", "newts")
    commit(git, {"docs/b.md": pond(2)}, "Newts")
    git("switch", "--quiet", "main")
    commit(git, {"docs/c.md": pond(3)}, "Toads")
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth", "1", "--branch", "newts", f"file://{Path.cwd()}", str(clone))
    for base in ([], ["--base", "origin/main"]):
        done = run_tool("check", "docs", "--changed", *base, cwd=clone)
        assert done.returncode == 2
        assert b"shallow" in (done.stderr if isinstance(done.stderr, bytes) else done.stderr.encode()) or not base
    git("fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main", cwd=clone)
    done = run_tool("check", "docs", "--changed", cwd=clone)
    assert done.returncode == 2
    assert "fetch-depth: 0" in str(done.stderr)


def test_no_change_at_all_names_the_base(invoke: Invoke, git: Git) -> None:
    commit(git, {"docs/a.md": pond(1, LINKS.format(2, 2))}, "Ponds")
    done = invoke("check", "docs", "--changed")
    assert (done.exit_code, done.stderr) == (
        0,
        "content-audit: no file differs from main; another is named with --base\n",
    )
    assert invoke("check", "docs", "--changed", "--base", "HEAD").stderr == ""


def test_outside_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": pond(1)})
    done = run_tool("check", ".", "--changed", cwd=tmp_path)
    assert done.returncode == 2
    assert "not a git repository" in str(done.stderr)


def test_names_that_git_quotes(invoke: Invoke, git: Git) -> None:
    odd = 'docs/a "b"\n日本.md'
    commit(git, {odd: pond(1, LINKS.format(2, 3))}, "Odd")
    write(Path(), {odd: pond(1, LINKS.format(2, 2))})
    assert findings(invoke, "--changed") == ([(odd, "REL001")], 1)


def test_more_warnings_than_may_be(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": pond(1, LINKS.format(2, 2)), "content-audit.toml": "[severity]\nREL001 = 'warning'\n"})
    found: dict[str, Any] = json.loads(invoke("check", ".", "--output-format", "json").stdout)
    warnings = found["summary"]["warnings"]
    assert warnings > 0
    assert invoke("check", ".", "--max-warnings", str(warnings)).exit_code == 0
    assert invoke("check", ".", "--max-warnings", str(warnings - 1)).exit_code == 1
