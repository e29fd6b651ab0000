"""Paths to documents: which files a run reads, in which order, and by which names it calls them."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from content_audit.globs import DiscoveryError, check_globs, matches
from content_audit.limits import OverTimeError, within
from content_audit.sources import Folder, Source, Sources, as_text
from content_audit.walk import EXCLUDE_FOLDERS, Selection, inside, walk

MOST_SECONDS = 30
"""Seconds of computing that names are matched for: a million files take ten. A pattern of many wildcards has no end."""


def display(file: Path, working: Path) -> str:
    """The path as findings name it: with slashes, relative to the working folder where below it."""
    return _shown(str(file), inside(working))


def _shown(name: str, start: str) -> str:
    path = name.removeprefix(start)
    return as_text(path if os.sep == "/" else path.replace(os.sep, "/"))


def lasting_name(source: Source, base: Path) -> str:
    """What a source is called wherever a run is started: its path below `base`; where it is not there, its path."""
    return display(source.file, base) if source.file.is_relative_to(base) else source.path


def source_at(file: Path, working: Path) -> Source:
    """A source for one file, which need not be there."""
    file = Path(os.path.normpath(file))
    return Source(str(file), display(file, working), file.name)


def discover(paths: Iterable[Path], selection: Selection, working: Path, roots: Iterable[Path] = ()) -> Sources:
    """The documents of these paths and, marked as not reported, of the roots; each file once, sorted by path.

    Raises DiscoveryError for a named path that does not exist, and for patterns that can't be matched.
    """
    return Sources(folders(paths, selection, working, roots))


def folders(paths: Iterable[Path], selection: Selection, working: Path, roots: Iterable[Path] = ()) -> list[Folder]:
    """The same by their folders, in any order: a folder may come several times, a file comes once."""
    check_globs((*selection.include, *selection.exclude))
    named = [at_hand(path, working) for path in paths]
    for root in named:
        if not os.path.lexists(root):
            raise DiscoveryError(f"{root}: no such file or folder")
    several = sum(1 for root in named if root.is_dir()) > 1
    found, met = [], defaultdict[str, set[str]](set)
    for root, reported in [*((p, True) for p in named), *((at_hand(p, working), False) for p in roots)]:
        above = f"{root.name}/" if several and root.is_dir() else ""
        for folder in _in_time(_files(Path(os.path.normpath(root)), selection, working), root):
            known = met[folder.name]
            names = [name for name in folder.names if name not in known] if known else folder.names
            known.update(names)
            found.append(folder._replace(names=names, place=above + folder.place, reported=reported))
    return [folder for folder in found if folder.names]


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


def _in_time(found: Iterator[Folder], root: Path) -> list[Folder]:
    try:
        with within(MOST_SECONDS, busy=True):
            return list(found)
    except OverTimeError:
        reason = f"{MOST_SECONDS} s are not enough to match the names here; a pattern has too many wildcards"
        raise DiscoveryError(f"{root}: {reason}") from None


def _files(root: Path, selection: Selection, working: Path) -> Iterator[Folder]:
    """The documents of a named path; of links those that lead elsewhere."""
    start = inside(working)
    if not root.is_dir():
        if not (selection.force_exclude and not selection.includes(display(root, selection.base).lstrip("/"))):
            above = inside(root.parent)
            yield Folder(above, _shown(above, start), "", [root.name], link=root.is_symlink())
        return
    is_part = root.is_relative_to(selection.base) and root != selection.base
    outer = display(root, selection.base) + "/" if is_part else ""
    for folder in walk(root, outer, selection):
        made = Folder(folder.name, _shown(folder.name, start), folder.place[len(outer) :], folder.files)
        yield made
        leading = [name for name in folder.links if not _leads_into(Path(folder.name + name), root)]
        yield made._replace(names=leading, link=True)


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
    below = file.relative_to(base)
    folders = [folder for folder in below.parents if folder != Path() and not root.is_relative_to(base / folder)]
    open_to = not any(
        folder.name.startswith(".") or folder.name in EXCLUDE_FOLDERS or matches(folder.as_posix(), selection.exclude)
        for folder in folders
    )
    return open_to and not file.name.startswith(".") and selection.includes(below.as_posix())
