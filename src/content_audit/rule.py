"""What a rule is: a plain function with its name, its severity and what its fixes may be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from content_audit.model import Document, Problem, Safety, Severity

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For rules that have nothing to set."""


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Looks at one document alone: `check(document, options)` yields its problems."""

    code: str
    name: str
    summary: str
    check: Callable[[Document, Any], Iterator[Problem]]
    severity: Severity = "error"
    fixes: tuple[Safety, ...] = ()
    options: type = NoOptions
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """Looks at the facts of all documents: `check(rows, options)` turns the rows of `query` into problems.

    The query is in the subset of SQL that SQLite, DuckDB and Spark read alike, over the tables of
    `content_audit.facts`.
    """

    code: str
    name: str
    summary: str
    query: str
    check: Callable[[Iterable[Row], Any], Iterator[Problem]]
    severity: Severity = "error"
    fixes: tuple[Safety, ...] = ()
    options: type = NoOptions
    enabled: bool = True


Rule = DocumentRule | CollectionRule
