"""What counts of what a run found: not what is known already, nor what a change has nothing to do with."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from content_audit import files
from content_audit.audit import audit
from content_audit.baseline import Baseline, Documents, document_keys
from content_audit.changes import Changes, real
from content_audit.discover import lasting_name
from content_audit.files import UnreadableError
from content_audit.index import Index
from content_audit.report import Report
from content_audit.report.fingerprints import fingerprints
from content_audit.run import Run, source_bytes
from content_audit.sources import Source, Sources

MAX_REPORT = 1024**3
"""Bytes of an earlier report: a million findings have half of it."""


class GateError(Exception):
    """An earlier report that can't be read; the text names its file."""


@dataclass(frozen=True)
class Gate:
    """What a report is held against: the findings of a baseline and of an earlier report, a branch's changes.

    `gone` are the documents that the changes took away.
    """

    baseline: Baseline | None = None
    since: frozenset[str] | None = None
    changes: Changes | None = None
    gone: Sequence[Source] = ()

    def passed(self, run: Run, index: Index, report: Report) -> Report:
        """The report of what counts: all that changed documents have, and what is new in others because of them."""
        if self.baseline is not None:
            report = self.baseline.without_known(report, documents_of(run, index))
        if self.since is not None:
            earlier = self.since
            report = report.only(lambda finding, fingerprint: fingerprint not in earlier)
        if self.changes is not None:
            report, changed = self._caused(run, index, report, self.changes), changed_paths(run, self.changes)
            affected = changed | {finding.problem.span.path for finding in report.findings}
            report = replace(report, documents=tuple(d for d in report.documents if d.path in affected))
        return report

    def _caused(self, run: Run, index: Index, report: Report, changes: Changes) -> Report:
        """What changed documents have, and what is new in others. A document that only has another name is another."""
        before = frozenset(self._before(run, index, changes).fingerprints)
        former = self._former(run, changes)
        changed = changed_paths(run, changes) - former.keys()
        now = dict(zip(report.fingerprints, fingerprints(report.findings, {**report.names, **former}), strict=True))
        return report.only(lambda finding, name: finding.problem.span.path in changed or now[name] not in before)

    def _former(self, run: Run, changes: Changes) -> dict[str, str]:
        """What each document that was renamed and left as it was had been called."""
        names = {source: lasting_name(source, run.config.folder) for source in self.gone}
        by_bytes = {changes.before[real(source.file)]: name for source, name in names.items()}
        new = [path for path in changed_paths(run, changes) if changes.before[real(run.file(path))] is None]
        found = {path: by_bytes.get(_bytes(run, path)) for path in new} if by_bytes else {}
        return {path: name for path, name in found.items() if name is not None}

    def reporting(self, run: Run) -> Run:
        """The run that has to do with changed documents alone, where there is a branch's changes."""
        if self.changes is None:
            return run
        changed = changed_paths(run, self.changes)
        sources = (each._replace(reported=each.reported and each.path in changed) for each in run.sources)
        return replace(run, sources=Sources.of(sources))

    def _before(self, run: Run, index: Index, changes: Changes) -> Report:
        """What the collection had to report before the changes; the index stays as it is."""
        contents = {source.path: changes.before.get(real(source.file), b"") for source in self.gone}
        touched = changed_paths(run, changes)
        contents |= {path: changes.before[real(run.file(path))] for path in touched}
        overlay = {path: data for path, data in contents.items() if data is not None}
        kept = [source for source in run.sources if source.path in overlay or source.path not in touched]
        before = replace(run, sources=Sources.of([*kept, *self.gone]), overlay={**run.overlay, **overlay})
        with index.detached() as copy:
            return audit(before, copy)


def documents_of(run: Run, index: Index) -> Documents:
    """What a baseline has to know of a run's documents."""
    keys = {run.name(path): key for path, key in document_keys(index).items()}
    reported = frozenset(map(run.name, run.sources.reported.paths))
    return Documents(keys, reported, run.config.folder)


def changed_paths(run: Run, changes: Changes) -> set[str]:
    """The documents of the run that the changes touch."""
    return {source.path for source in run.sources if real(source.file) in changes.before}


def _bytes(run: Run, path: str) -> bytes | None:
    try:
        return source_bytes(run, path)
    except UnreadableError:
        return None


def earlier_findings(file: Path) -> frozenset[str]:
    """The fingerprints of a JSON report. Raises GateError for what is none."""
    try:
        found = json.loads(files.read_named(file, MAX_REPORT))["findings"]
        return frozenset(str(finding["fingerprint"]) for finding in found)
    except UnreadableError as error:
        raise GateError(f"{file}: {error.reason}") from None
    except (ValueError, LookupError, TypeError, RecursionError):
        raise GateError(f"{file}: no JSON report of content-audit") from None
