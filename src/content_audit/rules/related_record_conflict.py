"""REL005: one target outside the collection that different documents describe differently.

## Why
At most one of the descriptions is right. Where the target is in the collection, its own record settles it (REL006);
where it is not, the documents that link to it are all the evidence there is, so each document has one vote.

## Fix safety
Unsafe, and only where three documents or more agree against the dissenter: the majority's record is copied. None where
subject and url both differ: the article may stand under both subjects.

## What is no conflict
An id that every document has for a target of another url and title, where it is a word (`video`) or the number of the
link's place in its list, is none.
Texts that a reader sees the same (as in REL006), urls that differ in `www.`, `.html` or a query that one lacks, and
those of documents in two languages, by `lang`, by folders or by their words. An id stands for a record; without one a
title is an editor's words, unless three documents word it alike, and what is said of another site's page nobody else's
business. The titles of two places on a page (`#rain`, `#snow`) are two, and so are two targets of which only a slug or
a title is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from content_audit.expressions import expression
from content_audit.facts.links import PARTS
from content_audit.facts.urls import PAGE_SUFFIX, same_site
from content_audit.facts.wording import wording
from content_audit.model import Fix, Problem, Related
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import (
    AKIN,
    LANGUAGE,
    LINK,
    TARGETS,
    copy_record,
    differing,
    link_span,
    path_of,
    untitled,
)

MAJORITY = 3
"""Documents that must agree before their record is offered as a fix: two can copy one mistake from each other."""

WWW = expression("^//www[.]")

NAMED = "CASE WHEN l.id <> '' THEN 'id ' || l.id ELSE 'url ' || l.url_key END"
TARGET = f"{NAMED} || ' ' || {LANGUAGE}"
"""What a link leads to, and in which language: translations of one article share its id."""

NOWHERE = (
    f"JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.target = '' AND (l.id <> '' OR l.url_key <> '')"
)
SEVERAL = "MIN(CASE WHEN l.{0} <> '' THEN l.{0} END) <> MAX(l.{0})"
"""Links say different things in a column; those that say nothing there are left out."""

DISPUTED = " OR ".join(SEVERAL.format(part) for part in ("title", "subject", "url_key"))

QUERY = f"""
SELECT {TARGET} AS target, {NAMED} AS named, {LINK}, d.path AS path, d.syntax AS syntax, d.url_key AS own_key,
       CASE WHEN {LANGUAGE} <> '' THEN '' ELSE p.language END AS written
FROM {AKIN} l JOIN documents d ON d.doc = l.doc JOIN topics p ON p.doc = l.doc {NOWHERE}
WHERE {TARGET} IN (SELECT {TARGET} FROM {AKIN} l JOIN documents d ON d.doc = l.doc {NOWHERE} GROUP BY {TARGET}
                  HAVING MIN(l.doc) <> MAX(l.doc) AND ({DISPUTED}))
ORDER BY target, written, path, number
"""

Version = tuple[str, str, str]


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on the first link of each document that dissents; on every document's where no side is larger."""
    for (_, target, _), group in groupby(rows, key=itemgetter("target", "named", "written")):
        votes = _votes([row for row in group if row["id"] or same_site(row["url_key"], row["own_key"] or "/")])
        ranked = sorted(votes, key=lambda version: (-len(votes[version]), version))
        if len(ranked) > 1 and not _is_no_id(votes):
            tie = len(votes[ranked[0]]) == len(votes[ranked[1]])
            yield from _problems(target, votes, ranked, tie)


def _is_no_id(votes: dict[Version, dict[int, Row]]) -> bool:
    """Does each document say the id of another target? It is a kind's name, then, or the place in the list."""
    rows = [row for each in votes.values() for row in each.values()]
    titles, _, urls = (set(each) for each in zip(*votes, strict=True))
    apart = len(rows) == len(titles - {""}) == len(urls - {""})
    placed = all(row["id"] in (str(row["number"]), str(row["number"] + 1)) for row in rows)
    return apart and (placed or not any(row["id"].isdecimal() for row in rows)) and all(row["id"] for row in rows)


def _votes(rows: Sequence[Row]) -> dict[Version, dict[int, Row]]:
    """The documents behind each version; what says less than another counts for the largest one that it agrees with."""
    votes: dict[Version, dict[int, Row]] = defaultdict(dict)
    wordings = Counter(title for _, title in {(row["doc"], _title(row)) for row in rows if _title(row)})
    worded = max(wordings.values(), default=0) >= MAJORITY
    pages = {row["url_key"]: _page(row["url_key"]) for row in rows}
    one_host = len({page[2:].partition("/")[0] for page in pages.values() if page.startswith("//")}) == 1
    if one_host:
        pages = {key: path_of(page) for key, page in pages.items()}
    for row in rows:
        title = _title(row) if row["id"] or worded else ""
        url = pages[row["url_key"]]
        bare = url.partition("?")[0]
        url = bare if bare in pages.values() else url
        votes[(title, wording(row["subject"]), url)].setdefault(row["doc"], row)
    for version in sorted(votes, key=lambda version: (-version.count(""), version)):
        fuller = [v for v in votes if v != version and all(a in ("", b) for a, b in zip(version, v, strict=True))]
        if fuller:
            best = max(fuller, key=lambda v: (len(votes[v]), v))
            votes[best] = votes[best] | {doc: row for doc, row in votes.pop(version).items() if doc not in votes[best]}
    return votes


def _page(key: str) -> str:
    """A url's key without what most sites answer with one page: `www.`, a suffix of pages."""
    path, mark, query = key.partition("?")
    return WWW.sub("//", PAGE_SUFFIX.sub("", path)) + mark + query


def _title(row: Row) -> str:
    return "" if untitled(row) else wording(row["title"])


def _problems(target: str, votes: dict[Version, dict[int, Row]], ranked: list[Version], tie: bool) -> Iterator[Problem]:
    firsts = {version: next(iter(votes[version].values())) for version in ranked}
    versions = [
        {part: firsts[version][part] if said else "" for part, said in zip(PARTS[1:], version, strict=True)}
        | {"documents": len(votes[version])}
        for version in ranked[:10]
    ]
    blamed: set[int] = set()
    for version in ranked if tie else ranked[1:]:
        other = ranked[1] if version == ranked[0] else ranked[0]
        reference = firsts[other]
        held = [part for part, a, b in zip(PARTS[1:], version, other, strict=True) if a and b and a != b]
        for doc, row in votes[version].items():
            merged = {**row, **{f"t_{part}": reference[part] for part in ("id", "title", "subject", "url", "url_key")}}
            parts = [part for part in differing(merged, "t_") if part in held]
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
    if others >= MAJORITY and not tie and not {"subject", "url"} <= {*parts}:
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
