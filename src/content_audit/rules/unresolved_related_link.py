"""REL007: a related link whose target is not in the collection.

## Why
It leads nowhere, unless the target is published from somewhere else. An inventory (`inventory = [...]`, `--inventory`)
says what is: files with urls or ids, one a line, or sitemaps. A collection that is declared complete
(`complete = true`) has nothing else elsewhere: there this is an error.

## Fix safety
No fix: the target may have moved, or be yet to come.
"""

from collections.abc import Iterable, Iterator

from content_audit.model import Problem, Severity
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import LINK, UNRESOLVED, link_span, target_text

WHERE_COMPLETE: Severity = "error"
"""In a collection that is declared complete."""

QUERY = f"""
SELECT {LINK}, d.path AS path
FROM links l JOIN documents d ON d.doc = l.doc
WHERE {UNRESOLVED} AND NOT EXISTS (SELECT 1 FROM inventory i WHERE l.id <> '' AND i.target_key = l.id)
  AND NOT EXISTS (SELECT 1 FROM inventory i WHERE l.url_key <> '' AND i.target_key = l.url_key)
  AND NOT EXISTS (SELECT 1 FROM inventory i WHERE l.name_key <> '' AND i.target_key = l.name_key)
ORDER BY path, number
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each such link."""
    for row in rows:
        evidence = {"id": row["id"], "url": row["url"], **({"name": row["name_key"]} if row["name_key"] else {})}
        message = f"{row['name']} leads to no document of the collection ({target_text(row)})"
        yield Problem(link_span(row), message, evidence)


RULE = CollectionRule(
    "REL007",
    "unresolved-related-link",
    "the target is not in the collection",
    QUERY,
    check,
    "info",
    suggests=True,
)
