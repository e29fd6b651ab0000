"""What the last run found, kept to be said again as long as nothing has changed that it rests on."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import groupby

from content_audit import files
from content_audit.index import DamagedIndexError, Index
from content_audit.index.problems import dump, load
from content_audit.model import Finding
from content_audit.render.text import concise_lines
from content_audit.report import Deferred, Report
from content_audit.rules import severity
from content_audit.run import Run, finding
from content_audit.summaries import summaries

ALL = "all"
"""What verdicts cover where they are those on every document of the run."""


def token(run: Run, index: Index) -> str | None:
    """Tells all that findings rest on from everything else; None where they are not to be kept.

    The index keeps count of its facts. Suppressions have days on which they end.
    """
    if index.file is None or run.overlay or run.replaces or any(source.failure for source in run.sources):
        return None
    asked = [(code, severity(run.config, code)) for code in sorted(run.codes)]
    spared = [(glob, sorted(codes)) for glob, codes in run.spared]
    model = [(str(file), files.stamp(file)) for file in sorted(run.config.model.iterdir())] if run.config.model else []
    named = (date.today().isoformat(), index.generation, asked, spared, model)
    parts = (repr(named), *sorted(run.inventory), "", *(source.path for source in run.sources))
    return _digest(parts)


def _digest(parts: tuple[str, ...]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def keep(run: Run, index: Index, report: Report, named: str) -> None:
    """Remember what a run with this token reports."""
    rows = (_row(report, path, [*found]) for path, found in groupby(report.findings, lambda f: f.problem.span.path))
    tally = [[*kind, number] for kind, number in report.tally.items()]
    unjudged = [[*kind, number] for kind, number in report.unjudged.items()]
    told = {"token": named, "covers": _covered(run), "tally": tally, "unjudged": unjudged}
    index.tell(json.dumps(told), rows)


def _row(report: Report, path: str, found: list[Finding]) -> tuple[bytes, bytes, bytes]:
    shown = "".join(concise_lines(report, found)).encode("utf-8", "backslashreplace")
    return _place(path), shown, dump([(each.code, each.problem) for each in found])


def _place(path: str) -> bytes:
    """A key that orders documents as a run does: folder by folder."""
    return path.replace("/", "\0").encode("utf-8")


def _covered(run: Run) -> str:
    if all(source.reported for source in run.sources):
        return ALL
    return _digest(tuple(source.path for source in run.sources if source.reported))


def recall(run: Run, index: Index, named: str) -> Report | None:
    """What a run with this token reported before; None where that is not known."""
    told = json.loads(index.told())
    if told.get("token") != named or told["covers"] not in (ALL, _covered(run)):
        return None
    reported = [source.path for source in run.sources if source.reported]
    documents = Deferred(len(reported), lambda: summaries(index, reported))
    unjudged = {(code, reason): number for code, reason, number in told["unjudged"]}
    report = Report((), documents, 0.0, len(run.sources), index.lines, unjudged)
    if told["covers"] != _covered(run):
        return report.of(_findings(run, index.verdicts(map(_place, reported))), index.lines, run.name)
    tally = {(code, grade, safety): number for code, grade, safety, number in told["tally"]}
    if not run.brief:
        return replace(report.of(_findings(run, index.verdicts()), index.lines, run.name), told=tally)
    findings = Deferred(sum(tally.values()), lambda: tuple(_findings(run, index.verdicts())))
    return replace(report, findings=findings, shown=index.shown, told=tally)


def _findings(run: Run, rows: Iterable[tuple[bytes, bytes]]) -> Iterator[Finding]:
    for place, data in rows:
        path = place.decode("utf-8").replace("\0", "/")
        try:
            yield from (finding(run.config, code, problem) for code, problem in load(path, data))
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedIndexError(f"{path}: its findings are none") from error
