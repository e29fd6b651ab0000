"""What a rule is: a plain function with its name, its severity and what its fixes may be."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from content_audit.model import Document, Fix, Problem, Safety, Severity

Row = dict[str, Any]

Tie = Literal["names", "lines", "texts", "topics"]
"""By what documents have to do with each other: what they are called and link to, the lines of one site, their texts,
what they are about."""

Shared = Literal["id", "url", "title", "text", "seo_title"]
"""The same by the value of one field alone."""


def nothing(query: Callable[[str], Iterable[Row]], options: Any) -> object:
    """What a rule knows of the collection as a whole, where it holds documents against each other alone."""
    return ""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For rules that have nothing to set."""


class Unjudged(NamedTuple):
    """Something that a rule can't tell of a document, and why; `--statistics` has the number of each reason."""

    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Looks at one document alone: `check(document, options)` yields its problems.

    Where a rule `suggests`, the documents most like the one at fault are added to its problems' evidence.
    """

    code: str
    name: str
    summary: str
    check: Callable[[Document, Any], Iterator[Problem]]
    severity: Severity = "error"
    fixes: tuple[Safety, ...] = ()
    options: type = NoOptions
    enabled: bool = True
    suggests: bool = False


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """Looks at the facts of all documents: `check(rows, options)` turns the rows of `query` into problems.

    The query is in the subset of SQL that SQLite, DuckDB and Spark read alike, over the tables of
    `content_audit.facts`. Where a run asks about few documents alone, `asked_links`, `asked_lines` and the like
    (`content_audit.index.asking`) have what these have, by what the rule looks `by`. What `whole(query, options)` gives
    is equal as long as nothing else that the rule looks at has changed.
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
    suggests: bool = False
    by: Tie | Shared = "names"
    whole: Callable[[Callable[[str], Iterable[Row]], Any], object] = nothing


@dataclass(frozen=True, slots=True)
class RelevanceRule:
    """Looks at facts and at what the documents are about: `check(rows, near, options)` yields problems.

    `rows` are those of `query`; `near()` is the collection as `content_audit.relevance.Neighbourhoods`, made when it is
    first asked for. `mend(document, starts)` is the one fix for all problems of a document, by where they start; None
    where there is none.
    """

    code: str
    name: str
    summary: str
    query: str
    check: Callable[[Iterable[Row], Callable[[], Any], Any], Iterator[Problem | Unjudged]]
    mend: Callable[[Document, Set[int]], Fix | None]
    severity: Severity = "error"
    fixes: tuple[Safety, ...] = ()
    options: type = NoOptions
    enabled: bool = True
    suggests: bool = False
    by: Tie = "topics"


Rule = DocumentRule | CollectionRule | RelevanceRule
