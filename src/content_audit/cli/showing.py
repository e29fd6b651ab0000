"""A report on stdout, as the options want it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from content_audit.cli.terminal import colours, hyperlinks
from content_audit.render import FORMATS, PLAIN, Look, ReadText, chunks
from content_audit.report import Report


def show(found: Report, read_text: ReadText, given: dict[str, Any]) -> None:
    """Write the report to stdout, unless it is to be quiet."""
    if given["quiet"]:
        return
    if given.get("statistics"):
        from content_audit.render.text import render_statistics

        click.echo(render_statistics(found), nl=False)
        return
    coloured = colours(given["no_color"])
    look = Look(coloured, Path.cwd() if hyperlinks(coloured) else None)
    if found.shown and look == PLAIN and sys.stdout.encoding.lower() == "utf-8" and os.linesep == "\n":
        sys.stdout.flush()
        sys.stdout.buffer.writelines(found.shown)  # as it is kept: of 54 MB a sixth of the run is spared
        sys.stdout.buffer.flush()
        found = replace(found, shown=())
    write(given["output_format"], chunks(given["output_format"], found, read_text, look), look)


def write(name: str, text: Iterator[str], look: Look = PLAIN) -> None:
    """Write a report in the format of this name to stdout."""
    if not for_people(name):
        sys.stdout.flush()
        sys.stdout.buffer.writelines(map(encoded, text))
        sys.stdout.buffer.flush()
    elif look == PLAIN:  # click would flush after each of a hundred thousand lines
        sys.stdout.writelines(text)
    else:
        for chunk in text:
            click.echo(chunk, nl=False, color=True)
    sys.stdout.flush()  # here, what can't be written is told


def is_brief(given: dict[str, Any]) -> bool:
    """Do the options ask for no more of the findings than their plain lines, one each?"""
    plain = given["quiet"] or (given["output_format"] == "concise" and not colours(given["no_color"]))
    more = ("outputs", "report", "add_ignore", "stdin_filename", "statistics")
    return plain and not any(given.get(name) for name in more)


def for_people(name: str) -> bool:
    """Is it a format that people read, beside which a remark may stand?"""
    return FORMATS[name] == "text"


def encoded(chunk: str) -> bytes:
    """What other programs read is UTF-8 wherever it goes."""
    return chunk.encode("utf-8", "backslashreplace")
