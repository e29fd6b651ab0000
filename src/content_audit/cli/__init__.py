"""The commands."""

import gc
import io
import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_audit import INTERRUPTED, __version__
from content_audit.audit import Run, audit
from content_audit.cli.baseline import baseline
from content_audit.cli.delivery import deliver, for_people
from content_audit.cli.gating import gate
from content_audit.cli.links import links
from content_audit.cli.options import COLLECTION, GATE, USAGE_ERROR, fail, options, say
from content_audit.cli.session import session
from content_audit.config import Config
from content_audit.convert import converted
from content_audit.ignoring import ignored
from content_audit.index import Index
from content_audit.model import Finding
from content_audit.output import diff, write_cleaned, write_fixed, write_report
from content_audit.render.html_text import one_line
from content_audit.render.text import plural
from content_audit.repair import Outcome, repair
from content_audit.report import Report

if TYPE_CHECKING:
    from content_audit.gate import Gate

UNCOLLECTED = 100_000
"""New values between two searches for reference cycles, of which a run makes few: a document of 600,000 lines takes a
fifth less time than with Python's 700, a collection of ordinary ones the same."""

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(context_settings=CONTEXT_SETTINGS)
@click.version_option(__version__, prog_name="content-audit")
def cli() -> None:
    """Audit and clean content collections: front matter, related links, boilerplate, repetition."""


@cli.command()
@options(*COLLECTION, "output_format", "outputs", *GATE)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="DIR", help="Write index.html, audit.json and cleaned/ there."
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
        found = _found(run, index, held)
        if add_ignore:
            outcome = ignored(run, found, reason)
            write_fixed(run, outcome)
            say(f"{plural(len(outcome.changed), 'document')} with suppressions written into it")
            found = _found(run, index, held)
        if report is not None:
            _write_whole_report(run, index, found, report)
        deliver(found, run, given)
    return _status(found, config, given)


def _found(run: Run, index: Index, held: "Gate | None") -> Report:
    found = audit(run, index)
    return held.passed(run, index, found) if held else found


@cli.command()
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
        click.echo(_closing(outcome), err=apart)
    raise SystemExit(_status(outcome.report, config, given))


@cli.command()
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
        click.echo(_closing(outcome))
    if _tell_failures(outcome.report):
        raise SystemExit(USAGE_ERROR)


cli.add_command(baseline)
cli.add_command(links)


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


def _write_whole_report(run: Run, index: Index, found: Report, folder: Path) -> None:
    write_report(found, run, folder)
    with converted(run) as run:
        outcome = repair(run, index, unsafe=True)
        write_cleaned(run, outcome, folder / "cleaned")
    _tell_failures(outcome.report)
    click.echo(f"Report: {one_line(str(folder / 'index.html'))}", err=True)


def _tell_failures(found: Report) -> bool:
    """Name on stderr the documents that something asked for could not be done with; whether there are any."""
    failures = [f for f in found.findings if f.code == "RUN003" or _undone(f)]
    for finding in failures:
        say(f"{finding.problem.span.path}: {finding.problem.message}")
    return bool(failures)


def _undone(finding: Finding) -> bool:
    """Is this what a document took too much of for something that was asked for?"""
    return finding.code == "RUN002" and "where" in finding.problem.evidence


def _closing(outcome: Outcome) -> str:
    left = outcome.report.findings
    fixable = sum(1 for finding in left if finding.problem.fix)
    return f"{outcome.fixed} fixed, {len(left)} left ({fixable} with --unsafe)"


def _stdin_result(run: Run, outcome: Outcome) -> bytes:
    ((path, data),) = run.overlay.items()
    document = outcome.changed.get(path)
    return document.data if document else data


def _status(found: Report, config: Config, given: dict[str, Any]) -> int:
    if found.internal_errors:
        return USAGE_ERROR
    most = given["max_warnings"]
    failed = found.fails(config.fail_on) or (most is not None and found.count("warning") > most)
    return 0 if given["exit_zero"] else int(failed)


def main() -> None:
    """The console script: as `cli`, and interrupted it ends with 130."""
    gc.set_threshold(UNCOLLECTED)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
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
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(f"{error.filename or 'output'}: {error.strerror}")
        raise SystemExit(USAGE_ERROR) from None
