"""A baseline: the findings that a collection had when it was made, which count no more."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from content_audit import files
from content_audit.expressions import expression
from content_audit.files import UnreadableError
from content_audit.index import Index
from content_audit.report import Report
from content_audit.report.fingerprints import fingerprints

MAX_BYTES = 256 * 1024**2
"""Of a baseline: two million findings have as many."""

HEAD = "# Findings that are known. `content-audit baseline update` writes them anew; two versions merge line by line.\n"
LINE = expression(r"([0-9a-f]{16}) ([0-9a-f]{8}) ([A-Z]+[0-9]+) (.+)")


class BaselineError(Exception):
    """A baseline that can't be read; the text names file and line."""


class Documents(NamedTuple):
    """A run's documents by what they are called wherever it is started, below `folder`.

    `keys` are what each is known by, `reported` those that the run is about.
    """

    keys: Mapping[str, str]
    reported: frozenset[str]
    folder: Path

    def has(self, name: str) -> bool:
        """Is the document there, if only on disk?"""
        return name in self.keys or os.path.lexists(self.folder / name)


class Known(NamedTuple):
    """One known finding: its document's name, its code and fingerprint, and the key of its document."""

    path: str
    code: str
    fingerprint: str
    document: str


@dataclass(frozen=True)
class Baseline:
    """Known findings, in the order of their paths and codes."""

    findings: tuple[Known, ...] = ()

    def text(self) -> str:
        """The baseline as a file has it: sorted, a finding a line, so that a change touches its own lines alone."""
        rows = (f"{each.fingerprint} {each.document} {each.code} {_quoted(each.path)}\n" for each in self.findings)
        return HEAD + "".join(rows)

    def without_known(self, report: Report, documents: Documents) -> Report:
        """The report of what is not known. A document that has another name than it had is known by its key."""
        is_known = self._recognised(report, documents)
        return report.only(lambda finding, fingerprint: not is_known[fingerprint])

    def pruned(self, report: Report, documents: Documents) -> "Baseline":
        """What of it the report has still, called as it is now."""
        is_known = self._recognised(report, documents)
        return baseline_of(report.only(lambda finding, fingerprint: is_known[fingerprint]), documents)

    def beyond(self, documents: Documents, codes: Set[str]) -> "Baseline":
        """What of it a run could not find: of documents there but not reported, of rules that were not asked."""

        def is_asked(each: Known) -> bool:
            return each.code in codes and (each.path in documents.reported or not documents.has(each.path))

        return Baseline(tuple(each for each in self.findings if not is_asked(each)))

    def with_all(self, other: "Baseline") -> "Baseline":
        """What this or the other knows."""
        return Baseline(tuple(sorted({*self.findings, *other.findings})))

    def _recognised(self, report: Report, documents: Documents) -> dict[str, bool]:
        """Is it known: of each of the report's fingerprints."""
        known, former = {each.fingerprint for each in self.findings}, self._former(documents)
        names = {path: former.get(name, name) for path, name in report.names.items()}
        had = fingerprints(report.findings, names)
        return {now: then in known for now, then in zip(report.fingerprints, had, strict=True)}

    def _former(self, documents: Documents) -> dict[str, str]:
        """The former name of each document that was renamed: no other has its key, neither now nor then."""
        gone = {each.path: each.document for each in self.findings if not documents.has(each.path)}
        known = {each.path for each in self.findings}
        new = {name: key for name, key in documents.keys.items() if name not in known}
        gone_times, new_times = Counter(gone.values()), Counter(new.values())
        by_key = {key: name for name, key in gone.items() if gone_times[key] == 1}
        return {name: by_key[key] for name, key in new.items() if key in by_key and new_times[key] == 1}


def baseline_of(report: Report, documents: Documents) -> Baseline:
    """The baseline that knows all findings of a report."""
    found = zip(report.findings, report.fingerprints, strict=True)
    named = ((report.names[f.problem.span.path], f.code, fingerprint) for f, fingerprint in found)
    return Baseline(tuple(sorted(Known(*each, documents.keys[each[0]]) for each in named)))


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError, with the line, for what is none."""
    try:
        lines = files.read_named(file, MAX_BYTES).decode("utf-8-sig").split("\n")
    except UnreadableError as error:
        raise BaselineError(f"{file}: {error.reason}") from None
    except UnicodeDecodeError:
        raise BaselineError(f"{file}: not UTF-8") from None
    return Baseline(tuple(sorted(_rows(file, lines))))


def _rows(file: Path, lines: Iterable[str]) -> Iterable[Known]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            match = LINE.fullmatch(line.rstrip("\r"))
            if match is None:
                raise BaselineError(f"{file}:{number}: no line of a baseline; `baseline create` makes one")

            yield Known(_unquoted(match[4]), match[3], match[1], match[2])


def document_keys(index: Index) -> dict[str, str]:
    """What each document is known by wherever it stands: its id and title, or its bytes where it has neither."""
    rows = index.query("SELECT path, id, title FROM documents")
    named = {row["path"]: f"{row['id']}\0{row['title']}" for row in rows}
    texts = {path: name if name != "\0" else index.digest(path) or "" for path, name in named.items()}
    return {
        path: blake2b(text.encode("utf-8", "backslashreplace"), digest_size=4).hexdigest()
        for path, text in texts.items()
    }


def _quoted(path: str) -> str:
    return json.dumps(path, ensure_ascii=False)[1:-1].encode("utf-8", "backslashreplace").decode("utf-8")


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
