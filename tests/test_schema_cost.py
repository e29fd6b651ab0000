"""What validating may cost: recursive schemas that branch are held to the time limit, others are told beforehand."""

import json
from pathlib import Path
from typing import Any

import pytest

from content_audit.schemas import cost
from tests.conftest import Invoke, read_report, write

TWICE = [{"$ref": "#"}, {"$ref": "#"}]

NAMED = {"$anchor": "y", "items": {"allOf": [{"$ref": "#y"}, {"$ref": "#y"}]}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param({"properties": {"title": {"type": "string"}}}, True, id="plain"),
        pytest.param({"properties": {"replies": {"items": {"$ref": "#"}}}}, True, id="a tree"),
        pytest.param({"properties": {"a": {"allOf": TWICE}}}, False, id="a tree told twice at each level"),
        pytest.param({"properties": {"a": {"anyOf": [{"items": {"oneOf": TWICE}}]}}}, False, id="twice deeper down"),
        pytest.param(
            {"$defs": {"x": {"$anchor": "y", "items": {"allOf": [{"$ref": "#y"}] * 2}}}, "$ref": "#y"},
            False,
            id="by an anchor",
        ),
        pytest.param({"properties": {"a": {"pattern": r"^[a-z]{1,80}(-\d{4})?$"}}}, True, id="a pattern"),
        pytest.param({"properties": {"a": {"pattern": "^(?!draft)"}}}, False, id="a pattern that looks ahead"),
        pytest.param({"patternProperties": {r"(a)\1": {}}}, False, id="a pattern that refers to what it found"),
        pytest.param({"properties": {"a": {"pattern": "((a{99}){99}){99}"}}}, False, id="a large pattern"),
        pytest.param({"properties": {f"k{n}": {"type": "string"} for n in range(5_000)}}, True, id="many properties"),
    ],
)
def test_cost_that_can_be_told(tmp_path: Path, schema: dict[str, Any], expected: bool) -> None:
    file = tmp_path / "s.json"
    file.write_text(json.dumps(schema), encoding="utf-8")
    assert (cost(file) is not None) is expected


def test_a_schema_without_an_end_costs_its_documents_the_limit_and_others_nothing(invoke: Invoke, work: Path) -> None:
    """A value nested 30 deep is wrong in a billion ways, told in the validator, where no signal stops it."""
    nested = "{a: " * 29 + "{b: 1}" + "}" * 29
    schema = {"properties": {"a": {"allOf": TWICE}, "b": {"type": "string"}}}
    files = {
        "content-audit.toml": 'max-seconds = 1\n[[schemas]]\nfile = "s.json"\n',
        "s.json": json.dumps(schema),
        "deep.md": f"---\ntitle: Deep\na: {nested}\n---\n\nWords.\n",
        "plain.md": "---\ntitle: Plain\n---\n\nOther words.\n",
    }
    write(work, files)
    found = {f["path"]: f for f in read_report(invoke("check", "--output-format", "json").stdout)["findings"]}
    assert found["deep.md"]["code"] == "RUN002"
    assert "max-seconds = 1" in found["deep.md"]["message"]
    assert "plain.md" not in found
