"""ID001, ID002, ID003, SEO001 and DUP001: what belongs to one document alone and stands in several.

## Why
Two documents with one id or url are one page to everything that links, lists or stores them: which of them a reader
gets is chance. Equal titles and SEO titles compete with each other in search, and a text that is published twice
splits its readers and its links. Translations of one article, marked as such by `lang` or by folders as /en/ and /de/,
may share its id and its title, and its url where the site puts the language before it. So may the versions that
Docusaurus keeps of a page; its ids are names of files, which are unique in their folders alone.

## Fix safety
No fix: which document keeps the value is an editor's decision.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any

from content_audit.expressions import expression
from content_audit.facts.addresses import FOLDER_PAGES
from content_audit.facts.languages import VERSION, untranslated
from content_audit.facts.standing import UNPUBLISHED
from content_audit.facts.urls import slug
from content_audit.model import Problem, Related, Severity, Span
from content_audit.rule import CollectionRule, NoOptions, Row, Shared

MAX_NAMED = 3
"""Other documents that one finding names; its evidence has the number of all."""

QUERY = """
SELECT f.value_key AS value_key, d.path AS path, d.doc AS doc, d.id AS id, d.title AS title, d.url AS url,
       f.start_at AS start_at, f.end_at AS end_at, {language} AS language
FROM asked_fields f JOIN documents d ON d.doc = f.doc
JOIN (SELECT value_key AS shared_key, {language} AS shared_language
      FROM asked_fields f JOIN documents d ON d.doc = f.doc WHERE f.field = '{field}' AND {counted}
      GROUP BY value_key, {language} HAVING COUNT(*) > 1) shared
  ON shared.shared_key = f.value_key AND shared.shared_language = {language}
WHERE f.field = '{field}' AND {counted}
ORDER BY f.value_key, {language}, d.path
"""

ANY, EACH = "''", "d.language"
"""Among the documents of all languages, and among those of each: translations share ids, some titles, and
urls before which the site puts the language."""

PUBLISHED = f"d.standing <> {UNPUBLISHED}"
"""A draft may wait under the url of the page that it is to replace."""

ORDERED = expression(r"[0-9]+[-_.]+(?=.)")
"""What Docusaurus takes off a file's name, before its id is made of it."""

Keep = Callable[[list[Row]], bool]


def differing_titles(rows: list[Row]) -> bool:
    """A SEO title that two documents of one title share is the title's problem, not its own."""
    return len({row["title"].casefold() for row in rows}) > 1


def more_than_a_name(rows: list[Row]) -> bool:
    """Is the id more than the name of the file, which is unique in its folder alone, as in Docusaurus?"""
    return not all(not row["id"].isdecimal() and slug(row["id"]) == slug(_own_name(row["path"])) for row in rows)


def _own_name(path: str) -> str:
    """The name of a file without the number that orders it; of a folder's own page, the folder's."""
    file = PurePosixPath(path)
    name = file.parent.name if file.stem.lower() in (*FOLDER_PAGES, "readme") else file.stem
    return ORDERED.sub("", name)


def check(
    what: str, shown: str, keep: Keep | None, translated: bool, rows: Iterable[Row], options: NoOptions
) -> Iterator[Problem]:
    """A problem on each document of every group that shares a value, naming the others.

    Where the value is `translated`, files that differ in the folder of their language alone are one.
    """
    for _, group in groupby(rows, key=itemgetter("value_key", "language")):
        members = sorted(group, key=lambda row: (_version(row["path"]), row["path"]))
        for _, each in groupby(members, key=lambda row: _version(row["path"])):
            several = list(each)
            if keep is None or keep(several):
                yield from _apart(what, shown, several, untranslated if translated else str)


def _version(path: str) -> str:
    found = VERSION.search(path)
    return found[0] if found else ""


def _apart(what: str, shown: str, members: list[Row], kind_of: Callable[[str], str]) -> Iterator[Problem]:
    """The problems of documents that are not all of one kind, by their paths."""
    kinds = [kind_of(row["path"]) for row in members]
    many = Counter(kinds)
    for row, kind in zip(members, kinds, strict=True):
        if many[kind] < len(members):
            others = islice((other for other, its in zip(members, kinds, strict=True) if its != kind), MAX_NAMED)
            yield _problem(what, str(row[shown]) if shown else "", row, list(others), len(members) - many[kind])


def _problem(what: str, value: str, row: Row, others: list[Row], count: int) -> Problem:
    also = others[0]["path"] if count == 1 else f"{others[0]['path']} and {count - 1:,} more"
    named = f" {value!r}" if value else ""
    evidence: dict[str, Any] = {"documents": count + 1, "others": [other["path"] for other in others]}
    if value:
        evidence = {"value": value, **evidence}
    related = tuple(Related(Span(o["path"], o["start_at"], o["end_at"]), f"the same {what}") for o in others)
    span = Span(row["path"], row["start_at"], row["end_at"])
    return Problem(span, f"{what}{named} stands in {also} as well", evidence, related=related)


def _rule(
    code: str,
    name: str,
    summary: str,
    field: Shared,
    what: str,
    shown: str = "",
    severity: Severity = "error",
    keep: Keep | None = None,
    among: str = EACH,
) -> CollectionRule:
    query = QUERY.format(field=field, language=among, counted=PUBLISHED if field == "url" else "1 = 1")
    return CollectionRule(
        code, name, summary, query, partial(check, what, shown, keep, among == EACH), severity, by=field
    )


RULES = (
    _rule("ID001", "duplicate-id", "two documents, one id", "id", "id", "id", keep=more_than_a_name),
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
