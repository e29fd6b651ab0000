"""A baseline: the findings that a collection had when it was made, which count no more."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from content_audit import files
from content_audit.files import UnreadableError
from content_audit.index import Index
from content_audit.report import Report
from content_audit.report.fingerprints import fingerprints

FILE_NAME = "content-audit-baseline.txt"
MAX_BYTES = 256 * 1024**2
"""Of a baseline: two million findings have as many."""

HEAD = "# Findings that are known. `content-audit baseline update` writes them anew; two versions merge line by line.\n"
LINE = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{8}) ([A-Z]+[0-9]+) (.+)")


class BaselineError(Exception):
    """A baseline that can't be read; the text names file and line."""


class Known(NamedTuple):
    """One known finding: its path, code and fingerprint, and the key of its document."""

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

    def without_known(self, report: Report, keys: Mapping[str, str]) -> Report:
        """The report of what is not known; `keys` are those of all documents, by their paths.

        A document that has another path than it had is known by its key.
        """
        known = {each.fingerprint for each in self.findings}
        current = dict(zip(report.fingerprints, fingerprints(report.findings, self._former(keys)), strict=True))
        return report.only(lambda finding, fingerprint: current[fingerprint] not in known)

    def _former(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The former path of each document that was renamed: no other has its key, neither now nor then."""
        gone = {each.path: each.document for each in self.findings if each.path not in keys}
        known = {each.path for each in self.findings}
        new = {path: key for path, key in keys.items() if path not in known}
        gone_times, new_times = Counter(gone.values()), Counter(new.values())
        by_key = {key: path for path, key in gone.items() if gone_times[key] == 1}
        return {path: by_key[key] for path, key in new.items() if key in by_key and new_times[key] == 1}


def baseline_of(report: Report, keys: Mapping[str, str]) -> Baseline:
    """The baseline that knows all findings of a report."""
    found = zip(report.findings, report.fingerprints, strict=True)
    rows = (Known(f.problem.span.path, f.code, fingerprint, keys[f.problem.span.path]) for f, fingerprint in found)
    return Baseline(tuple(sorted(rows)))


def pruned(before: Baseline, now: Baseline) -> Baseline:
    """What is left of an earlier baseline in a later one."""
    found = {each.fingerprint for each in now.findings}
    return Baseline(tuple(each for each in before.findings if each.fingerprint in found))


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError, with the line, for what is none."""
    try:
        lines = files.read_named(file, MAX_BYTES).decode("utf-8").split("\n")
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
