"""The report as one HTML page that needs no network, for the person who has to decide where to begin."""

import base64
import hashlib
import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from content_audit.model import SEVERITIES
from content_audit.render.html_text import Excerpt, clip, diff_rows, excerpt_rows, plain, visible
from content_audit.report.properties import collection_properties, silencing_line

__all__ = ["Excerpt", "render_html", "shown_findings"]

MAX_FINDINGS = 5_000
"""4 MB of page with evidence and excerpts, which Chromium shows within half a second; 250,000 would be 190 MB."""

RULE_FLOOR = 50
"""So many of every rule come before the rest of the worse ones: a page of the list, and no filter leads nowhere."""

MAX_DOCUMENTS = 5_000
MAX_FOLDERS = 100
MAX_RELATED = 20
TOP_DOCUMENTS = 12

_SCRIPT_SAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def shown_findings(report: Mapping[str, Any]) -> tuple[int, ...]:
    """The positions in the report's findings that the page shows, at most `MAX_FINDINGS`, in ascending order.

    Some of every rule, then the worst severities, taken in turn from their rules. Of a rule that describes the whole
    collection only its examples are shown. Excerpts are needed for these positions and for no others.
    """
    properties = collection_properties(report)
    described = {each.code for each in properties}
    examples = {position for each in properties for position in each.examples}
    seen: Counter[str] = Counter()
    ranked = []
    for position, finding in enumerate(report["findings"]):
        code = finding["code"]
        if code not in described:
            nth = seen[code]
            seen[code] += 1
            ranked.append((nth >= RULE_FLOOR, SEVERITIES.index(finding["severity"]), nth, position))
    chosen = heapq.nsmallest(MAX_FINDINGS - len(examples), ranked)
    return tuple(sorted(examples.union(entry[-1] for entry in chosen)))


def render_html(report: Mapping[str, Any], excerpts: Mapping[int, Excerpt]) -> str:
    """Render a JSON report, version 1, as a page with its style, script and data inside.

    Args:
        report: the report; counts on the page are of all its findings, the list has those of `shown_findings`.
        excerpts: the source around a finding, by the finding's position in the report. One without is shown without.

    Returns:
        The page. No text of the report becomes markup: the template escapes it, or the script writes it as text, and a
        content security policy names the only style and script that may run, by their hashes.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    templates = files("content_audit.render") / "templates"
    style = (templates / "report.css").read_text("utf-8")
    script = "".join((templates / name).read_text("utf-8") for name in ("finding.js", "report.js"))
    shown = shown_findings(report)
    documents = _documents(report)
    environment = Environment(
        loader=PackageLoader("content_audit.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["thousands"] = "{:,}".format
    return environment.get_template("report.html.j2").render(
        _overview(report, len(shown)),
        top_documents=documents[:TOP_DOCUMENTS],
        shown_documents=min(len(documents), MAX_DOCUMENTS),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        data=Markup(_embedded(_data(report, excerpts, shown, documents[:MAX_DOCUMENTS]))),
    )


def _hash(block: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'"


def _embedded(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_SCRIPT_SAFE)


def _data(
    report: Mapping[str, Any], excerpts: Mapping[int, Excerpt], shown: Iterable[int], documents: list[dict[str, Any]]
) -> dict[str, Any]:
    findings = report["findings"]
    return {
        "findings": [_finding(findings[position], excerpts.get(position)) for position in shown],
        "documents": documents,
        "properties": [each.code for each in collection_properties(report)],
        "total": len(findings),
        "total_documents": len(report["documents"]),
    }


def _finding(finding: Mapping[str, Any], excerpt: Excerpt | None) -> dict[str, Any]:
    fix, related = finding["fix"], finding["related"]
    start, end = finding["start"], finding["end"]
    return {
        **{key: visible(finding[key]) for key in ("code", "name", "severity", "path")},
        "message": visible(clip(finding["message"], 600, 100)),
        "line": start["line"],
        "column": start["column"],
        "evidence": plain(finding["evidence"]),
        "fix": fix and {"safety": fix["safety"], "title": visible(fix["title"])},
        "related": [_place(each) for each in related[:MAX_RELATED]],
        "more_related": max(0, len(related) - MAX_RELATED),
        "source": excerpt_rows(excerpt, start, end) if excerpt else [],
        "diff": diff_rows(excerpt.before, excerpt.after) if excerpt else [],
    }


def _place(related: Mapping[str, Any]) -> dict[str, Any]:
    start = related["start"]
    return {
        "path": visible(related["path"]),
        "line": start["line"],
        "column": start["column"],
        "message": visible(related["message"]),
    }


def _documents(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All documents, those with most errors first, then by their findings of any kind."""
    found = Counter((finding["path"], finding["severity"]) for finding in report["findings"])
    ranked = sorted(
        report["documents"],
        key=lambda each: (*(-found[each["path"], severity] for severity in SEVERITIES), each["path"]),
    )
    return [
        {
            **{key: visible(str(each[key] or "")) for key in ("path", "format", "title", "subject")},
            **{severity: found[each["path"], severity] for severity in SEVERITIES},
            "findings": each["findings"],
            "words": each["words"],
            "removed": each["removed_words"],
        }
        for each in ranked
    ]


def _overview(report: Mapping[str, Any], shown: int) -> dict[str, Any]:
    """What stands on the page before its script runs; everything is counted over all findings."""
    findings, documents, summary = report["findings"], report["documents"], report["summary"]
    fixes = Counter(finding["fix"]["safety"] for finding in findings if finding["fix"])
    folders = _by_folder(findings)
    properties = [
        each._asdict()
        | {
            "silence": silencing_line([each.code]),
            "examples": [_place(findings[position]) for position in each.examples],
        }
        for each in collection_properties(report)
    ]
    words = sum(each["words"] for each in documents)
    removed = sum(each["removed_words"] for each in documents)
    return {
        "tool": {key: visible(value) for key, value in report["tool"].items()},
        "summary": summary,
        "total": len(findings),
        "shown": shown,
        "affected": len({finding["path"] for finding in findings}),
        "safe": fixes["safe"],
        "unsafe": fixes["unsafe"],
        "words": words,
        "removed": removed,
        "removed_share": removed / words if words else 0,
        "properties": properties,
        "silence_all": silencing_line(each["code"] for each in properties),
        "rules": _by_rule(findings),
        "folders": folders[:MAX_FOLDERS],
        "more_folders": max(0, len(folders) - MAX_FOLDERS),
    }


def _by_rule(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Counts by rule, the worst severity first, then the most frequent."""
    counts: Counter[str] = Counter()
    rules: dict[str, dict[str, Any]] = {}
    for finding in findings:
        code, rank = finding["code"], SEVERITIES.index(finding["severity"])
        counts[code] += 1
        rule = rules.setdefault(code, {"code": visible(code), "name": visible(finding["name"]), "rank": rank})
        rule["rank"] = min(rule["rank"], rank)
    ordered = sorted(rules, key=lambda code: (rules[code]["rank"], -counts[code], code))
    return [rules[code] | {"count": counts[code], "severity": SEVERITIES[rules[code]["rank"]]} for code in ordered]


def _by_folder(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Counts by folder and severity, the most errors first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        counts[finding["path"].rpartition("/")[0]][finding["severity"]] += 1
    ordered = sorted(counts, key=lambda name: (*(-counts[name][severity] for severity in SEVERITIES), name))
    return [{"name": visible(name), "count": counts[name].total(), "errors": counts[name]["error"]} for name in ordered]
