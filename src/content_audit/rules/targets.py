"""What the collection rules on related links share: their columns, and a record copied into a link."""

from content_audit.facts.links import unpack_parts
from content_audit.facts.urls import on_host_of, slug
from content_audit.model import Fix, Safety, Span
from content_audit.rule import Row
from content_audit.rules.edits import set_parts

LINK = (
    "l.doc AS doc, l.number AS number, l.name AS name, l.id AS id, l.title AS title, l.subject AS subject, l.url AS "
    "url, l.url_key AS url_key, l.start_at AS start_at, l.end_at AS end_at, l.places AS places, l.name_key AS name_key"
)
"""The columns of a link `l` in every query."""

BY_NAME = "n.field = 'name' AND n.value_key = l.name_key AND l.name_key <> ''"
"""A row `n` of the fields that is the name that the link calls its target by."""

BY_URL = "l.url_key <> '' AND t.url_key = l.url_key"
NAMED_OTHERWISE = (
    f"NOT EXISTS (SELECT 1 FROM documents t WHERE {BY_URL} "
    "AND (l.title = '' OR t.id IN ('', l.id) OR t.title IN ('', l.title)))"
)
"""No document has the link's url, or each that has it another id and another title."""

BY_ID = "l.id <> '' AND t.id = l.id"
UNRESOLVED = (
    "NOT EXISTS (SELECT 1 FROM documents t WHERE l.url_key <> '' AND t.url_key = l.url_key) "
    "AND NOT EXISTS (SELECT 1 FROM documents t WHERE l.id <> '' AND t.id = l.id) "
    f"AND NOT EXISTS (SELECT 1 FROM fields n WHERE {BY_NAME}) "
    "AND NOT EXISTS (SELECT 1 FROM fields n WHERE n.field = 'name' AND n.value_key = 'url ' || l.url_key)"
)
"""The link `l` leads to no document of the collection, by url, a former url, id or name."""

FOUND = (
    f"COALESCE((SELECT MIN(t.doc) FROM documents t WHERE {BY_URL}), "
    f"(SELECT MIN(t.doc) FROM documents t WHERE {BY_ID}), (SELECT MIN(n.doc) FROM fields n WHERE {BY_NAME}), "
    "(SELECT MIN(n.doc) FROM fields n WHERE n.field = 'name' AND n.value_key = 'url ' || l.url_key), -1)"
)
"""The document that the link `l` leads to, any one of several that it may mean; -1 where it is unresolved."""


WITHOUT_HOST = (
    "{0}.url_key LIKE '//%' AND {1}.url_key LIKE '/%' AND {1}.url_key NOT LIKE '//%' "
    "AND SUBSTR({0}.url_key, 2 + INSTR(SUBSTR({0}.url_key, 3), '/')) = {1}.url_key"
)
SAME_PATH = f"({WITHOUT_HOST.format('l', 't')} OR {WITHOUT_HOST.format('t', 'l')})"
"""Of the urls of link and document one names a host, the other none, and their paths are one."""


def target_text(row: Row) -> str:
    """What a link leads to, as it says so."""
    return f"id {row['id']}" if row["id"] else f"url {row['url']}" if row["url"] else str(row["name_key"])


def link_span(row: Row, part: str | None = None) -> Span:
    """The place of a link, or of one part of its record."""
    places = unpack_parts(row["places"])
    if part in places:
        return Span(row["path"], places[part].start, places[part].end)
    return Span(row["path"], row["start_at"], row["end_at"])


def differing(row: Row, prefix: str) -> list[str]:
    """The parts of the link's record that differ from the columns with this prefix; parts it does not have do not."""
    parts = [name for name in ("id", "title", "subject") if row[name] and row[name] != row[prefix + name]]
    return [*parts, "url"] if row["url"] and not _same_page(row["url_key"], row[prefix + "url_key"]) else parts


def _same_page(key: str, other: str) -> bool:
    """Are the keys of two urls one, or would be if both named a host?"""
    if key.startswith("//") == other.startswith("//"):
        return key == other
    return _path(key) == _path(other)


def _path(key: str) -> str:
    return "/" + key[2:].partition("/")[2] if key.startswith("//") else key


def another(row: Row, prefix: str) -> bool:
    """Do id and title both say that the document of these columns is not the one that the link means?

    Of 2,970 links of a real collection whose url's document has another id, 85 also have another title: it differs in
    commas and apostrophes alone. Titles of one or two words say too little.
    """
    mine, other = (set(slug(title).split("-")) for title in (row["title"], row[prefix + "title"]))
    telling = row["id"] not in ("", row[prefix + "id"]) and row[prefix + "id"] != "" and min(len(mine), len(other)) > 2
    return telling and 2 * len(mine & other) < len(mine | other) and not (mine <= other or other <= mine)


def copy_record(row: Row, prefix: str, parts: list[str], safety: Safety, title: str) -> Fix | None:
    """The fix that copies these parts from the columns with this prefix; None where one can't be written.

    A link that names a host keeps it, where the other record has a path alone.
    """
    places = unpack_parts(row["places"])
    if not row["syntax"] or not parts or not all(part in places and row[prefix + part] for part in parts):
        return None
    values = {part: row[prefix + part] for part in parts}
    if "url" in values:
        values["url"] = on_host_of(values["url"], row["url"])
    edits = set_parts(places, values, row["syntax"])
    return Fix(edits, safety, title) if edits else None
