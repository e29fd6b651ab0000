"""Which documents a command is about."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from content_audit.choosing import documents_among, outside
from content_audit.cli.options import say
from content_audit.discover import display, folders
from content_audit.sources import Folder, Sources
from content_audit.walk import Selection

BASELINE = "content-audit-baseline.txt"
"""The baseline that is used where it stands beside the configuration, or in the working folder where there is none."""


class Scope(NamedTuple):
    """What the configuration and the options say of where documents are, and of what is none."""

    folder: Path
    roots: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    inventory: tuple[Path, ...]
    baseline: Path | None

    def baseline_file(self, given: dict[str, Any]) -> Path:
        """The file of known findings, whether it is there or not."""
        return Path(given.get("baseline") or self.baseline or self.folder / BASELINE)

    def selection(self, given: dict[str, Any]) -> Selection:
        """Which files count as documents."""
        return Selection(self.folder, self.include, self.exclude, given["force_exclude"])

    def places(self) -> list[Path]:
        """The configured roots."""
        return [self.folder / root for root in self.roots]

    def paths(self, given: dict[str, Any]) -> list[Path]:
        """What a command is about: the paths that it names, else the configured roots, else this folder."""
        return [*given["paths"]] or self.places() or [Path()]

    def sources(
        self, given: dict[str, Any], working: Path, writes: Path | None = None, named_alone: bool = False
    ) -> Sources:
        """The documents, without what the command `writes`; with `named_alone` none but those that are named.

        Remarks are made on folders that are left out. Raises DiscoveryError and OutputError.
        """
        found, left_out = self.folders(given, working, [] if named_alone and not given["paths"] else self.paths(given))
        sources = Sources(found)
        if writes is not None:
            sources = Sources.of(outside(sources, writes))
            left_out = [folder for folder in left_out if folder.resolve() != writes.resolve()]
        tell_left_out(left_out, working)
        return sources

    def folders(self, given: dict[str, Any], working: Path, paths: list[Path]) -> tuple[list[Folder], list[Path]]:
        """The documents of these paths and of the roots, by folder; and the folders of earlier output.

        Raises DiscoveryError.
        """
        left_out: list[Path] = []
        chosen = self.selection(given)._replace(skipped=left_out.append)
        found = folders(paths, chosen, working, self.places())
        read = [self.baseline_file(given), *self.inventory]
        return documents_among(found, given.get("outputs", ()), read), [*dict.fromkeys(left_out)]


def tell_left_out(folders: Iterable[Path], working: Path) -> None:
    """Remark that these folders are not read."""
    for folder in folders:
        say(f"{display(folder, working)}: output of an earlier run, not read")
