"""An earlier report beside this one: what is new, fixed, unchanged; and the figures of several."""

import io
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from content_audit import files
from content_audit.expressions import expression

FINDING = expression(
    r'\s*\{"code": "([A-Z]+[0-9]+)", "name": "([^"\\]*)", "severity": "(error|warning|info)", '
    r'"path": ("(?:[^"\\]|\\.)*")'
)
FINGERPRINT = expression(r'"fingerprint": "([0-9a-f]{16})"\},?\s*$')

SUMMARY = expression(r'"name":\s*"content-audit".*?"summary":\s*(\{[^{}]*\})', re.DOTALL)
HEAD_BYTES = 4_096
"""What stands before the findings takes some 500."""

FIGURES = ("documents", "errors", "warnings", "infos")
MAX_LINE = 2**26
"""Characters of a line of an earlier report, which is a finding's: a file that is one line is not read into memory."""

MAX_RUNS = 60
MAX_BYTES = 1_000_000


class Former(NamedTuple):
    """A finding of an earlier report."""

    code: str
    name: str
    severity: str
    path: str


class Named(NamedTuple):
    """An earlier audit.json that somebody named, with its figures."""

    file: Path
    figures: Mapping[str, Any]


class Comparison(NamedTuple):
    """What became of an earlier report: `new` are fingerprints of findings, `fixed` those that are no more.

    `gone` is their number, which may be greater than that of those that can be named.
    """

    new: frozenset[str]
    fixed: tuple[Former, ...]
    unchanged: int
    gone: int


def read_findings(file: Path) -> dict[str, Former] | None:
    """The findings of an audit.json by their fingerprints.

    None where it is none, where it has only what was new, or where another tool wrote it anew.

    It is read line by line, as it was written: one of 300 MB takes a second, and no memory to speak of.
    """
    found: dict[str, Former] = {}
    known, others = re.compile(r'\s*"known": (\d+)'), False
    try:
        with files.opened(file) as raw, io.TextIOWrapper(raw, encoding="utf-8", errors="replace") as lines:
            if not (lines.readline(MAX_LINE).startswith("{") and '"version"' in lines.readline(MAX_LINE)):
                return None
            for line in iter(lambda: lines.readline(MAX_LINE), ""):
                left_out, match, last = known.match(line), FINDING.match(line), FINGERPRINT.search(line[-60:])
                if left_out and left_out[1] != "0":
                    return None
                others = others or ('"fingerprint"' in line and not (match and last))
                if match and last:
                    found[last[1]] = Former(match[1], match[2], match[3], json.loads(match[4]))
    except (OSError, ValueError):
        return None
    return None if others else found


def read_figures(file: Path) -> Named | None:
    """An audit.json under this name, links followed, with the figures on its top; None where it is none."""
    real = Path(os.path.realpath(file))
    match = SUMMARY.search(files.opening(real, HEAD_BYTES).decode("utf-8", "replace"))
    try:
        found = json.loads(match[1]) if match else {}
    except ValueError:
        return None
    return Named(real, {"name": str(file), **_figures(found)}) if _has_figures(found) else None


def compare(
    earlier: Mapping[str, Former], now: Collection[str], left_out: Collection[str], judged: Collection[str]
) -> Comparison:
    """Hold a report's findings against an earlier one's.

    Args:
        earlier: the earlier findings by fingerprint.
        now: the fingerprints of the report's findings.
        left_out: those of findings that are there as well and do not count.
        judged: the rules that this run asked; what others found earlier is not fixed for not being looked for.
    """
    there = {*now, *left_out}
    fixed = tuple(sorted(each for name, each in earlier.items() if name not in there and each.code in judged))
    return Comparison(frozenset(set(now) - earlier.keys()), fixed, len(there & earlier.keys()), len(fixed))


def read_history(file: Path) -> list[dict[str, Any]]:
    """The figures of earlier runs, the oldest first; none where the file is not what a run wrote."""
    try:
        rows = json.loads(files.opening(file, MAX_BYTES))
    except (ValueError, RecursionError):
        return []
    return [row for row in rows if _is_run(row)] if isinstance(rows, list) else []


def _is_run(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+Z][\d:]*", str(row.get("time"))) is not None
        and _has_figures(row)
    )


def _has_figures(row: Mapping[str, Any]) -> bool:
    return all(type(row.get(name)) is int and 0 <= row[name] < 2**53 for name in FIGURES)


def _figures(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in FIGURES}


def with_run(history: Iterable[Mapping[str, Any]], time: str, summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures with those of a run at this time, the latest `MAX_RUNS` of them."""
    rows = [{"time": row["time"], **_figures(row)} for row in history]
    return [*rows, {"time": time, **_figures(summary)}][-MAX_RUNS:]
