"""Report → text: one module for each format, and the table of them."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from content_audit.report import Report

ReadText = Callable[[str], str]
"""Reads a document's text by its path; "" where it can't be read any more."""

MARKER = "<!-- content-audit -->"
"""The first line of Markdown: what posts it as a comment finds its earlier one by it; no run takes it for content."""


class Look(NamedTuple):
    """How a text is shown to people: in colours, and with paths below `folder` as links to their files."""

    colour: bool = False
    folder: Path | None = None


PLAIN = Look()

Chunks = Callable[..., Iterator[str]]

FORMATS = {
    "full": "text",
    "concise": "text",
    "json": "as_json",
    "json-lines": "as_json",
    "csv": "as_csv",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "markdown": "markdown",
    "rdjson": "rdjson",
    "sarif": "sarif",
}
"""The formats of reports, each with its module: a run imports those that it writes."""


def chunks(name: str, report: Report, read_text: ReadText, look: Look = PLAIN) -> Iterator[str]:
    """The report in the format of that name, piece by piece; KeyError for a name that is none.

    What people read has that `look`.
    """
    module = import_module(f"{__name__}.{FORMATS[name]}")
    written = cast(Chunks, getattr(module, f"{name.replace('-', '_')}_chunks"))
    return written(report, read_text, look) if FORMATS[name] == "text" else written(report, read_text)
