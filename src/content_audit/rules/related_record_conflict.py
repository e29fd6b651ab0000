"""REL005: one target outside the collection that different documents describe differently.

## Why
At most one of the descriptions is right. Where the target is in the collection, its own record settles it (REL006);
where it is not, the documents that link to it are all the evidence there is, so each document has one vote.

## Fix safety
Unsafe, and only where three documents or more agree against the dissenter: the majority's record is copied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from content_audit.model import Fix, Problem, Related
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import LINK, UNRESOLVED, copy_record, differing, link_span

MAJORITY = 3
"""Documents that must agree before their record is offered as a fix: two can copy one mistake from each other."""

TARGET = "CASE WHEN l.id <> '' THEN 'id ' || l.id ELSE 'url ' || l.url_key END"
QUERY = f"""
SELECT {TARGET} AS target, {LINK}, d.path AS path, d.syntax AS syntax
FROM links l JOIN documents d ON d.doc = l.doc
JOIN (SELECT {TARGET} AS disputed FROM links l WHERE {UNRESOLVED} GROUP BY {TARGET}
      HAVING MIN(l.doc) <> MAX(l.doc) AND (MIN(l.title) <> MAX(l.title) OR MIN(l.subject) <> MAX(l.subject)
                                           OR MIN(l.url_key) <> MAX(l.url_key))) disputes
  ON disputes.disputed = {TARGET}
WHERE {UNRESOLVED}
ORDER BY target, path, number
"""

Version = tuple[str, str, str]


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on the first link of each document that dissents; on every document's where no side is larger."""
    for target, group in groupby(rows, key=lambda row: row["target"]):
        votes: dict[Version, dict[int, Row]] = defaultdict(dict)
        for row in group:
            votes[(row["title"], row["subject"], row["url_key"])].setdefault(row["doc"], row)
        ranked = sorted(votes, key=lambda version: (-len(votes[version]), version))
        tie = len(votes[ranked[0]]) == len(votes[ranked[1]])
        yield from _problems(target, votes, ranked, tie)


def _problems(target: str, votes: dict[Version, dict[int, Row]], ranked: list[Version], tie: bool) -> Iterator[Problem]:
    versions = [
        {
            "title": t,
            "subject": s,
            "url": next(iter(votes[(t, s, u)].values()))["url"],
            "documents": len(votes[(t, s, u)]),
        }
        for t, s, u in ranked[:10]
    ]
    blamed: set[int] = set()
    for version in ranked if tie else ranked[1:]:
        other = ranked[1] if version == ranked[0] else ranked[0]
        reference = next(iter(votes[other].values()))
        for doc, row in votes[version].items():
            if doc not in blamed:
                blamed.add(doc)
                count = 0 if tie else len(votes[other])
                yield _problem(target, row, reference, len(votes[other]), count, versions)


def _problem(target: str, row: Row, other: Row, others: int, majority: int, versions: list[dict[str, Any]]) -> Problem:
    merged = {**row, **{f"t_{part}": other[part] for part in ("id", "title", "subject", "url", "url_key")}}
    parts = [part for part in differing(merged, "t_") if part != "id"] or ["title"]
    part = "subject" if "subject" in parts else parts[0]
    documents = "1 other document" if others == 1 else f"{others} documents"
    verdict = "" if majority else "; no side is larger"
    message = f"{target} has {part} {row[part]!r} here and {other[part]!r} in {documents}{verdict}"
    fix: Fix | None = None
    if majority >= MAJORITY:
        fix = copy_record(merged, "t_", parts, "unsafe", f"take the record of {majority} documents")
    related = (Related(link_span(other, part), f"{other[part]!r} here"),)
    return Problem(
        link_span(row, part), message, {"target": target, "differs": parts, "versions": versions}, fix, related
    )


RULE = CollectionRule(
    "REL005",
    "related-record-conflict",
    "one target outside the collection, described differently in different documents",
    QUERY,
    check,
    fixes=("unsafe",),
)
