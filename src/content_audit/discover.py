"""Paths to documents: which files a run reads, in which order, and by which names it calls them."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from content_audit import files
from content_audit.globs import DiscoveryError, check_globs, gitignore_spec, matches, told_apart
from content_audit.limits import Lost, OverTimeError, within

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

MOST_SECONDS = 30
"""Seconds of computing that names are matched for: a million files take ten. A pattern of many wildcards has no end."""


class Source(NamedTuple):
    """One file to read: its name in the file system, what findings call it, and its place below the folder named.

    `converted` says that the file is not the one of that name, an HTML page, but its Markdown. `failure` says what the
    run could not do with the document, and how it was lost there. Names are strings: a run has a million of them.
    """

    name: str
    path: str
    place: str
    reported: bool = True
    link: bool = False
    converted: bool = False
    failure: tuple[str, Lost] | None = None

    @property
    def file(self) -> Path:
        """The file itself."""
        return Path(self.name)

    @property
    def below(self) -> PurePosixPath:
        """The place below the folder that was named."""
        return PurePosixPath(self.place)


@dataclass(frozen=True, slots=True)
class Selection:
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


def _taken(selection: Selection, folder: str) -> Callable[[str], bool]:
    """As `Selection.includes`, for the names of one folder: what its path decides is decided once."""
    included, excluded = told_apart(selection.include), told_apart(selection.exclude)
    if included[1] or excluded[1]:
        return lambda name: selection.includes(folder + name)
    if folder and matches(folder.rstrip("/"), selection.exclude):
        return lambda name: False
    all_in = bool(folder) and matches(folder.rstrip("/"), selection.include)
    refused = told_apart((*selection.exclude, *(NOT_CONTENT if selection.include == INCLUDE else ())))[0]
    wanted = included[0]

    def taken(name: str) -> bool:
        return not (refused and refused.match(name)) and (all_in or bool(wanted and wanted.match(name)))

    return taken


def display(file: Path, working: Path) -> str:
    """The path as findings name it: with slashes, relative to the working folder where below it."""
    return _shown(str(file), _inside(working))


def _inside(folder: Path) -> str:
    """What the names of all files below a folder begin with."""
    return os.path.join(folder, "")  # noqa: PTH118 - a Path ends with no slash


def _shown(name: str, start: str) -> str:
    path = name.removeprefix(start)
    path = path if os.sep == "/" else path.replace(os.sep, "/")
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def lasting_name(source: Source, base: Path) -> str:
    """What a source is called wherever a run is started: its path below `base`; where it is not there, its path."""
    return display(source.file, base) if source.file.is_relative_to(base) else source.path


def source_at(file: Path, working: Path) -> Source:
    """A source for one file, which need not be there."""
    file = Path(os.path.normpath(file))
    return Source(str(file), display(file, working), file.name)


def discover(paths: Iterable[Path], selection: Selection, working: Path, roots: Iterable[Path] = ()) -> list[Source]:
    """The documents of these paths and, marked as not reported, of the roots; each file once, sorted by path.

    Raises DiscoveryError for a named path that does not exist, and for patterns that can't be matched.
    """
    check_globs((*selection.include, *selection.exclude))
    found: dict[str, Source] = {}
    named = [at_hand(path, working) for path in paths]
    for root in named:
        if not os.path.lexists(root):
            raise DiscoveryError(f"{root}: no such file or folder")
    several, start = sum(1 for root in named if root.is_dir()) > 1, _inside(working)
    for root, reported in [*((p, True) for p in named), *((at_hand(p, working), False) for p in roots)]:
        above = f"{root.name}/" if several and root.is_dir() else ""
        for name, below, link in _in_time(_files(Path(os.path.normpath(root)), selection), root):
            if name not in found:
                found[name] = Source(name, _shown(name, start), above + below, reported, link)
    return sorted(found.values(), key=lambda source: source.path.replace("/", "\0"))


def at_hand(path: Path, working: Path) -> Path:
    """A named path, by its real name where that is below the working folder: one file is one, links in its way or not.

    What the last part of a file's name leads to is nobody's concern here.
    """
    full = working / path
    try:
        place = Path(os.path.realpath(full if full.is_dir() else full.parent), "" if full.is_dir() else full.name)
    except ValueError:  # no file can have such a name
        return full
    return place if place.is_relative_to(working) else full


def _in_time(found: Iterator[tuple[str, str, bool]], root: Path) -> list[tuple[str, str, bool]]:
    try:
        with within(MOST_SECONDS, busy=True):
            return list(found)
    except OverTimeError:
        reason = f"{MOST_SECONDS} s are not enough to match the names here; a pattern has too many wildcards"
        raise DiscoveryError(f"{root}: {reason}") from None


def _files(root: Path, selection: Selection) -> Iterator[tuple[str, str, bool]]:
    """The name of each document below a folder, its place there, and whether it is a link that leads elsewhere."""
    if not root.is_dir():
        if not (selection.force_exclude and not selection.includes(display(root, selection.base).lstrip("/"))):
            yield str(root), root.name, root.is_symlink()
        return
    inside = root.is_relative_to(selection.base) and root != selection.base
    outer = display(root, selection.base) + "/" if inside else ""
    for entry, relative in _walk(root, outer, selection, _ignored_above(root)):
        is_link = entry.is_symlink()
        if not (is_link and _leads_into(Path(entry.path), root)):
            yield entry.path, relative[len(outer) :], is_link


def _leads_into(link: Path, root: Path) -> bool:
    """Does a link lead to something below the folder, which is met there under its own name?"""
    return link.exists() and Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def vanished(gone: Iterable[Path], paths: Iterable[Path], selection: Selection, working: Path) -> list[Source]:
    """The sources that files were which are no longer there: those that these paths held."""
    roots = [Path(os.path.normpath(working / path)) for path in paths]
    found = []
    for file in gone:
        root = next((root for root in roots if file == root or _holds(root, file, selection)), None)
        if root is not None:
            below = file.name if file == root else file.relative_to(root).as_posix()
            found.append(Source(str(file), display(file, working), below))
    return found


def _holds(root: Path, file: Path, selection: Selection) -> bool:
    """Would a walk of this folder have come to the file?"""
    if not file.is_relative_to(root):
        return False
    base = selection.base if root.is_relative_to(selection.base) else root
    inside = file.relative_to(base)
    folders = [folder for folder in inside.parents if folder != Path() and not root.is_relative_to(base / folder)]
    open_to = not any(
        folder.name.startswith(".") or folder.name in EXCLUDE_FOLDERS or matches(folder.as_posix(), selection.exclude)
        for folder in folders
    )
    return open_to and not file.name.startswith(".") and selection.includes(inside.as_posix())


def _walk(root: Path, outer: str, selection: Selection, above: Ignored) -> Iterator[tuple[os.DirEntry[str], str]]:
    """The documents below a folder; without recursion, since folders may be nested as deeply as paths are long."""
    waiting = [(root, outer, above)]
    while waiting:
        folder, prefix, ignored = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            ignored = (*ignored, *_gitignore(folder))
        taken = _taken(selection, prefix)
        for entry in entries:
            name, is_folder = entry.name, entry.is_dir(follow_symlinks=False)
            if name.startswith(".") or (ignored and _is_ignored(entry.path, is_folder, ignored)):
                continue
            if is_folder and _is_entered(Path(entry.path), prefix + name, selection):
                waiting.append((Path(entry.path), f"{prefix}{name}/", ignored))
            elif not is_folder and taken(name):
                yield entry, prefix + name


def _is_entered(folder: Path, relative: str, selection: Selection) -> bool:
    if folder.name in EXCLUDE_FOLDERS or matches(relative, selection.exclude):
        return False
    if is_output(folder):
        selection.skipped(folder)
        return False
    return True


def is_output(folder: Path) -> bool:
    """Did an earlier run write this folder, as cleaned copies or as a report?"""
    return any(TOOL in files.opening(folder / name, 200) for name in OUTPUTS)


def _gitignore(folder: Path) -> Ignored:
    lines = files.opening(folder / ".gitignore", MAX_GITIGNORE).decode("utf-8", "replace").split("\n")
    try:
        return ((str(folder), gitignore_spec(tuple(lines))),)
    except DiscoveryError:  # git takes no notice of such lines either
        return ((str(folder), gitignore_spec(tuple(filter(_is_pattern, lines)))),)


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
                spec for folder in reversed(above) if (folder / ".gitignore").exists() for spec in _gitignore(folder)
            )
    return ()


def _is_ignored(path: str, is_folder: bool, ignored: Ignored) -> bool:
    verdict = False
    for folder, patterns in ignored:
        below = path[len(folder) :].lstrip(os.sep).replace(os.sep, "/")
        result = patterns.check_file(f"{below}/" if is_folder else below)
        if result.include is not None:
            verdict = result.include
    return verdict
