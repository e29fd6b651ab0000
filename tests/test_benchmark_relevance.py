"""The lists of the relevance benchmark are what its tables say they are."""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, write

sys.path.insert(0, str(ROOT / "benchmarks"))

import relevance
from relevance_data import EXPERIMENTS, Collection, lists, load, names, parts
from relevance_data import write as write_documents

SECTIONS = ("Trees", "Tools")
KEYS = [f"{section.lower()}/{n}" for section, n in product(SECTIONS, range(20))]


def document(key: str) -> dict[str, str]:
    title = f"The {key}: a 'page'"
    return {
        "id": key,
        "title": title,
        "subject": key.split("/")[0].title(),
        "slug": key[-3:],
        "summary": "",
        "text": "x",
    }


def pair(source: str, target: str, kind: str) -> dict[str, Any]:
    record = {"title": f"On {target}", "subject": target.split("/")[0].title(), "slug": target[-3:]}
    return {"src": source, "tgt": target, "kind": kind, "split": "dev", "target": record}


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """Forty documents, each with six links in its own section, six into the other and six out of the collection."""
    related = [(key, KEYS[i - i % 20 + (i + n) % 20]) for i, key in enumerate(KEYS) for n in range(1, 7)]
    pairs = [pair(source, target, "pos") for source, target in related]
    pairs += [pair(key, KEYS[(i + 20 + n) % 40], "easy") for i, key in enumerate(KEYS) for n in range(6)]
    pairs += [pair(key, f"ships/{i}{n}", "alien") for i, key in enumerate(KEYS) for n in range(6)]
    rows: dict[str, list[Any]] = {"docs": [document(key) for key in KEYS], "rel": related, "pairs": pairs}
    write(tmp_path, {f"yard.{name}.jsonl": "".join(json.dumps(row) + "\n" for row in of) for name, of in rows.items()})
    assert names(tmp_path) == ["yard"]
    return load(tmp_path, "yard", "all")


@pytest.mark.parametrize("resolved", [False, True])
def test_lists(collection: Collection, resolved: bool) -> None:
    audited = parts(collection, resolved)
    assert sorted(key for part in audited for key in part) == sorted(KEYS)
    for present in audited:
        for what in EXPERIMENTS:
            made = lists(collection, what, resolved, present)
            assert set(made) <= present
            for source, links in made.items():
                assert {link.target in present for link in links} == {resolved}
                assert len({link.target for link in links}) == len(links) <= 5
                own = [link for link in links if link.good]
                assert {link.target for link in own} <= collection.related[source]
                strangers = [link for link in links if not link.good]
                assert {"curated": 0, "mixed": 1, "whole": 4}[what] == len(strangers)
                assert len(own) == 1 if what == "whole" else own
                assert all((link.subject == collection.pages[source].subject) != resolved for link in strangers)


def test_documents_as_written(collection: Collection, tmp_path: Path) -> None:
    (present,) = parts(collection, resolved=True)
    made = lists(collection, "mixed", True, present)
    places = write_documents(tmp_path / "docs", collection, present, made)
    files = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "docs").iterdir()}
    assert len(files) == len(KEYS)
    for (name, line), link in places.items():
        if files[name].split("\n")[line - 1].startswith("  title: "):
            assert files[name].split("\n")[line - 1] == f"  title: {json.dumps(link.title)}"
    for name, text in files.items():
        front = yaml.safe_load(text.split("---\n")[1])
        entries = [value for key, value in front.items() if key.startswith("related_article")]
        assert [entry["title"] for entry in entries] == list(
            dict.fromkeys(link.title for (file, _), link in places.items() if file == name)
        )


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5])
def test_a_peer_flags_as_many_curated_links_as_it_is_told(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, rate: float
) -> None:
    def likeness(name: str, binary: str, question: dict[str, Any]) -> dict[str, Any]:
        return {"scores": [float(len(target["title"]) % 2) for _, target in question["links"]], "offers": {}}

    monkeypatch.setattr(relevance, "_ask", likeness)
    given = relevance.setting(collection, resolved=False)
    verdict = relevance.peer("any", "none", given, rate)
    cases = given.cases()
    curated = sum(1 for case in cases if case.what == "curated")
    assert relevance.share(verdict, cases, "curated", True) == round(rate * curated) / curated
