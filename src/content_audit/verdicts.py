"""What the last run found, kept to be said again as long as nothing has changed that it rests on."""

import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import groupby
from typing import Any

from content_audit.discover import Source
from content_audit.files import packed
from content_audit.index import DamagedIndexError, Index
from content_audit.index.problems import dump, load
from content_audit.index.tables import NEVER
from content_audit.model import Finding
from content_audit.render.text import concise_lines
from content_audit.report import Deferred, Report
from content_audit.summaries import summaries

ALL = "all"
"""What verdicts cover where they are those on every document of the run."""


def keep(index: Index, sources: Sequence[Source], rules: str, report: Report, origin: Mapping[str, Any]) -> None:
    """Remember what is reported of these documents by what `rules` stands for.

    `origin` is JSON that tells how the run came about.
    """
    rows = (_row(report, path, [*found]) for path, found in groupby(report.findings, lambda f: f.problem.span.path))
    told = {
        "origin": origin,
        "stamps": _known_stamps(index, sources),
        "rules": rules,
        "day": _today(),
        "generation": index.generation,
        "paths": _paths(sources),
        "covers": _covered(_reported(sources), len(sources)),
        "tally": [[*kind, number] for kind, number in report.tally.items()],
        "unjudged": [[*kind, number] for kind, number in report.unjudged.items()],
        "called": {each.code: [each.name, each.severity] for each in report.findings},
    }
    index.tell(json.dumps(told), rows)


def renew(index: Index, sources: Sequence[Source], origin: Mapping[str, Any]) -> None:
    """Remember how a run came about that said the same again, and what its files' stamps are by now."""
    told = json.loads(index.told())
    now = {**told, "origin": origin, "stamps": _known_stamps(index, sources)}
    if now != told:
        index.tell(json.dumps(now))


Stamped = dict[str, tuple[Sequence[str], bytes]]
"""The files of each folder, named with a slash at the end: their names and, one after the other, their stamps."""


def stamped(folders: Stamped) -> str:
    """Tells these files from changed ones, by what tells each of them unchanged."""
    told = blake2b(digest_size=16)
    for folder, (names, stamps) in sorted(folders.items()):
        for part in ("\0".join((folder, *names)).encode("utf-8", "surrogatepass"), stamps):
            told.update(len(part).to_bytes(8))
            told.update(part)
    return told.hexdigest()


def _known_stamps(index: Index, sources: Iterable[Source]) -> str:
    """The same as the index has it."""
    known = index.stamps()
    folders: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for source in sources:
        end = source.name.rindex(os.sep) + 1
        folders.setdefault(source.name[:end], []).append((source.name[end:], known.get(source.path, NEVER)))
    told: Stamped = {}
    for folder, files in folders.items():
        names, stamps = zip(*sorted(files), strict=True)
        told[folder] = names, packed(stamps)
    return stamped(told)


def _row(report: Report, path: str, found: list[Finding]) -> tuple[bytes, bytes, bytes]:
    shown = "".join(concise_lines(report, found)).encode("utf-8", "backslashreplace")
    return _place(path), shown, dump([(each.code, each.problem) for each in found])


def _place(path: str) -> bytes:
    """A key that orders documents as a run does: folder by folder."""
    return path.replace("/", "\0").encode("utf-8")


def holds(index: Index, told: Mapping[str, Any]) -> bool:
    """Are the facts still those that these verdicts rest on, and is it the same day? Suppressions end on one."""
    return bool(told["day"] == _today() and told["generation"] == index.generation)


def _today() -> str:
    return date.today().isoformat()


def _paths(sources: Iterable[Source]) -> str:
    return digest(source.path for source in sources)


def _reported(sources: Iterable[Source]) -> list[str]:
    return [source.path for source in sources if source.reported]


def _covered(reported: Sequence[str], documents: int) -> str:
    return ALL if len(reported) == documents else digest(reported)


def digest(parts: Iterable[str]) -> str:
    """Tells one row of texts from another."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def recall(
    index: Index, sources: Sequence[Source], rules: str, name: Callable[[str], str], brief: bool
) -> Report | None:
    """What was reported of these documents before by the same rules; None where that is not known.

    `name` gives a document's lasting name. With `brief`, findings are only read when they are asked for.
    """
    told = json.loads(index.told())
    if told.get("rules") != rules or not holds(index, told) or told["paths"] != _paths(sources):
        return None
    return retell(index, told, _reported(sources), len(sources), name, brief)


def retell(
    index: Index,
    told: Mapping[str, Any],
    reported: Sequence[str],
    checked: int,
    name: Callable[[str], str],
    brief: bool,
) -> Report | None:
    """The same of verdicts that hold of so many documents; None where they do not cover what is to be reported."""
    covers = _covered(reported, checked)
    if told["covers"] not in (ALL, covers):
        return None
    documents = Deferred(len(reported), lambda: summaries(index, reported))
    unjudged = {(code, reason): number for code, reason, number in told["unjudged"]}
    report = Report((), documents, 0.0, checked, index.lines, unjudged)
    if told["covers"] != covers:
        return report.of(_findings(told["called"], index.verdicts(map(_place, reported))), index.lines, name)
    tally = {(code, grade, safety): number for code, grade, safety, number in told["tally"]}
    if not brief:
        return replace(report.of(_findings(told["called"], index.verdicts()), index.lines, name), told=tally)
    findings = Deferred(sum(tally.values()), lambda: tuple(_findings(told["called"], index.verdicts())))
    return replace(report, findings=findings, shown=index.shown, told=tally)


def _findings(called: Mapping[str, Any], rows: Iterable[tuple[bytes, bytes]]) -> Iterator[Finding]:
    for place, data in rows:
        path = place.decode("utf-8").replace("\0", "/")
        try:
            yield from (Finding(code, called[code][0], called[code][1], problem) for code, problem in load(path, data))
        except (zlib.error, ValueError, TypeError, KeyError) as error:
            raise DamagedIndexError(f"{path}: its findings are none") from error
