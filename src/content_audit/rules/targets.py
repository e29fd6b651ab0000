"""What the collection rules on related links share: their columns, and a record copied into a link."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from content_audit.expressions import expression
from content_audit.facts.addresses import ON_OWN_HOST
from content_audit.facts.links import PARTS, unpack_parts
from content_audit.facts.standing import REDIRECT, UNPUBLISHED
from content_audit.facts.urls import PAGE_SUFFIX, fragment, on_host_of
from content_audit.facts.wording import is_plain, shown, unlike, wording
from content_audit.model import Fix, Safety, Span
from content_audit.rule import Row
from content_audit.rules.edits import set_parts
from content_audit.rules.placeholder_value import is_placeholder

TEMPLATE = expression(r"\{\{|\{%|<%")
"""What templates put in place of a text."""

UNTOLD = expression(r"<(?:del|s|strike)\b|\*\*|`|(?<!\w)__|\[[^][]*\]\([^()\s]*\)", re.IGNORECASE)
"""What of a title's source a page makes something else of than a text."""

LINK = (
    "l.doc AS doc, l.number AS number, l.name AS name, l.id AS id, l.title AS title, l.subject AS subject, l.url AS "
    "url, l.url_key AS url_key, l.start_at AS start_at, l.end_at AS end_at, l.places AS places, l.name_key AS name_key"
)
"""The columns of a link `l` in every query."""

BY_NAME = "n.field = 'name' AND n.value_key = l.name_key AND l.name_key <> ''"
"""A row `n` of the fields that is the name that the link calls its target by."""

BY_URL = "l.url_key <> '' AND t.url_key = l.url_key"
BY_ID = "l.id <> '' AND t.id = l.id"

DOUBTED, MEANT, TARGETS = "doubted", "meant", "targets"
"""The tables of links that disagree with every document that they are found by, of those whose fields name another
than their url does, with that one, and of the one target of each link.

`content_audit.resolution` makes them for a run."""

ASKED, AKIN = "asked_links", "akin_links"
"""The links that the rules are asked about, and these with all that have an id or a url in common with one of them."""

BY_URL_NOT = -1
"""In `MEANT`, for no document in particular."""

WITHOUT_HOST = (
    "{0}.url_key LIKE '//%' AND {1}.url_key LIKE '/%' AND {1}.url_key NOT LIKE '//%' "
    "AND SUBSTR({0}.url_key, 2 + INSTR(SUBSTR({0}.url_key, 3), '/')) = {1}.url_key"
)
SAME_PATH = f"({WITHOUT_HOST.format('l', 't')} OR {WITHOUT_HOST.format('t', 'l')})"
"""Of the urls of link and document one names a host, the other none, and their paths are one."""

AGREES = (
    "(l.id = '' OR t.id IN ('', l.id)) AND (l.title = '' OR l.name_key LIKE 'title %' OR t.title IN ('', l.title)) "
    "AND (l.subject = '' OR t.subject IN ('', l.subject)) "
    f"AND (l.url_key = '' OR t.url_key IN ('', l.url_key) OR t.url = l.url OR {SAME_PATH})"
)
"""What one of the two does not say is no disagreement; nor is a host in one url where the other gives a path."""

HAS = "EXISTS (SELECT 1 FROM documents t WHERE {})"
HAS_NAME = "EXISTS (SELECT 1 FROM fields n JOIN documents t ON t.doc = n.doc WHERE {})"
DISAGREEING = f"""
SELECT l.doc AS doc, l.number AS number FROM {AKIN} l
WHERE NOT {HAS.format(f"{BY_URL} AND {AGREES}")}
  AND ({HAS.format(BY_URL)}
       OR {HAS.format(BY_ID)} AND NOT {HAS.format(f"{BY_ID} AND {AGREES}")}
       OR l.id = '' AND {HAS_NAME.format(BY_NAME)} AND NOT {HAS_NAME.format(f"{BY_NAME} AND {AGREES}")})
"""
"""The links of `DOUBTED`."""

MOST_TITLED = 20
"""Documents that a title may name: what more share, as "Introduction", is no name."""

BY_TITLE = (
    "n.field = 'title' AND n.value_key = l.title_key AND l.title_key <> '' AND (SELECT COUNT(*) FROM fields f "
    f"WHERE f.field = 'title' AND f.value_key = l.title_key) <= {MOST_TITLED}"
)

FIRST = "(SELECT MIN(t.path) FROM documents t WHERE {})"
NAMED = "(SELECT MIN(t.path) FROM fields n JOIN documents t ON t.doc = n.doc WHERE {})"
TWIN = "t.subject = CASE WHEN l.subject <> '' THEN l.subject ELSE d.subject END"
LANGUAGE = "CASE WHEN l.language <> '' THEN l.language ELSE d.language END"
"""The language that a link `l` in its document `d` leads into."""

SPOKEN = f"t.language = {LANGUAGE}"
TITLED = (
    "EXISTS (SELECT 1 FROM fields k WHERE k.field = 'title' AND k.value_key = l.title_key AND k.doc = t.doc "
    "AND l.title_key <> '')"
)
WISHES = (
    f"{TWIN} AND {SPOKEN} AND {TITLED}",
    f"{TWIN} AND {SPOKEN}",
    TWIN,
    f"{SPOKEN} AND {TITLED}",
    SPOKEN,
    "1 = 1",
)
SHARED_URL = (BY_ID, f"{SPOKEN} AND {TITLED}", TITLED, SPOKEN, "1 = 1")
"""Which of several documents with a link's url it means."""

SPOKEN_OR_OWN = (SPOKEN, "t.language = d.language", "1 = 1")
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


VOTED = f"t.doc = (SELECT MAX(m.meant) FROM {MEANT} m WHERE m.doc = l.doc AND m.number = l.number)"
CALLED = tuple(f"{BY_NAME} AND {wish}" for wish in (f"{SPOKEN} AND {TITLED}", TITLED, SPOKEN, "1 = 1"))
LIKE_IT = (
    "INSTR(l.url_key, '?') > 1 AND t.url_key = SUBSTR(l.url_key, 1, INSTR(l.url_key, '?') - 1)",
    "l.url_key LIKE '%.html' AND t.url_key = SUBSTR(l.url_key, 1, LENGTH(l.url_key) - 5)",
    "l.url_key <> '' AND t.url_key = l.url_key || '.html'",
)
"""No document has the link's url, but one has it without its query, or with or without the suffix that servers add."""

FORMER = "n.field = 'name' AND n.value_key = 'url ' || l.url_key"
RESOLVED = f"""
SELECT doc, number, COALESCE(by_url, by_id, by_name, '') AS target,
       CASE WHEN by_url <> '' THEN 'url' WHEN by_id <> '' THEN 'id' WHEN by_name <> '' THEN 'name'
            WHEN listed THEN 'inventory' ELSE '' END AS found_by
FROM (SELECT l.doc AS doc, l.number AS number, {LISTED} AS listed,
             CASE WHEN NOT EXISTS (SELECT 1 FROM {MEANT} m WHERE m.doc = l.doc AND m.number = l.number)
                  THEN {_first(FIRST, *(f"{BY_URL} AND {wish}" for wish in SHARED_URL))} END AS by_url,
             {_first(FIRST, VOTED, *(f"{BY_ID} AND {wish}" for wish in WISHES))} AS by_id,
             COALESCE({_first(NAMED, *CALLED, *(f"{FORMER} AND {wish}" for wish in SPOKEN_OR_OWN))},
                      {_first(FIRST, *LIKE_IT)}) AS by_name
      FROM {{links}} l JOIN documents d ON d.doc = l.doc) found
"""
"""The path of the one target of every link, "" where it has none in the collection, and what it was found by.

By url, of several documents the one with the link's id, or its title; failing that, or where most of the link's fields
name another document, by id, of several the one that most name, else the one in the link's subject, or in the
document's where the link has none, and in its language; failing both by its name, of several the one with its title, or
a former url, and last in the inventory. The first path settles the rest.
"""


COMPANY = f"""
(SELECT COUNT(*) FROM links o JOIN {TARGETS} p ON p.doc = o.doc AND p.number = o.number
 WHERE o.doc = l.doc AND o.number <> l.number AND (p.target = t.path OR o.id = l.id AND l.id <> ''))
+ CASE WHEN t.doc = l.doc THEN 1 ELSE 0 END AS company
"""
"""Other links of the document of `l` that lead to `t`, or say its id, and the document itself if it is `t`."""

TARGET = (
    "t.doc AS t_doc, t.path AS t_path, t.first_line_end AS t_line_end, t.id AS t_id, t.title AS t_title, "
    "t.subject AS t_subject, t.url AS t_url, t.url_key AS t_url_key, t.language AS t_language, t.standing AS t_standing"
)


def rivals(columns: str = "1 AS one", joined: str = "") -> str:
    """The query for all documents that a link of `DOUBTED` may mean, with `columns` of what is `joined` besides.

    `named_by` says what the link has of each: its url, its id, its name or, failing these, its title.
    """
    found = {"url": BY_URL, "id": f"{BY_ID} AND NOT ({BY_URL})"}
    named = {"name": f"{BY_NAME} AND l.id = ''", "title": f"{BY_TITLE} AND NOT ({BY_URL}) AND NOT ({BY_ID})"}
    joins = {by: ("CROSS JOIN documents t", how) for by, how in found.items()} | {
        by: ("CROSS JOIN fields n CROSS JOIN documents t", f"{how} AND t.doc = n.doc") for by, how in named.items()
    }
    selects = (
        f"SELECT {LINK}, {LANGUAGE} AS spoken, {TARGET}, '{by}' AS named_by, {columns} "
        f"FROM {DOUBTED} x CROSS JOIN links l CROSS JOIN documents d {join} {joined} "
        f"WHERE l.doc = x.doc AND l.number = x.number AND d.doc = l.doc AND {how}"
        for by, (join, how) in joins.items()
    )
    return " UNION ALL ".join(selects) + " ORDER BY doc, number, t_path"


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
    """Unsafe where a link that is corrected would repeat another, or lead back: the one to go next has said more.

    Unsafe as well where it has the title of something else; where it has none, and its id alone names the target, the
    end of its url stands for that. A slip in a number makes it so; subjects say little.
    """
    return "unsafe" if row["company"] or strays(row) else "safe"


def strays(row: Row, prefix: str = "t_") -> bool:
    """Do the link's words speak of something else than the document of these columns?

    Where both id and url name that, it may have got another title for the same thing.
    """
    if row["title"] and not untitled(row):
        return unlike(row["title"], row[prefix + "title"], wholly={"id", "url"} <= {*naming(row, prefix)})
    by_id = not {"title", "url", "name"}.intersection(naming(row, prefix))
    return by_id and row["url"] != "" and unlike(_tail(row["url_key"]), _tail(row[prefix + "url_key"]))


def _tail(key: str) -> str:
    """The last name in a url's path, its words apart."""
    return PAGE_SUFFIX.sub("", unquote(re.split("[?#]", key)[0].rpartition("/")[2])).replace("-", " ")


def differing(row: Row, prefix: str) -> list[str]:
    """The parts of the link's record that differ from the columns with this prefix; parts it does not have do not.

    Titles and subjects are compared as a reader sees them (`content_audit.facts.wording`).
    """
    parts = [] if row["id"] in ("", row[prefix + "id"]) else ["id"]
    held = ("subject",) if untitled(row) else ("title", "subject")
    parts += [name for name in held if row[name] and wording(row[name]) != wording(row[prefix + name])]
    same = row["url"] in ("", row[prefix + "url"]) or same_page(row["url_key"], row[prefix + "url_key"])
    return parts if same else [*parts, "url"]


def untitled(row: Row) -> bool:
    """Is the link's title none that a target has?

    One that is all that names the target is no part of a record: it may be its id as well. That of a place on a page is
    not the page's, and what a template fills in is not known.
    """
    named = row["name_key"].startswith("title ")
    return named or fragment(row["url"]) != "" or TEMPLATE.search(row["title"]) is not None


def naming(row: Row, prefix: str = "t_") -> list[str]:
    """What of the link's record, or of what it was found by, names the document of the columns with this prefix."""
    silent = {*differing(row, prefix), *(("title",) if untitled(row) else ())}
    parts = [part for part in PARTS if row[part] and row[prefix + part] and part not in silent]
    return ["name", *parts] if row.get("named_by") == "name" else parts


def meant(rows: Sequence[Row]) -> list[Row]:
    """Of the documents of `rivals` that a link may mean, those that most of its fields name: one vote each.

    Where that is several, the one in the language that the link leads into, if that settles it.
    """
    votes = [len(naming(row)) for row in rows]
    most = max(votes)
    best = [row for row, many in zip(rows, votes, strict=True) if many == most]
    spoken = [row for row in best if row["t_language"] == row["spoken"] != "" and row["named_by"] != "title"]
    return spoken if len(spoken) == 1 else best


def same_page(key: str, other: str) -> bool:
    """Are the keys of two urls one, or would be if both named a host?

    A query that the other lacks altogether is for the site's counters.
    """
    if "#" not in key and "?" not in other:
        key = key.partition("?")[0] or "/"
    if key.startswith("//") == other.startswith("//"):
        return key == other
    return path_of(key) == path_of(other)


def path_of(key: str) -> str:
    """The key of a url without its host."""
    return "/" + key[2:].partition("/")[2] if key.startswith("//") else key


def another(row: Row, prefix: str) -> bool:
    """Do id and title both say that the document of these columns is not the one that the link means?

    Of 2,970 links of a real collection whose url's document has another id, 85 also have another title: it differs in
    commas and apostrophes alone.
    """
    other = row["id"] not in ("", row[prefix + "id"]) and row[prefix + "id"] != ""
    return other and unlike(row["title"], row[prefix + "title"])


def is_told(text: str) -> bool:
    """Is this what a document says, and not a placeholder, or a template's to fill in?"""
    return text != "" and not is_placeholder(text) and TEMPLATE.search(text) is None


def told(row: Row, prefix: str, parts: Iterable[str]) -> dict[str, str]:
    """What a link is to say in these parts: titles and subjects as a reader sees them, not as their source has them."""
    return {part: shown(row[prefix + part]) if part in ("title", "subject") else row[prefix + part] for part in parts}


def copy_record(row: Row, prefix: str, parts: list[str], safety: Safety, title: str) -> Fix | None:
    """The fix that copies these parts from the columns with this prefix; None where one can't be written.

    None as well where what is there is no record to copy: a draft's, a redirect's, a placeholder, a template, markup. A
    link that names a host keeps it, where the other record has a path alone, and the place on the page.
    """
    places, values = unpack_parts(row["places"]), told(row, prefix, parts)
    if not row["syntax"] or not parts or not all(part in places and values[part] for part in parts):
        return None
    sources = [row[prefix + part] for part in parts]
    ready = row.get(prefix + "standing") not in (UNPUBLISHED, REDIRECT)
    if not ready or not all(is_told(text) and not UNTOLD.search(text) for text in sources):
        return None
    if "url" in values:
        place = fragment(row["url"])
        values["url"] = on_host_of(values["url"], row["url"]) + (
            f"#{place}" if place and "#" not in values["url"] else ""
        )
    if not all(is_plain(values[part]) for part in parts if part in ("title", "subject")):
        return None
    edits = set_parts(places, values, row["syntax"])
    return Fix(edits, safety, title) if edits else None
