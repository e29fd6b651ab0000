"""The report's folder: the page, its data, the figures of the reports that stood there before."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from content_audit import files
from content_audit.baseline import Baseline
from content_audit.graph import EDGES, LINKED, LINKS, Edge
from content_audit.index import Index
from content_audit.output import reader, write_into
from content_audit.render.as_json import report_data, written
from content_audit.render.excerpts import build_excerpts
from content_audit.render.html import GENERATOR, Beside, Part, detailed_findings, overflows, render_html
from content_audit.render.html_documents import read_texts
from content_audit.render.html_pictures import links
from content_audit.repair import Outcome
from content_audit.report import Report
from content_audit.report.earlier import Comparison, Former, Named, compare, read_findings, read_history, with_run
from content_audit.report.properties import collection_properties
from content_audit.resolution import resolve
from content_audit.rules import CATALOGUE
from content_audit.run import Run

HISTORY = "history.json"

PAGES = "folders"
"""Where in a report's folder the pages of single folders stand."""

PART_DETAILED = 1_000
"""Findings with evidence and source on each of them: 2 MB, so that forty pages stay within what one large one takes."""


class About(NamedTuple):
    """What a report is put beside: the cleaned documents, their links, when it was made, what it is held against.

    `earlier` are reports that were named for that, the oldest first.
    """

    cleaned: Outcome
    edges: Iterable[Edge]
    time: str
    since: Path | None = None
    baseline: Baseline | None = None
    earlier: Sequence[Named] = ()


def link_edges(index: Index) -> list[Edge]:
    """The links of all documents of an index that is up to date."""
    return index.reliably(lambda: [*_link_edges(index)])


def _link_edges(index: Index) -> Iterator[Edge]:
    resolve(index)
    index.keep(LINKS, LINKED)
    for row in index.query(EDGES):
        yield Edge(row["source"], row["target"], row["number"], row["name"], row["found_by"])


def write_report(report: Report, run: Run, folder: Path, about: About) -> None:
    """audit.json and index.html in `folder`, with a page for each folder of documents where one can't list all.

    The report that stands there is compared with, where `about` names nothing else; history.json gains a line. The
    figures of the reports that `about` names come before those of that file.
    Raises OutputError where they can't be written.
    """
    comparison = _comparison(report, run, folder, about)
    data: Mapping[str, Any] = report_data(report)
    write_into(folder, PurePosixPath("audit.json"), (chunk.encode("utf-8") for chunk in written(report)))
    history = with_run(read_history(folder / HISTORY), about.time, data["summary"])
    write_into(folder, PurePosixPath(HISTORY), [(json.dumps(history, indent=1) + "\n").encode("utf-8")])
    parts = []
    for number, (name, paths) in enumerate(_folders(report) if overflows(data) else ()):
        place = PurePosixPath(PAGES, f"{number}.html")
        part = report.within(paths)
        _write_page(
            part, report_data(part), run, folder, place, Beside(), above="../index.html", most_detailed=PART_DETAILED
        )
        parts.append(Part(place.as_posix(), name, len(part.findings)))
    _delete_pages(folder / PAGES, {PurePosixPath(part.address).name for part in parts})
    described = {each.code for each in collection_properties(data)}
    before, changed = reader(run), about.cleaned.changed

    def after(path: str) -> str:
        return changed[path].data.decode("utf-8", "replace") if path in changed else before(path)

    texts = read_texts(data, described, before, after)
    beside = Beside(texts, links(about.edges, data), comparison, [*(each.figures for each in about.earlier), *history])
    _write_page(report, data, run, folder, PurePosixPath("index.html"), beside, parts=parts)


def _delete_pages(folder: Path, kept: Collection[str]) -> None:
    """Delete what earlier runs left in the folder of pages: those of them that are not kept, and temporary files."""
    if folder.is_symlink():
        return
    files.sweep(folder)
    with suppress(OSError):
        old = [file for file in folder.glob("*.html") if file.stem.isdecimal() and file.name not in kept]
        for file in old:
            if GENERATOR in files.opening(file, 200):
                file.unlink()
        if old and not kept:
            folder.rmdir()


def _comparison(report: Report, run: Run, folder: Path, about: About) -> Comparison | None:
    """With the report that was named last, else the baseline where there is one, else the report of the run before."""
    now, left_out = report.fingerprints, report.left_out
    named = about.since or (about.earlier[-1].file if about.earlier else None)
    if about.baseline is None or named:
        earlier = read_findings(named or folder / "audit.json")
        return None if earlier is None else compare(earlier, now, left_out, run.codes)
    known = [each for each in about.baseline.findings if each.code in run.codes]
    # A document with a new name has new fingerprints: what is known of it is counted, and not named as fixed.
    former = {
        each.fingerprint: Former(each.code, CATALOGUE[each.code].name, "", each.path)
        for each in known
        if run.sources.get(each.path)
    }
    found = compare(former, now, left_out, run.codes)
    return found._replace(new=frozenset(now), unchanged=report.known, gone=max(0, len(known) - report.known))


def _write_page(
    report: Report, data: Mapping[str, Any], run: Run, folder: Path, place: PurePosixPath, beside: Beside, **more: Any
) -> None:
    most = {"most": more["most_detailed"]} if "most_detailed" in more else {}
    excerpts = build_excerpts(report, reader(run), detailed_findings(data, **most))
    write_into(folder, place, [render_html(data, excerpts, beside, **more).encode("utf-8", "backslashreplace")])


def _folders(report: Report) -> list[tuple[str, frozenset[str]]]:
    """The folders just below the one that all documents share, each with its documents' paths."""
    names = {document.path: document.path.split("/")[:-1] for document in report.documents}
    first, last = min(names.values()), max(names.values())
    depth = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    found: dict[str, set[str]] = {}
    for path, parts in names.items():
        found.setdefault("/".join(parts[: depth + 1]) or ".", set()).add(path)
    return sorted((name, frozenset(paths)) for name, paths in found.items())
