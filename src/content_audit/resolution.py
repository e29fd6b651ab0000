"""Which document each related link leads to, and which links stray: settled once, for all that look at them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.facts.links import Link
from content_audit.index import Index
from content_audit.rule import Row
from content_audit.rules.related_url_subject_mismatch import COUNTED, SECTIONS, STRAYED, STRAYS
from content_audit.rules.targets import (
    AKIN,
    BY_URL_NOT,
    DISAGREEING,
    DOUBTED,
    MEANT,
    RESOLVED,
    TARGETS,
    another,
    meant,
    rivals,
)

ONE = (
    "(SELECT ? AS doc, -1 AS number, ? AS id, ? AS url_key, ? AS name_key, ? AS subject, ? AS language, ? AS title_key)"
)


def resolve(index: Index) -> None:
    """Make the index's tables of links that rules look at, for its facts as they now are."""
    index.keep(DOUBTED, DISAGREEING, ("doc", "number"))
    index.hold(MEANT, ("doc", "number", "meant"), _outvoted(index.query(rivals())))
    index.keep(SECTIONS, COUNTED)
    index.keep(STRAYS, STRAYED, ("doc", "number"))
    index.keep(TARGETS, RESOLVED.format(links=AKIN), ("doc", "number"))


def _outvoted(rows: Iterable[Row]) -> Iterator[tuple[int, int, int]]:
    """The links that lead to none of the documents with their url, each with the document that it means.

    That is `BY_URL_NOT` where only id and title together say that it is none of those.
    """
    for (doc, number), group in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        documents = list(group)
        best, by_url = meant(documents), [row for row in documents if row["named_by"] == "url"]
        if len(best) == 1 and best[0]["named_by"] == "id":
            yield doc, number, best[0]["t_doc"]
        elif by_url and all(another(row, "t_") for row in by_url):
            yield doc, number, BY_URL_NOT


def target_of(index: Index, doc: int, link: Link) -> str:
    """The path of the document that a link would lead to if it stood in the document `doc`; "" for none."""
    values = (doc, *link.targets, link.subject, link.language, link.title_key)
    return next((str(row["target"]) for row in index.query(RESOLVED.format(links=ONE), values)), "")
