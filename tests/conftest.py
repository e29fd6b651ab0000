"""What the tests share: how much hypothesis tries, how the tool is run, and the contract of every JSON report."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from content_audit.cli import cli

ROOT = Path(__file__).parent.parent
REPORT_SCHEMA = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
REPORT = jsonschema_rs.Draft202012Validator(REPORT_SCHEMA, validate_formats=True)

MULTIPLY = int(os.environ.get("CONTENT_AUDIT_EXAMPLES", "1"))
"""How many times the usual number of examples; then they are drawn at random, else they are the same each time."""

Invoke = Callable[..., Result]


def examples(number: int) -> settings:
    """So many examples for a property; without it, 200."""
    return settings(max_examples=number * MULTIPLY)


slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "content-audit",
    max_examples=200 * MULTIPLY,
    deadline=None,
    derandomize=MULTIPLY == 1,
    database=None,
    print_blob=True,
    suppress_health_check=slow,
)
settings.load_profile("content-audit")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks."""
    config.addinivalue_line("markers", "network: installs packages from an index")


def checked_report(data: dict[str, Any]) -> dict[str, Any]:
    """A report that keeps its contract: the published schema, and what a schema can't say."""
    assert [f"{error.instance_path}: {error.message}" for error in REPORT.iter_errors(data)] == []
    summary, findings, documents = data["summary"], data["findings"], data["documents"]
    assert summary["documents"] == len(documents)
    for severity in ("error", "warning", "info"):
        assert summary[f"{severity}s"] == sum(1 for f in findings if f["severity"] == severity)
    assert summary["fixable"] == sum(1 for f in findings if f["fix"])
    for document in documents:
        assert document["findings"] == sum(1 for f in findings if f["path"] == document["path"])
    assert {f["path"] for f in findings} <= {document["path"] for document in documents}
    assert len({f["fingerprint"] for f in findings}) == len(findings)
    for place in [*findings, *(related for f in findings for related in f["related"])]:
        assert place["start"]["offset"] <= place["end"]["offset"]
        assert "\\" not in place["path"] or os.sep == "/"
    return data


def read_report(text: str) -> dict[str, Any]:
    """The report that this JSON text is, held against its contract."""
    data = json.loads(text)
    assert isinstance(data, dict)
    return checked_report(data)


def without_seconds(data: dict[str, Any]) -> dict[str, Any]:
    """A report as two equal runs both have it."""
    return {**data, "summary": {key: value for key, value in data["summary"].items() if key != "seconds"}}


def codes(data: dict[str, Any]) -> list[str]:
    """The codes of a report's findings, in their order."""
    return [finding["code"] for finding in data["findings"]]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, outside of any repository and configuration."""
    folder = tmp_path / "work"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True, scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for what runs keep for the user; the one of who runs the tests stays as it is."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(name, str(folder))
        yield folder


@pytest.fixture
def invoke(work: Path) -> Invoke:
    """Runs a command in the working folder; whatever ends it otherwise than by an exit status is an error."""

    def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def run_tool(*arguments: str | Path, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """The tool in a process of its own; a traceback is an error."""
    command = [sys.executable, "-m", "content_audit", *map(str, arguments)]
    done = subprocess.run(command, check=False, cwd=cwd, input=stdin, capture_output=True, timeout=300)
    result = subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.stderr
    return result


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write these files below a folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder but the index, by their relative paths."""
    found = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in found)
    return {name: path.read_bytes() for name, path in named if not name.startswith(".content-audit-cache/")}
