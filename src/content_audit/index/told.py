"""What an index keeps of the last run: its verdicts, and what has changed since."""

import zlib
from collections.abc import Iterable, Iterator

from content_audit.facts import DamagedIndexError, Facts
from content_audit.index.database import Database
from content_audit.index.earlier import facts_of, unpacked
from content_audit.index.pages import read_pages, turn_to_pages
from content_audit.index.tables import meta, set_meta

Verdict = tuple[bytes, bytes, bytes, str]
"""A document's place in the order of a run, the lines of its findings, these, and what rules could not tell of it."""


class Told(Database):
    """The verdicts beside the facts that they rest on."""

    @property
    def generation(self) -> str:
        """What tells the facts as they are from what they were before."""
        return meta(self.connection, "generation")

    def told(self) -> str:
        """What goes with the verdicts, as it was given to `tell`; an empty object where there are none."""
        return meta(self.connection, "told") or "{}"

    def tell(self, told: str, rows: Iterable[Verdict] | None = None) -> None:
        """Keep verdicts in place of earlier ones. Without `rows`, the earlier ones stay."""
        with self.changing() as connection:
            if rows is not None:
                connection.execute("DELETE FROM pages")
                connection.execute("DELETE FROM verdicts")
                connection.executemany("INSERT INTO verdicts VALUES (?, ?, ?, ?)", rows)
                turn_to_pages(connection)
            connection.execute("DELETE FROM earlier")
            set_meta(connection, "told", told)

    def amend(self, told: str, gone: Iterable[bytes], rows: Iterable[Verdict]) -> None:
        """Keep verdicts in place of those of the documents with the places of `gone` and `rows`."""
        with self.changing() as connection:
            connection.executemany("DELETE FROM verdicts WHERE place = ?", ((place,) for place in gone))
            connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM earlier")
            set_meta(connection, "told", told)

    def earlier(self) -> dict[int, tuple[str, Facts]]:
        """The documents that have changed since verdicts were told: their paths, and their facts as they were then."""
        rows = self.connection.execute("SELECT doc, path, facts FROM earlier").fetchall()
        try:
            return {doc: (path, unpacked(data)) for doc, path, data in rows}
        except (zlib.error, ValueError, TypeError) as error:
            raise DamagedIndexError("what documents were is not told") from error

    def facts(self, doc: int) -> Facts:
        """All that is known of a document: nothing where it is not there."""
        return facts_of(self.connection, doc)

    def shown(self) -> Iterator[bytes]:
        """The lines of all verdicts, in order, in UTF-8."""
        return read_pages(self.connection)

    def verdicts(self, places: Iterable[bytes] | None = None) -> Iterator[Verdict]:
        """All verdicts, in order, or those with these places."""
        if places is None:
            yield from self.connection.execute("SELECT * FROM verdicts ORDER BY place")
        for place in places or ():
            yield from self.connection.execute("SELECT * FROM verdicts WHERE place = ?", (place,))
