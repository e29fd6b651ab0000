"""Fix and clean: the same run, its edits applied in memory, again and again until nothing changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from content_audit import fixes
from content_audit.audit import Run, audit, source_bytes
from content_audit.index import Index
from content_audit.model import Edit, Finding, Safety
from content_audit.report import Report

MAX_ROUNDS = 50
"""Rounds after which fixes that keep making work for each other are left: real collections settle within six."""


class UnsettledError(Exception):
    """Fixes did not come to rest; it names the rules that were still at it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """One fix that was made: by which rule, why, in which round, and each edit with the text that it took.

    `start` and `end` of an edit are in the original's offsets.
    """

    code: str
    name: str
    message: str
    safety: Safety
    round: int
    edits: tuple[tuple[Edit, str], ...]


@dataclass(slots=True)
class Repaired:
    """One document on its way: as it was, as it is, and what was done to it."""

    original: str
    text: str
    edits: tuple[Edit, ...] = ()
    applied: list[Applied] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What repairing came to: the report of what is left, and every document that was changed."""

    report: Report
    changed: Mapping[str, Repaired]

    @property
    def fixed(self) -> int:
        """The number of fixes made."""
        return sum(len(document.applied) for document in self.changed.values())


def repair(run: Run, index: Index, unsafe: bool) -> Outcome:
    """Make the fixes that `run` reports, in memory, until none is left. Files and the index stay as they are.

    Raises UnsettledError when the fixes do not come to rest.
    """
    changed: dict[str, Repaired] = {}
    with index.detached() as copy:
        for number in range(1, MAX_ROUNDS + 1):
            report = audit(run, copy)
            overlay = dict(run.overlay)
            codes = set()
            for path, findings in _fixable(report, unsafe).items():
                if path not in changed:
                    text = source_bytes(run, path).decode("utf-8")
                    changed[path] = Repaired(text, text)
                codes |= _apply(changed[path], findings, number)
                overlay[path] = changed[path].text.encode("utf-8")
            if not codes:
                return Outcome(report, {path: document for path, document in changed.items() if document.applied})
            run = replace(run, overlay=overlay)
    raise UnsettledError(f"fixes still change documents after {MAX_ROUNDS} rounds: {', '.join(sorted(codes))}")


def _fixable(report: Report, unsafe: bool) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        fix = finding.problem.fix
        if fix is not None and (unsafe or fix.safety == "safe"):
            found.setdefault(finding.problem.span.path, []).append(finding)
    return found


def _apply(document: Repaired, findings: Sequence[Finding], number: int) -> set[str]:
    """Make what goes together of these fixes; the codes of those that were made."""
    candidates = [finding.problem.fix for finding in findings if finding.problem.fix is not None]
    chosen = fixes.choose(candidates)
    edits = [edit for index in chosen for edit in candidates[index].edits]
    for index in chosen:
        document.applied.append(_applied(document, findings[index], number))
    document.edits = fixes.compose(document.edits, edits, len(document.original))
    document.text = fixes.apply(document.text, edits)
    return {findings[index].code for index in chosen}


def _applied(document: Repaired, finding: Finding, number: int) -> Applied:
    fix = finding.problem.fix
    assert fix is not None
    edits = []
    for edit in fix.edits:
        start, end = fixes.locate(document.edits, edit, len(document.original))
        edits.append((Edit(start, end, edit.text), document.text[edit.start : edit.end]))
    return Applied(finding.code, finding.name, finding.problem.message, fix.safety, number, tuple(edits))
