"""The command `baseline`: the findings that a collection has, kept in a file so that only new ones count."""

from pathlib import Path
from typing import Any, Literal

import click

from content_audit.audit import audit
from content_audit.cli.options import COLLECTION, fail, options
from content_audit.cli.session import scope_of, session
from content_audit.index import Index
from content_audit.output import write_output
from content_audit.render.text import plural
from content_audit.run import Run

Action = Literal["create", "update", "prune"]

FILE = click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="The file, instead of the configured one."
)


@click.group()
def baseline() -> None:
    """Keep the findings that a collection has in a file: from then on only new ones count."""


@baseline.command()
@options(*COLLECTION)
@FILE
def create(**given: Any) -> None:
    """Write a baseline of all findings; there must be none yet."""
    _keep("create", given)


@baseline.command()
@options(*COLLECTION)
@FILE
def update(**given: Any) -> None:
    """Write the baseline anew: what is gone leaves it, what is new comes in."""
    _keep("update", given)


@baseline.command()
@options(*COLLECTION)
@FILE
def prune(**given: Any) -> None:
    """Take out of the baseline what is gone; nothing comes in."""
    _keep("prune", given)


def _keep(action: Action, given: dict[str, Any]) -> None:
    with session(given, None) as (run, index, config):
        file = scope_of(config).baseline_file(given)
        if action == "create" and file.exists():
            fail(f"{file}: is there already; `baseline update` writes it anew")
        if action == "prune" and not file.exists():
            fail(f"{file}: is not there; `baseline create` makes it")
        count = _write(action, file, run, index)
    if not given["quiet"]:
        click.echo(f"{plural(count, 'finding')} known in {file}")


def _write(action: Action, file: Path, run: Run, index: Index) -> int:
    """Write the baseline; how many findings it knows."""
    from content_audit.baseline import Baseline, BaselineError, baseline_of, read_baseline
    from content_audit.gate import documents_of

    try:
        before = read_baseline(file) if file.exists() else Baseline()
    except BaselineError as error:
        fail(str(error))
    found, documents = audit(run, index), documents_of(run, index)
    now = before.pruned(found, documents) if action == "prune" else baseline_of(found, documents)
    now = now.with_all(before.beyond(documents, run.codes))
    write_output(run, file, [now.text().encode("utf-8")])
    return len(now.findings)
