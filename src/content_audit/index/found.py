"""What rules find, put in order by SQLite: on disk, where it is much."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter

from content_audit.index.database import Database, parted
from content_audit.index.problems import joined, packed, row_of, told
from content_audit.model import Finding, Severity
from content_audit.report import Kind, kind
from content_audit.sources import path_at, place_of

TABLE = "CREATE TEMP TABLE found (place BLOB, start_at INTEGER, code TEXT, end_at INTEGER, message BLOB, problem TEXT)"


class Found:
    """These findings, folder by folder, those of a document by place, code and message; the last ones of a connection.

    `tally` is the number of each kind, `called` has the name and the severity of each code.
    """

    def __init__(self, database: Database, findings: Iterable[Finding]) -> None:
        self.database = database
        self.tally = Counter[Kind]()
        self.called: dict[str, tuple[str, Severity]] = {}
        connection = database.connection
        connection.execute("DROP TABLE IF EXISTS temp.found")
        connection.execute(TABLE)
        for some in parted(findings):
            self.tally.update(map(kind, some))
            self.called.update((each.code, (each.name, each.severity)) for each in some)
            with database.changing():
                connection.executemany("INSERT INTO temp.found VALUES (?, ?, ?, ?, ?, ?)", map(_row, some))

    @property
    def internal_errors(self) -> bool:
        """Did a rule fail on a document?"""
        return any(code == "RUN003" for code, _, _ in self.tally)

    def beside(self, others: Iterable[Finding]) -> "Found":
        """Those as well."""
        return Found(self.database, [*others, *self])

    def documents(self) -> Iterator[tuple[str, list[Finding], bytes]]:
        """The documents that something is found in, with that, and with that as the index keeps it."""
        return ((path, self._findings(path, text), packed(text)) for path, text in self._texts())

    def __iter__(self) -> Iterator[Finding]:
        return chain.from_iterable(self._findings(path, text) for path, text in self._texts())

    def _texts(self) -> Iterator[tuple[str, str]]:
        """What is found in each document, as JSON."""
        rows = self.database.connection.execute(
            "SELECT place, problem FROM temp.found ORDER BY place, start_at, code, end_at, message, rowid"
        )
        for place, group in groupby(rows, key=itemgetter(0)):
            yield path_at(place), joined(problem for _, problem in group)

    def _findings(self, path: str, text: str) -> list[Finding]:
        return [Finding(code, *self.called[code], each) for code, each in told(path, text)]


def _row(finding: Finding) -> tuple[bytes, int, str, int, bytes, str]:
    problem, span = finding.problem, finding.problem.span
    message = problem.message.encode("utf-8", "surrogatepass")
    return place_of(span.path), span.start, finding.code, span.end, message, row_of(finding.code, problem)
