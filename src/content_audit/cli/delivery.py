"""Where a run's report goes: to stdout, and into the files that were asked for."""

from dataclasses import replace
from typing import Any

from content_audit.cli.showing import encoded, show, write
from content_audit.output import fix_chunks, reader, write_output
from content_audit.render import chunks
from content_audit.repair import Outcome
from content_audit.report import Report
from content_audit.run import Run


def deliver(found: Report, run: Run, given: dict[str, Any], outcome: Outcome | None = None) -> None:
    """Write the report as the options say; as JSON it has what `outcome` changed, where there is one.

    Raises OutputError where a file can't be written.
    """
    if outcome is not None:
        run = replace(run, overlay={path: document.data for path, document in outcome.changed.items()})
    for file, name in given["outputs"].items():
        text = fix_chunks(outcome) if outcome and name == "json" else chunks(name, found, reader(run))
        write_output(run, file, map(encoded, text))
    if outcome and given["output_format"] == "json" and not given["quiet"]:
        write("json", fix_chunks(outcome))
    else:
        show(found, reader(run), given)
