"""The commands, each imported when it is the one that is run."""

import gc
import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TextIO

import click

from content_audit import INTERRUPTED, __version__
from content_audit.cli.options import USAGE_ERROR, say

COMMANDS = {
    "check": "check",
    "fix": "fix",
    "clean": "clean",
    "baseline": "baseline",
    "links": "links",
    "explain": "reference",
    "rules": "reference",
    "init": "reference",
}
"""The commands, each with its module. A run of one takes up to a fifth longer where all are imported."""

UNCOLLECTED = 100_000
"""New values between two searches for reference cycles, of which a run makes few: a document of 600,000 lines takes a
fifth less time than with Python's 700, a collection of ordinary ones the same."""

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class Commands(click.Group):
    """The commands by name, as click asks for them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Their names, in the order that help shows them in."""
        return [*COMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """One of them; None for a name that is none."""
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"{__name__}.{COMMANDS[name]}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings=CONTEXT_SETTINGS)
@click.version_option(__version__, prog_name="content-audit")
def cli() -> None:
    """Audit and clean content collections: front matter, related links, boilerplate, repetition."""


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """The console script: as `cli`, and interrupted it ends with 130."""
    gc.set_threshold(UNCOLLECTED)
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()  # one that was closed is none
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
