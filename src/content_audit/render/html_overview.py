"""What stands on top of the page: the verdict, the score, what to do first."""

import os
import shlex
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from content_audit.model import SEVERITIES
from content_audit.render.shown import visible
from content_audit.rules import CATALOGUE

FIRST = 3

WEIGHT = {"error": 10, "warning": 3, "info": 1}
EASE = {"safe": 1.0, "unsafe": 0.3, "none": 0.05}
"""What a finding of each severity and fix counts for when the first things to do are chosen: a command that runs at
once before one whose outcome is read, that before work by hand. On the real collection they name the 9,000 repeated
links before the 5,000 stale records, and these before what is only remarked on."""


class Step(NamedTuple):
    """Something to do: for one rule, the findings that have a fix of one kind, or none."""

    code: str
    name: str
    severity: str
    safety: str
    summary: str
    findings: int
    documents: int
    command: str


def first_steps(report: Mapping[str, Any], described: Collection[str]) -> tuple[list[Step], Step | None]:
    """The steps that clear most, the best first; a rule that describes the collection is none of them.

    After them, where all have a command, the rule with most errors that have none.
    """
    steps = _steps(report, described)
    by_hand = (each for each in steps if (each.safety, each.severity) == ("none", "error"))
    first = steps[:FIRST]
    return first, None if any(each.safety == "none" for each in first) else next(by_hand, None)


def _steps(report: Mapping[str, Any], described: Collection[str]) -> list[Step]:
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for finding in report["findings"]:
        if finding["code"] not in described:
            safety = finding["fix"]["safety"] if finding["fix"] else "none"
            key = (finding["code"], finding["name"], finding["severity"], safety)
            found[key].add(finding["path"])
            counts[key] += 1
    ranked = sorted(counts, key=lambda key: (-WEIGHT[key[2]] * EASE[key[3]] * counts[key], key))
    folder = common_folder(document["path"] for document in report["documents"])
    steps: dict[str, Step] = {}
    for code, name, severity, safety in ranked:
        if code not in steps:
            key = (code, name, severity, safety)
            summary = CATALOGUE[code].summary if code in CATALOGUE else name
            steps[code] = Step(
                visible(code),
                visible(name),
                severity,
                safety,
                visible(summary[0].upper() + summary[1:]),
                counts[key],
                len(found[key]),
                command(code, safety, folder),
            )
    return [*steps.values()]


def command(code: str, safety: str, where: str) -> str:
    """What a person types to fix a rule's findings there, or to see them where there is no fix."""
    parts = {"safe": ("fix",), "unsafe": ("fix", "--unsafe"), "none": ("check",)}[safety]
    return shlex.join(["content-audit", *parts, "--select", code, *([where] if where else [])])


def common_folder(paths: Iterable[str]) -> str:
    """The folder that all these documents are below, as a command is told it; "" where a shell can't be given it."""
    folders = {path.rpartition("/")[0] for path in paths}
    if not folders or len({folder.startswith("/") for folder in folders}) > 1:
        return "."
    common = os.path.commonpath(folders) or "."
    common = f"./{common}" if common.startswith("-") else common
    return common if common.isprintable() and visible(common) == common else ""


def score(report: Mapping[str, Any], described: Collection[str]) -> int:
    """From 0 to 100: a document with an error counts nothing, one with a warning half, any other one whole.

    What describes the collection as a whole does not count. 100 is given where nothing is wrong, and only there.
    """
    total = report["summary"]["documents"]
    worst: dict[str, int] = {}
    for finding in report["findings"]:
        if finding["code"] not in described:
            rank = SEVERITIES.index(finding["severity"])
            worst[finding["path"]] = min(rank, worst.get(finding["path"], rank))
    lost = sum({0: 1.0, 1: 0.5, 2: 0.0}[rank] for rank in worst.values())
    return max(0, min(100 if not lost else 99, int(100 * (1 - lost / total)))) if total else 100
