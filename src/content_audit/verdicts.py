"""What the last run found, kept to be said again as long as nothing has changed that it rests on."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import groupby
from typing import Any

from content_audit import seen
from content_audit.deferred import Deferred
from content_audit.index import DamagedIndexError, Index, Stamped, Verdict
from content_audit.index.problems import dump, load
from content_audit.model import Finding
from content_audit.render.text import concise_lines
from content_audit.report import Kind, Report, kind, ordered
from content_audit.sources import Sources
from content_audit.summaries import summaries

UNNEEDED = "SUP001"
"""The code of the rule on suppressions that nothing needs; what was said is said again without any rule imported."""

Unjudged = Mapping[tuple[str, str, str], int]
"""The number of what rules could not tell, by path, code and reason."""


def by_reason(unjudged: Unjudged) -> Counter[tuple[str, str]]:
    """The same by code and reason alone."""
    found: Counter[tuple[str, str]] = Counter()
    for (_, code, reason), number in unjudged.items():
        found[code, reason] += number
    return found


def keep(
    index: Index,
    sources: Sources,
    rules: str,
    whole: str,
    report: Report,
    unjudged: Unjudged,
    origin: Mapping[str, Any],
) -> bool:
    """Remember what is reported of these documents by what `rules` stands for; False where it is not kept.

    `whole` stands for what rules know of the collection as a whole; `unjudged` is what they could not tell. `origin` is
    JSON that tells how the run came about.
    """
    told = {
        "rules": rules,
        "whole": whole,
        "tally": [[*kind, number] for kind, number in report.tally.items()],
        "unjudged": [[*kind, number] for kind, number in report.unjudged.items()],
        "called": {each.code: [each.name, each.severity] for each in report.findings},
    }
    folders = seen.known(index, sources)
    return index.tell(json.dumps(told | _now(index, folders, origin)), folders, _rows(report, unjudged))


def _now(index: Index, folders: Stamped, origin: Mapping[str, Any]) -> dict[str, Any]:
    """What tells that a later run is about the same documents as they are now."""
    return {"origin": origin, "stamps": seen.stamped(folders), "day": _today(), "generation": index.generation}


def _rows(report: Report, unjudged: Unjudged) -> Iterator[Verdict]:
    found = {path: [*group] for path, group in groupby(report.findings, lambda f: f.problem.span.path)}
    unsaid: dict[str, list[tuple[str, str, int]]] = {}
    for (path, code, reason), number in unjudged.items():
        unsaid.setdefault(path, []).append((code, reason, number))
    for path in sorted({*found, *unsaid}, key=_place):
        each = found.get(path, [])
        shown = "".join(concise_lines(report, each)).encode("utf-8", "backslashreplace")
        data, left = dump([(one.code, one.problem) for one in each]), unsaid.get(path)
        yield _place(path), shown, data, json.dumps(left) if left else ""


def renew(index: Index, sources: Sources, origin: Mapping[str, Any]) -> None:
    """Remember how a run came about that said the same again, and what its files' stamps are by now."""
    told = index.told()
    folders = seen.known(index, sources)
    now = {**told, "origin": origin, "stamps": seen.stamped(folders)}
    if now != told:
        index.tell(json.dumps(now), folders)


def _all(called: Mapping[str, Any], rows: Iterable[Verdict]) -> Iterator[Finding]:
    for place, _, data, _ in rows:
        yield from _findings(called, _path(place), data)


def _place(path: str) -> bytes:
    """A key that orders documents as a run does: folder by folder."""
    return path.replace("/", "\0").encode("utf-8")


def holds(index: Index, told: Mapping[str, Any]) -> bool:
    """Are the facts still those that these verdicts rest on, and is it the same day? Suppressions end on one."""
    return bool(told["day"] == _today() and told["generation"] == index.generation)


def _today() -> str:
    return date.today().isoformat()


def digest(parts: Iterable[str]) -> str:
    """Tells one row of texts from another."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def recall(index: Index, sources: Sources, rules: str, name: Callable[[str], str], brief: bool) -> Report | None:
    """What was reported of these documents before by the same rules; None where that is not known.

    `name` gives a document's lasting name. With `brief`, their lines are read instead of the findings. What is shown is
    read by then: an index that is damaged ends no run halfway.
    """
    told = index.told()
    if told.get("rules") != rules or not holds(index, told) or any(seen.come_and_gone(index, sources)):
        return None
    return said(index, told, sources, name, brief)


def said(index: Index, told: Mapping[str, Any], sources: Sources, name: Callable[[str], str], brief: bool) -> Report:
    """What was told of these documents, which is all that there are."""
    reported, checked = sources.reported, len(sources)
    documents = Deferred(len(reported), lambda: summaries(index, reported.paths))
    report = Report((), documents if brief else [*documents], 0.0, checked, index.lines, _unjudged(told))
    if len(reported) < checked:
        return report.of(_all(told["called"], index.verdicts(map(_place, reported.paths))), index.lines, name)
    tally = _tally(told)
    if not brief:
        return replace(report.of(_all(told["called"], index.verdicts()), index.lines, name), told=tally)
    findings = Deferred(sum(tally.values()), lambda: tuple(_all(told["called"], index.verdicts())))
    return replace(report, findings=findings, shown=[*index.shown()], told=tally)


def _tally(told: Mapping[str, Any]) -> Counter[Kind]:
    return Counter({(code, grade, safety): number for code, grade, safety, number in told["tally"]})


def _unjudged(told: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    return Counter({(code, reason): number for code, reason, number in told["unjudged"]})


def recorded(index: Index, sources: Sources, rules: str, added: Set[str], gone: Set[str]) -> dict[str, Any]:
    """What was told of these documents, before those of `added` came and those of `gone` went; empty where it was not
    told of all of them, or by other rules."""
    told: dict[str, Any] = index.told()
    if told.get("rules") != rules or told["day"] != _today():
        return {}
    return told if seen.come_and_gone(index, sources) == (added, gone) else {}


def told_of(index: Index, told: Mapping[str, Any], paths: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
    """Those of these documents that something was told of, with the codes of the rules that told it."""
    return ((path, {each.code for each in found}) for path, found in _told(index, told, paths))


def _told(index: Index, told: Mapping[str, Any], paths: Iterable[str]) -> Iterator[tuple[str, list[Finding]]]:
    for place, _, data, _ in index.verdicts(map(_place, paths)):
        yield _path(place), [*_findings(told["called"], _path(place), data)]


def unneeded(index: Index, told: Mapping[str, Any], paths: Iterable[str]) -> set[tuple[str, int, str]]:
    """Suppressions in these documents that were told to be of no use: path, the comment's place, and the code."""
    return {
        (path, each.problem.span.start, code)
        for path, found in _told(index, told, paths)
        for each in found
        if each.code == UNNEEDED
        for code in each.problem.evidence["codes"]
    }


def amend(
    index: Index,
    sources: Sources,
    told: Mapping[str, Any],
    gone: Set[str],
    asked: Mapping[str, Set[str]],
    report: Report,
    unjudged: Unjudged,
    origin: Mapping[str, Any],
) -> Mapping[str, Any] | None:
    """Put what is reported now in place of what was `told`; what is told from now on, None where that is not kept.

    `asked` has the documents that each rule was asked about, by the rule's code: its other verdicts stay as they are.
    """
    called = {**told["called"], **{each.code: [each.name, each.severity] for each in report.findings}}
    tally, total = _tally(told), _unjudged(told)
    paths = set(gone).union(*asked.values())
    kept: list[Finding] = []
    kept_unjudged: dict[tuple[str, str, str], int] = {}
    for place, _, data, left in index.verdicts(map(_place, paths)):
        path = _path(place)
        for each in _findings(called, path, data):
            if path in gone or path in asked[each.code]:
                tally[kind(each)] -= 1
            else:
                kept.append(each)
        for code, reason, number in json.loads(left or "[]"):
            if path in gone or path in asked[code]:
                total[code, reason] -= number
            else:
                kept_unjudged[path, code, reason] = number
    tally.update(report.tally)
    total.update(by_reason(unjudged))
    changed = {
        "tally": [[*kind, number] for kind, number in tally.items() if number],
        "unjudged": [[*kind, number] for kind, number in total.items() if number],
        "called": called,
    }
    rows = _rows(report.of(ordered([*kept, *report.findings]), index.lines), {**kept_unjudged, **unjudged})
    before = index.folders()
    folders = seen.amended(index, sources, before, {path for path, _ in index.earlier().values()})
    now = {**told, **changed, **_now(index, folders, origin)}
    new = {folder: each for folder, each in folders.items() if before.get(folder) != each}
    done = index.amend(json.dumps(now), new, before.keys() - folders, map(_place, paths), [*rows])
    return now if done else None


def _findings(called: Mapping[str, Any], path: str, data: bytes) -> Iterator[Finding]:
    try:
        yield from (Finding(code, called[code][0], called[code][1], problem) for code, problem in load(path, data))
    except (zlib.error, ValueError, TypeError, KeyError) as error:
        raise DamagedIndexError(f"{path}: its findings are none") from error


def _path(place: bytes) -> str:
    return place.decode("utf-8").replace("\0", "/")
