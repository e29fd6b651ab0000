"""What a run found: findings in order, a line for each document, and the figures of the whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from content_audit.model import SEVERITIES, Finding, Safety, Severity
from content_audit.report.fingerprints import fingerprints
from content_audit.report.positions import Position, position, unpack

Kind = tuple[str, Severity, Safety | None]
"""A finding's code, its severity and the safety of its fix, None where it has none."""

Tally = Mapping[Kind, int]
"""The number of findings of each kind."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document that was read: what it is, and how many of its words are not its own."""

    path: str
    format: str
    title: str
    subject: str
    words: int
    removed_words: int


@dataclass(frozen=True)
class Report:
    """The outcome of a run, sorted by path, place and code.

    `lines` gives the offsets of a document's lines, packed; `checked` is the number of documents that the collection
    has; `unjudged` is the number of what rules could not tell, by code and reason. `names` are what the documents of
    findings are called wherever a run is started, by their paths. `known` is the number of findings that were left out
    because they are not new, `left_out` has their fingerprints; `prints` are those of a report that is a part of
    another. Where the findings were told before, `shown` has their lines in the concise format and in UTF-8, and
    `told` is their tally.
    """

    findings: Sequence[Finding]
    documents: Sequence[DocumentSummary]
    seconds: float
    checked: int
    lines: Callable[[str], bytes] = lambda path: b""
    unjudged: Mapping[tuple[str, str], int] = field(default_factory=dict)
    known: int = 0
    left_out: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    prints: tuple[str, ...] | None = None
    shown: Sequence[bytes] | None = None
    told: Tally | None = None

    @cached_property
    def fingerprints(self) -> tuple[str, ...]:
        """The findings' fingerprints, in their order."""
        return tuple(fingerprints(self.findings, self.names)) if self.prints is None else self.prints

    @cached_property
    def tally(self) -> Tally:
        """The number of findings of each kind."""
        if self.told is not None:
            return self.told
        return Counter(map(kind, self.findings))

    def of(
        self, findings: Iterable[Finding], lines: Callable[[str], bytes], name: Callable[[str], str] = str
    ) -> "Report":
        """The report of these findings, with the lines and the names of all documents that they speak of."""
        found = tuple(findings)
        spans = (span for f in found for span in (f.problem.span, *(r.span for r in f.problem.related)))
        read = {path: lines(path) for path in {span.path for span in spans}}
        names = {path: name(path) for path in read}
        return replace(self, findings=found, lines=lambda path: read.get(path, b""), names=names)

    def only(self, counts: Callable[[Finding, str], bool]) -> "Report":
        """The report of those findings that count, told by each with its fingerprint; the others are known."""
        part = self._part(counts)
        known = self.known + len(self.findings) - len(part.findings)
        return replace(part, known=known, left_out=self.left_out | (set(self.fingerprints) - set(part.fingerprints)))

    def within(self, paths: Set[str]) -> "Report":
        """The report of these documents alone."""
        part = self._part(lambda finding, _: finding.problem.span.path in paths)
        return replace(part, documents=tuple(document for document in self.documents if document.path in paths))

    def _part(self, belongs: Callable[[Finding, str], bool]) -> "Report":
        kept = [pair for pair in zip(self.findings, self.fingerprints, strict=True) if belongs(*pair)]
        found, prints = tuple(finding for finding, _ in kept), tuple(fingerprint for _, fingerprint in kept)
        return replace(self, findings=found, prints=prints, shown=None, told=None)

    def count(self, severity: Severity) -> int:
        """The number of findings of this severity."""
        return sum(number for (_, each, _), number in self.tally.items() if each == severity)

    def fixable(self, safety: Safety) -> int:
        """The number of findings that have a fix of this safety."""
        return sum(number for (_, _, each), number in self.tally.items() if each == safety)

    def starts(self, path: str) -> Sequence[int]:
        """Where a document's lines start."""
        return unpack(self.lines(path))

    @property
    def internal_errors(self) -> bool:
        """Did a rule fail on a document?"""
        return any(code == "RUN003" for code, _, _ in self.tally)

    def fails(self, fail_on: str) -> bool:
        """Is there a finding of this severity or a graver one?"""
        if fail_on == "never":
            return False
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return any(severity in grave for _, severity, _ in self.tally)


def kind(finding: Finding) -> Kind:
    """What a finding counts as."""
    fix = finding.problem.fix
    return finding.code, finding.severity, fix.safety if fix else None


__all__ = ["DocumentSummary", "Kind", "Position", "Report", "Tally", "kind", "position"]
