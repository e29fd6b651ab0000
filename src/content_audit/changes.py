"""What a branch changes of a collection, as git knows it."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_BASES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What a branch is held against where no base is named: the first of these that there is."""

CALM = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
"""Nothing that a repository's configuration names is started."""


class ChangesError(Exception):
    """Changes that git can't tell; the text says why, and what to do."""


@dataclass(frozen=True)
class Changes:
    """The files that differ from the named base, with the bytes that they had there; None for those that were not."""

    base: str
    before: Mapping[Path, bytes | None]


def changes(folder: Path, base: str | None) -> Changes:
    """What differs between the files below this folder and where their branch left `base`.

    Files that git does not know yet are changes too. Raises ChangesError outside of a repository, for a base that is
    none, and where the clone is too shallow to tell.
    """
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    named, start = _fork(folder, base)
    raw = _git(top, "diff", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "-z", start)
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    objects = dict.fromkeys(_listed(untracked), "") | dict(_differing(raw))
    contents = _contents(folder, [each for each in objects.values() if each])
    return Changes(named, {real(top / name): contents.get(each) for name, each in sorted(objects.items())})


def real(file: Path) -> Path:
    """The file by the one name that its folder really has; a link stays a link."""
    return Path(os.path.realpath(file.parent), file.name)


def _fork(folder: Path, base: str | None) -> tuple[str, str]:
    """The base's name, and the commit where the branch left it."""
    named = base or next((each for each in DEFAULT_BASES if _commit(folder, each)), None)
    if named is None:
        raise ChangesError(f"none of {', '.join(DEFAULT_BASES)} is known here: name one with --base, or fetch it")
    commit = _commit(folder, named)
    if commit is None:
        raise ChangesError(f"{named!r} is no commit that this clone knows: fetch it{_shallow(folder)}")
    done = _run(folder, "merge-base", commit, "HEAD")
    if done.returncode:
        raise ChangesError(f"no common commit of {named!r} and HEAD{_shallow(folder) or ': they are unrelated'}")
    return named, done.stdout.decode().split("\n")[0]


def _commit(folder: Path, name: str) -> str | None:
    done = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def _shallow(folder: Path) -> str:
    is_shallow = _run(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    more = "; this clone is shallow: fetch more of it (`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`)"
    return more if is_shallow else ""


def _listed(names: bytes) -> Iterator[str]:
    return (os.fsdecode(name) for name in names.split(b"\0") if name)


def _differing(raw: bytes) -> Iterator[tuple[str, str]]:
    """Each path of a raw difference with the object that stood there before; "" where none of a file's did."""
    fields = iter(raw.split(b"\0"))
    for told, name in zip(fields, fields, strict=False):
        mode, _, before = told.decode().lstrip(":").split(" ")[:3]
        yield os.fsdecode(name), before if mode.startswith("100") else ""


def _contents(folder: Path, objects: Sequence[str]) -> dict[str, bytes]:
    """The bytes of each of these objects."""
    data = _git(folder, "cat-file", "--batch", given="".join(f"{each}\n" for each in objects).encode())
    found, at = {}, 0
    for each in objects:
        end = data.index(b"\n", at)
        size = int(data[at:end].rsplit(b" ", 1)[1])
        found[each] = data[end + 1 : end + 1 + size]
        at = end + size + 2
    return found


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    done = _run(folder, *arguments, given=given)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split()).rpartition("fatal: ")[2]
        raise ChangesError(f"git {arguments[0]}: {said}")
    return done.stdout


def _run(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", *CALM, *arguments], cwd=folder, input=given, capture_output=True, check=False, env=environment
        )
    except OSError as error:
        raise ChangesError(f"git can't be run: {error.strerror}") from None
