"""The findings as SARIF 2.1.0, which code hosts keep as alerts and editors open."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from content_audit import __version__
from content_audit.model import SEVERITIES, Finding, Fix, Severity, Span
from content_audit.render import ReadText
from content_audit.render.as_json import array_items
from content_audit.render.places import Places, utf16
from content_audit.render.shown import visible
from content_audit.render.text import plural
from content_audit.report import Report
from content_audit.rule import Rule
from content_audit.rules import CATALOGUE
from content_audit.rules.documentation import module_doc

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}

MAX_RESULTS = 25_000
"""GitHub refuses a run of more results."""

MAX_FIXES = 16_000_000
"""Characters of fixes, which pack to a quarter: GitHub takes 10 MB packed, of which 25,000 results have some 2.5."""

EDIT = 150
"""Characters that an edit has besides its text."""

MAX_RELATED = 20


def sarif_chunks(report: Report, read_text: ReadText) -> Iterator[str]:
    """One run: every rule with its help, the results, worst first where there are more than fit, columns in UTF-16."""
    findings = list(zip(report.findings, report.fingerprints, strict=True))
    if len(findings) > MAX_RESULTS:
        worst = sorted(findings, key=lambda each: SEVERITIES.index(each[0].severity))[:MAX_RESULTS]
        findings = sorted(worst, key=lambda each: each[0].problem.span.path)
    with_fix = _fitting(finding.problem.fix for finding, _ in findings)
    driver = {
        "name": "content-audit",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in CATALOGUE.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that the run was started in."}}},
        "invocations": [_invocation(report, len(report.findings) - len(findings), with_fix.count(False))],
    }
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)
    places = Places(report, read_text, utf16)
    yield head.removesuffix("}]}") + ', "results": ['
    yield from array_items(
        _result(places, finding, fingerprint, finding.problem.fix if fits else None)
        for (finding, fingerprint), fits in zip(findings, with_fix, strict=True)
    )
    yield "\n]}]}\n"


def _fitting(fixes: Iterable[Fix | None]) -> list[bool]:
    """Which of the fixes there is room for, in their order; there is for none at all."""
    sizes = [sum(EDIT + len(edit.text) for edit in fix.edits) if fix else 0 for fix in fixes]
    return [not size or room <= MAX_FIXES for size, room in zip(sizes, accumulate(sizes), strict=True)]


def _invocation(report: Report, left_out: int, without_fix: int) -> dict[str, Any]:
    said = []
    if left_out:
        said.append(f"left out: {plural(left_out, 'finding')}, for no more than {MAX_RESULTS} fit")
    if without_fix:
        said.append(f"left out: {without_fix} of the fixes, for no more than {MAX_FIXES} characters of them fit")
    told = [{"level": "warning", "message": {"text": each}} for each in said]
    found: dict[str, Any] = {"executionSuccessful": not report.internal_errors}
    return {**found, "toolExecutionNotifications": told} if told else found


def _rule(rule: Rule) -> dict[str, Any]:
    doc = module_doc(rule).strip()
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(doc.partition("\n\n")[0].split())},
        "help": {"text": doc, "markdown": doc},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.enabled},
        "properties": {"tags": ["content"]},
    }


@cache
def _rule_index() -> Mapping[str, int]:
    return {code: number for number, code in enumerate(CATALOGUE)}


def _result(places: Places, finding: Finding, fingerprint: str, fix: Fix | None) -> dict[str, Any]:
    problem = finding.problem
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _rule_index()[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": visible(problem.message)},
        "locations": [_location(places, problem.span)],
        "partialFingerprints": {"contentAudit/v1": fingerprint},
    }
    if problem.related:
        result["relatedLocations"] = [
            {"id": number, **_location(places, other.span), "message": {"text": visible(other.message)}}
            for number, other in enumerate(problem.related[:MAX_RELATED])
        ]
    if fix:
        replacements = [
            {
                "deletedRegion": _region(places, Span(problem.span.path, edit.start, edit.end)),
                "insertedContent": {"text": edit.text},
            }
            for edit in fix.edits
        ]
        change = {"artifactLocation": _artifact(problem.span.path), "replacements": replacements}
        result["fixes"] = [{"description": {"text": visible(fix.title)}, "artifactChanges": [change]}]
    return result


def _location(places: Places, span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span.path), "region": _region(places, span)}}


def _artifact(path: str) -> dict[str, str]:
    """The path as a relative uri; an absolute one as it stands in the file system."""
    try:
        uri = quote(os.fsencode(path))
    except UnicodeEncodeError:  # half a pair is no byte of a name
        uri = quote(path, errors="backslashreplace")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(places: Places, span: Span) -> dict[str, int]:
    place = places.place(span)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
