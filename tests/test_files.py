"""Files are replaced whole or not at all, and what a killed run left is swept up."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from content_audit import files
from tests.cli_samples import PAGE
from tests.conftest import ROOT, contents, write

STRAY = ".content-audit-0123456789abcdef"


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_the_new_bytes_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o604)
    files.replace(file, [b"n", b"ew"])
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o604
    assert names(tmp_path) == {"a.md"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    os.chown(file, 1234, 2345)
    files.replace(file, [b"new"])
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 2345)


def test_what_fails_on_the_way_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")

    def breaks() -> object:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.replace(file, breaks())  # type: ignore[arg-type]
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == {"a.md"}


def test_strays_go_and_nothing_else(tmp_path: Path) -> None:
    kept = {"a.md", ".content-audit-notes", ".content-audit-0123456789abcdeg", STRAY + "0"}
    for name in {*kept, STRAY}:
        (tmp_path / name).write_bytes(b"")
    folder = tmp_path / STRAY.replace("0123", "3210")
    folder.mkdir()
    link = tmp_path / STRAY.replace("0123", "2222")
    link.symlink_to(tmp_path / "a.md")
    files.sweep(tmp_path)
    assert names(tmp_path) == {*kept, folder.name, link.name}


def test_a_temporary_file_in_use_stays(tmp_path: Path) -> None:
    swept = []

    def chunks() -> object:
        yield b"new"
        files.sweep(tmp_path)
        swept.append(names(tmp_path))

    files.replace(tmp_path / "a.md", chunks())  # type: ignore[arg-type]
    assert [len(found) for found in swept] == [1]
    assert (tmp_path / "a.md").read_bytes() == b"new"


def run_limited(*arguments: str, cwd: Path, size: int) -> subprocess.CompletedProcess[str]:
    """The tool where no file may grow over `size` bytes, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "content_audit", *arguments],
        check=False,
        cwd=cwd,
        text=True,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


COMMANDS = [["fix"], ["clean", ".", "--output", "out"]]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("size", "reason"),
    [
        pytest.param(500_000, "a.md: File too large", id="room for the index, none for the document"),
        pytest.param(4_096, "no room for what the run has to remember", id="room for nothing"),
    ],
)
def test_a_full_disk_ends_the_run_with_2_and_keeps_the_documents(
    work: Path, command: list[str], size: int, reason: str
) -> None:
    long = PAGE + "".join(f"Tree {n} had {n * 7} apples. " for n in range(20_000)) + "\n"
    write(work, {"a.md": long})
    result = run_limited(*command, cwd=work, size=size)
    assert result.returncode == 2
    assert reason in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(work)["a.md"] == long.encode()
    assert not [name for name in contents(work) if Path(name).name.startswith(".content-audit-")]


def test_fix_sweeps_the_folders_of_its_documents(work: Path) -> None:
    write(work, {"content/a.md": PAGE, f"content/{STRAY}": "half a docu"})
    subprocess.run([sys.executable, "-m", "content_audit", "fix", "-q"], cwd=work, check=False)
    assert names(work / "content") == {"a.md"}


def test_the_program_is_the_module_that_minds_early_interrupts() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'content-audit = "content_audit.__main__:main"' in text


def test_stamps_are_those_of_each_file_whatever_its_inode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": "one", "b.md": "two"})

    def known() -> bytes:
        stamps = [files.stamp(tmp_path / name) for name in ("a.md", "b.md")]
        return files.packed(stamp for stamp in stamps if stamp)

    assert files.stamps([f"{tmp_path}/a.md", f"{tmp_path}/b.md"]) == known()
    monkeypatch.setattr(files, "_STAMP", lambda status: (1, 2, 3, 2**64 - status.st_ino))
    assert files.stamps([f"{tmp_path}/a.md", f"{tmp_path}/b.md"]) == known()
    with pytest.raises(FileNotFoundError):
        files.stamps([f"{tmp_path}/a.md", f"{tmp_path}/gone.md"])
