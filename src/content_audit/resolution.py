"""Which document each related link leads to: settled once, for the rules and for the graph alike."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from content_audit.facts.links import Link
from content_audit.index import Index
from content_audit.rule import Row
from content_audit.rules.targets import DOUBTFUL, RESOLVED, STRAYED, TARGETS, another

ONE = "(SELECT ? AS doc, -1 AS number, ? AS id, ? AS url_key, ? AS name_key, ? AS subject, ? AS language)"


def resolve(index: Index) -> None:
    """Make the index's tables of `content_audit.rules.targets`, for its facts as they now are."""
    index.hold(STRAYED, ("doc", "number"), _strayed(index.query(DOUBTFUL)))
    index.keep(TARGETS, RESOLVED.format(links="links"), ("doc", "number"))


def _strayed(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """The links that lead to none of the documents with their url, as id and title both say."""
    for (doc, number), documents in groupby(rows, key=lambda row: (row["doc"], row["number"])):
        if all(another(row, "t_") for row in documents):
            yield doc, number


def target_of(index: Index, doc: int, link: Link) -> str:
    """The path of the document that a link would lead to if it stood in the document `doc`; "" for none."""
    values = (doc, *link.targets, link.subject, link.language)
    return next((str(row["target"]) for row in index.query(RESOLVED.format(links=ONE), values)), "")
