"""From the options of a command to what its report is held against."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_audit.cli.options import fail, say
from content_audit.cli.scope import BASELINE
from content_audit.cli.session import scope_of
from content_audit.config import Config
from content_audit.discover import at_hand, vanished
from content_audit.run import Run

if TYPE_CHECKING:
    from content_audit.gate import Gate


def gate(config: Config, given: dict[str, Any], run: Run) -> "Gate | None":
    """What the options and the configuration hold the run's report against; None where it is nothing.

    Ends the command where that can't be read.
    """
    if given["base"] and not given["changed"]:
        raise click.UsageError("--base is of use with --changed.")
    file = None if given["no_baseline"] else given["baseline"] or config.baseline or _beside(config)
    if not (file or given["since"] or given["changed"]):
        return None
    from content_audit.baseline import BaselineError, read_baseline
    from content_audit.changes import ChangesError
    from content_audit.gate import Gate, GateError, earlier_findings

    try:
        baseline = read_baseline(file) if file else None
        since = earlier_findings(given["since"]) if given["since"] else None
        return _over_changes(Gate(baseline, since), config, given, run) if given["changed"] else Gate(baseline, since)
    except (BaselineError, ChangesError, GateError) as error:
        fail(str(error))


def _beside(config: Config) -> Path | None:
    file = config.folder / BASELINE
    return file if file.exists() else None


def _over_changes(held: "Gate", config: Config, given: dict[str, Any], run: Run) -> "Gate":
    from dataclasses import replace

    from content_audit.changes import changes, real

    working = Path.cwd()
    found = changes(working, given["base"])
    if not found.before and not given["base"]:
        say(f"no file differs from {found.base}; another is named with --base")
    there = {real(source.file) for source in run.sources}
    gone = [file for file, data in found.before.items() if data is not None and file not in there]
    scope = scope_of(config)
    places = [*scope.paths(given), *scope.places()]
    sources = vanished(gone, [real(at_hand(place, working)) for place in places], scope.selection(given), working)
    return replace(held, changes=found, gone=sources)
