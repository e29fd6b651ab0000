"""Where a run's report goes: to stdout, and into the files that were asked for."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from content_audit.cli.terminal import colours, hyperlinks
from content_audit.output import fix_chunks, reader, write_output
from content_audit.render import FORMATS, PLAIN, Look, chunks
from content_audit.render.text import render_statistics
from content_audit.repair import Outcome
from content_audit.report import Report
from content_audit.run import Run


def deliver(found: Report, run: Run, given: dict[str, Any], outcome: Outcome | None = None) -> None:
    """Write the report as the options say; as JSON it has what `outcome` changed, where there is one.

    Raises OutputError where a file can't be written.
    """
    for file, name in given["outputs"].items():
        write_output(run, file, map(_encoded, _text(name, found, run, outcome)))
    if given["quiet"]:
        return
    name, coloured = given["output_format"], colours(given["no_color"])
    if given.get("statistics"):
        click.echo(render_statistics(found), nl=False)
    elif for_people(name):
        look = Look(coloured, Path.cwd() if hyperlinks(coloured) else None)
        text = _text(name, found, run, outcome, look)
        if look == PLAIN:  # click would flush after each of a hundred thousand lines
            sys.stdout.writelines(text)
        for chunk in text:
            click.echo(chunk, nl=False, color=True)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(map(_encoded, _text(name, found, run, outcome)))
        sys.stdout.buffer.flush()


def is_brief(given: dict[str, Any]) -> bool:
    """Do the options ask for no more of the findings than their plain lines, one each?"""
    plain = given["quiet"] or (given.get("output_format") == "concise" and not colours(given["no_color"]))
    return plain and not given.get("outputs")


def for_people(name: str) -> bool:
    """Is it a format that people read, beside which a remark may stand?"""
    return FORMATS[name] == "text"


def _text(name: str, found: Report, run: Run, outcome: Outcome | None, look: Look = PLAIN) -> Iterator[str]:
    if outcome is None:
        return chunks(name, found, reader(run), look)
    if name == "json":
        return fix_chunks(outcome)
    after = replace(run, overlay={path: document.data for path, document in outcome.changed.items()})
    return chunks(name, found, reader(after), look)


def _encoded(chunk: str) -> bytes:
    """What other programs read is UTF-8 wherever it goes."""
    return chunk.encode("utf-8", "backslashreplace")
