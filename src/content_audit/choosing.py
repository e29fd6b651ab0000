"""Which of the files that were found are documents: neither what earlier runs wrote nor what a run reads besides."""

import os
from collections.abc import Iterable
from pathlib import Path

from content_audit.render import MARKER
from content_audit.sources import Folder, Source, Sources
from content_audit.walk import is_output


class OutputError(Exception):
    """Something could not be written; the text names it and says why."""


def outside(sources: Sources, folder: Path) -> list[Source]:
    """The sources without those that an earlier run wrote into this output folder.

    Raises OutputError where the folder holds documents of the collection's own: they would be written over.
    """
    target = os.path.realpath(folder)
    inside = {source.path for source in sources if Path(os.path.realpath(source.file)).is_relative_to(target)}
    if inside and not is_output(folder):
        raise OutputError(f"{folder}: holds documents of the collection; name another folder for the output")
    return [source for source in sources if source.path not in inside]


def documents_among(folders: Iterable[Folder], written: Iterable[Path], read: Iterable[Path]) -> list[Folder]:
    """The files without what a run reads beside documents, and what an earlier one wrote as Markdown."""
    never, outputs = ({_real(file) for file in files} - {""} for files in (read, written))
    names = {Path(place).name for place in never | outputs}

    def is_document(folder: str, name: str) -> bool:
        place = os.path.realpath(folder + name) if name in names else ""
        return place not in never and not (place in outputs and _is_comment(Path(folder + name)))

    def documents(folder: Folder) -> Folder:
        if names.isdisjoint(folder.names):
            return folder
        return folder._replace(names=[name for name in folder.names if is_document(folder.name, name)])

    return [*filter(lambda folder: folder.names, map(documents, folders))]


def _real(file: Path) -> str:
    try:
        return os.path.realpath(file)
    except ValueError:  # no file can have such a name
        return ""


def _is_comment(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(MARKER)) == MARKER.encode()
    except OSError:
        return False
