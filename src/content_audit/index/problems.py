"""Problems as the index keeps them."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from content_audit.model import Edit, Fix, Problem, Related, Span


def dump(problems: Sequence[tuple[str, Problem]]) -> bytes:
    """Problems as compressed JSON: an index must hold nothing that could run when it is read."""
    return packed(joined(row_of(code, problem) for code, problem in problems)) if problems else b""


def row_of(code: str, problem: Problem) -> str:
    """A problem as JSON."""
    fix = problem.fix and [
        [[e.start, e.end, e.text] for e in problem.fix.edits],
        problem.fix.safety,
        problem.fix.title,
    ]
    related = [[r.span.path, r.span.start, r.span.end, r.message] for r in problem.related]
    row = [code, problem.span.start, problem.span.end, problem.message, problem.evidence, fix, related]
    return json.dumps(row, ensure_ascii=True)


def joined(rows: Iterable[str]) -> str:
    """Such texts as one."""
    return f"[{', '.join(rows)}]"


def packed(text: str) -> bytes:
    """That as `dump` has it."""
    return zlib.compress(text.encode("ascii"), 1)


def load(path: str, data: bytes) -> tuple[tuple[str, Problem], ...]:
    """What was packed of this document. Raises ValueError, TypeError and zlib.error for what was not."""
    return told(path, zlib.decompress(data)) if data else ()


def told(path: str, text: str | bytes) -> tuple[tuple[str, Problem], ...]:
    """The same of what was joined."""
    return tuple(_problem(path, row) for row in json.loads(text))


def _problem(path: str, row: Sequence[Any]) -> tuple[str, Problem]:
    code, start, end, message, evidence, fix, related = row
    made = Fix(tuple(Edit(*edit) for edit in fix[0]), fix[1], fix[2]) if fix else None
    others = tuple(Related(Span(p, s, e), text) for p, s, e, text in related)
    given: Mapping[str, Any] = evidence
    return str(code), Problem(Span(path, start, end), message, given, made, others)
