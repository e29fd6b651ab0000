"""The command `clean`: cleaned copies of documents."""

from pathlib import Path
from typing import Any

import click

from content_audit.cli.ending import closing, tell_failures
from content_audit.cli.options import COLLECTION, USAGE_ERROR, options
from content_audit.cli.session import session
from content_audit.convert import converted
from content_audit.output import write_cleaned
from content_audit.render.text import plural
from content_audit.repair import repair


@click.command()
@options(*COLLECTION, "replace")
@click.option(
    "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the cleaned copies go."
)
def clean(output: Path, **given: Any) -> None:
    """Write cleaned copies of all documents at PATHS, every fix made, and ledger.json. Originals stay as they are."""
    with session(given, None, writes=output) as (given_run, index, _), converted(given_run) as run:
        outcome = repair(run, index, unsafe=True)
        write_cleaned(run, outcome, output)
    if not given["quiet"]:
        click.echo(f"{plural(len(outcome.report.documents), 'document')} written to {output}")
        click.echo(closing(outcome))
    if tell_failures(outcome.report):
        raise SystemExit(USAGE_ERROR)
