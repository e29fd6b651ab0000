"""What a run found: findings in order, a line for each document, and the figures of the whole."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from content_audit.model import SEVERITIES, Finding, Severity
from content_audit.report.positions import Position, position, unpack

LINE_NUMBER = re.compile(r"\blines? \d+")


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
    """

    findings: tuple[Finding, ...]
    documents: tuple[DocumentSummary, ...]
    seconds: float
    checked: int
    lines: Mapping[str, bytes] = field(default_factory=dict)
    fingerprints: tuple[str, ...] = ()
    unjudged: Mapping[tuple[str, str], int] = field(default_factory=dict)

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
    return Report(
        tuple(ordered), tuple(documents), seconds, checked, lines, tuple(_fingerprints(ordered)), unjudged or {}
    )


def _fingerprints(findings: Iterable[Finding]) -> Iterable[str]:
    """Of code, path and message, not of the place: equal ones are told apart by their order."""
    seen: Counter[str] = Counter()
    for finding in findings:
        message = LINE_NUMBER.sub("line", finding.problem.message)
        text = "\0".join((finding.code, finding.problem.span.path, message))
        seen[text] += 1
        yield blake2b(f"{text}\0{seen[text]}".encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


__all__ = ["DocumentSummary", "Position", "Report", "build", "position"]
