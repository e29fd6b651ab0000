"""What comments and the configuration tell the audit to leave be, and which of it there was nothing to be left."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from content_audit.index import Index
from content_audit.model import Problem, Span
from content_audit.rule import Row
from content_audit.rules import CATALOGUE, named
from content_audit.rules.suppressions import expired

QUERY = (
    "SELECT d.path AS path, s.* FROM suppressions s JOIN documents d ON d.doc = s.doc ORDER BY s.doc, s.number, s.item"
)
Key = tuple[int, int, int]
"""A code that a comment names: the document, the comment's number in it, the code's in its list."""

SPEAKING = ("ignore", "file-ignore", "disable")


def suppressed_codes(index: Index) -> frozenset[str]:
    """The rules that any document suppresses: they must be asked where it matters whether that was of use."""
    return frozenset(named(row["code"]) for row in index.query("SELECT DISTINCT code FROM suppressions"))


def key_of(row: Row) -> Key:
    """The key of a row of `QUERY`."""
    return row["doc"], row["number"], row["item"]


class Suppressions:
    """The suppressions of a collection; `rows` are those of `QUERY`, `everywhere` says what whole files are spared.

    Those of `used` are known to have been of use.
    """

    def __init__(self, rows: Iterable[Row], everywhere: Callable[[str, str], bool], used: Iterable[Key] = ()) -> None:
        self._everywhere = everywhere
        self._today = date.today()
        self._rows: dict[str, list[Row]] = {}
        self._used = set(used)
        for row in rows:
            self._rows.setdefault(row["path"], []).append(row)

    def left(self, path: str, code: str, problems: Sequence[Problem]) -> list[Problem]:
        """Those of a document's problems with a rule that are not suppressed.

        A fix that would change what is suppressed is none.
        """
        if self._everywhere(path, code):
            return []
        rows = [row for row in self._rows.get(path, ()) if named(row["code"]) == code and row["action"] in SPEAKING]
        rows = [row for row in rows if not expired(row["until"], self._today)]
        if not rows or code.startswith("RUN"):
            return [*problems]
        spared = {number for number, problem in enumerate(problems) if self._is_spared(rows, problem.span)}
        places = [problems[number].span for number in spared]
        kept = (problem for number, problem in enumerate(problems) if number not in spared)
        return [replace(each, fix=None) if _changes(each, places) else each for each in kept]

    def _is_spared(self, rows: Sequence[Row], span: Span) -> bool:
        over = [
            row for row in rows if span.start <= row["scope_end"] and max(span.end, span.start + 1) > row["scope_start"]
        ]
        self._used.update(map(key_of, over))
        return bool(over)

    def unused(self, codes: Iterable[str], paths: Iterable[str]) -> Iterator[Key]:
        """The suppressions of these documents that nothing needed, of the rules with these codes, which were asked."""
        asked, enabled = frozenset(codes), self._enabled()
        for path in paths:
            for row in self._rows.get(path, ()):
                key, code = key_of(row), named(row["code"])
                if row["action"] == "enable":
                    is_unused = (row["doc"], row["code"], row["start_at"]) not in enabled
                else:
                    is_unused = (
                        row["action"] in SPEAKING
                        and code in asked
                        and key not in self._used
                        and not expired(row["until"], self._today)
                    )
                if is_unused and code in CATALOGUE:
                    yield key

    def _enabled(self) -> set[tuple[int, str, int]]:
        """Where what was disabled is enabled again."""
        rows = (row for each in self._rows.values() for row in each if row["action"] == "disable")
        return {(row["doc"], row["code"], row["scope_end"]) for row in rows}


def _changes(problem: Problem, places: Sequence[Span]) -> bool:
    edits = problem.fix.edits if problem.fix else ()
    return any(edit.start < place.end and edit.end > place.start for edit in edits for place in places)
