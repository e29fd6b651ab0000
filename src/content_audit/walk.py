"""The files below a folder that are documents: by their names, and by what .gitignore files leave out."""

import os
from collections.abc import Callable, Iterator
from itertools import filterfalse
from pathlib import Path
from typing import Any, NamedTuple

from content_audit import files
from content_audit.globs import DiscoveryError, gitignore_spec, matches, told_apart

INCLUDE = ("*.md", "*.mdx", "*.markdown", "*.html", "*.htm", "*.txt")
NOT_CONTENT = (
    "README*",
    "CHANGELOG*",
    "LICENSE*",
    "CONTRIBUTING*",
    "CODE_OF_CONDUCT*",
    "SECURITY*",
    "robots.txt",
    "requirements*.txt",
)
OUTPUTS = ("ledger.json", "audit.json")
"""What a folder of output has, with the tool's name in its first lines."""
TOOL = b'"name": "content-audit"'
EXCLUDE_FOLDERS = ("node_modules", "__pycache__", "venv", "site-packages")

Ignored = tuple[tuple[str, Any], ...]
"""Folders with a .gitignore, and what it says, outermost first."""

MAX_GITIGNORE = 1_000_000
"""Bytes of a .gitignore that are read: the longest published ones have thirty thousand. Git follows no link there."""


class Selection(NamedTuple):
    """Which files count as documents: globs against the name, or, with a slash, against the path below `base`.

    `skipped` is told of each folder that is left out because an earlier run wrote it.
    """

    base: Path
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    skipped: Callable[[Path], None] = lambda folder: None

    def includes(self, relative: str) -> bool:
        """Is this file below a named folder a document?"""
        name = relative.rpartition("/")[2]
        if self.exclude and matches(relative, self.exclude):
            return False
        if self.include == INCLUDE and matches(name, NOT_CONTENT):
            return False
        return matches(relative, self.include)

    def among(self, folder: str, names: list[str]) -> list[str]:
        """Those of the files in one folder: what its path decides is decided once."""
        included, excluded = told_apart(self.include), told_apart(self.exclude)
        if included[1] or excluded[1]:
            return [name for name in names if self.includes(folder + name)]
        if folder and matches(folder.rstrip("/"), self.exclude):
            return []
        if not (folder and matches(folder.rstrip("/"), self.include)):
            names = [*filter(included[0].match, names)] if included[0] else []
        refused = told_apart((*self.exclude, *(NOT_CONTENT if self.include == INCLUDE else ())))[0]
        return [*filterfalse(refused.match, names)] if refused else names

    def enters(self, folder: str) -> bool:
        """Is this folder looked into?"""
        return folder.rpartition("/")[2] not in EXCLUDE_FOLDERS and not matches(folder, self.exclude)


class Walked(NamedTuple):
    """A folder's documents: its name and its place, both with a slash at the end, and the names of files and links."""

    name: str
    place: str
    files: list[str]
    links: list[str]


def walk(root: Path, outer: str, selection: Selection) -> Iterator[Walked]:
    """The documents below a folder; without recursion, since folders may be nested as deeply as paths are long."""
    waiting = [(inside(root), outer, _ignored_above(root))]
    while waiting:
        folder, place, ignored = waiting.pop()
        try:
            below, others, links = _entries(folder)
        except OSError:
            continue
        if place != outer and not {*OUTPUTS}.isdisjoint(others) and is_output(Path(folder)):
            selection.skipped(Path(folder))
            continue
        if ".gitignore" in others:
            ignored = (*ignored, *_gitignore(folder))
        entered = filter(lambda name: selection.enters(place + name), _seen(folder, below, ignored, "/"))
        waiting += ((f"{folder}{name}{os.sep}", f"{place}{name}/", ignored) for name in sorted(entered, reverse=True))
        documents = (selection.among(place, _seen(folder, names, ignored)) for names in (others, links))
        yield Walked(folder, place, *documents)


def inside(folder: Path) -> str:
    """What the names of all files below a folder begin with."""
    return os.path.join(folder, "")  # noqa: PTH118 - a Path ends with no slash


def _entries(folder: str) -> tuple[list[str], list[str], list[str]]:
    """The names in a folder: of folders, of what is neither folder nor link, and of links."""
    below: list[str] = []
    others: list[str] = []
    links: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                others.append(entry.name)
            elif entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
            else:
                (links if entry.is_symlink() else others).append(entry.name)
    return below, others, links


def is_output(folder: Path) -> bool:
    """Did an earlier run write this folder, as cleaned copies or as a report?"""
    return any(TOOL in files.opening(folder / name, 200) for name in OUTPUTS)


def _seen(folder: str, names: list[str], ignored: Ignored, end: str = "") -> list[str]:
    """The names that are neither hidden nor left out by a .gitignore; those of folders have an `end`."""
    shown = [name for name in names if name[0] != "."]
    return [name for name in shown if not _is_ignored(folder + name + end, ignored)] if ignored else shown


def _gitignore(folder: str) -> Ignored:
    """What the .gitignore of a folder, named with a slash at the end, says of what is below it."""
    lines = files.opening(Path(folder, ".gitignore"), MAX_GITIGNORE).decode("utf-8", "replace").split("\n")
    try:
        return ((folder, gitignore_spec(tuple(lines))),)
    except DiscoveryError:  # git takes no notice of such lines either
        return ((folder, gitignore_spec(tuple(filter(_is_pattern, lines)))),)


def _is_pattern(line: str) -> bool:
    try:
        gitignore_spec((line,))
    except DiscoveryError:
        return False
    return True


def _ignored_above(root: Path) -> Ignored:
    """The .gitignore files between a named folder and the top of its repository."""
    above = []
    if (root / ".git").exists():
        return ()
    for folder in root.parents:
        above.append(folder)
        if (folder / ".git").exists():
            return tuple(
                spec
                for folder in reversed(above)
                if (folder / ".gitignore").exists()
                for spec in _gitignore(inside(folder))
            )
    return ()


def _is_ignored(path: str, ignored: Ignored) -> bool:
    verdict = False
    for folder, patterns in ignored:
        result = patterns.check_file(path[len(folder) :].replace(os.sep, "/"))
        if result.include is not None:
            verdict = result.include
    return verdict
