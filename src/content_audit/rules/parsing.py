"""FM002, FM003, TXT004 and RUN001 to RUN003: what reading a document, or a rule on it, met.

## Why
Front matter that does not parse or says a thing twice, and a file that is not UTF-8, are read differently by every
tool, or not at all; all else that could be said of such a document would be a guess. What could not be read, was too
large or broke a rule is named as well, so that no document drops out of an audit in silence.

## Fix safety
No fix: which of two values was meant, or where a bracket is missing, only its author knows.
"""

from collections.abc import Iterator
from functools import partial

from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule, NoOptions


def check(name: str, document: Document, options: NoOptions) -> Iterator[Problem]:
    """What reading the document met under this name."""
    return iter([problem for kind, problem in document.problems if kind == name])


def _rule(code: str, name: str, summary: str) -> DocumentRule:
    return DocumentRule(code, name, summary, partial(check, name))


RULES = (
    _rule(
        "FM002", "invalid-front-matter", "front matter that does not parse, is never closed, or is beyond the bounds"
    ),
    _rule("FM003", "duplicate-key", "a key given twice in one mapping"),
    _rule("TXT004", "invalid-encoding", "a document that is not UTF-8"),
    _rule("RUN001", "unreadable-document", "no permission, vanished, not a regular file, a link out of the tree"),
    _rule(
        "RUN002", "limit-exceeded", "a document over the limit of size, time or memory; names the limit and its setting"
    ),
    _rule("RUN003", "internal-error", "a rule failed on this document; the run ends with 2"),
)
