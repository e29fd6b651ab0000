"""REL006: a related link that disagrees with the document it leads to.

## Why
The target was renamed, moved or refiled and the links to it were not: the card shows an old title, or the url is dead.
The target's own front matter is the truth; of a document in another language its id and url alone.

## Fix safety
Safe: the target's values are copied into the link. Unsafe where the document lists that target a second time, or is it:
the record that goes next, as one too many, is the only trace of what else may have been meant. None where several
documents share the id and neither url nor subject tells which is meant, and where REL003 has a better target for the
link.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.model import Fix, Problem, Related, Span
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import (
    BY_ID,
    BY_NAME,
    BY_URL,
    COMPANY,
    LINK,
    SAME_PATH,
    TARGETS,
    caution,
    copy_record,
    differing,
    link_span,
    target_text,
)

TARGET = (
    "t.path AS t_path, t.first_line_end AS t_line_end, t.id AS t_id, t.title AS t_title, t.subject AS t_subject, "
    f"t.url AS t_url, t.url_key AS t_url_key, t.language AS t_language, {COMPANY}"
)
AGREES = (
    "(l.id = '' OR t.id IN ('', l.id)) AND (l.title = '' OR l.name_key LIKE 'title %' OR t.title IN ('', l.title)) "
    "AND (l.subject = '' OR t.subject IN ('', l.subject)) "
    f"AND (l.url_key = '' OR t.url_key IN ('', l.url_key) OR t.url = l.url OR {SAME_PATH})"
)
"""What one of the two does not say is no disagreement; nor is a host in one url where the other gives a path."""
REPLACED = (
    "(SELECT COUNT(*) FROM documents r WHERE r.id = l.id AND r.subject = d.subject AND l.id <> '' AND l.subject <> '' "
    "AND d.subject <> '' AND l.subject <> d.subject)"
)
"""Documents that REL003 could lead the link to; it has a fix where there is one."""

FROM = f"""FROM links l JOIN documents d ON d.doc = l.doc
JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.found_by ="""
QUERY = f"""
SELECT {LINK}, d.path AS path, d.syntax AS syntax, d.language AS own_language, {REPLACED} AS replaced, {TARGET}
{FROM} 'url' JOIN documents t ON {BY_URL}
WHERE NOT EXISTS (SELECT 1 FROM documents t WHERE {BY_URL} AND {AGREES})
UNION ALL
SELECT {LINK}, d.path AS path, d.syntax AS syntax, d.language AS own_language, {REPLACED} AS replaced, {TARGET}
{FROM} 'id' JOIN documents t ON {BY_ID}
WHERE NOT EXISTS (SELECT 1 FROM documents t WHERE {BY_ID} AND {AGREES})
UNION ALL
SELECT {LINK}, d.path AS path, d.syntax AS syntax, d.language AS own_language, 0 AS replaced, {TARGET}
{FROM} 'name' JOIN fields n ON {BY_NAME} JOIN documents t ON t.doc = n.doc
WHERE l.id = '' AND NOT EXISTS (SELECT 1 FROM fields n JOIN documents t ON t.doc = n.doc WHERE {BY_NAME} AND {AGREES})
ORDER BY path, number, t_path
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose every possible target differs from it."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        found = list(group)
        members = [row for row in found if row["t_language"] == row["own_language"]] or found
        if all(_parts(row) for row in members):
            yield _problem(_meant(members))


def _parts(row: Row) -> list[str]:
    """What the link says otherwise than its target, which says it too; in another language words are others."""
    held = ("id", "url") if row["own_language"] != row["t_language"] else ("id", "title", "subject", "url")
    return [part for part in differing(row, "t_") if row["t_" + part] and part in held]


def _meant(members: list[Row]) -> list[Row]:
    """Of several documents that a link may mean, that with its id and url, or its subject."""
    named = [row for row in members if row["t_id"] == row["id"] and row["t_url_key"] == row["url_key"] != ""]
    twins = [row for row in members if row["t_subject"] == row["subject"] != ""]
    return named or (twins if len(twins) == 1 else members)


def _problem(members: list[Row]) -> Problem:
    row = members[0]
    parts = _parts(row)
    said = ", ".join(f"{part} {row[part]!r}, not {row['t_' + part]!r}" for part in parts)
    evidence = {"target": row["t_path"], "differs": parts, "values": {part: row["t_" + part] for part in parts}}
    fix: Fix | None = None
    if len(members) > 1:
        shared = f"url {row['url']}" if row["t_url_key"] == row["url_key"] != "" else target_text(row)
        message = f"{row['name']} agrees with none of the {len(members)} documents with {shared}"
        evidence = {"targets": [member["t_path"] for member in members[:10]]}
    else:
        message = f"{row['name']} is out of date: {said}"
        if row["replaced"] != 1:
            fix = copy_record(row, "t_", parts, caution(row), f"copy the record of {row['t_path']}")
    related = tuple(Related(Span(m["t_path"], 0, m["t_line_end"]), "the target") for m in members[:10])
    return Problem(link_span(row, parts[0]), message, evidence, fix, related)


RULE = CollectionRule(
    "REL006",
    "stale-related-record",
    "a link disagrees with the document it leads to",
    QUERY,
    check,
    fixes=("safe", "unsafe"),
)
