"""REL004: a related link whose subject is not its own url's section.

## Why
The card says one subject and leads into another. One of the two was copied wrong. So it is where the collection's own
documents show that urls go by subject; elsewhere sections are folders of another kind (`/blog/`, `/docs/`), and say
nothing of a category. Nor does the path on another site.

## Fix safety
Unsafe: the record is taken from the target where it is in the collection, else from the majority of the other documents
that link to it and agree with themselves.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.model import Problem
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import ASKED, BY_ID, BY_URL, LINK, copy_record, differing, link_span

OTHER = "t.id AS t_id, t.title AS t_title, t.subject AS t_subject, t.url AS t_url, t.url_key AS t_url_key"
FEWEST = 6
"""Documents whose urls show what sections are: of fewer, two or three that agree may do so by chance."""

ODD = 10
"""Documents in their subject's section for each that is not: of 35,915 of a real collection all are. The others are
damage, which FM010 names."""

SECTIONS, STRAYS = "sections", "strays"
"""The tables of how many documents of each subject stand in which section, and of links that stray from theirs.

`content_audit.resolution` makes them for a run."""

COUNTED = f"""
SELECT section, subject, in_section, COUNT(*) AS documents FROM documents
WHERE section > '' AND EXISTS (SELECT 1 FROM {ASKED} l WHERE l.stray_section <> '')
GROUP BY section, subject, in_section
"""
"""The rows of `SECTIONS`, of documents with a section: none where no link asks for them."""

SHOWN = f"(SELECT COALESCE(SUM(s.documents), 0) FROM {SECTIONS} s WHERE s.in_section {{0}})"
LINKS = f"""FROM {ASKED} l
LEFT JOIN (SELECT section, SUM(documents) AS documents FROM {SECTIONS} WHERE in_section = 1 GROUP BY section) o
  ON o.section = l.stray_section
LEFT JOIN (SELECT subject, SUM(documents) AS documents FROM {SECTIONS} WHERE in_section = 1 GROUP BY subject) h
  ON h.subject = l.subject
LEFT JOIN {SECTIONS} b ON b.in_section = 0 AND b.section = l.stray_section AND b.subject = l.subject"""
"""Links `l`, with how many documents `o` of other subjects have the section of their url for their own, how many `h` of
the link's subject stand in its own, and how many `b` of that subject in that section."""

AGAINST = "COALESCE(o.documents, 0) + COALESCE(h.documents, 0)"
TOLD = (
    f"l.stray_section <> '' AND {AGAINST} > 0 AND {ODD} * COALESCE(b.documents, 0) <= {AGAINST} "
    f"AND {SHOWN.format('= 1')} >= {FEWEST} AND {SHOWN.format('= 1')} >= {ODD} * {SHOWN.format('= 0')} "
    f"AND (SELECT COUNT(DISTINCT s.section) FROM {SECTIONS} s WHERE s.in_section = 1) > 1"
)
"""The collection's urls go by subject, and its documents say that the link's does not."""

STRAYED = f"SELECT l.doc AS doc, l.number AS number {LINKS} WHERE {TOLD}"
"""The rows of `STRAYS`."""

STRAY = f"FROM {STRAYS} x CROSS JOIN links l CROSS JOIN documents d"
ITSELF = "l.doc = x.doc AND l.number = x.number AND d.doc = l.doc"

QUERY = f"""
SELECT {LINK}, l.stray_section AS section, d.path AS path, d.syntax AS syntax, 0 AS rank, 0 AS documents,
       '' AS t_id, '' AS t_title, '' AS t_subject, '' AS t_url, '' AS t_url_key
{STRAY}
WHERE {ITSELF}
UNION ALL
SELECT {LINK}, l.stray_section AS section, d.path AS path, d.syntax AS syntax, 1 AS rank, 1 AS documents, {OTHER}
{STRAY} CROSS JOIN documents t
WHERE {ITSELF} AND {BY_URL}
UNION ALL
SELECT {LINK}, l.stray_section AS section, d.path AS path, d.syntax AS syntax, 2 AS rank, 1 AS documents, {OTHER}
{STRAY} CROSS JOIN documents t
WHERE {ITSELF} AND {BY_ID}
UNION ALL
SELECT {LINK}, l.stray_section AS section, d.path AS path, d.syntax AS syntax, 3 AS rank,
       COUNT(DISTINCT t.doc) AS documents, {OTHER}
{STRAY} CROSS JOIN links t
WHERE {ITSELF} AND {BY_ID} AND t.doc <> l.doc AND t.stray_section = '' AND t.subject <> '' AND t.url_key <> ''
GROUP BY l.doc, l.number, l.name, l.id, l.title, l.subject, l.url, l.url_key, l.start_at, l.end_at, l.places,
         l.stray_section, d.path, d.syntax, t.id, t.title, t.subject, t.url, t.url_key
ORDER BY path, number, rank, documents DESC, t_id, t_title, t_subject, t_url
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on the subject of each such link."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        row, *others = group
        settled = _settled(others)
        evidence = {"subject": row["subject"], "section": row["section"]}
        message = f"{row['name']} says {row['subject']}, its url stands in section {row['section']}"
        fix = None
        if settled is not None:
            fix = copy_record(
                settled, "t_", differing(settled, "t_"), "unsafe", f"copy the record of {settled['t_url']}"
            )
            evidence["settled_by"] = "the target" if settled["rank"] < 3 else f"other documents: {settled['documents']}"
        yield Problem(link_span(row, "subject"), message, evidence, fix)


def _settled(others: list[Row]) -> Row | None:
    """The record to copy: the one target, else the one that more documents give than any other."""
    for rank in (1, 2, 3):
        rows = [row for row in others if row["rank"] == rank]
        if rows and (len(rows) == 1 or (rank == 3 and rows[0]["documents"] > rows[1]["documents"])):
            return rows[0]
        if rows and rank < 3:
            return None
    return None


RULE = CollectionRule(
    "REL004",
    "related-url-subject-mismatch",
    "a link's subject is not its own url's section",
    QUERY,
    check,
    fixes=("unsafe",),
)
