"""The command `check`: what is wrong with documents."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_audit.audit import audit
from content_audit.cli.delivery import deliver, for_people, is_brief
from content_audit.cli.ending import status, tell_failures
from content_audit.cli.gating import gate
from content_audit.cli.options import COLLECTION, GATE, options, say
from content_audit.cli.session import session
from content_audit.discover import is_output
from content_audit.index import Index
from content_audit.render.html_text import one_line
from content_audit.render.text import plural
from content_audit.report import Report
from content_audit.run import Run

if TYPE_CHECKING:
    from content_audit.gate import Gate
    from content_audit.report.earlier import Named


def _earlier(context: click.Context, option: click.Parameter, files: tuple[Path, ...]) -> "list[Named]":
    from content_audit.report.earlier import read_figures

    found = {file: read_figures(file) for file in files}
    if unread := next((file for file, named in found.items() if named is None), None):
        raise click.BadParameter(f"{one_line(str(unread))}: no JSON report of content-audit")
    return [named for named in found.values() if named]


@click.command()
@options(*COLLECTION, "output_format", "outputs", *GATE)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write index.html, audit.json and cleaned/ there; the page compares with the audit.json that it finds.",
)
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    callback=_earlier,
    metavar="FILE",
    help="An earlier audit.json for the page of --report: it draws the trend over all, the oldest first, and compares "
    "with the last.",
)
@click.option("--add-ignore", is_flag=True, help="Write a suppression for each finding into its document.")
@click.option("--reason", default="", metavar="TEXT", help="Why: what --add-ignore writes beside it.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--watch", is_flag=True, help="Report again whenever a document changes, until interrupted.")
@click.option("--stdin-filename", metavar="PATH", help="Read one document from stdin under this name.")
def check(watch: bool, **given: Any) -> None:
    """Report what is wrong with the documents at PATHS (default: the configured roots, else this folder)."""
    if "-->" in given["reason"] or not given["reason"].isprintable():
        raise click.UsageError("--reason: one line without an end of a comment in it.")
    if given["statistics"] and not for_people(given["output_format"]):
        raise click.UsageError("--statistics is a text: other formats go to a file, as in -o json=FILE.")
    if given["earlier"] and not given["report"]:
        raise click.UsageError("--earlier is of use with --report.")
    if given["report"] and (given["report"] / "index.html").exists() and not is_output(given["report"]):
        raise click.UsageError("--report: there is an index.html that no report wrote; name another folder.")
    if not watch:
        raise SystemExit(_check(**given))
    if given["stdin_filename"] or given["add_ignore"]:
        raise click.UsageError("--watch goes neither with --stdin-filename nor with --add-ignore.")
    from content_audit.cli.watching import changes

    written = [*given["outputs"], *([given["report"]] if given["report"] else [])]
    for _ in changes([*given["paths"], Path()], written):
        click.clear()
        with suppress(SystemExit):
            _check(**given)


def _check(report: Path | None, stdin_filename: str | None, add_ignore: bool, reason: str, **given: Any) -> int:
    """One run, and its exit status."""
    with session(given, stdin_filename, writes=report) as (run, index, config):
        held = gate(config, given, run)
        run = replace(run, brief=held is None and is_brief(given))
        found = _found(run, index, held)
        if add_ignore:
            from content_audit.ignoring import ignored
            from content_audit.output import write_fixed

            outcome = ignored(run, found, reason)
            write_fixed(run, outcome)
            say(f"{plural(len(outcome.changed), 'document')} with suppressions written into it")
            found = _found(run, index, held)
        if report is not None:
            _write_whole_report(run, index, found, report, given, held)
        deliver(found, run, given)
    return status(found, config, given)


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
