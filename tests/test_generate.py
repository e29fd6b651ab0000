"""The generator of test collections: the same bytes each time, sound documents, and damage of every kind."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "article.schema.json").read_text(encoding="utf-8"))
KINDS = {
    *(f"FM{n:03}" for n in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11)),
    *("ID001", "ID002", "ID003", "DUP001", "DUP003"),
    *(f"REL{n:03}" for n in (1, 2, 3, 4, 5, 6, 7, 10)),
    *("SEO001", "SEO002", "TXT001", "TXT003", "TXT004", "BPL012", "SUP001", "SUP003"),
}


class StringDates(yaml.SafeLoader):
    """YAML in which a date is the string that JSON Schema expects."""


StringDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def generate(out: Path, *arguments: str) -> Path:
    command = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), *arguments, str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The front matter of 300 undamaged documents, by path."""
    files = contents(generate(tmp_path_factory.mktemp("sound"), "--documents", "300", "--damaged", "0"))
    assert json.loads(files.pop("truth.json")) == []
    heads = {path: data.decode().removeprefix("---\n").split("\n---\n")[0] for path, data in files.items()}
    return {path: yaml.load(head, Loader=StringDates) for path, head in heads.items()}


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("damaged"), "--documents", "1000", "--seed", "1")


def test_same_seed_same_bytes(damaged: Path, tmp_path: Path) -> None:
    assert contents(generate(tmp_path / "again", "--documents", "1000", "--seed", "1")) == contents(damaged)
    assert contents(generate(tmp_path / "other", "--documents", "1000", "--seed", "2")) != contents(damaged)


def test_a_collection_is_not_written_over(tmp_path: Path) -> None:
    generate(tmp_path, "--documents", "30")
    before = contents(tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        generate(tmp_path, "--documents", "30", "--seed", "2")
    assert contents(tmp_path) == before


def test_sound_documents_pass_the_schema(sound: dict[str, dict[str, Any]]) -> None:
    validator = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    assert len(sound) == 300
    assert {path: e.message for path, article in sound.items() for e in validator.iter_errors(article)} == {}


def test_sound_documents_share_nothing_that_is_their_own(sound: dict[str, dict[str, Any]]) -> None:
    for name in ("id", "title", "url", "file_name", "answer"):
        assert len({article[name] for article in sound.values()}) == len(sound)
    assert len({article["seo"]["title"] for article in sound.values()}) == len(sound)
    assert all(50 <= len(article["seo"]["page_description"]) <= 160 for article in sound.values())


def test_sound_links_agree_with_their_targets(sound: dict[str, dict[str, Any]]) -> None:
    by_url = {article["url"]: article for article in sound.values()}
    for path, article in sound.items():
        links = [value for key, value in article.items() if key.startswith("related_article")]
        assert len(links) >= 2
        assert len({link["id"] for link in links} | {article["id"]}) == len(links) + 1
        for link in links:
            target = by_url[link["url"]]
            assert link == {name: target[name] for name in ("id", "title", "subject", "url")}
            assert link["subject"] == article["subject"]
        assert path == f"content{article['url'].replace('/questions/', '/')}.md"
        assert path.endswith(f"/{article['file_name']}")


def test_every_kind_of_damage_is_there(damaged: Path) -> None:
    truth = json.loads((damaged / "truth.json").read_text(encoding="utf-8"))
    injected = Counter(entry["code"] for entry in truth if entry["cause"] is None)
    assert set(injected) == KINDS
    assert min(injected.values()) >= 2
    paths = {entry["path"] for entry in truth}
    assert 150 <= len({entry["path"] for entry in truth if entry["cause"] is None}) <= 250
    assert paths <= set(contents(damaged))


def test_truth_names_the_line_of_the_link(damaged: Path) -> None:
    entries = [
        e for e in json.loads((damaged / "truth.json").read_text(encoding="utf-8")) if e["code"].startswith("REL")
    ]
    for entry in entries:
        line = (damaged / entry["path"]).read_text(encoding="utf-8").split("\n")[entry["line"] - 1]
        assert line == f"{entry['link']}:"


def test_bytes_that_are_no_text_stand_where_truth_says(damaged: Path) -> None:
    truth = json.loads((damaged / "truth.json").read_text(encoding="utf-8"))
    found = {
        (path, data.count(b"\n", 0, match.start()) + 1)
        for path, data in contents(damaged).items()
        if (match := re.search(rb"\xff", data))
    }
    assert found == {(entry["path"], entry["line"]) for entry in truth if entry["code"] == "TXT004"}
