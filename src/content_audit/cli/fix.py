"""The command `fix`: documents repaired in place."""

import sys
from dataclasses import replace
from typing import Any

import click

from content_audit.cli.delivery import deliver
from content_audit.cli.ending import closing, status
from content_audit.cli.gating import gate
from content_audit.cli.options import COLLECTION, GATE, options
from content_audit.cli.session import session
from content_audit.cli.showing import for_people
from content_audit.output import diff, write_fixed
from content_audit.repair import Outcome, repair
from content_audit.run import Run


@click.command()
@options(*COLLECTION, "output_format", "outputs", *GATE)
@click.option("--unsafe", is_flag=True, help="Make unsafe fixes too: those that may change what is said.")
@options("replace")
@click.option("--diff", "show_diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--stdin-filename", metavar="PATH", help="Read one document from stdin under this name, and write it to stdout."
)
def fix(unsafe: bool, show_diff: bool, stdin_filename: str | None, **given: Any) -> None:
    """Repair the documents at PATHS in place: by default only what is safe."""
    if given["replace"] and not unsafe:
        raise click.UsageError("--replace needs --unsafe: it changes what documents say.")
    with session(given, stdin_filename) as (run, index, config):
        held = gate(config, given, run)
        outcome = repair(held.reporting(run) if held else run, index, unsafe)
        if held:
            outcome = replace(outcome, report=held.passed(run, index, outcome.report))
        if stdin_filename:
            click.echo(_stdin_result(run, outcome), nl=False)
        elif show_diff:
            sys.stdout.writelines(diff(run, outcome))
        else:
            write_fixed(run, outcome)
            deliver(outcome.report, run, given, outcome)
    if not given["quiet"]:
        apart = show_diff or bool(stdin_filename) or not for_people(given["output_format"])
        click.echo(closing(outcome), err=apart)
    raise SystemExit(status(outcome.report, config.fail_on, given))


def _stdin_result(run: Run, outcome: Outcome) -> bytes:
    ((path, data),) = run.overlay.items()
    document = outcome.changed.get(path)
    return document.data if document else data
