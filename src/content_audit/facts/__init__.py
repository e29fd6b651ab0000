"""What documents say about each other, as rows of a few typed tables."""

from content_audit.facts.tables import (
    INDEXES,
    TABLES,
    DamagedIndexError,
    DocumentRow,
    Facts,
    FieldRow,
    LinkRow,
    doc_key,
)

__all__ = ["INDEXES", "TABLES", "DamagedIndexError", "DocumentRow", "Facts", "FieldRow", "LinkRow", "doc_key"]
