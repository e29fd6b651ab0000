"""What `check` does: documents examined and asked about, the report delivered."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_audit.audit import audit
from content_audit.cli.again import Looked
from content_audit.cli.delivery import deliver
from content_audit.cli.ending import status, tell_failures
from content_audit.cli.gating import gate
from content_audit.cli.options import say
from content_audit.cli.session import session
from content_audit.cli.showing import is_brief
from content_audit.index import Index
from content_audit.render.shown import one_line
from content_audit.render.text import plural
from content_audit.report import Report
from content_audit.run import Run

if TYPE_CHECKING:
    from content_audit.gate import Gate


def checked(given: dict[str, Any], looked: Looked | None = None) -> int:
    """One run of `check`, over what was `looked` at just now, and its exit status."""
    report, stdin_filename = given["report"], given["stdin_filename"]
    with session(given, stdin_filename, writes=report, looked=looked) as (run, index, config):
        held = gate(config, given, run)
        run = replace(run, brief=held is None and is_brief(given))
        found = _found(run, index, held)
        if given["add_ignore"]:
            from content_audit.ignoring import ignored
            from content_audit.output import write_fixed

            outcome = ignored(run, found, given["reason"])
            write_fixed(run, outcome)
            say(f"{plural(len(outcome.changed), 'document')} with suppressions written into it")
            found = _found(run, index, held)
        if report is not None:
            _write_whole_report(run, index, found, report, given, held)
        deliver(found, run, given)
    return status(found, config.fail_on, given)


def _found(run: Run, index: Index, held: "Gate | None") -> Report:
    found = audit(run, index)
    return held.passed(run, index, found) if held else found


def _write_whole_report(
    run: Run, index: Index, found: Report, folder: Path, given: dict[str, Any], held: "Gate | None"
) -> None:
    from content_audit.convert import converted
    from content_audit.output import write_cleaned
    from content_audit.repair import repair
    from content_audit.reporting import About, link_edges, write_report

    edges = link_edges(index)
    with converted(run) as with_pages:
        outcome = repair(with_pages, index, unsafe=True)
        write_cleaned(with_pages, outcome, folder / "cleaned")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    about = About(outcome, edges, now, given["since"], held.baseline if held else None, given["earlier"])
    write_report(found, run, folder, about)
    tell_failures(outcome.report)
    click.echo(f"Report: {one_line(str(folder / 'index.html'))}", err=True)
