"""The published article schema: what it lets through, what it refuses, and that both validators agree on it."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

SCHEMA = json.loads((Path(__file__).parent.parent / "schemas" / "article.schema.json").read_text(encoding="utf-8"))
LINK = {
    "id": 12,
    "title": "When do pears ripen?",
    "subject": "Fruit",
    "url": "/learn/fruit/questions/when-do-pears-ripen",
}
ARTICLE: dict[str, Any] = {
    "_schema": "default",
    "id": 11,
    "date": "2025-03-01",
    "title": "When do apples ripen?",
    "article_title": "When do apples ripen?",
    "date_format": "MMM DD, YYYY",
    "post_on_text": "Posted on",
    "seo": {"title": "Apples", "page_description": "When apples ripen.", "page_keywords": "apples, harvest"},
    "author": "Fieldnotes",
    "question": "When do apples ripen?",
    "answer": "From August on.",
    "subject": "Fruit",
    "file_name": "when-do-apples-ripen.md",
    "url": "/learn/fruit/questions/when-do-apples-ripen",
}
Change = Callable[[dict[str, Any]], object]


def errors(article: dict[str, Any]) -> list[list[str | int]]:
    """Where the article breaks the schema, having seen that both validators say the same."""
    fast = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    slow = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker(["date"]))
    found = sorted((list(e.instance_path) for e in fast.iter_errors(article)), key=str)
    assert found == sorted((list(e.absolute_path) for e in slow.iter_errors(article)), key=str)
    return found


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda a: None, id="score, no_index and links are optional"),
        pytest.param(lambda a: a.update(score=-1.0, no_index=True), id="score and no_index"),
        pytest.param(lambda a: a.update(score=4), id="a whole number is a number"),
        pytest.param(lambda a: a.update(related_article1=LINK, related_article12=LINK), id="links of any number"),
        pytest.param(lambda a: a.update(id=-4), id="published ids can be negative"),
        pytest.param(lambda a: a.update(file_name="salt--pepper.md"), id="a dropped sign leaves two hyphens in a slug"),
        pytest.param(lambda a: a.update(date="2024-02-29"), id="leap day"),
    ],
)
def test_lets_through(change: Change) -> None:
    article = copy.deepcopy(ARTICLE)
    change(article)
    assert errors(article) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        *[pytest.param(lambda a, k=k: a.pop(k), [[]], id=f"{k} missing") for k in ARTICLE],
        pytest.param(lambda a: a["seo"].pop("title"), [["seo"]], id="seo title missing"),
        pytest.param(lambda a: a.update(autor="Fieldnotes"), [[]], id="unknown field"),
        pytest.param(lambda a: a["seo"].update(keywords="apples"), [["seo"]], id="unknown field in seo"),
        pytest.param(lambda a: a.update(related_article0=LINK), [[]], id="links are counted from one"),
        pytest.param(lambda a: a.update(related_article01=LINK), [[]], id="no leading zero"),
        pytest.param(
            lambda a: a.update(related_article1={**LINK, "score": 1}), [["related_article1"]], id="closed link"
        ),
        pytest.param(lambda a: a.update(related_article1={"id": 12}), [["related_article1"]] * 3, id="bare link"),
        pytest.param(lambda a: a.update(date="2025-02-30"), [["date"]], id="no such day"),
        pytest.param(lambda a: a.update(date="01.03.2025"), [["date"]], id="day first"),
        pytest.param(lambda a: a.update(title=" "), [["title"]], id="blank title"),
        pytest.param(lambda a: a.update(id="11"), [["id"]], id="an id in quotes"),
        pytest.param(lambda a: a.update(no_index="yes"), [["no_index"]], id="no_index as a word"),
        pytest.param(lambda a: a.update(_schema="post"), [["_schema"]], id="another schema's name"),
        pytest.param(lambda a: a.update(url="/learn/fruit/when-do-apples-ripen"), [["url"]], id="url without its kind"),
        pytest.param(lambda a: a.update(url="/learn/fruit/questions/Apples"), [["url"]], id="capital in a slug"),
        pytest.param(lambda a: a.update(file_name="apples"), [["file_name"]], id="file name without ending"),
        pytest.param(lambda a: a.update(file_name="../apples.md"), [["file_name"]], id="file name with a folder"),
    ],
)
def test_refuses(change: Change, where: list[list[str]]) -> None:
    article = copy.deepcopy(ARTICLE)
    change(article)
    assert errors(article) == where
