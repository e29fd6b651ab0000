"""Is all damage found, and nothing grave besides? `python benchmarks/truth.py [--documents 1000 10000]`.

Generates collections, audits each as a whole process with every default rule, and holds the report against truth.json.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generate import generate
from generate_defects import Entry

LINK = re.compile(r"^(related_article\d+):", re.MULTILINE)

Finding = Mapping[str, Any]
"""A finding of the JSON report."""


class Verdict(NamedTuple):
    """What of the truth is not in the report, not on its line, and what of the report is grave and not in the truth."""

    missed: list[Entry]
    misplaced: list[Entry]
    unexpected: list[Finding]


class _Entries:
    """The related link that a finding stands in, by name; None where it stands in none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.links: dict[str, list[tuple[int, str]]] = {}

    def of(self, finding: Finding) -> str | None:
        """The last link that begins at or before a finding's line, for what is said of links."""
        if not finding["code"].startswith("REL"):
            return None
        path = finding["path"]
        if path not in self.links:
            text = (self.folder / path).read_bytes().decode("utf-8", "replace")
            self.links[path] = [(text.count("\n", 0, match.start()) + 1, match[1]) for match in LINK.finditer(text)]
        at = bisect_right(self.links[path], (finding["start"]["line"], "~"))
        return self.links[path][at - 1][1] if at else None


def judge(folder: Path, truth: Iterable[Entry], findings: Iterable[Finding]) -> Verdict:
    """The findings of the collection in `folder`, their paths relative to it, held against what was done to it."""
    truth, findings, entries = list(truth), list(findings), _Entries(folder)
    found = {(f["path"], f["code"], entries.of(f)) for f in findings}
    expected = {(e["path"], e["code"], e["link"] if e["code"].startswith("REL") else None) for e in truth}
    lines = {(f["path"], f["code"], line) for f in findings for line in range(f["start"]["line"], f["end"]["line"] + 1)}
    return Verdict(
        [e for e in truth if (e["path"], e["code"], e["link"] if e["code"].startswith("REL") else None) not in found],
        [e for e in truth if not e["link"] and (e["path"], e["code"], e["line"]) not in lines],
        [f for f in findings if f["severity"] == "error" and (f["path"], f["code"], entries.of(f)) not in expected],
    )


def read_truth(folder: Path) -> list[Entry]:
    """What was done to the collection in a folder."""
    told: list[Entry] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return told


def check(folder: Path) -> list[Finding]:
    """What a run over the collection in a folder says. Raises SystemExit where it breaks off."""
    command = [sys.executable, "-m", "content_audit", "check", "content", "--no-cache", "--output-format", "json"]
    told = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if told.returncode not in (0, 1):
        raise SystemExit(told.stderr)
    findings: list[Finding] = json.loads(told.stdout)["findings"]
    return findings


def main() -> None:
    """Generate, check and judge each collection; ends with 1 where the report is not what it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong = 0
    print("| documents | damage | other findings that follow | found | on their line | grave besides | findings |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for documents in arguments.documents:
        with tempfile.TemporaryDirectory() as name:
            generate(documents, arguments.seed, 0.2, Path(name))
            truth, findings = read_truth(Path(name)), check(Path(name))
            verdict = judge(Path(name), truth, findings)
        done = sum(entry["cause"] is None for entry in truth)
        counts = (done, len(truth) - done, len(truth) - len(verdict.missed))
        placed = sum(not entry["link"] for entry in truth) - len(verdict.misplaced)
        numbers = (documents, *counts, placed, len(verdict.unexpected), len(findings))
        print("|", " | ".join(f"{number:,}" for number in numbers), "|", flush=True)
        wrong += len(verdict.missed) + len(verdict.misplaced) + len(verdict.unexpected)
        for what, codes in (
            ("missed", Counter(entry["code"] for entry in verdict.missed)),
            ("misplaced", Counter(entry["code"] for entry in verdict.misplaced)),
            ("grave besides", Counter(finding["code"] for finding in verdict.unexpected)),
        ):
            for code, count in codes.most_common():
                print(f"{what}: {code}, {count} times", file=sys.stderr)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
