"""The line that a report has for each document."""

from collections.abc import Iterable

from content_audit.facts import doc_key
from content_audit.index import Index
from content_audit.report import DocumentSummary

QUERY = "SELECT path, format, title, subject, words, removed_words FROM documents WHERE doc = ?"


def summaries(index: Index, paths: Iterable[str]) -> list[DocumentSummary]:
    """What is known of these documents, in their order."""
    return [DocumentSummary(**row) for path in paths for row in index.query(QUERY, (doc_key(path),))]
