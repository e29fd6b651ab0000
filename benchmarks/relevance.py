"""How well links that belong are told from those that don't, beside known measures of likeness: `relevance.py DATA`.

DATA holds collections whose editors chose the related links, and for each document strangers to put among them; the
layout is in README.md. Nothing of them is part of this project. Every way is asked the same lists, and the peers, which
only score, get the cut at which they flag the share of the editors' own lists that content-audit flags: the same rate
of false alarms. That cut is chosen on the very lists that it is measured on, in the peers' favour.

The peers are installed into build/peers; one that can't be is named in the table.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from extraction import UnavailableError, python
from relevance_data import EXPERIMENTS, Collection, Experiment, Link, Lists, lists, load, mixed, names, parts, write

PEERS = {"TF-IDF cosine": "scikit-learn", "BM25": "bm25s", "title similarity": "rapidfuzz"}
"""The package that each needs."""

HEADS = (
    "collection",
    "targets",
    "",
    "curated: flagged",
    "mixed: found",
    "own flagged",
    "whole: found",
    "own flagged",
    "hit@5",
)
HIT = 5


class Case(NamedTuple):
    """One link of one experiment."""

    what: Experiment
    link: Link


@dataclass(frozen=True, slots=True)
class Setting:
    """One collection, its targets resolved or not: the documents audited together, and the lists that each part has."""

    collection: Collection
    resolved: bool
    parts: Sequence[tuple[frozenset[str], Mapping[Experiment, Lists]]]

    def cases(self) -> list[Case]:
        """All links to be judged."""
        return [case for _, made in self.parts for case in cases_of(made)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The cases that a way flags, and the documents it offers instead in whole lists, by the document."""

    flagged: set[Case] = field(default_factory=set)
    offers: dict[str, list[str]] = field(default_factory=dict)


def cases_of(made: Mapping[Experiment, Lists]) -> list[Case]:
    """The links of these lists, with their experiment."""
    return [Case(what, link) for what, given in made.items() for links in given.values() for link in links]


def setting(collection: Collection, resolved: bool) -> Setting:
    """The lists of every experiment."""
    made = [
        (present, {what: lists(collection, what, resolved, present) for what in EXPERIMENTS})
        for present in parts(collection, resolved)
    ]
    return Setting(collection, resolved, made)


def ours(given: Setting, config: str) -> Verdict:
    """What `content-audit check` reports as REL008 under this configuration. Raises UnavailableError."""
    verdict = Verdict()
    ids = {str(number): key for key, number in given.collection.numbers.items()}
    for present, made in given.parts:
        for what, links in made.items():
            with tempfile.TemporaryDirectory() as name:
                places = write(Path(name, "docs"), given.collection, present, links)
                Path(name, "content-audit.toml").write_text(config, encoding="utf-8")
                findings = _check(Path(name))
            for finding in findings:
                link = places[Path(finding["path"]).name, finding["start"]["line"]]
                verdict.flagged.add(Case(what, link))
                if what == "whole":
                    offered = [ids[str(each["id"])] for each in finding["evidence"].get("suggestions", ())]
                    verdict.offers.setdefault(link.source, []).extend(offered)
    return verdict


def _check(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "content_audit", "check", "docs", "--select", "REL008", "--output-format", "json"]
    run = subprocess.run([*command, "--no-cache", "--jobs", "1"], check=False, capture_output=True, cwd=folder)
    if run.returncode > 1:
        raise UnavailableError((run.stderr.decode().strip().splitlines() or ["failed"])[-1].rpartition(": ")[2][:80])
    findings: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return findings


def peer(name: str, binary: str, given: Setting, rate: float) -> Verdict:
    """What a peer flags where it flags this share of the curated links. Raises UnavailableError."""
    scored: list[tuple[float, Case]] = []
    verdict = Verdict()
    for present, made in given.parts:
        cases = cases_of(made)
        found = _ask(name, binary, _question(given, present, made, cases))
        scored += zip(found["scores"], cases, strict=True)
        verdict.offers.update(found["offers"])
    ranked = sorted(_rank(*each) for each in scored if each[1].what == "curated")
    cut = ranked[min(round(rate * len(ranked)), len(ranked) - 1)]
    verdict.flagged.update(case for score, case in scored if _rank(score, case) < cut)
    return verdict


def _rank(score: float, case: Case) -> tuple[float, bytes]:
    """Equal scores, zeros most of all, are told apart by chance: else no cut would flag a given share."""
    return score, mixed(*case.link[:2])


def _question(
    given: Setting, present: Iterable[str], made: Mapping[Experiment, Lists], cases: Iterable[Case]
) -> dict[str, Any]:
    pages = {key: given.collection.pages[key] for key in sorted(present)}
    return {
        "documents": {key: (page.title, page.summary, page.text) for key, page in pages.items()},
        "links": [
            (case.link.source, case.link.target if given.resolved else {"title": case.link.title}) for case in cases
        ],
        "asked": {source: [link.target for link in links] for source, links in made["whole"].items()},
    }


def _ask(name: str, binary: str, question: Mapping[str, Any]) -> dict[str, Any]:
    script = str(Path(__file__).with_name("relevance_peers.py"))
    run = subprocess.run(
        [binary, script, name], check=False, input=json.dumps(question), capture_output=True, text=True
    )
    if run.returncode:
        raise UnavailableError((run.stderr.strip().splitlines() or ["failed"])[-1][:120])
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def share(verdict: Verdict, cases: Iterable[Case], what: Experiment, good: bool) -> float:
    """The share of an experiment's links, the editors' or the strangers, that is flagged."""
    chosen = [case in verdict.flagged for case in cases if case.what == what and case.link.good == good]
    return sum(chosen) / len(chosen) if chosen else 0.0


def hits(given: Setting, verdict: Verdict) -> str:
    """Of the documents with a flagged link in a whole list: how many get one of their editor's other links offered."""
    flagged = {case.link.source for case in verdict.flagged if case.what == "whole"}
    asked = hit = 0
    for present, made in given.parts:
        for source, links in made["whole"].items():
            wanted = given.collection.related[source] & present - {link.target for link in links}
            if wanted and source in flagged:
                asked += 1
                hit += bool(wanted & set(list(dict.fromkeys(verdict.offers.get(source, ())))[:HIT]))
    return f"{hit / asked:.2f}" if asked and any(verdict.offers.values()) else "–"


def cells(given: Setting, verdict: Verdict) -> list[str]:
    """The figures of one row."""
    cases = given.cases()
    figures = [f"{share(verdict, cases, 'curated', True):.1%}"]
    for what in ("mixed", "whole"):
        figures += [f"{share(verdict, cases, what, False):.2f}", f"{share(verdict, cases, what, True):.1%}"]
    return [*figures, hits(given, verdict)]


def rows(given: Setting, model: Path | None, binary: str, failed: Mapping[str, str]) -> Iterator[list[str]]:
    """The rows of one setting: name and figures of each way, or why there are none."""
    lexical = ours(given, "")
    yield ["content-audit", *cells(given, lexical)]
    if model is not None:
        try:
            config = f"[semantic]\nmodel = {json.dumps(str(model.resolve()))}\n"
            yield ["content-audit, semantic", *cells(given, ours(given, config))]
        except UnavailableError as error:
            yield ["content-audit, semantic", f"not measured: {error}"]
    rate = share(lexical, given.cases(), "curated", True)
    for name, package in PEERS.items():
        try:
            if reason := failed.get(package):
                raise UnavailableError(reason)
            yield [name, *cells(given, peer(name, binary, given, rate))]
        except UnavailableError as error:
            yield [name, f"not measured: {error}"]


def table(data: Path, chosen: Sequence[str], split: str, model: Path | None) -> Iterator[str]:
    """The lines of the table, one by one as they are measured."""
    yield f"| {' | '.join(HEADS)} |"
    yield "|" + "---|" * len(HEADS)
    binary, failed = python(PEERS.values())
    for name in chosen or names(data):
        collection = load(data, name, split)
        for resolved in (False, True):
            for row in rows(setting(collection, resolved), model, binary, failed):
                filled = [name, "resolved" if resolved else "unresolved", *row]
                yield f"| {' | '.join([*filled, *[''] * (len(HEADS) - len(filled))])} |"
    if model is None:
        empty = [""] * (len(HEADS) - 4)
        yield f"| {' | '.join(['', '', 'content-audit, semantic', 'not measured: no --model given', *empty])} |"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="a folder of collections with their editors' links")
    parser.add_argument("--set", action="append", default=[], metavar="NAME", help="only this collection")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all", help="only these links")
    parser.add_argument("--model", type=Path, metavar="DIR", help="a model for the semantic row; none is downloaded")
    given = parser.parse_args()
    for line in table(given.data, given.set, given.split, given.model):
        print(line, flush=True)


if __name__ == "__main__":
    main()
