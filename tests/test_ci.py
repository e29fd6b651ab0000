"""The Action and the template for GitLab: their shape by published schemas, their steps in a repository."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, write

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))["content-audit"]
INSTALL: Mapping[str, Any] = next(step for step in ACTION["runs"]["steps"] if step["name"] == "Install")
EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")

POND = "---\nid: {0}\ntitle: Pond {0}\n---\nWater stands in pond {0}, and newts live in it.\n"
TWICE = POND.replace("---\nWater", "related_article1: {{id: 1}}\nrelated_article2: {{id: 1}}\n---\nWater")
CONFIG = "roots = ['docs']\nextend-select = ['REL']\n"

Values = Mapping[str, str]


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        pytest.param("vendor.github-actions", "action.yml", id="the Action"),
        pytest.param("vendor.gitlab-ci", "ci/gitlab.yml", id="the template"),
    ],
)
def test_shape(schema: str, file: str) -> None:
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", schema, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_of_the_pull_request_is_part_of_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step.get("run", "")] == []
    assert {name for step in steps for name in step.get("env", {})} >= {"BASE", "PATHS"}


class Repository:
    """A repository with a pull request, and what the runner of the Action would know of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.place = folder / "temp"
        self.tools = folder / "tools"
        self.files = {name: folder / name for name in ("output", "summary", "calls")}
        write(folder, dict.fromkeys(self.files, ""))
        self.tools.mkdir()
        gh = self.tools / "gh"
        said = 'case "$*" in *--paginate*) cat "$EARLIER";; esac'
        gh.write_text(f'#!/bin/sh\necho "$@" >> {self.files["calls"]}\n[ -f "$EARLIER" ] || exit 1\n{said}\n')
        gh.chmod(0o755)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments: str) -> str:
        identity = {f"GIT_{role}_{part}": "a@pond" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, files: dict[str, str]) -> str:
        write(self.folder, files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "more")
        return self.git("rev-parse", "HEAD")

    def steps(self, inputs: Values, github: Values, earlier: str | None = "") -> list[tuple[str, int, str]]:
        """Run the scripts of the Action as its runner does: up to the first that fails. Name, status and output.

        What it installs is a stand-in for the tree under test. `earlier` is the id of a comment that is there; with
        None comments are not to be had.
        """
        values = self.values(inputs, github)
        binary = self.place / "content-audit" / "venv" / "bin" / "content-audit"
        binary.parent.mkdir(parents=True, exist_ok=True)
        binary.write_text(f'#!/bin/sh\nexec {sys.executable} -m content_audit "$@"\n')
        binary.chmod(0o755)
        if earlier is not None:
            (self.place / "earlier").write_text(earlier)
        done = []
        for step in ACTION["runs"]["steps"]:
            told = self.files["output"].read_text().splitlines()
            values |= {f"steps.check.outputs.{key}": value for key, _, value in (line.partition("=") for line in told)}
            if "run" in step and step is not INSTALL and holds(step.get("if", ""), values):
                result = self.run(step, values)
                done.append((step["name"], result.returncode, result.stdout + result.stderr))
                if result.returncode:
                    break
        return done

    def values(self, inputs: Values, github: Values) -> dict[str, str]:
        """What the expressions of the Action stand for."""
        values = {f"inputs.{name}": str(given.get("default", "")) for name, given in ACTION["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in inputs.items()}
        values |= {f"github.{name}": value for name, value in github.items()}
        return values | {
            "runner.temp": str(self.place),
            "github.action_path": str(ROOT),
            "inputs.python": sys.executable,
        }

    def run(self, step: Mapping[str, Any], values: Values) -> subprocess.CompletedProcess[str]:
        environment = {name: EXPRESSION.sub(lambda m: values.get(m[1], ""), text) for name, text in step["env"].items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={
                **os.environ,
                **environment,
                "PATH": f"{self.tools}:{os.environ['PATH']}",
                "EARLIER": str(self.place / "earlier"),
                "GITHUB_OUTPUT": str(self.files["output"]),
                "GITHUB_STEP_SUMMARY": str(self.files["summary"]),
            },
            capture_output=True,
            text=True,
            check=False,
        )


def holds(condition: str, values: Values) -> bool:
    """A condition of a step: comparisons with == and !=, values alone, joined by && or by ||."""
    inner = EXPRESSION.sub(lambda match: match[1], condition).strip()
    if not inner:
        return True
    joined, some = (" || ", any) if " || " in inner else (" && ", all)
    return some(_holds(part.strip(), values) for part in inner.split(joined))


def _holds(part: str, values: Values) -> bool:
    name, operator, text = (each.strip() for each in re.fullmatch(r"(.+?)(?: *(==|!=) *(.+))?", part).groups(""))  # type: ignore[union-attr]
    value = values.get(name, "")
    return (value == text.strip("'")) == (operator == "==") if operator else value != ""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.commit({"docs/a.md": POND.format(1), "docs/old.md": TWICE.format(2), "content-audit.toml": CONFIG})
    return made


def pull_request(repository: Repository, files: dict[str, str]) -> dict[str, str]:
    """A branch with these files; what is known of its pull request."""
    base = repository.git("rev-parse", "HEAD")
    repository.git("switch", "--quiet", "--create", "newts")
    repository.commit(files)
    known = {"event_name": "pull_request", "event.pull_request.base.sha": base, "event.pull_request.number": "7"}
    return {**known, "repository": "pond/newts", "token": "secret"}


@pytest.mark.network
def test_what_the_first_step_installs_is_a_tool_that_audits(repository: Repository) -> None:
    done = repository.run(INSTALL, repository.values({}, {}))
    assert done.returncode == 0, done.stderr
    tool = repository.place / "content-audit" / "venv" / "bin" / "content-audit"
    found = subprocess.run(
        [str(tool), "check", "docs", "--output-format", "concise"],
        cwd=repository.folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1, found.stderr
    assert "docs/old.md:5:1: REL001" in found.stdout


def test_a_pull_request_with_a_new_finding(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": TWICE.format(3)})
    done = repository.steps({"comment": "true"}, github)
    assert [(name, status) for name, status, _ in done] == [
        ("Take what is trusted from the base", 0),
        ("Check", 0),
        ("Comment", 0),
        ("Gate", 1),
    ]
    commands = [line for line in done[1][2].splitlines() if line.startswith("::")]
    assert [line.partition(",")[0] for line in commands if "REL001" in line] == ["::error file=docs/b.md"]
    assert not [line for line in commands if "old.md" in line]
    assert "REL001" in repository.files["summary"].read_text()
    made = repository.place / "content-audit"
    assert {"audit.json", "index.html", "cleaned"} <= {file.name for file in (made / "report").iterdir()}
    assert (made / "content-audit.sarif").is_file()
    calls = repository.files["calls"].read_text().splitlines()
    assert "--method POST repos/pond/newts/issues/7/comments" in calls[1]


def test_the_comment_of_an_earlier_run_is_written_over(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": TWICE.format(3)})
    repository.steps({"comment": "true"}, github, earlier="4711\n")
    calls = repository.files["calls"].read_text().splitlines()
    assert "--method PATCH repos/pond/newts/issues/comments/4711" in calls[1]


def test_a_token_that_may_not_comment_leaves_the_gate_as_it_is(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": POND.format(3)})
    done = repository.steps({"comment": "true"}, github, earlier=None)
    assert [(name, status) for name, status, _ in done[-2:]] == [("Comment", 0), ("Gate", 0)]
    assert done[-2][2].startswith("::warning title=content-audit::the comment could not be written")


def test_a_pull_request_has_no_say_in_what_is_held_against_it(repository: Repository) -> None:
    silent = {"content-audit.toml": "ignore = ['REL', 'FM']\nfail-on = 'never'\n", "content-audit-baseline.txt": "#\n"}
    github = pull_request(
        repository, {**silent, "docs/b.md": TWICE.format(3), "docs/content-audit.toml": "ignore = ['ALL']\n"}
    )
    assert repository.steps({}, github)[-1][:2] == ("Gate", 1)
    assert (repository.folder / "content-audit.toml").read_text() == CONFIG
    assert not (repository.folder / "content-audit-baseline.txt").exists()


def test_a_clean_pull_request_and_a_push(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": POND.format(3)})
    assert repository.steps({}, github)[-1][:2] == ("Gate", 0)
    assert repository.steps({"changed": "false"}, github)[-1][:2] == ("Gate", 1)
    assert repository.steps({"paths": "docs/b.md"}, {"event_name": "push"})[-1][:2] == ("Gate", 0)


def test_a_clone_without_the_base_says_so(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": POND.format(3)})
    done = repository.steps({}, {**github, "event.pull_request.base.sha": "0" * 40})
    assert done[-1][:2] == ("Take what is trusted from the base", 2)
    assert "fetch-depth 0" in done[-1][2]


def test_names_that_a_shell_would_take_apart(repository: Repository) -> None:
    odd = "docs/$(touch pwned) `touch pwned`; a.md"
    github = pull_request(repository, {odd: TWICE.format(3)})
    assert repository.steps({"paths": odd}, github)[-1][:2] == ("Gate", 1)
    assert not (repository.folder / "pwned").exists()


def test_the_script_of_the_template(repository: Repository) -> None:
    github = pull_request(repository, {"docs/b.md": TWICE.format(3)})
    binary = repository.tools / "content-audit"
    binary.write_text(f'#!/bin/sh\nexec {sys.executable} -m content_audit "$@"\n')
    binary.chmod(0o755)
    environment = {
        "PATH": f"{repository.tools}:{os.environ['PATH']}",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": github["event.pull_request.base.sha"],
    }
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(GITLAB["script"])],
        cwd=repository.folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "docs/b.md:5:1: REL001" in done.stdout
    reports = GITLAB["artifacts"]["reports"]
    assert all((repository.folder / name).is_file() for name in (reports["codequality"], reports["junit"]))
    assert (repository.folder / GITLAB["artifacts"]["paths"][0]).is_dir()
