"""What tells a finding from others, run after run: not its place, nor what other documents come and go."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from content_audit.expressions import expression
from content_audit.model import Finding, Problem

COUNTED = "characters?|code points?|documents?|keys?|lines?|links?|literal|of|others?|pages?|times?|words?|years?"
VOLATILE = expression(
    rf" and [\d,]+ more\b|(?<![\w'\".,/#])\d[\d,.]*(?=%| (?:{COUNTED})\b)|(?<=of )\d[\d,]*|(?<=line )\d+"
    r"|(?<=lines )\d+|(?<=[A-Za-z_])\d+\b|(?<=\[)\d+(?=\])"
)
"""Counts, and the numbers of lines, rows and items: a line more or a link less changes them, and nothing else."""


def fingerprints(findings: Iterable[Finding], names: Mapping[str, str] | None = None) -> Iterator[str]:
    """A fingerprint for each finding, in their order: of its code, its document's name and what it says.

    Equal ones are told apart by their order. `names` has what documents are called other than by their paths: as they
    are wherever a run is started, or as they were before, to have the fingerprints that they had.
    """
    called, seen = names or {}, Counter[str]()
    for finding in findings:
        path = finding.problem.span.path
        text = "\0".join((finding.code, called.get(path, path), _lasting(finding.problem)))
        seen[text] += 1
        yield blake2b(f"{text}\0{seen[text]}".encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _lasting(problem: Problem) -> str:
    """What the problem says, without what changes although it stays: numbers, and the names of other documents."""
    message = problem.message
    for other in sorted({related.span.path for related in problem.related}, key=len, reverse=True):
        message = message.replace(other, "·")
    return VOLATILE.sub("", message)
