"""REL007: a related link whose target is not in the collection.

## Why
It leads nowhere, unless the target is published from somewhere else. An inventory (`inventory = [...]`, `--inventory`)
says what is: files with urls or ids, one a line, or sitemaps. A collection that is declared complete
(`complete = true`) has nothing else elsewhere: there this is an error.

## Fix safety
No fix by itself: the target may have moved, or be yet to come. Where the collection is declared complete, it can't be
either: `fix --unsafe --replace` puts a document of `evidence.suggestions` in its place, as REL008 does. Where none
suits, the link stays.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.model import Problem, Related, Severity, Span
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import BY_URL, LINK, TARGETS, link_span, target_text

WHERE_COMPLETE: Severity = "error"
"""In a collection that is declared complete."""

QUERY = f"""
SELECT {LINK}, d.path AS path, COALESCE(t.path, '') AS t_path, COALESCE(t.first_line_end, 0) AS t_line_end
FROM links l JOIN documents d ON d.doc = l.doc
JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.found_by = ''
LEFT JOIN documents t ON {BY_URL}
ORDER BY path, number, t_path
"""


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each such link, also where its url is that of another document than its id and title say."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        members = list(group)
        row = members[0]
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
