"""What the collection rules on related links share: their columns, and a record copied into a link."""

import re

from content_audit.facts.addresses import ON_OWN_HOST
from content_audit.facts.links import unpack_parts
from content_audit.facts.urls import fragment, on_host_of, slug
from content_audit.model import Fix, Safety, Span
from content_audit.rule import Row
from content_audit.rules.edits import set_parts

TEMPLATE = re.compile(r"\{\{|\{%|<%")
"""What templates put in place of a text."""

LINK = (
    "l.doc AS doc, l.number AS number, l.name AS name, l.id AS id, l.title AS title, l.subject AS subject, l.url AS "
    "url, l.url_key AS url_key, l.start_at AS start_at, l.end_at AS end_at, l.places AS places, l.name_key AS name_key"
)
"""The columns of a link `l` in every query."""

BY_NAME = "n.field = 'name' AND n.value_key = l.name_key AND l.name_key <> ''"
"""A row `n` of the fields that is the name that the link calls its target by."""

BY_URL = "l.url_key <> '' AND t.url_key = l.url_key"
BY_ID = "l.id <> '' AND t.id = l.id"

STRAYED, TARGETS = "strayed", "targets"
"""The tables of links whose url is that of another document than they mean, and of the one target of each link.

`content_audit.resolution` makes them for a run."""

DOUBTFUL = f"""
SELECT {LINK}, t.id AS t_id, t.title AS t_title FROM links l JOIN documents t ON {BY_URL}
WHERE l.id <> '' AND NOT EXISTS (SELECT 1 FROM documents t WHERE {BY_URL}
  AND (l.title = '' OR t.id IN ('', l.id) OR t.title IN ('', l.title)))
ORDER BY l.doc, l.number
"""
"""Links of whose url each document has another id and another title, with these documents."""

FIRST = "(SELECT MIN(t.path) FROM documents t WHERE {})"
NAMED = "(SELECT MIN(t.path) FROM fields n JOIN documents t ON t.doc = n.doc WHERE {})"
TWIN = "t.subject = CASE WHEN l.subject <> '' THEN l.subject ELSE d.subject END"
LANGUAGE = "CASE WHEN l.language <> '' THEN l.language ELSE d.language END"
"""The language that a link `l` in its document `d` leads into."""

SPOKEN = f"t.language = {LANGUAGE}"
SPOKEN_OR_OWN = (SPOKEN, "t.language = d.language", "1 = 1")
WISHES = (f"{TWIN} AND {SPOKEN}", TWIN, SPOKEN, "1 = 1")
HOST = "SUBSTR(d.url_key, 1, 1 + INSTR(SUBSTR(d.url_key || '/', 3), '/'))"
OWN_PATH = (
    f"CASE WHEN d.url_key LIKE '//%' AND SUBSTR(l.url_key || '/', 1, 1 + LENGTH({HOST})) = {HOST} || '/' "
    f"THEN '{ON_OWN_HOST}' || SUBSTR(l.url_key, 1 + LENGTH({HOST})) ELSE '' END"
)
"""The path of a link `l` to the host that its document `d` has; "" for any other."""

LISTED = (
    "EXISTS (SELECT 1 FROM inventory i WHERE i.target_key <> '' "
    f"AND i.target_key IN (l.id, l.url_key, l.name_key, {OWN_PATH}))"
)


def _first(select: str, *found: str) -> str:
    """What the first of these conditions finds."""
    return f"COALESCE({', '.join(map(select.format, found))})"


FORMER = "n.field = 'name' AND n.value_key = 'url ' || l.url_key"
RESOLVED = f"""
SELECT doc, number, COALESCE(by_url, by_id, by_name, '') AS target,
       CASE WHEN by_url <> '' THEN 'url' WHEN by_id <> '' THEN 'id' WHEN by_name <> '' THEN 'name'
            WHEN listed THEN 'inventory' ELSE '' END AS found_by
FROM (SELECT l.doc AS doc, l.number AS number, {LISTED} AS listed,
             CASE WHEN NOT EXISTS (SELECT 1 FROM {STRAYED} s WHERE s.doc = l.doc AND s.number = l.number)
                  THEN {_first(FIRST, f"{BY_URL} AND {BY_ID}", BY_URL)} END AS by_url,
             {_first(FIRST, *(f"{BY_ID} AND {wish}" for wish in WISHES))} AS by_id,
             {_first(NAMED, f"{BY_NAME} AND {SPOKEN}", BY_NAME, *(f"{FORMER} AND {wish}" for wish in SPOKEN_OR_OWN))}
                 AS by_name
      FROM {{links}} l JOIN documents d ON d.doc = l.doc) found
"""
"""The path of the one target of every link, "" where it has none in the collection, and what it was found by.

By url, of several documents the one with the link's id; failing that by id, of several the one in the link's subject,
or in the document's where the link has none, and in its language; failing both by its name or a former url, and last
in the inventory. The first path settles the rest.
"""


COMPANY = f"""
(SELECT COUNT(*) FROM links o JOIN {TARGETS} p ON p.doc = o.doc AND p.number = o.number
 WHERE o.doc = l.doc AND o.number <> l.number AND (p.target = t.path OR o.id = l.id AND l.id <> ''))
+ CASE WHEN t.doc = l.doc THEN 1 ELSE 0 END AS company
"""
"""Other links of the document of `l` that lead to `t`, or say its id, and the document itself if it is `t`."""

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


def caution(row: Row) -> Safety:
    """Unsafe where a link that is corrected would repeat another, or lead back: the one to go next has said more."""
    return "unsafe" if row["company"] else "safe"


def differing(row: Row, prefix: str) -> list[str]:
    """The parts of the link's record that differ from the columns with this prefix; parts it does not have do not.

    A title that is all that names the target is no part of a record: it may be its id as well, and in any case. That of
    a place on a page is not the page's, and what a template fills in is not known.
    """
    untitled = row["name_key"].startswith("title ") or fragment(row["url"]) or TEMPLATE.search(row["title"])
    held = ("id", "subject") if untitled else ("id", "title", "subject")
    parts = [name for name in held if row[name] and row[name] != row[prefix + name]]
    same = row["url"] in ("", row[prefix + "url"]) or _same_page(row["url_key"], row[prefix + "url_key"])
    return parts if same else [*parts, "url"]


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
