"""The commands."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from content_audit import __version__
from content_audit.audit import Run, audit, make_run
from content_audit.config import Config, ConfigError, find_config, load_config
from content_audit.discover import DiscoveryError, Selection, discover
from content_audit.index import FOLDER, Index, IndexUnusable
from content_audit.output import OutputError, diff, fix_chunks, reader, write_cleaned, write_fixed, write_report
from content_audit.render.as_json import json_chunks
from content_audit.render.text import render_concise, render_full, render_statistics
from content_audit.repair import Outcome, UnsettledError, repair
from content_audit.report import Report
from content_audit.schemas import SchemaError, SchemaUse, compiled, folder_digest

FORMATS = ("full", "concise", "json")
USAGE_ERROR = 2
INTERRUPTED = 130

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def fail(message: str) -> NoReturn:
    """One line on stderr, and exit 2."""
    click.echo(f"content-audit: {message}", err=True)
    raise SystemExit(USAGE_ERROR)


def options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options that several commands share, by name."""
    shared = {
        "paths": click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
        "select": click.option(
            "--select", multiple=True, metavar="CODE", help="Report only these rules; codes or their beginnings."
        ),
        "extend_select": click.option(
            "--extend-select", multiple=True, metavar="CODE", help="Report these rules besides."
        ),
        "ignore": click.option("--ignore", multiple=True, metavar="CODE", help="Leave these rules out."),
        "config": click.option(
            "--config", type=click.Path(path_type=Path), help="Configuration file instead of the one found."
        ),
        "isolated": click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        "schema": click.option(
            "--schema", type=click.Path(path_type=Path), help="JSON Schema for every document with front matter."
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
        "output_format": click.option("--output-format", type=click.Choice(FORMATS), default="full", show_default=True),
        "no_color": click.option("--no-color", is_flag=True, help="No colours; NO_COLOR does the same."),
        "quiet": click.option("-q", "--quiet", is_flag=True, help="Nothing but errors of use; the exit status tells."),
        "fail_on": click.option(
            "--fail-on",
            type=click.Choice(("error", "warning", "info", "never")),
            help="Severity that ends the run with 1.",
        ),
        "exit_zero": click.option("--exit-zero", is_flag=True, help="End with 0 whatever was found."),
    }

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            function = shared[name](function)
        return function

    return decorate


COLLECTION = (
    "paths select extend_select ignore config isolated schema include exclude force_exclude jobs no_cache no_color "
    "quiet"
).split()


@click.group(context_settings=CONTEXT_SETTINGS)
@click.version_option(__version__, prog_name="content-audit")
def cli() -> None:
    """Audit and clean content collections: front matter, related links, boilerplate, repetition."""


@cli.command()
@options(*COLLECTION, "output_format", "fail_on", "exit_zero")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="DIR", help="Write index.html, audit.json and cleaned/ there."
)
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--stdin-filename", metavar="PATH", help="Read one document from stdin under this name.")
def check(report: Path | None, statistics: bool, stdin_filename: str | None, **given: Any) -> None:
    """Report what is wrong with the documents at PATHS (default: the configured roots, else this folder)."""
    with _run(given, stdin_filename, writes=report) as (run, index, config):
        found = audit(run, index)
        if report is not None:
            _write_whole_report(run, index, found, report)
        if not given["quiet"]:
            _print(found, run, given, statistics)
    raise SystemExit(_status(found, config, given))


@cli.command()
@options(*COLLECTION, "output_format", "fail_on", "exit_zero")
@click.option("--unsafe", is_flag=True, help="Make unsafe fixes too: those that may change what is said.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--stdin-filename", metavar="PATH", help="Read one document from stdin under this name, and write it to stdout."
)
def fix(unsafe: bool, show_diff: bool, stdin_filename: str | None, **given: Any) -> None:
    """Repair the documents at PATHS in place: by default only what is safe."""
    with _run(given, stdin_filename) as (run, index, config):
        outcome = repair(run, index, unsafe)
        if stdin_filename:
            click.echo(_stdin_result(run, outcome), nl=False)
        elif show_diff:
            sys.stdout.writelines(diff(run, outcome))
        else:
            write_fixed(run, outcome)
            if not given["quiet"]:
                _print_fixed(outcome, run, given)
    click.echo(_closing(outcome), err=given["output_format"] == "json" or show_diff or bool(stdin_filename))
    raise SystemExit(_status(outcome.report, config, given))


@cli.command()
@options(*COLLECTION)
@click.option(
    "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the cleaned copies go."
)
def clean(output: Path, **given: Any) -> None:
    """Write cleaned copies of all documents at PATHS, every fix made, and ledger.json. Originals stay as they are."""
    with _run(given, None, writes=output) as (run, index, _):
        outcome = repair(run, index, unsafe=True)
        write_cleaned(run, outcome, output)
    if not given["quiet"]:
        click.echo(f"{len(outcome.report.documents)} documents written to {output}")
        click.echo(_closing(outcome))


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """Print a rule's page: why it exists, what its fix does, and examples."""
    from content_audit.pages import page

    text = page(code)
    if text is None:
        fail(f"no rule {code!r}; `content-audit rules` lists them")
    click.echo(text, nl=False)


@cli.command()
@click.option("--output-format", type=click.Choice(("text", "json")), default="text", show_default=True)
def rules(output_format: str) -> None:
    """List the rules."""
    from content_audit.pages import catalogue_json, catalogue_text

    click.echo(catalogue_json() if output_format == "json" else catalogue_text(), nl=False)


@cli.command()
def init() -> None:
    """Write a commented content-audit.toml to start from."""
    from content_audit.pages import starter_config

    target = Path("content-audit.toml")
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(starter_config())
    except FileExistsError:
        fail(f"{target} is there already")
    except OSError as error:
        fail(f"{target}: {error.strerror}")
    click.echo(f"{target} written.")


@contextmanager
def _run(
    given: dict[str, Any], stdin_filename: str | None, writes: Path | None = None
) -> Iterator[tuple[Run, Index, Config]]:
    """The run that the options ask for, with its index. Errors of use end the command with one line and 2."""
    working = Path.cwd()
    try:
        config = _config(given, working)
        run = _make_run(config, given, working, stdin_filename, writes)
        for use in config.schemas_in_force:
            compiled(use.file)
        cached = not given["no_cache"] and not stdin_filename
        with Index(working / FOLDER if cached else None, run.task.key) as index:
            yield run, index, config
    except (ConfigError, SchemaError, DiscoveryError, OutputError, UnsettledError, IndexUnusable) as error:
        fail(str(error))


def _config(given: dict[str, Any], working: Path) -> Config:
    file = None if given["isolated"] else given["config"] or find_config(working)
    config = load_config(file, working)
    changes: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore"):
        codes = tuple(code for value in given[name] for code in value.replace(",", " ").split())
        if codes:
            changes[name] = codes if name == "select" else (*getattr(config, name), *codes)
    if given["include"]:
        changes["include"] = given["include"]
    changes["exclude"] = (*config.exclude, *given["exclude"])
    if given["schema"]:
        changes["schemas"] = (SchemaUse(given["schema"], digest=folder_digest(given["schema"].parent)),)
    if given.get("fail_on"):
        changes["fail_on"] = given["fail_on"]
    return replace(config, **changes)


def _make_run(
    config: Config, given: dict[str, Any], working: Path, stdin_filename: str | None, writes: Path | None
) -> Run:
    exclude = config.exclude
    if writes is not None and (working / writes).is_relative_to(config.folder):
        exclude = (*exclude, (working / writes).relative_to(config.folder).as_posix() + "/**")
    selection = Selection(config.folder, config.include, exclude, given["force_exclude"])
    roots = [config.folder / root for root in config.roots]
    paths = [*given["paths"]] if given["paths"] or stdin_filename else roots or [Path()]
    sources = discover(paths, selection, working, roots)
    run = make_run(config, sources, given["jobs"], _progress(given["quiet"]))
    return _with_stdin(run, stdin_filename, working) if stdin_filename else run


def _with_stdin(run: Run, name: str, working: Path) -> Run:
    from content_audit.discover import source_at

    source = source_at(working / name, working)
    others = [replace(other, reported=False) for other in run.sources if other.path != source.path]
    data = sys.stdin.buffer.read(run.config.max_size + 1)
    return replace(run, sources=[*others, source], overlay={source.path: data})


def _stdin_result(run: Run, outcome: Outcome) -> bytes:
    ((path, data),) = run.overlay.items()
    document = outcome.changed.get(path)
    return document.data if document else data


def _progress(quiet: bool) -> Callable[[int, int], None] | None:
    """A progress bar on stderr, on a terminal, for runs that are long enough to want one."""
    if quiet or not sys.stderr.isatty():
        return None
    from content_audit.progress import bar

    return bar()


def _write_whole_report(run: Run, index: Index, found: Report, folder: Path) -> None:
    write_report(found, run, folder)
    write_cleaned(run, repair(run, index, unsafe=True), folder / "cleaned")
    click.echo(f"Report: {folder / 'index.html'}", err=True)


def _print(found: Report, run: Run, given: dict[str, Any], statistics: bool) -> None:
    colour = _colour(given)
    if statistics:
        text = render_statistics(found)
    elif given["output_format"] == "json":
        sys.stdout.writelines(json_chunks(found))
        return
    elif given["output_format"] == "concise":
        text = render_concise(found, colour)
    else:
        text = render_full(found, reader(run), colour)
    click.echo(text, nl=False, color=colour)


def _print_fixed(outcome: Outcome, run: Run, given: dict[str, Any]) -> None:
    if given["output_format"] == "json":
        sys.stdout.writelines(fix_chunks(outcome))
    else:
        after = replace(run, overlay={path: document.data for path, document in outcome.changed.items()})
        _print(outcome.report, after, given, statistics=False)


def _colour(given: dict[str, Any]) -> bool:
    return not given["no_color"] and not os.environ.get("NO_COLOR") and sys.stdout.isatty()


def _closing(outcome: Outcome) -> str:
    left = outcome.report.findings
    fixable = sum(1 for finding in left if finding.problem.fix)
    return f"{outcome.fixed} fixed, {len(left)} left ({fixable} with --unsafe)"


def _status(found: Report, config: Config, given: dict[str, Any]) -> int:
    if found.internal_errors:
        return USAGE_ERROR
    return 0 if given["exit_zero"] else int(found.fails(config.fail_on))


def main() -> None:
    """The console script: as `cli`, and interrupted it ends with 130."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        raise SystemExit(INTERRUPTED) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(USAGE_ERROR) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
