"""REL006: a related link that disagrees with the document it leads to.

## Why
The target was renamed, moved or refiled and the links to it were not: the card shows an old title, or the url is dead.
The target's own front matter is the truth; of a document in another language its id and url alone.

## Fix safety
Safe: the target's values are copied into the link, titles and subjects as a reader sees them, without the `<em>` and
the `&amp;` of their source. Of several documents with the link's url or id, the one that most of id, title, subject and
url name is the target. Unsafe where the document lists that target a second time, or is it: the record that goes next,
as one too many, is the only trace of what else may have been meant; unsafe as well where the link's title speaks of
something else, or has none and its url does, and nothing but its id names the target. None where as many parts name
another document, if only by its title, where REL003 has a better target for the link, and where the target's record is
none to copy: a draft's, or a text with markup of its own.

A link without an id has whatever title suits its place, as "Read the guide": that is no record's, and no difference
where its url is right, unless nearly all such links of the collection repeat their target's title. Then it is one that
only an unsafe fix changes.

## What is no difference
Titles and subjects that differ in markup, character references, quotation marks, dashes, case or white space alone;
urls of which one names no host, or has a query that the other lacks; the title of a place on a page (`#moons`);
whatever a redirect's stub says of itself; a placeholder or a template in the target.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.facts.standing import REDIRECT
from content_audit.facts.wording import wording
from content_audit.model import Fix, Problem, Related, Safety, Span
from content_audit.rule import CollectionRule, NoOptions, Row
from content_audit.rules.targets import (
    BY_URL,
    COMPANY,
    TARGETS,
    TITLED,
    caution,
    copy_record,
    differing,
    is_told,
    link_span,
    meant,
    naming,
    rivals,
    target_text,
    told,
)

REPLACED = (
    "(SELECT COUNT(*) FROM documents r WHERE r.id = l.id AND r.subject = d.subject AND l.id <> '' AND l.subject <> '' "
    "AND d.subject <> '' AND l.subject <> d.subject)"
)
"""Documents that REL003 could lead the link to; it has a fix where there is one."""

CALLED_SO = (
    "(SELECT COUNT(*) FROM fields c WHERE c.field = 'name' AND c.value_key = 'title ' || l.title_key "
    "AND c.doc = t.doc AND l.title_key <> '')"
)
"""Is the link's title another one that the target has, as for menus? Its first one may be."""

FEWEST, COPIES = 20, 90
"""Links without an id, and how many of a hundred have the title of the document at their url, that show titles of links
to be copies: of fewer a handful may agree by chance."""

COPIED = f"""(SELECT COUNT(*) >= {FEWEST} AND 100 * COALESCE(SUM({TITLED}), 0) >= {COPIES} * COUNT(*)
FROM links l JOIN documents t ON {BY_URL} WHERE l.id = '' AND l.title_key <> '' AND t.title <> '')"""
"""Do links without an id have the titles of the documents at their urls, in this collection?"""

QUERY = rivals(
    "d.path AS path, d.syntax AS syntax, d.language AS own_language, d.subject AS own_subject, r.found_by AS found_by, "
    f"{REPLACED} AS replaced, {CALLED_SO} AS called_so, "
    f"{COPIED} AS copied, {COMPANY}",
    f"JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number AND r.found_by IN ('url', 'id', 'name')",
)


def check(rows: Iterable[Row], options: NoOptions) -> Iterator[Problem]:
    """A problem on each link whose every possible target differs from it."""
    for _, group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        members = list(group)
        found = [row for row in members if _is_found(row)]
        found = [row for row in found if row["t_language"] == row["own_language"]] or found
        best = meant(members)
        titled = [row for row in best if row["named_by"] == "title"]
        if len(best) == 1 and not titled:
            yield from _outdated(best[0]) if all(_parts(row) for row in found) else ()
        elif all(_parts(row, worded=len(titled) != 1) for row in found):
            yield _doubtful(found, best)


def _is_found(row: Row) -> bool:
    """Is it a document that the link has the target's way of being found of?"""
    return bool(row["id"] == row["t_id"] if row["found_by"] == "id" else row["named_by"] == row["found_by"])


def _parts(row: Row, worded: bool = True) -> list[str]:
    """What the link says otherwise than its target, which says it in earnest; in another language words differ.

    Without an id the title of a link may be an editor's words, where it is `worded` as no other document's title is.
    """
    if row["t_standing"] == REDIRECT:
        return []
    foreign = row["own_language"] != row["t_language"]
    label = worded and row["id"] == "" and row["named_by"] in ("url", "name") and not row["copied"]
    apart = {"title", "subject"} if foreign else {"title"} if row["called_so"] or label else set()
    return [part for part in differing(row, "t_") if is_told(row["t_" + part]) and part not in apart]


def _outdated(row: Row) -> Iterator[Problem]:
    parts = _parts(row)
    if not parts:
        return
    values = told(row, "t_", parts)
    said = ", ".join(f"{part} {row[part]!r}, not {values[part]!r}" for part in parts)
    evidence = {"target": row["t_path"], "differs": parts, "values": values}
    fix: Fix | None = None
    if row["replaced"] != 1 or wording(row["subject"]) == wording(row["own_subject"]):
        safety: Safety = "unsafe" if row["id"] == "" and "title" in parts else caution(row)
        fix = copy_record(row, "t_", parts, safety, f"copy the record of {row['t_path']}")
    related = (Related(Span(row["t_path"], 0, row["t_line_end"]), "the target"),)
    yield Problem(link_span(row, parts[0]), f"{row['name']} is out of date: {said}", evidence, fix, related)


def _doubtful(found: list[Row], best: list[Row]) -> Problem:
    """The link may mean several documents, and nobody knows which record to copy."""
    row = found[0]
    documents = [*found, *(each for each in best if each not in found)]
    by_url, by_id = (all(each["t_" + key] == row[key] != "" for each in documents) for key in ("url_key", "id"))
    if by_url or by_id or all(each["named_by"] == "name" for each in documents):
        shared = f"url {row['url']}" if by_url else target_text(row)
        message = f"{row['name']} agrees with none of the {len(documents)} documents with {shared}"
    else:
        named = "; ".join(f"{each['t_path']} by its {' and '.join(naming(each))}" for each in documents[:3])
        message = f"{row['name']} names {len(documents)} documents: {named}"
    related = tuple(Related(Span(each["t_path"], 0, each["t_line_end"]), "may be meant") for each in documents[:10])
    evidence = {"targets": [each["t_path"] for each in documents[:10]]}
    return Problem(link_span(row, _parts(row, worded=False)[0]), message, evidence, related=related)


RULE = CollectionRule(
    "REL006",
    "stale-related-record",
    "a link disagrees with the document it leads to",
    QUERY,
    check,
    fixes=("safe", "unsafe"),
    whole=lambda query, options: [*query(f"SELECT {COPIED} AS copied")],
)
