"""The command `check`: what is wrong with documents."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_audit import Said
from content_audit.cli.again import Looked, again
from content_audit.cli.options import COLLECTION, GATE, options
from content_audit.cli.showing import for_people
from content_audit.render.shown import one_line
from content_audit.walk import is_output

if TYPE_CHECKING:
    from content_audit.report.earlier import Named


def _earlier(context: click.Context, option: click.Parameter, files: tuple[Path, ...]) -> "list[Named]":
    if not files:
        return []
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
        ended = again(given)
        raise Said(ended) if isinstance(ended, int) else SystemExit(_checked(given, ended))
    if given["stdin_filename"] or given["add_ignore"]:
        raise click.UsageError("--watch goes neither with --stdin-filename nor with --add-ignore.")
    from content_audit.cli.watching import changes

    written = [*given["outputs"], *([given["report"]] if given["report"] else [])]
    for _ in changes([*given["paths"], Path()], written):
        click.clear()
        with suppress(SystemExit):
            _checked(given)


def _checked(given: dict[str, Any], looked: Looked | None = None) -> int:
    from content_audit.cli.checking import checked

    return checked(given, looked)
