"""REL007: a related link whose target is not in the collection.

## Why
It leads nowhere, unless the target is published from somewhere else. An inventory (`inventory = [...]`, `--inventory`)
says what is: files with urls or ids, one a line, or sitemaps. A collection that is declared complete
(`complete = true`) has nothing else elsewhere: there this is an error.

A link without an id is none of the collection's where its url is another site's and there is no inventory, that of a
file which is no page, that of a section above documents, or that of a tag or a category: the site's software makes
those.

## Fix safety
No fix by itself: the target may have moved, or be yet to come. Where the collection is declared complete, it can't be
either: `fix --unsafe --replace` puts a document of `evidence.suggestions` in its place, as REL008 does. Where none
suits, the link stays.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.expressions import expression
from content_audit.model import Problem, Related, Severity, Span
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import ASKED, BY_URL, LINK, TARGETS, link_span, target_text

WHERE_COMPLETE: Severity = "error"
"""In a collection that is declared complete."""

HOST = "SUBSTR(l.url_key, 1, 1 + INSTR(SUBSTR(l.url_key || '/', 3), '/'))"
ABOVE = "s.url_key > {0} || '/' AND s.url_key < {0} || '0'"
"""A document `s` stands somewhere below a url."""

ELSEWHERE = f"""
l.id = '' AND (
  l.url_key LIKE '//%' AND NOT EXISTS (SELECT 1 FROM inventory i)
  AND NOT EXISTS (SELECT 1 FROM documents s WHERE {ABOVE.format(HOST)})
  OR l.url_key LIKE '/%' AND EXISTS (SELECT 1 FROM documents s WHERE {ABOVE.format("RTRIM(l.url_key, '/')")})
  OR l.url_key <> '' AND EXISTS (SELECT 1 FROM fields m WHERE m.field = 'made' AND m.value_key = l.url_key))
"""
"""The link leads to a host that no document is on and no inventory tells of, to a section's page, or to one that is
made of documents' tags."""

FILE = expression(
    r"[^?#]*/[^?#]*\.(?:atom|csv|docx?|epub|gif|gz|ics|jpe?g|json|mp[34]|png|pptx?|pdf|rss|svg|txt|web[mp]|xlsx?|xml|zip)"
    r"(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""The url of what is no page."""

QUERY = f"""
SELECT {LINK}, d.path AS path, COALESCE(t.path, '') AS t_path, COALESCE(t.first_line_end, 0) AS t_line_end
FROM {ASKED} l JOIN documents d ON d.doc = l.doc
JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.found_by = ''
LEFT JOIN documents t ON {BY_URL}
WHERE NOT ({ELSEWHERE})
ORDER BY path, number, t_path
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each such link, also where its url is that of another document than its id and title say."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        members = list(group)
        row = members[0]
        if not row["id"] and FILE.fullmatch(row["url"]):
            continue
        others = [member for member in members if member["t_path"]]
        evidence = {"id": row["id"], "url": row["url"], **({"name": row["name_key"]} if row["name_key"] else {})}
        message = f"{row['name']} leads to no document of the collection ({target_text(row)})"
        if others:
            message += f": its url is that of {row['t_path']}, which has another id and another title"
            evidence["document_with_its_url"] = row["t_path"]
        related = tuple(Related(Span(o["t_path"], 0, o["t_line_end"]), "has the link's url") for o in others[:10])
        yield Problem(link_span(row), message, evidence, related=related)


RULE = CollectionRule(
    "REL007",
    "unresolved-related-link",
    "the target is not in the collection",
    QUERY,
    check,
    "info",
    ("unsafe",),
    suggests=True,
)
