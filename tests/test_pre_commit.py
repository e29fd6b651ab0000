"""The hooks as pre-commit runs them: a commit refused, repaired by the other hook, and accepted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from content_audit.walk import INCLUDE
from tests.cli_samples import FIXED, PAGE
from tests.conftest import ROOT

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
IDENTITY = {
    **{f"GIT_{role}_{part}": "test@localhost" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_hooks_take_just_the_files_that_are_documents(hook: dict[str, str]) -> None:
    assert {f"*.{ending}" for ending in hook["files"].removeprefix(r"\.(").removesuffix(")$").split("|")} == set(
        INCLUDE
    )


def run(folder: Path, *command: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a repository that knows no configuration but its own; pre-commit keeps its things in `home`."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    environment = {**inherited, **IDENTITY, **({"PRE_COMMIT_HOME": str(home)} if home else {})}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str | Path) -> str:
    result = run(folder, "git", *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """The working tree as it is, committed in a repository of its own."""
    target = tmp_path / "hooks"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("the working tree is no git repository")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    git(target, "init", "--quiet")
    git(target, "add", "--all")
    git(target, "commit", "--quiet", "--no-verify", "--message", "as it is")
    return target


def needs_index() -> None:
    """Skip where pip reaches no index to build the hooks' environment from."""
    options = ("--quiet", "--dry-run", "--no-deps", "--ignore-installed")
    command = [sys.executable, "-m", "pip", "install", *options, "hatchling"]
    if subprocess.run(command, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("pip reaches no package index")


@pytest.mark.network
def test_a_commit_is_refused_repaired_and_accepted(hooks: Path, tmp_path: Path) -> None:
    needs_index()
    home, repository = tmp_path / "home", tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "--quiet")
    config = {
        "repos": [{"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD"), "hooks": [{"id": "content-audit"}]}]
    }
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (repository / "apples.md").write_text(PAGE, encoding="utf-8")
    pre_commit = (sys.executable, "-m", "pre_commit")
    assert run(repository, *pre_commit, "install", home=home).returncode == 0
    git(repository, "add", ".")

    refused = run(repository, "git", "commit", "--message", "apples", home=home)
    assert refused.returncode != 0, refused.stdout + refused.stderr
    assert "apples.md:5:1: REL001 " in refused.stdout + refused.stderr
    assert run(repository, "git", "rev-parse", "HEAD").returncode != 0

    config["repos"][0]["hooks"] = [{"id": "content-audit-fix"}, {"id": "content-audit"}]
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(repository, "add", ".")
    repaired = run(repository, "git", "commit", "--message", "apples", home=home)
    assert repaired.returncode != 0
    assert "files were modified by this hook" in repaired.stdout + repaired.stderr
    assert (repository / "apples.md").read_text(encoding="utf-8") == FIXED

    git(repository, "add", "apples.md")
    accepted = run(repository, "git", "commit", "--message", "apples", home=home)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert git(repository, "show", "HEAD:apples.md") == FIXED.strip()
