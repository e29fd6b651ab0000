"""The line that a report has for each document."""

from collections.abc import Iterable
from dataclasses import fields

from content_audit.index import Index
from content_audit.report import DocumentSummary

COLUMNS = ", ".join(field.name for field in fields(DocumentSummary))


def summaries(index: Index, paths: Iterable[str]) -> list[DocumentSummary]:
    """What is known of these documents, in their order."""
    rows = index.rows_of(paths, "documents", COLUMNS)
    return [DocumentSummary(**{name: value for name, value in row.items() if name != "doc"}) for row in rows]
