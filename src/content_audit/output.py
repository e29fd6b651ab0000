"""What a run leaves on disk: fixed documents, cleaned copies with their ledger, the report's folder."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from content_audit import __version__, files
from content_audit.choosing import OutputError
from content_audit.examine import digest
from content_audit.files import UnreadableError
from content_audit.render.as_json import edits_data, written
from content_audit.repair import Applied, Outcome, Repaired
from content_audit.run import Run, source_bytes
from content_audit.sources import Source, Sources

LEDGER = "ledger.json"


def reader(run: Run) -> Callable[[str], str]:
    """Reads a document's text for an excerpt; "" where it can no longer be read."""

    def read_text(path: str) -> str:
        try:
            return source_bytes(run, path).decode("utf-8", "replace")
        except UnreadableError:
            return ""

    return read_text


def write_fixed(run: Run, outcome: Outcome) -> None:
    """Put the changed documents in place of their files, each whole.

    Raises OutputError for a file that changed since it was read, or that can't be written; others are written all the
    same.
    """
    for folder in sorted({source.file.parent for source in run.sources.reported}):
        files.sweep(folder)
    failed = []
    for path, document in outcome.changed.items():
        try:
            if digest(source_bytes(run, path)) != document.digest:
                failed.append(f"{path}: changed while it was being fixed, left alone")
                continue
            files.replace(run.file(path), [document.data])
        except (OSError, UnreadableError) as error:
            failed.append(f"{path}: {getattr(error, 'strerror', None) or error}")
    if failed:
        raise OutputError("\n".join(failed))


def diff(run: Run, outcome: Outcome) -> Iterator[str]:
    """What fixing would change, as a unified diff."""
    from content_audit.patches import unified_diff

    for path, document in sorted(outcome.changed.items()):
        text = source_bytes(run, path).decode("utf-8")
        yield from unified_diff(text, document.edits, f"a/{path}", f"b/{path}")


def write_cleaned(run: Run, outcome: Outcome, folder: Path) -> None:
    """Every document of the run, changed or not, in `folder`, with a ledger of what went and why.

    Raises OutputError where something can't be written.
    """
    sources = run.sources.reported
    places = _places(sources)
    for parent in sorted({place.parent for _, place in places} | {PurePosixPath()}):
        files.sweep(folder / parent)
    rows = []
    for source, place in places:
        document = outcome.changed.get(source.path)
        try:
            data = document.data if document else source_bytes(run, source.path)
        except UnreadableError:
            continue
        write_into(folder, place, [data])
        rows.append(_ledger_row(source, place, document))
    ledger = {"version": 1, "tool": {"name": "content-audit", "version": __version__}, "documents": rows}
    text = json.dumps(ledger, ensure_ascii=False, indent=1) + "\n"
    write_into(folder, PurePosixPath(LEDGER), [text.encode("utf-8", "backslashreplace")])


def _places(sources: Sources) -> list[tuple[Source, PurePosixPath]]:
    """Each document's path in the output: that of its source, with .md for HTML pages unless that stands beside it."""
    taken = {source.below: source for source in sources if not source.converted}
    places = []
    for source in sources:
        place = source.below
        if source.converted and place.suffix.lower() in (".html", ".htm"):
            place = place.with_suffix(".md")
            if place in taken:
                place = source.below.with_name(source.below.name + ".md")
        other = taken.setdefault(place, source)
        if other is not source:
            raise OutputError(f"{source.path} and {other.path} would both be written to {place}")
        places.append((source, place))
    return places


def write_into(folder: Path, place: PurePosixPath, chunks: Iterable[bytes]) -> None:
    """Write one file below `folder`, whole. Raises OutputError where it can't be written or would stand elsewhere."""
    target = folder.joinpath(*place.parts)
    try:
        files.make_folder(target.parent)
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise OutputError(f"{target}: leads out of {folder}")
        files.replace(target, chunks, sync=False)
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror or error}") from None


def write_output(run: Run, file: Path, chunks: Iterable[bytes]) -> None:
    """Write one file, whole, in place of what is there, links too; into a device or a pipe, as /dev/stdout is one.

    Folders that are missing above it are made.

    Raises OutputError where it can't be written, and where it is a document of the run.
    """
    target = os.path.realpath(file)
    if any(os.path.realpath(source.file) == target for source in run.sources):
        raise OutputError(f"{file}: is a document of the collection; name another file for the output")
    if file.is_dir():
        raise OutputError(f"{file}: is a folder; name a file in it")
    try:
        files.make_folder(file.parent)
        if files.is_stream(file):
            with file.open("wb") as stream:
                stream.writelines(chunks)
        else:
            files.replace(file, chunks, sync=False)
    except OSError as error:
        raise OutputError(f"{file}: {error.strerror or error}") from None


def _ledger_row(source: Source, place: PurePosixPath, document: Repaired | None) -> dict[str, Any]:
    edits = [row for applied in (document.applied if document else ()) for row in _ledger_edits(applied)]
    row: dict[str, Any] = {"path": source.path, "output": place.as_posix(), "edits": edits}
    return {**row, "converted": "HTML to Markdown"} if source.converted else row


def _ledger_edits(applied: Applied) -> Iterator[dict[str, Any]]:
    for edit, removed in applied.edits:
        yield {
            "code": applied.code,
            "name": applied.name,
            "reason": applied.message,
            "safety": applied.safety,
            "round": applied.round,
            "start": edit.start,
            "end": edit.end,
            "removed": removed,
            "text": edit.text,
        }


def fix_chunks(outcome: Outcome) -> Iterator[str]:
    """The JSON report of what is left, with every edit that was made, all rounds, in the originals' offsets."""
    edits = (
        {"path": path, **edit, "codes": sorted({applied.code for applied in document.applied})}
        for path, document in sorted(outcome.changed.items())
        for edit in edits_data(document.edits)
    )
    return written(outcome.report, {"fixed": outcome.fixed, "changed": len(outcome.changed)}, edits)
