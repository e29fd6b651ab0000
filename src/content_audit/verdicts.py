"""What the last run found, kept to be said again as long as nothing has changed that it rests on."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from content_audit import seen
from content_audit.deferred import Deferred
from content_audit.index import DamagedIndexError, Index, Stamped, Verdict
from content_audit.index.problems import load
from content_audit.model import Finding
from content_audit.render.text import concise_lines
from content_audit.report import Kind, Report, kind
from content_audit.sources import Sources, path_at, place_of
from content_audit.summaries import summaries

if TYPE_CHECKING:
    from content_audit.index.found import Found

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
    found: "Found",
    unjudged: Unjudged,
    origin: Mapping[str, Any],
) -> bool:
    """Remember what is found in these documents by what `rules` stands for; False where it is not kept.

    `whole` stands for what rules know of the collection as a whole; `unjudged` is what they could not tell. `origin` is
    JSON that tells how the run came about.
    """
    told = {
        "rules": rules,
        "whole": whole,
        "tally": [[*kind, number] for kind, number in found.tally.items()],
        "unjudged": [[*kind, number] for kind, number in by_reason(unjudged).items()],
        "called": found.called,
    }
    folders = seen.known(index, sources)
    return index.tell(json.dumps(told | _now(index, folders, origin)), folders, _rows(found, index.lines, unjudged))


def _now(index: Index, folders: Stamped, origin: Mapping[str, Any]) -> dict[str, Any]:
    """What tells that a later run is about the same documents as they are now."""
    return {"origin": origin, "stamps": seen.stamped(folders), "day": _today(), "generation": index.generation}


def _rows(found: "Found", lines: Callable[[str], bytes], unjudged: Unjudged) -> Iterator[Verdict]:
    unsaid: dict[str, list[tuple[str, str, int]]] = {}
    for (path, code, reason), number in unjudged.items():
        unsaid.setdefault(path, []).append((code, reason, number))
    report = Report((), (), 0.0, 0, lines=lru_cache(maxsize=1)(lines))
    for path, findings, data in found.documents():
        shown = "".join(concise_lines(report, findings)).encode("utf-8", "backslashreplace")
        left = unsaid.pop(path, None)
        yield place_of(path), shown, data, json.dumps(left) if left else ""
    yield from ((place_of(path), b"", b"", json.dumps(left)) for path, left in unsaid.items())


def renew(index: Index, sources: Sources, origin: Mapping[str, Any]) -> None:
    """Remember how a run came about that said the same again, and what its files' stamps are by now."""
    told = index.told()
    folders = seen.known(index, sources)
    now = {**told, "origin": origin, "stamps": seen.stamped(folders)}
    if now != told:
        index.tell(json.dumps(now), folders)


def _all(called: Mapping[str, Any], rows: Iterable[Verdict]) -> Iterator[Finding]:
    for place, _, data, _ in rows:
        yield from _findings(called, path_at(place), data)


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
        return report.of(_all(told["called"], index.verdicts(map(place_of, reported.paths))), index.lines, name)
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
    for place, _, data, _ in index.verdicts(map(place_of, paths)):
        yield path_at(place), [*_findings(told["called"], path_at(place), data)]


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
    found: "Found",
    unjudged: Unjudged,
    origin: Mapping[str, Any],
) -> Mapping[str, Any] | None:
    """Put what is found now in place of what was `told`; what is told from now on, None where that is not kept.

    `asked` has the documents that each rule was asked about, by the rule's code: its other verdicts stay as they are.
    """
    called = {**told["called"], **found.called}
    tally, total = _tally(told), _unjudged(told)
    paths = set(gone).union(*asked.values())
    kept: list[Finding] = []
    kept_unjudged: dict[tuple[str, str, str], int] = {}
    for place, _, data, left in index.verdicts(map(place_of, paths)):
        path = path_at(place)
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
    tally.update(found.tally)
    total.update(by_reason(unjudged))
    changed = {
        "tally": [[*kind, number] for kind, number in tally.items() if number],
        "unjudged": [[*kind, number] for kind, number in total.items() if number],
        "called": called,
    }
    rows = _rows(found.beside(kept), index.lines, {**kept_unjudged, **unjudged})
    before = index.folders()
    folders = seen.amended(index, sources, before, {path for path, _ in index.earlier().values()})
    now = {**told, **changed, **_now(index, folders, origin)}
    new = {folder: each for folder, each in folders.items() if before.get(folder) != each}
    done = index.amend(json.dumps(now), new, before.keys() - folders, map(place_of, paths), [*rows])
    return now if done else None


def _findings(called: Mapping[str, Any], path: str, data: bytes) -> Iterator[Finding]:
    try:
        yield from (Finding(code, called[code][0], called[code][1], problem) for code, problem in load(path, data))
    except (zlib.error, ValueError, TypeError, KeyError) as error:
        raise DamagedIndexError(f"{path}: its findings are none") from error
