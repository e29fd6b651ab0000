"""What a run found: findings in order, a line for each document, and the figures of the whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from content_audit.model import SEVERITIES, Finding, Severity
from content_audit.report.fingerprints import fingerprints
from content_audit.report.positions import Position, position, unpack


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document that was read: what it is, and how many of its words are not its own."""

    path: str
    format: str
    title: str
    subject: str
    words: int
    removed_words: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run, sorted by path, place and code.

    `lines` has the offsets of each document's lines, packed; `checked` is the number of documents that the collection
    has; `fingerprints` go with the findings; `unjudged` is the number of what rules could not tell, by code and reason.
    `names` are what the documents of findings are called wherever a run is started, by their paths.
    `known` is the number of findings that were left out because they are not new, `left_out` has their fingerprints.
    """

    findings: tuple[Finding, ...]
    documents: tuple[DocumentSummary, ...]
    seconds: float
    checked: int
    lines: Mapping[str, bytes] = field(default_factory=dict)
    fingerprints: tuple[str, ...] = ()
    unjudged: Mapping[tuple[str, str], int] = field(default_factory=dict)
    known: int = 0
    left_out: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def only(self, counts: Callable[[Finding, str], bool]) -> "Report":
        """The report of those findings that count, told by each with its fingerprint; the others are known."""
        kept = [pair for pair in zip(self.findings, self.fingerprints, strict=True) if counts(*pair)]
        known = self.known + len(self.findings) - len(kept)
        prints = tuple(fingerprint for _, fingerprint in kept)
        left_out = self.left_out | (set(self.fingerprints) - set(prints))
        return replace(self, findings=tuple(f for f, _ in kept), fingerprints=prints, known=known, left_out=left_out)

    def within(self, paths: Set[str]) -> "Report":
        """The report of these documents alone."""
        pairs = zip(self.findings, self.fingerprints, strict=True)
        kept = [(finding, print_) for finding, print_ in pairs if finding.problem.span.path in paths]
        return replace(
            self,
            findings=tuple(finding for finding, _ in kept),
            fingerprints=tuple(print_ for _, print_ in kept),
            documents=tuple(document for document in self.documents if document.path in paths),
        )

    def count(self, severity: Severity) -> int:
        """The number of findings of this severity."""
        return sum(1 for finding in self.findings if finding.severity == severity)

    def starts(self, path: str) -> Sequence[int]:
        """Where a document's lines start."""
        return unpack(self.lines.get(path, b""))

    @property
    def internal_errors(self) -> bool:
        """Did a rule fail on a document?"""
        return any(finding.code == "RUN003" for finding in self.findings)

    def fails(self, fail_on: str) -> bool:
        """Is there a finding of this severity or a graver one?"""
        if fail_on == "never":
            return False
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return any(finding.severity in grave for finding in self.findings)


def build(
    findings: Iterable[Finding],
    documents: Sequence[DocumentSummary],
    lines: Mapping[str, bytes],
    seconds: float,
    checked: int,
    unjudged: Mapping[tuple[str, str], int] | None = None,
    names: Mapping[str, str] | None = None,
) -> Report:
    """Sort the findings and give each its fingerprint."""
    order = {document.path: number for number, document in enumerate(documents)}
    ordered = sorted(
        findings,
        key=lambda f: (
            order.get(f.problem.span.path, len(order)),
            f.problem.span.start,
            f.code,
            f.problem.span.end,
            f.problem.message,
        ),
    )
    prints = tuple(fingerprints(ordered, names))
    return Report(tuple(ordered), tuple(documents), seconds, checked, lines, prints, unjudged or {}, names=names or {})


__all__ = ["DocumentSummary", "Position", "Report", "build", "position"]
