"""The report as one HTML page that needs no network, for the person who has to decide where to begin."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from content_audit.render import html_data
from content_audit.render.html_data import (
    BLOCK,
    MAX_DETAILED,
    Columns,
    embedded,
    foremost,
    place,
    rule_pages,
)
from content_audit.render.html_documents import Text, texts_data
from content_audit.render.html_overview import common_folder, first_steps, score
from content_audit.render.html_pictures import Links, clusters, groups, links_data
from content_audit.render.html_text import Excerpt
from content_audit.render.shown import one_line, visible
from content_audit.report.earlier import Comparison
from content_audit.report.properties import collection_properties, silencing_line

__all__ = ["Beside", "Excerpt", "Part", "detailed_findings", "overflows", "render_html", "shown_findings"]

SCRIPTS = ("dom", "store", "virtual", "finding", "facets", "views", "pictures", "graph", "document", "page")
"""The page's script, in the order of its files."""

GENERATOR = b'<meta name="generator" content="content-audit">'
"""What a page has among its first 200 bytes, so that a later run knows what it may delete."""

MAX_FIXED = 300


class Part(NamedTuple):
    """A page beside the first, with the findings of one folder: its address, its name, their number."""

    address: str
    name: str
    findings: int


class Beside(NamedTuple):
    """What a page has besides the report: texts of documents, the links, an earlier report, the figures of several."""

    texts: Mapping[str, Text] = MappingProxyType({})
    links: Links = Links(())
    comparison: Comparison | None = None
    history: Sequence[Mapping[str, Any]] = ()


ALONE = Beside()


def shown_findings(report: Mapping[str, Any]) -> tuple[int, ...]:
    """The positions in the report's findings that the page lists, at most `MAX_LISTED`, in ascending order.

    Of a rule that describes the whole collection only its examples are listed.
    """
    properties = collection_properties(report)
    described = {each.code for each in properties}
    examples = {position for each in properties for position in each.examples}
    rest = [n for n, finding in enumerate(report["findings"]) if finding["code"] not in described]
    room = html_data.MAX_LISTED - len(examples)
    return tuple(sorted(examples.union(rest if len(rest) <= room else foremost(report["findings"], rest, room))))


def overflows(report: Mapping[str, Any]) -> bool:
    """Has the report more findings than one page lists?"""
    described = {each.code for each in collection_properties(report)}
    return sum(1 for finding in report["findings"] if finding["code"] not in described) > html_data.MAX_LISTED


def detailed_findings(report: Mapping[str, Any], most: int = MAX_DETAILED) -> tuple[int, ...]:
    """The positions of those listed that the page has evidence and source of, at most so many, in ascending order."""
    shown = shown_findings(report)
    return shown if len(shown) <= most else tuple(foremost(report["findings"], shown, most))


def render_html(
    report: Mapping[str, Any],
    excerpts: Mapping[int, Excerpt],
    beside: Beside = ALONE,
    parts: Sequence[Part] = (),
    above: str = "",
    most_detailed: int = MAX_DETAILED,
) -> str:
    """Render a JSON report, version 1, as a page with its style, script and data inside.

    Args:
        report: the report; counts on top of the page are of all its findings, the list has those of `shown_findings`.
        excerpts: the source around a finding, by the finding's position in the report. One without is shown without.
        beside: what the page has besides, each in its place.
        parts: the pages of folders, where one can't list all findings.
        above: the address of the page that this one is a part of.
        most_detailed: findings that the page has the evidence of.

    Returns:
        The page. No text of the report becomes markup: the template escapes it, or the script writes it as text, and a
        content security policy names the only style and script that may run, by their hashes.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    templates = files("content_audit.render") / "templates"
    style = "".join((templates / f"{name}.css").read_text("utf-8") for name in ("report", "views"))
    sources = [(templates / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    script = "".join(['"use strict";\n', *sources])
    shown = shown_findings(report)
    detailed = frozenset(detailed_findings(report, most_detailed))
    columns = Columns(report, shown, beside.comparison and beside.comparison.new)
    detail, details = columns.details(detailed, excerpts)
    since = _since(beside.comparison)
    data = _data(report, columns) | {
        "block": BLOCK,
        "detail": detail,
        "since": since,
        "history": [_run(row) for row in beside.history],
    }
    environment = Environment(
        loader=PackageLoader("content_audit.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["thousands"] = "{:,}".format
    return environment.get_template("report.html.j2").render(
        _overview(report, len(shown)),
        parts=[each._replace(name=one_line(each.name)) for each in parts],
        above=above,
        since=since,
        made=beside.history[-1]["time"][:16].replace("T", " ") + " UTC" if beside.history else "",
        detailed=len(detailed),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        data=Markup(embedded(data)),
        blocks=[(name, Markup(block)) for name, block in _blocks(report, columns, beside, details)],
    )


def _blocks(
    report: Mapping[str, Any], columns: Columns, beside: Beside, details: Iterator[str]
) -> Iterator[tuple[str, str]]:
    """What is read when it is first asked for, each block with the id of its element."""
    for number, block in enumerate(details):
        yield f"details-{number}", block
    if beside.texts:
        yield "texts", embedded(texts_data(report, beside.texts))
    if beside.links.edges:
        yield "links", embedded(links_data(beside.links, columns.places, groups(columns.documents, beside.links)))


def _since(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    rules = Counter(f"{each.code} {each.name}" for each in comparison.fixed)
    return {
        "fresh": len(comparison.new),
        "fixed": comparison.gone,
        "unchanged": comparison.unchanged,
        "rules": [[visible(rule), count] for rule, count in rules.most_common()],
        "rows": [[visible(each.code), one_line(each.path)] for each in comparison.fixed[:MAX_FIXED]],
    }


def _run(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "name": one_line(row["name"])} if "name" in row else row


def _hash(block: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'"


def _data(report: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    findings = report["findings"]
    properties = [
        each._asdict()
        | {
            "silence": silencing_line([each.code]),
            "examples": [place(findings[position]) for position in each.examples],
        }
        for each in collection_properties(report)
    ]
    return {
        **columns.data(),
        "properties": properties,
        "silence": silencing_line(each["code"] for each in properties),
        "clusters": clusters(report),
        "pages": rule_pages(finding["code"] for finding in findings),
        "folder": common_folder(document["path"] for document in report["documents"]),
        "total": len(findings),
        "total_documents": len(report["documents"]),
    }


def _overview(report: Mapping[str, Any], shown: int) -> dict[str, Any]:
    """What stands on the page before its script runs; everything is counted over all findings."""
    findings, documents = report["findings"], report["documents"]
    fixes = Counter(finding["fix"]["safety"] for finding in findings if finding["fix"])
    properties = collection_properties(report)
    described = {each.code for each in properties}
    steps, by_hand = first_steps(report, described)
    words = sum(each["words"] for each in documents)
    removed = sum(each["removed_words"] for each in documents)
    return {
        "tool": {key: visible(value) for key, value in report["tool"].items()},
        "summary": report["summary"],
        "known": report["summary"].get("known", 0),
        "total": len(findings),
        "shown": shown,
        "affected": len({finding["path"] for finding in findings}),
        "score": score(report, described),
        "steps": steps,
        "by_hand": by_hand,
        "safe": fixes["safe"],
        "unsafe": fixes["unsafe"],
        "removed": removed,
        "removed_share": removed / words if words else 0,
        "properties": properties,
        "in_properties": sum(each.findings for each in properties),
    }
