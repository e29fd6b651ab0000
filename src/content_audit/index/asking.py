"""What rules are asked about: the facts of all documents, or of those that a change may have to do with."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import get_args

from content_audit.rule import Tie

ALL = {
    "asked_links": "links",
    "asked_lists": "links",
    "akin_links": "links",
    "asked_fields": "fields",
    "asked_lines": "lines",
    "akin_lines": "lines",
    "asked_bands": "bands",
}
"""The tables that rules are asked of, and what they are where they are asked about all documents."""

SOME = {
    "asked_links": "SELECT l.* FROM by_names a CROSS JOIN links l ON l.doc = a.doc",
    "asked_lists": "SELECT l.* FROM by_topics a CROSS JOIN links l ON l.doc = a.doc",
    "akin_links": """
SELECT l.* FROM (SELECT DISTINCT id FROM asked_links WHERE id <> '') a CROSS JOIN links l ON l.id = a.id
UNION SELECT l.* FROM (SELECT DISTINCT url_key FROM asked_links WHERE url_key <> '') a
CROSS JOIN links l ON l.url_key = a.url_key
UNION SELECT * FROM asked_links UNION SELECT * FROM asked_lists""",
    "asked_fields": """
SELECT f.* FROM changed_keys k CROSS JOIN fields f ON f.field = k.field AND f.value_key = k.value_key
WHERE f.field <> 'name'""",
    "asked_lines": "SELECT l.* FROM by_lines a CROSS JOIN lines l ON l.doc = a.doc",
    "akin_lines": """
SELECT l.* FROM (SELECT DISTINCT line_key FROM asked_lines) k CROSS JOIN lines l ON l.line_key = k.line_key""",
    "asked_bands": """
SELECT b.* FROM (SELECT DISTINCT b.band_key AS band_key FROM by_texts a CROSS JOIN bands b ON b.doc = a.doc) k
CROSS JOIN bands b ON b.band_key = k.band_key""",
}
"""The same for a few documents: what they have, and all that has a key in common with that; of fields, what has one of
the `changed_keys` (`content_audit.neighbourhood`). SQLite takes the tables of a cross join in their order."""


def ask_all(connection: sqlite3.Connection) -> None:
    """From here on, rules are asked about all documents."""
    _forget(connection)
    for name, table in ALL.items():
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {table}")


def ask_some(connection: sqlite3.Connection, docs: Mapping[Tie, Collection[int]]) -> None:
    """From here on, rules are asked about these documents, by what they look by: about what they are called and link
    to, about the lines of all documents of some sites, about the texts that are like theirs, about their lists."""
    _forget(connection)
    for by, some in docs.items():
        connection.execute(f"CREATE TEMP TABLE by_{by} (doc INTEGER PRIMARY KEY)")
        connection.executemany(f"INSERT INTO temp.by_{by} VALUES (?)", ((doc,) for doc in some))
    for name, query in SOME.items():
        connection.execute(f"CREATE TEMP TABLE {name} AS {query}")


def _forget(connection: sqlite3.Connection) -> None:
    for name in (*ALL, *(f"by_{by}" for by in get_args(Tie))):
        row = connection.execute("SELECT type FROM temp.sqlite_master WHERE name = ?", (name,)).fetchone()
        if row:
            connection.execute(f"DROP {row[0]} temp.{name}")
