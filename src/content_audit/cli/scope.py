"""Which documents a command is about."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from content_audit.choosing import documents_among, outside
from content_audit.cli.options import say
from content_audit.discover import Selection, Source, discover, display

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
        self,
        given: dict[str, Any],
        working: Path,
        writes: Path | None = None,
        named_alone: bool = False,
        tell: Callable[[str], None] = say,
    ) -> list[Source]:
        """The documents, without what the command `writes`; with `named_alone` none but those that are named.

        `tell` is given a remark on each folder that is left out because an earlier run wrote it. Raises DiscoveryError
        and OutputError.
        """
        left_out: list[Path] = []
        chosen = replace(self.selection(given), skipped=left_out.append)
        paths = [] if named_alone and not given["paths"] else self.paths(given)
        sources = discover(paths, chosen, working, self.places())
        if writes is not None:
            sources = outside(sources, writes)
        sources = documents_among(sources, given.get("outputs", ()), [self.baseline_file(given), *self.inventory])
        for folder in dict.fromkeys(left_out):
            if writes is None or folder.resolve() != writes.resolve():
                tell(f"{display(folder, working)}: output of an earlier run, not read")
        return sources
