"""Fix and clean: the same run, its edits applied in memory, again and again until nothing changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from content_audit import fixes
from content_audit.audit import audit, problems, refresh
from content_audit.examine import digest
from content_audit.files import UnreadableError
from content_audit.index import Index
from content_audit.limits import Lost
from content_audit.model import Edit, Problem, Safety
from content_audit.report import Report
from content_audit.rules import CATALOGUE, in_turn
from content_audit.run import Run, source_bytes
from content_audit.sources import Sources
from content_audit.suppress import suppressed_codes

FIXING = "a fix"

MAX_ROUNDS = 50
"""Rounds after which fixes that keep making work for each other are left: real collections settle within six."""


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
    """One document on its way: its bytes as they are, and what was done to the text that it was.

    `digest` is of the original bytes, `length` the original text's, in code points.
    """

    data: bytes
    digest: str
    length: int
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

    A document whose fixes do not come to rest stays what it was, and is a RUN003 that names their rules. So does one
    that takes more than it may once it was changed: a RUN002.
    """
    return index.reliably(lambda: _repair(run, index, unsafe))


def _repair(run: Run, index: Index, unsafe: bool) -> Outcome:
    changed: dict[str, Repaired] = {}
    given = run.overlay
    paths: Sequence[str] = run.sources.reported.paths
    run = replace(run, apart=run.many)
    with index.detached() as copy:
        for number in range(1, MAX_ROUNDS + 1):
            run = _examined(run, copy, given, changed)
            found = _fixable(run, copy, paths, unsafe)
            for path, fixable in found.items():
                document = changed.get(path) or _start(run, copy, path)
                if document is not None:
                    changed[path] = document
                    _apply(document, fixable, number)
            if not found:
                return Outcome(audit(run, copy), changed)
            # A document that no fix has touched has none of its own left: from here on only changed ones are looked at.
            paths = [path for path in paths if path in changed]
            run = _over(run, given, changed)
        run = _undo(run, given, changed, {path: _restless(fixable) for path, fixable in found.items()})
        return Outcome(audit(run, copy), changed)


def _examined(run: Run, copy: Index, given: Mapping[str, bytes], changed: dict[str, Repaired]) -> Run:
    """The run with all that is new examined: without what was changed and is lost since."""
    while True:
        lost = refresh(run, copy)
        undone = {path: each for path, each in lost.items() if path in changed}
        if not undone:
            return run
        run = _undo(run, given, changed, undone)


def _undo(run: Run, given: Mapping[str, bytes], changed: dict[str, Repaired], lost: Mapping[str, Lost]) -> Run:
    """The run with these documents as they were, and why; they are not fixed any more."""
    for path in lost:
        changed.pop(path, None)
    sources = [s._replace(failure=(FIXING, lost[s.path])) if s.path in lost else s for s in run.sources]
    return _over(replace(run, sources=Sources.of(sources)), given, changed)


def _over(run: Run, given: Mapping[str, bytes], changed: Mapping[str, Repaired]) -> Run:
    return replace(run, overlay={**given, **{path: document.data for path, document in changed.items()}})


def _restless(fixable: Sequence[tuple[str, Problem]]) -> Lost:
    codes = sorted({code for code, _ in fixable})
    return Lost("RUN003", f"{', '.join(codes)} still changed it after {MAX_ROUNDS} rounds")


def _fixable(run: Run, index: Index, paths: Sequence[str], unsafe: bool) -> dict[str, list[tuple[str, Problem]]]:
    found: dict[str, list[tuple[str, Problem]]] = {}
    made = {"safe", "unsafe"} if unsafe else {"safe"}
    asked = {code for code in run.codes if made.intersection(CATALOGUE[code].fixes)}
    run = replace(run, codes=frozenset(asked | (run.codes & suppressed_codes(index))))
    failed = {source.path for source in run.sources.failed}
    for code, problem in problems(run, index, paths):
        if problem.span.path in failed:
            continue
        if problem.fix is not None and fixes.sound(problem.fix.edits) and (unsafe or problem.fix.safety == "safe"):
            found.setdefault(problem.span.path, []).append((code, problem))
    return {path: in_turn(fixable) for path, fixable in found.items()}


def _start(run: Run, index: Index, path: str) -> Repaired | None:
    """The document as it was audited; None where it has changed or gone since, which the next round will see."""
    try:
        data = source_bytes(run, path)
    except UnreadableError:
        return None
    original = digest(data)
    return Repaired(data, original, len(data.decode("utf-8"))) if original == index.digest(path) else None


def _apply(document: Repaired, fixable: Sequence[tuple[str, Problem]], number: int) -> None:
    """Make what goes together of these fixes; the first always does."""
    text = document.data.decode("utf-8")
    candidates = [problem.fix for _, problem in fixable if problem.fix is not None]
    chosen = fixes.choose(candidates)
    edits = [edit for index in chosen for edit in candidates[index].edits]
    places = fixes.locate(document.edits, edits, document.length)
    document.applied += [_applied(places, text, *fixable[index], number) for index in chosen]
    document.edits = fixes.compose(document.edits, edits, document.length)
    document.data = fixes.apply(text, edits).encode("utf-8")


def _applied(places: Mapping[Edit, tuple[int, int]], text: str, code: str, problem: Problem, number: int) -> Applied:
    fix = problem.fix
    assert fix is not None
    edits = tuple((Edit(*places[edit], edit.text), text[edit.start : edit.end]) for edit in fix.edits)
    return Applied(code, CATALOGUE[code].name, problem.message, fix.safety, number, edits)
