"""What the page's script reads: the findings in columns, small enough for a hundred thousand of them."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from content_audit.model import SEVERITIES
from content_audit.render.html_text import Excerpt, clip, diff_rows, excerpt_rows, plain
from content_audit.render.shown import one_line, visible
from content_audit.rule import DocumentRule
from content_audit.rules import CATALOGUE
from content_audit.rules.documentation import module_doc

MAX_LISTED = 100_000
"""Findings that one page lists: Chromium shows them within two seconds. With more, each folder has a page."""

MAX_DETAILED = 5_000
"""Findings with evidence and source: 10 MB of page. Those of 100,000 would be 200."""

MAX_DOCUMENTS = 50_000
MAX_RELATED = 20

RULE_FLOOR = 50
"""So many of every rule come before the rest of the worse ones: a page of the list, and no filter leads nowhere."""

BLOCK = 1_000
"""Findings whose details stand in one block, which is read when the first of them is opened: some 2 MB, in 20 ms."""

FIXES = ("safe", "unsafe", "none")

_SCRIPT_SAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def embedded(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_SCRIPT_SAFE)


def foremost(findings: Sequence[Mapping[str, Any]], positions: Iterable[int], most: int) -> list[int]:
    """At most so many of these positions, some of every rule, then the worst, taken in turn from their rules."""
    seen: Counter[str] = Counter()
    ranked = []
    for position in positions:
        code = findings[position]["code"]
        nth = seen[code]
        seen[code] += 1
        ranked.append((nth >= RULE_FLOOR, SEVERITIES.index(findings[position]["severity"]), nth, position))
    ranked.sort()
    return sorted(entry[-1] for entry in ranked[:most])


class Columns:
    """The findings of these positions, the worst first, as columns of numbers and texts."""

    def __init__(self, report: Mapping[str, Any], shown: Iterable[int], new: frozenset[str] | None = None) -> None:
        findings = report["findings"]
        self.order = sorted(
            shown,
            key=lambda n: (SEVERITIES.index(findings[n]["severity"]), findings[n]["path"], n),
        )
        self.findings = [findings[n] for n in self.order]
        self.rules: dict[tuple[str, str, str], int] = {}
        self.documents = _documents(report, self.findings)
        self.places = {document["path"]: n for n, document in enumerate(self.documents)}
        self.new = new

    def data(self) -> dict[str, Any]:
        """The columns, as JSON has them."""
        rules = [
            self.rules.setdefault((each["code"], each["name"], each["severity"]), len(self.rules))
            for each in self.findings
        ]
        columns = {
            "rule": rules,
            "document": [self.places[each["path"]] for each in self.findings],
            "line": [each["start"]["line"] for each in self.findings],
            "column": [each["start"]["column"] for each in self.findings],
            "fix": "".join(
                str(FIXES.index(each["fix"]["safety"] if each["fix"] else "none")) for each in self.findings
            ),
            "print": [visible(each["fingerprint"]) for each in self.findings],
            "message": [visible(clip(each["message"], 300, 100)) for each in self.findings],
        }
        if self.new is not None:
            columns["status"] = "".join("0" if each["fingerprint"] in self.new else "1" for each in self.findings)
        return {
            "findings": columns,
            "rules": [[visible(part) for part in rule] for rule in self.rules],
            "documents": _document_columns(self.documents),
        }

    def details(self, detailed: Collection[int], excerpts: Mapping[int, Excerpt]) -> tuple[list[int], Iterator[str]]:
        """By finding, the number of its details or -1; and the blocks of details as JSON."""
        numbers: list[int] = []
        chosen: list[tuple[Mapping[str, Any], Excerpt | None]] = []
        for position, finding in zip(self.order, self.findings, strict=True):
            numbers.append(len(chosen) if position in detailed else -1)
            chosen += [(finding, excerpts.get(position))] if position in detailed else []
        return numbers, (
            embedded([_detail(*each) for each in chosen[start : start + BLOCK]])
            for start in range(0, len(chosen), BLOCK)
        )


def _detail(finding: Mapping[str, Any], excerpt: Excerpt | None) -> dict[str, Any]:
    fix, related = finding["fix"], finding["related"]
    return {
        "message": visible(clip(finding["message"], 600, 100)),
        "evidence": plain(finding["evidence"]),
        "fix": visible(clip(fix["title"], 300, 100)) if fix else "",
        "related": [place(each) for each in related[:MAX_RELATED]],
        "more_related": max(0, len(related) - MAX_RELATED),
        "source": excerpt_rows(excerpt, finding["start"], finding["end"]) if excerpt else [],
        "diff": diff_rows(*excerpt.changes) if excerpt else [],
    }


def place(related: Mapping[str, Any]) -> dict[str, Any]:
    """A place with what is to be said of it, fit to be shown."""
    start = related["start"]
    return {
        "path": one_line(related["path"]),
        "line": start["line"],
        "column": start["column"],
        "message": visible(clip(related["message"], 300, 100)),
    }


def _documents(report: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Documents, those with most errors first, then by their findings of any kind; all that findings are of."""
    found = Counter((finding["path"], finding["severity"]) for finding in report["findings"])
    blank = {"format": "", "title": "", "subject": "", "findings": 0, "words": 0, "removed_words": 0}
    known = {each["path"] for each in report["documents"]}
    others = [{**blank, "path": path} for path in sorted({each["path"] for each in findings} - known)]
    ranked = sorted(
        [*report["documents"], *others],
        key=lambda each: (*(-found[each["path"], severity] for severity in SEVERITIES), each["path"]),
    )
    needed = {each["path"] for each in findings}
    return [
        {**each, **{severity: found[each["path"], severity] for severity in SEVERITIES}}
        for n, each in enumerate(ranked)
        if n < MAX_DOCUMENTS or each["path"] in needed
    ]


def _document_columns(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Folders and subjects once, and of each document their numbers and what is its own."""
    folders: dict[str, int] = {}
    subjects: dict[str, int] = {}
    paths = [one_line(each["path"]).rpartition("/") for each in documents]
    return {
        "folder": [folders.setdefault(folder, len(folders)) for folder, _, _ in paths],
        "name": [name for _, _, name in paths],
        "title": [_short(each["title"]) for each in documents],
        "subject": [subjects.setdefault(_short(each["subject"]), len(subjects)) for each in documents],
        "count": [[each[severity] for severity in SEVERITIES] for each in documents],
        "words": [each["words"] for each in documents],
        "removed": [each["removed_words"] for each in documents],
        "folders": [*folders],
        "subjects": [*subjects],
    }


def _short(text: Any) -> str:
    return one_line(clip(str(text or ""), 200, 50))


def rule_pages(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What rules say of themselves, by code; `alone` are those that look at one document by itself."""
    pages = {}
    for code in sorted(set(codes) & CATALOGUE.keys()):
        rule = CATALOGUE[code]
        _, *sections = module_doc(rule).split("\n## ")
        pages[code] = {
            "summary": rule.summary,
            "sections": [[title, text.strip()] for title, _, text in (each.partition("\n") for each in sections)],
            "alone": isinstance(rule, DocumentRule),
        }
    return pages
