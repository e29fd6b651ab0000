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
from operator import itemgetter
from typing import Any

from content_audit.model import Fix, Problem, Related
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import LANGUAGE, LINK, TARGETS, copy_record, differing, link_span

MAJORITY = 3
"""Documents that must agree before their record is offered as a fix: two can copy one mistake from each other."""

NAMED = "CASE WHEN l.id <> '' THEN 'id ' || l.id WHEN l.url_key <> '' THEN 'url ' || l.url_key ELSE l.name_key END"
TARGET = f"{NAMED} || ' ' || {LANGUAGE}"
"""What a link leads to, and in which language: translations of one article share its id."""

NOWHERE = f"JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.target = ''"
SEVERAL = "MIN(CASE WHEN l.{0} <> '' THEN l.{0} END) <> MAX(l.{0})"
"""Links say different things in a column; those that say nothing there are left out."""

DISPUTED = " OR ".join(SEVERAL.format(part) for part in ("title", "subject", "url_key"))

QUERY = f"""
SELECT {TARGET} AS target, {NAMED} AS named, {LINK}, d.path AS path, d.syntax AS syntax
FROM links l JOIN documents d ON d.doc = l.doc {NOWHERE}
JOIN (SELECT {TARGET} AS disputed FROM links l JOIN documents d ON d.doc = l.doc {NOWHERE} GROUP BY {TARGET}
      HAVING MIN(l.doc) <> MAX(l.doc) AND ({DISPUTED})) disputes
  ON disputes.disputed = {TARGET}
ORDER BY target, path, number
"""

Version = tuple[str, str, str]


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on the first link of each document that dissents; on every document's where no side is larger."""
    for (_, target), group in groupby(rows, key=itemgetter("target", "named")):
        votes = _votes(group)
        ranked = sorted(votes, key=lambda version: (-len(votes[version]), version))
        tie = len(votes[ranked[0]]) == len(votes[ranked[1]])
        yield from _problems(target, votes, ranked, tie)


def _votes(rows: Iterable[Row]) -> dict[Version, dict[int, Row]]:
    """The documents behind each version; what says less than another counts for the largest one that it agrees with."""
    votes: dict[Version, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        votes[(row["title"], row["subject"], row["url_key"])].setdefault(row["doc"], row)
    for version in sorted(votes, key=lambda version: (-version.count(""), version)):
        fuller = [v for v in votes if v != version and all(a in ("", b) for a, b in zip(version, v, strict=True))]
        if fuller:
            best = max(fuller, key=lambda v: (len(votes[v]), v))
            votes[best] = votes[best] | {doc: row for doc, row in votes.pop(version).items() if doc not in votes[best]}
    return votes


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
            merged = {**row, **{f"t_{part}": reference[part] for part in ("id", "title", "subject", "url", "url_key")}}
            parts = [part for part in differing(merged, "t_") if part != "id" and reference[part]]
            if parts and doc not in blamed:
                blamed.add(doc)
                evidence = {"target": target, "differs": parts, "versions": versions}
                yield _problem(merged, reference, len(votes[other]), tie, evidence)


def _problem(row: Row, other: Row, others: int, tie: bool, evidence: dict[str, Any]) -> Problem:
    parts = evidence["differs"]
    part = "subject" if "subject" in parts else parts[0]
    documents = "1 other document" if others == 1 else f"{others} documents"
    verdict = "; no side is larger" if tie else ""
    message = f"{evidence['target']} has {part} {row[part]!r} here and {other[part]!r} in {documents}{verdict}"
    fix: Fix | None = None
    if others >= MAJORITY and not tie:
        fix = copy_record(row, "t_", parts, "unsafe", f"take the record of {others} documents")
    related = (Related(link_span(other, part), f"{other[part]!r} here"),)
    return Problem(link_span(row, part), message, evidence, fix, related)


RULE = CollectionRule(
    "REL005",
    "related-record-conflict",
    "one target outside the collection, described differently in different documents",
    QUERY,
    check,
    fixes=("unsafe",),
)
