"""ID001, ID002, ID003, SEO001 and DUP001: what belongs to one document alone and stands in several.

## Why
Two documents with one id or url are one page to everything that links, lists or stores them: which of them a reader
gets is chance. Equal titles and SEO titles compete with each other in search, and a text that is published twice
splits its readers and its links. Translations of one article, marked as such by `lang` or by folders as /en/ and /de/,
may share its id and its title, and its
url where the site puts the language before it.

## Fix safety
No fix: which document keeps the value is an editor's decision.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from content_audit.model import Problem, Related, Severity, Span
from content_audit.rule import CollectionRule, NoOptions, Row

MAX_NAMED = 3
"""Other documents that one finding names; its evidence has the number of all."""

QUERY = """
SELECT f.value_key AS value_key, d.path AS path, d.doc AS doc, d.id AS id, d.title AS title, d.url AS url,
       f.start_at AS start_at, f.end_at AS end_at, {language} AS language
FROM fields f JOIN documents d ON d.doc = f.doc
JOIN (SELECT value_key AS shared_key, {language} AS shared_language
      FROM fields f JOIN documents d ON d.doc = f.doc WHERE f.field = '{field}'
      GROUP BY value_key, {language} HAVING COUNT(*) > 1) shared
  ON shared.shared_key = f.value_key AND shared.shared_language = {language}
WHERE f.field = '{field}'
ORDER BY f.value_key, {language}, d.path
"""

ANY, EACH = "''", "d.language"
"""Among the documents of all languages, and among those of each: translations share ids, some titles, and
urls before which the site puts the language."""

Keep = Callable[[list[Row]], bool]


def differing_titles(rows: list[Row]) -> bool:
    """A SEO title that two documents of one title share is the title's problem, not its own."""
    return len({row["title"].casefold() for row in rows}) > 1


def check(what: str, shown: str, keep: Keep | None, rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each document of every group that shares a value, naming the others."""
    for _, group in groupby(rows, key=itemgetter("value_key", "language")):
        members = list(group)
        if keep is not None and not keep(members):
            continue
        for row in members:
            yield _problem(what, str(row[shown]) if shown else "", row, members)


def _problem(what: str, value: str, row: Row, members: list[Row]) -> Problem:
    others = [other for other in members[: MAX_NAMED + 1] if other["doc"] != row["doc"]][:MAX_NAMED]
    count = len(members) - 1
    also = others[0]["path"] if count == 1 else f"{others[0]['path']} and {count - 1:,} more"
    named = f" {value!r}" if value else ""
    evidence: dict[str, Any] = {"documents": len(members), "others": [other["path"] for other in others]}
    if value:
        evidence = {"value": value, **evidence}
    related = tuple(Related(Span(o["path"], o["start_at"], o["end_at"]), f"the same {what}") for o in others)
    span = Span(row["path"], row["start_at"], row["end_at"])
    return Problem(span, f"{what}{named} stands in {also} as well", evidence, related=related)


def _rule(
    code: str,
    name: str,
    summary: str,
    field: str,
    what: str,
    shown: str = "",
    severity: Severity = "error",
    keep: Keep | None = None,
    among: str = EACH,
) -> CollectionRule:
    return CollectionRule(
        code, name, summary, QUERY.format(field=field, language=among), partial(check, what, shown, keep), severity
    )


RULES = (
    _rule("ID001", "duplicate-id", "two documents, one id", "id", "id", "id"),
    _rule("ID002", "duplicate-url", "two documents, one url", "url", "url", "url"),
    _rule("ID003", "duplicate-title", "two documents, one title", "title", "title", "title", "warning"),
    _rule("DUP001", "duplicate-document", "two documents, one text", "text", "text", among=ANY),
    _rule(
        "SEO001",
        "duplicate-seo-title",
        "one SEO title on documents with different titles",
        "seo_title",
        "SEO title",
        "",
        "warning",
        differing_titles,
    ),
)
