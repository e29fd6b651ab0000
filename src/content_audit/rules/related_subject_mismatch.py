"""REL003: a related link that leaves the document's subject although its target stands there too.

## Why
Links into other subjects are common and mostly right. The wrong ones are those whose article is published in several
subjects: the reader of one subject is led to another subject's copy.

## Fix safety
Safe where a document with the link's id stands under the document's subject: its record is copied into the link. Unsafe
where the document lists that article a second time: the record that goes next, as one too many, may have meant another;
and where the link's url leads to another article than its id, or its title, or that of what it leads to, speaks of one.
None where only another document's link says that it stands there, where that document is the link's own, and where it
is a draft.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.facts.standing import LISTED, REDIRECT
from content_audit.facts.wording import unlike, wording
from content_audit.model import Fix, Problem, Related, Safety, Span
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import ASKED, COMPANY, LINK, TARGETS, caution, copy_record, differing, link_span

LEAVES = (
    "l.id <> '' AND l.subject <> '' AND d.subject <> '' AND l.subject <> d.subject AND l.language = '' AND NOT EXISTS "
    "(SELECT 1 FROM documents o WHERE o.id = l.id AND o.subject = l.subject AND o.language <> d.language)"
)
"""The link `l` leads into another subject than that of its document `d`, but not to a translation of the article."""

STRAYED = (
    f"(SELECT COUNT(*) FROM {TARGETS} r JOIN documents o ON o.path = r.target "
    "WHERE r.doc = l.doc AND r.number = l.number AND o.id NOT IN ('', l.id))"
)
"""Does the link lead to another article than that with its id?"""

STANDS = (
    f"COALESCE((SELECT MAX(o.title) FROM {TARGETS} r JOIN documents o ON o.path = r.target "
    "WHERE r.doc = l.doc AND r.number = l.number), '')"
)
"""The title of what the link leads to."""

QUERY = f"""
SELECT {LINK}, d.path AS path, d.syntax AS syntax, d.subject AS own_subject, t.path AS t_path,
       t.first_line_end AS t_line_end, t.id AS t_id, t.title AS t_title, t.subject AS t_subject, t.url AS t_url,
       t.url_key AS t_url_key, t.standing AS t_standing, {COMPANY}, {STRAYED} AS strayed, {STANDS} AS stands
FROM {ASKED} l JOIN documents d ON d.doc = l.doc
JOIN documents t ON t.id = l.id AND t.subject = d.subject AND t.language = d.language AND t.standing <> {REDIRECT}
WHERE {LEAVES}
UNION ALL
SELECT {LINK}, d.path AS path, d.syntax AS syntax, d.subject AS own_subject, c.path AS t_path,
       0 AS t_line_end, '' AS t_id, '' AS t_title, '' AS t_subject, '' AS t_url, '' AS t_url_key,
       {LISTED} AS t_standing, 0 AS company, 0 AS strayed, '' AS stands
FROM {ASKED} l JOIN documents d ON d.doc = l.doc
JOIN links o ON o.id = l.id AND o.subject = d.subject AND o.doc <> l.doc
JOIN documents c ON c.doc = o.doc
WHERE {LEAVES}
  AND NOT EXISTS (SELECT 1 FROM documents t WHERE t.id = l.id AND t.subject = d.subject)
ORDER BY path, number, t_path
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on the subject of each such link that is not the document's own in other letters."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        members = list(group)
        if wording(members[0]["subject"]) != wording(members[0]["own_subject"]):
            yield _problem(members[0], [row for row in members if row["t_id"]], {row["t_path"] for row in members})


def _problem(row: Row, twins: list[Row], paths: set[str]) -> Problem:
    own, evidence = row["own_subject"], {"id": row["id"], "subject": row["subject"], "expected": row["own_subject"]}
    message = f"{row['name']} leads to {row['subject']}, though id {row['id']} stands under {own} too"
    if not twins:
        evidence["said_by"] = sorted(paths)[:3]
        return Problem(link_span(row, "subject"), f"{message} (by a link in {min(paths)})", evidence)
    evidence["documents"] = [twin["t_path"] for twin in twins]
    fix: Fix | None = None
    safety: Safety
    if len(twins) == 1 and twins[0]["t_path"] != row["path"]:  # a link to itself would be the next to go
        astray = row["strayed"] or unlike(row["stands"], row["t_title"])
        safety = "unsafe" if astray else caution(row)
        fix = copy_record(row, "t_", differing(row, "t_"), safety, f"link to {own}'s copy of {row['id']}")
    related = tuple(Related(Span(t["t_path"], 0, t["t_line_end"]), f"id {row['id']} under {own}") for t in twins)
    return Problem(link_span(row, "subject"), message, evidence, fix, related)


RULE = CollectionRule(
    "REL003",
    "related-subject-mismatch",
    "a link to another subject, though its target stands under the document's own too",
    QUERY,
    check,
    fixes=("safe", "unsafe"),
)
