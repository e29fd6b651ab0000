"""What the index keeps of documents that have changed since verdicts were given: their facts as they were then."""

import json
import sqlite3
import zlib
from collections.abc import Iterable

from content_audit.facts import TABLES, Facts, doc_key

FEW = 256
"""Documents that may change before verdicts are given up. 250 of 100,000 take 11 s of computing where all take 60; 250
of 35,915 real ones, which have more to do with each other, 40 s where all take 55."""


def facts_of(connection: sqlite3.Connection, doc: int) -> Facts:
    """All that is known of a document: nothing where it is not there."""
    rows = {
        table: tuple(kind(*row) for row in connection.execute(f"SELECT * FROM main.{table} WHERE doc = ?", (doc,)))
        for table, kind in TABLES.items()
    }
    return Facts(**rows)  # type: ignore[arg-type]


def note(connection: sqlite3.Connection, paths: Iterable[str]) -> bool:
    """Keep what is known of these documents, which are about to change; False where too many have changed."""
    (known,) = connection.execute("SELECT COUNT(*) FROM earlier").fetchone()
    for path in paths:
        doc = doc_key(path)
        if connection.execute("SELECT 1 FROM earlier WHERE doc = ?", (doc,)).fetchone() is None:
            known += 1
            if known > FEW:
                return False
            connection.execute("INSERT INTO earlier VALUES (?, ?, ?)", (doc, path, _packed(facts_of(connection, doc))))
    return True


def _packed(facts: Facts) -> bytes:
    return zlib.compress(json.dumps(facts, ensure_ascii=True).encode("ascii"), 1)


def unpacked(data: bytes) -> Facts:
    """What was packed. Raises ValueError, TypeError and zlib.error for what was not."""
    given = json.loads(zlib.decompress(data))
    return Facts(
        *(tuple(kind(*row) for row in rows) for kind, rows in zip(TABLES.values(), given, strict=True))  # type: ignore[arg-type]
    )
