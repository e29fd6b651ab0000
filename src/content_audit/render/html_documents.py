"""Single documents as the page shows them: findings and boilerplate in the text, and what cleaning leaves of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from content_audit.model import SEVERITIES
from content_audit.render.shown import one_line, visible

MAX_TEXTS = 60
"""Documents whose text is on the page, the worst first: some 600 KB with what cleaning leaves of them."""

MAX_CHARACTERS = 30_000
MAX_SPOTS = 60
"""Findings told in a text: each is a number and a part of it, and a view keeps under 500 elements."""

FOREIGN = ("BPL", "DUP003")
"""The beginnings of the codes whose fixes take out text that is not the document's own."""


class Text(NamedTuple):
    """A document's text, and the one that cleaning leaves."""

    before: str
    after: str


def chosen_documents(report: Mapping[str, Any], described: Collection[str]) -> list[str]:
    """The documents whose text the page has: those with most errors, then warnings, then words that are not theirs."""
    counts: dict[str, list[int]] = {}
    for finding in report["findings"]:
        if finding["code"] not in described:
            counts.setdefault(finding["path"], [0, 0, 0])[SEVERITIES.index(finding["severity"])] += 1
    foreign = {each["path"]: each["removed_words"] for each in report["documents"]}
    known = [path for path in counts if path in foreign]
    known.sort(key=lambda path: (-counts[path][0], -counts[path][1], -foreign[path], path))
    return known[:MAX_TEXTS]


def texts_data(report: Mapping[str, Any], texts: Mapping[str, Text]) -> dict[str, Any]:
    """By path, the parts of each document's text and what cleaning leaves of it, `null` where that is the same."""
    found: dict[str, list[Mapping[str, Any]]] = {path: [] for path in texts}
    for finding in report["findings"]:
        if finding["path"] in found:
            found[finding["path"]].append(finding)
    return {
        one_line(path): {
            "spots": [visible(finding["fingerprint"]) for finding in found[path][:MAX_SPOTS]],
            "parts": _parts(text.before[:MAX_CHARACTERS], found[path][:MAX_SPOTS]),
            "after": None if text.after == text.before else _shown(text.after[:MAX_CHARACTERS]),
            "cut": max(0, len(text.before) - MAX_CHARACTERS),
        }
        for path, text in texts.items()
    }


def _shown(text: str) -> str:
    """What nobody sees by name, but for the ends of lines: a text whose lines all end alike is not marked at each."""
    return visible(text.replace("\r\n", "\n"))


def _parts(text: str, findings: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """The text in order: each part, is it foreign, which findings begin with it, the worst rank of those it is in."""
    spans = [(f["start"]["offset"], max(f["start"]["offset"], f["end"]["offset"])) for f in findings]
    foreign = [
        (edit["start"], edit["end"])
        for finding in findings
        if finding["code"].startswith(FOREIGN) and finding["fix"]
        for edit in finding["fix"]["edits"]
    ]
    cuts = sorted({0, len(text), *(min(end, len(text)) for span in [*spans, *foreign] for end in span)})
    parts: list[list[Any]] = []
    for start, end in zip(cuts, [*cuts[1:], len(text) + 1], strict=True):
        inside = [SEVERITIES.index(f["severity"]) for f, (a, b) in zip(findings, spans, strict=True) if a <= start < b]
        begin = [n for n, (a, _) in enumerate(spans) if a == start]
        outside = any(a <= start < b for a, b in foreign)
        if start < end - (end > len(text)) or begin:
            parts.append([_shown(text[start:end]), int(outside), begin, min(inside, default=-1)])
    return parts


def read_texts(
    report: Mapping[str, Any], described: Collection[str], before: Callable[[str], str], after: Callable[[str], str]
) -> dict[str, Text]:
    """The texts of the documents that the page shows, by their paths."""
    return {path: Text(before(path), after(path)) for path in chosen_documents(report, described)}
