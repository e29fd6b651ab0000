"""The options that several commands share, and how a command ends when it is used wrongly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from content_audit.render import FORMATS
from content_audit.render.shown import one_line

USAGE_ERROR = 2


def say(message: str) -> None:
    """A remark on stderr; each of its lines says whose it is, and holds nothing that a terminal obeys."""
    for line in message.split("\n"):
        click.echo(f"content-audit: {one_line(line)}", err=True)


def fail(message: str) -> NoReturn:
    """A remark, and exit 2."""
    say(message)
    raise SystemExit(USAGE_ERROR)


def _outputs(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[Path, str]:
    """The files to write, each with its format."""
    outputs: dict[Path, str] = {}
    for each in given:
        name, _, file = each.partition("=")
        if name not in FORMATS or not file:
            raise click.BadParameter(f"{each!r}: give FORMAT=FILE, with one of {', '.join(FORMATS)}")
        if outputs.setdefault(Path(file), name) != name:
            raise click.BadParameter(f"{file}: named for two formats")
    return outputs


SHARED = {
    "paths": click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    "select": click.option(
        "--select", multiple=True, metavar="CODE", help="Report only these rules; codes or their beginnings."
    ),
    "extend_select": click.option("--extend-select", multiple=True, metavar="CODE", help="Report these rules besides."),
    "ignore": click.option("--ignore", multiple=True, metavar="CODE", help="Leave these rules out."),
    "config": click.option(
        "--config", type=click.Path(path_type=Path), help="Configuration file instead of the one found."
    ),
    "isolated": click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
    "schema": click.option(
        "--schema", type=click.Path(path_type=Path), help="JSON Schema for every document with front matter."
    ),
    "inventory": click.option(
        "--inventory",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Urls or ids that exist elsewhere, one a line, or a sitemap.",
    ),
    "include": click.option(
        "--include", multiple=True, metavar="GLOB", help="Files that are documents, instead of the defaults."
    ),
    "exclude": click.option("--exclude", multiple=True, metavar="GLOB", help="Files and folders to leave out."),
    "force_exclude": click.option(
        "--force-exclude", is_flag=True, help="Leave excluded files out even where they are named."
    ),
    "jobs": click.option("--jobs", type=click.IntRange(min=1), help="Worker processes."),
    "no_cache": click.option("--no-cache", is_flag=True, help="Neither read nor write the index."),
    "output_format": click.option("--output-format", type=click.Choice([*FORMATS]), default="full", show_default=True),
    "outputs": click.option(
        "-o",
        "--output-file",
        "outputs",
        multiple=True,
        callback=_outputs,
        metavar="FORMAT=FILE",
        help="Write the report there as well; any number of times.",
    ),
    "no_color": click.option("--no-color", is_flag=True, help="No colours; NO_COLOR does the same."),
    "quiet": click.option("-q", "--quiet", is_flag=True, help="Nothing but errors of use; the exit status tells."),
    "replace": click.option(
        "--replace",
        is_flag=True,
        help="Let unsafe fixes put better links in place of off-topic ones, instead of removing these.",
    ),
    "fail_on": click.option(
        "--fail-on",
        type=click.Choice(("error", "warning", "info", "never")),
        help="Severity that ends the run with 1.",
    ),
    "max_warnings": click.option(
        "--max-warnings", type=click.IntRange(min=0), metavar="N", help="More warnings end the run with 1."
    ),
    "baseline": click.option(
        "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Known findings, which count no more."
    ),
    "no_baseline": click.option("--no-baseline", is_flag=True, help="Count what the baseline knows as well."),
    "since": click.option(
        "--since",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Count what is new since this JSON report.",
    ),
    "changed": click.option(
        "--changed",
        is_flag=True,
        help="Count findings of documents that this branch changes, and those that it causes in others.",
    ),
    "base": click.option("--base", metavar="REF", help="What the branch is held against, instead of main."),
    "exit_zero": click.option("--exit-zero", is_flag=True, help="End with 0 whatever was found."),
}
"""The options that several commands share, by name."""


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command those of the shared options that have these names, in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = SHARED[name](function)
        return function

    return decorate


DOCUMENTS = "paths config isolated schema inventory include exclude force_exclude jobs no_cache quiet".split()
GATE = "fail_on max_warnings baseline no_baseline since changed base exit_zero".split()
COLLECTION = (
    "paths select extend_select ignore config isolated schema inventory include exclude force_exclude jobs no_cache "
    "no_color quiet"
).split()
