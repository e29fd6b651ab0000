"""Each keyword of JSON Schema in each draft that has it: what a compiled schema decides, as `jsonschema` does."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from content_audit.schemas import SchemaError, compiled
from tests.conftest import write

DRAFTS = {
    "4": "http://json-schema.org/draft-04/schema#",
    "6": "http://json-schema.org/draft-06/schema#",
    "7": "http://json-schema.org/draft-07/schema#",
    "2019": "https://json-schema.org/draft/2019-09/schema",
    "2020": "https://json-schema.org/draft/2020-12/schema",
}
ALL, FROM_6, FROM_7 = "4 6 7 2019 2020", "6 7 2019 2020", "7 2019 2020"
FROM_2019, TO_7, TO_2019 = "2019 2020", "4 6 7", "4 6 7 2019"

Case = tuple[str, str, dict[str, Any], list[Any], list[Any]]
CASES: list[Case] = [
    ("type", ALL, {"type": "integer"}, [1, -3], [1.5, "1", None, True, [], {}]),
    ("type: a whole number", FROM_6, {"type": "integer"}, [1.0], []),
    ("type: several", ALL, {"type": ["string", "null"]}, ["", None], [0, False, []]),
    ("enum", ALL, {"enum": ["a", 1, None, [1], {"k": 1}]}, ["a", 1, None, [1], {"k": 1}], ["b", "1", 0, [2], {}]),
    ("const", FROM_6, {"const": {"k": [1]}}, [{"k": [1]}], [{"k": [2]}, {}, None]),
    ("const: no is not nought", FROM_6, {"const": False}, [False], [0, "", None]),
    ("multipleOf", ALL, {"multipleOf": 0.5}, [2, 1.5, "x"], [0.7]),
    ("maximum", ALL, {"maximum": 3}, [3, -1, "9"], [3.1, 4]),
    ("minimum", ALL, {"minimum": 3}, [3, 4, "1"], [2.9, -4]),
    ("exclusiveMaximum", FROM_6, {"exclusiveMaximum": 3}, [2.9], [3, 4]),
    ("exclusiveMinimum", FROM_6, {"exclusiveMinimum": 3}, [3.1], [3, 2]),
    ("exclusiveMaximum: yes", "4", {"maximum": 3, "exclusiveMaximum": True}, [2], [3]),
    ("exclusiveMinimum: yes", "4", {"minimum": 3, "exclusiveMinimum": True}, [4], [3]),
    ("maxLength", ALL, {"maxLength": 2}, ["", "ab", "🍐🍐", 123], ["abc"]),
    ("minLength", ALL, {"minLength": 2}, ["ab", "abc", 1], ["", "🍐"]),
    ("pattern", ALL, {"pattern": "^a+$"}, ["a", "aaa", 1], ["", "ba", "ab"]),
    ("pattern: found anywhere", ALL, {"pattern": "b"}, ["abc"], ["ac"]),
    ("pattern: of letters", ALL, {"pattern": r"^[\w-]+$"}, ["a-b_1"], ["a b"]),
    ("maxItems", ALL, {"maxItems": 1}, [[], [1], "ab"], [[1, 2]]),
    ("minItems", ALL, {"minItems": 1}, [[1], ""], [[]]),
    ("uniqueItems", ALL, {"uniqueItems": True}, [[1, 2], [], [1, True], ["1", 1]], [[1, 1], [{"a": 1}, {"a": 1}]]),
    ("items", ALL, {"items": {"type": "string"}}, [[], ["a"], {"a": 1}], [["a", 1]]),
    ("items: one by one", TO_2019, {"items": [{"type": "string"}]}, [["a", 1], []], [[1]]),
    ("additionalItems", TO_2019, {"items": [{}], "additionalItems": False}, [[1], []], [[1, 2]]),
    (
        "prefixItems",
        "2020",
        {"prefixItems": [{"type": "string"}], "items": {"type": "null"}},
        [["a"], ["a", None]],
        [[1], ["a", 1]],
    ),
    ("contains", FROM_6, {"contains": {"const": 1}}, [[2, 1], "x"], [[], [2]]),
    ("minContains", FROM_2019, {"contains": {"const": 1}, "minContains": 2}, [[1, 1]], [[1]]),
    ("maxContains", FROM_2019, {"contains": {"const": 1}, "maxContains": 1}, [[1, 2]], [[1, 1]]),
    ("unevaluatedItems", "2020", {"allOf": [{"prefixItems": [{}]}], "unevaluatedItems": False}, [[1]], [[1, 2]]),
    ("maxProperties", ALL, {"maxProperties": 1}, [{}, {"a": 1}, "ab"], [{"a": 1, "b": 2}]),
    ("minProperties", ALL, {"minProperties": 1}, [{"a": 1}], [{}]),
    ("required", ALL, {"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ("properties", ALL, {"properties": {"a": {"type": "null"}}}, [{}, {"a": None, "b": 1}], [{"a": 1}]),
    ("patternProperties", ALL, {"patternProperties": {"^x": {"type": "null"}}}, [{"a": 1, "x": None}], [{"xy": 1}]),
    (
        "additionalProperties: none",
        ALL,
        {"properties": {"a": {}}, "additionalProperties": False},
        [{"a": 1}],
        [{"b": 1}],
    ),
    ("additionalProperties: such", ALL, {"additionalProperties": {"type": "null"}}, [{"b": None}], [{"b": 1}]),
    ("propertyNames", FROM_6, {"propertyNames": {"maxLength": 1}}, [{"a": 1}, {}], [{"ab": 1}]),
    ("dependencies: keys", TO_7, {"dependencies": {"a": ["b"]}}, [{"a": 1, "b": 1}, {}], [{"a": 1}]),
    ("dependencies: a schema", TO_7, {"dependencies": {"a": {"required": ["b"]}}}, [{"a": 1, "b": 1}, {}], [{"a": 1}]),
    ("dependentRequired", FROM_2019, {"dependentRequired": {"a": ["b"]}}, [{"a": 1, "b": 1}, {}], [{"a": 1}]),
    ("dependentSchemas", FROM_2019, {"dependentSchemas": {"a": {"required": ["b"]}}}, [{"a": 1, "b": 1}], [{"a": 1}]),
    (
        "unevaluatedProperties",
        FROM_2019,
        {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False},
        [{"a": 1}, {}],
        [{"b": 1}],
    ),
    ("allOf", ALL, {"allOf": [{"type": "string"}, {"minLength": 2}]}, ["ab"], ["a", 1]),
    ("anyOf", ALL, {"anyOf": [{"type": "string"}, {"minimum": 2}]}, ["a", 2], [1]),
    ("oneOf", ALL, {"oneOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5], [2, 1.5]),
    ("not", ALL, {"not": {"type": "string"}}, [1, None], ["a"]),
    ("if", FROM_7, {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"minimum": 2}}, ["ab", 2], ["a", 1]),
    ("yes and no", FROM_6, {"properties": {"a": True, "b": False}}, [{"a": 1}], [{"b": 1}]),
    (
        "$ref: within",
        ALL,
        {"definitions": {"x": {"type": "null"}}, "properties": {"a": {"$ref": "#/definitions/x"}}},
        [{"a": None}],
        [{"a": 1}],
    ),
    (
        "$ref: $defs",
        FROM_2019,
        {"$defs": {"x~/%": {"type": "null"}}, "items": {"$ref": "#/$defs/x~0~1%25"}},
        [[None]],
        [[1]],
    ),
    (
        "$ref: a tree",
        ALL,
        {"properties": {"a": {"$ref": "#"}}, "maxProperties": 1},
        [{"a": {"a": {}}}],
        [{"a": {"a": {"b": 1, "c": 2}}}],
    ),
    (
        "$ref beside others",
        FROM_2019,
        {"$defs": {"x": {"type": "string"}}, "items": {"$ref": "#/$defs/x", "maxLength": 1}},
        [["a"]],
        [["ab"], [1]],
    ),
    (
        "$anchor",
        FROM_2019,
        {"$defs": {"x": {"$anchor": "here", "type": "null"}}, "items": {"$ref": "#here"}},
        [[None]],
        [[1]],
    ),
    ("remarks", ALL, {"title": "T", "description": "D", "default": 1}, [1, "a"], []),
]
PARAMETERS = [pytest.param(draft, *case[2:], id=f"{case[0]} in {draft}") for case in CASES for draft in case[1].split()]


@pytest.mark.parametrize(("draft", "schema", "valid", "invalid"), PARAMETERS)
def test_keywords(tmp_path: Path, draft: str, schema: dict[str, Any], valid: list[Any], invalid: list[Any]) -> None:
    whole = {"$schema": DRAFTS[draft], **schema}
    write(tmp_path, {"s.json": json.dumps(whole)})
    ours, theirs = compiled(tmp_path / "s.json"), jsonschema.validators.validator_for(whole)(whole)
    for value, expected in (*((v, True) for v in valid), *((v, False) for v in invalid)):
        assert (ours.is_valid(value), theirs.is_valid(value)) == (expected, expected), value
        errors = list(theirs.iter_errors(value))
        if all(error.validator for error in errors):  # it does not say where a schema that is `false` refused a value
            found = {str(list(error.instance_path)) for error in ours.iter_errors(value)}
            assert found == {str(list(error.absolute_path)) for error in errors}, value


FORMATS: dict[str, tuple[list[str], list[str]]] = {
    "date": (["2024-02-29"], ["2023-02-29", "2024-2-9", "09.02.2024", "", "2024-02-29T00:00:00Z"]),
    "date-time": (["2024-02-29T10:00:00Z", "2024-02-29t10:00:00.5+01:00"], ["2024-02-29", "2024-02-29T10:00:00"]),
    "time": (["10:00:00Z", "10:00:00.25+01:00"], ["10:00", "25:00:00Z", "10:00:00"]),
    "duration": (["P1D", "PT2H30M", "P3W"], ["1D", "P", "PT"]),
    "email": (["a@example.org", "a.b+c@example.org"], ["a", "@example.org", "a@"]),
    "idn-email": (["ä@bücher.example"], ["ä"]),
    "hostname": (["example.org", "a-b.c"], ["-a.b", "a_b", "a..b"]),
    "idn-hostname": (["bücher.example"], ["-a.b"]),
    "ipv4": (["127.0.0.1"], ["256.0.0.1", "1.2.3", "01.2.3.4"]),
    "ipv6": (["::1", "2001:db8::8a2e:370:7334"], ["::g", "1:2:3", "127.0.0.1"]),
    "uri": (["https://example.org/a?b#c", "mailto:a@b.c"], ["/a", "a b", "http://[x"]),
    "uri-reference": (["/a", "#x", "a?b"], ["a b", "\\a"]),
    "iri": (["https://bücher.example/ä"], ["/ä"]),
    "iri-reference": (["/ä"], ["\\ä"]),
    "uri-template": (["/a/{b}{?c*}"], ["/a/{b"]),
    "uuid": (["2eb8aa08-aa98-11ea-b4aa-73b441d16380"], ["2eb8aa08", "2eb8aa08aa9811eab4aa73b441d16380"]),
    "json-pointer": (["", "/a/0/b~0~1"], ["a", "/a~2"]),
    "relative-json-pointer": (["0", "1/a", "2#"], ["/a", "-1"]),
    "regex": (["^a+$"], ["(a"]),
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_asserted(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"s.json": json.dumps({"items": {"format": name}})})
    validator = compiled(tmp_path / "s.json")
    valid, invalid = FORMATS[name]
    assert [value for value in valid if not validator.is_valid([value])] == []
    assert [value for value in invalid if validator.is_valid([value])] == []
    assert validator.is_valid([1, None, {}])


WITHIN = {
    "parts.json": {"$defs": {"x": {"type": "null"}, "y": {"$anchor": "here", "type": "string"}}},
    "deep/more.json": {"type": "null"},
    "named.json": {"$id": "https://example.org/named.json", "type": "integer"},
}


@pytest.mark.parametrize(
    ("reference", "valid", "invalid"),
    [
        pytest.param("parts.json#/$defs/x", None, 1, id="a pointer into a file"),
        pytest.param("./parts.json#here", "a", 1, id="an anchor in a file"),
        pytest.param("deep/more.json", None, 1, id="a file below"),
        pytest.param("deep/../parts.json#/$defs/x", None, 1, id="down and up"),
        pytest.param("named.json", 1, "a", id="a file with an address of its own"),
        pytest.param("https://example.org/named.json", 1, "a", id="the address of a file in the folder"),
    ],
)
def test_references_within_the_folder(tmp_path: Path, reference: str, valid: Any, invalid: Any) -> None:
    write(tmp_path, {name: json.dumps(schema) for name, schema in WITHIN.items()})
    write(tmp_path, {"s.json": json.dumps({"properties": {"a": {"$ref": reference}}})})
    validator = compiled(tmp_path / "s.json")
    assert validator.is_valid({"a": valid})
    assert not validator.is_valid({"a": invalid})


@pytest.mark.parametrize(
    "reference",
    [
        "../x.json",
        "deep/../../x.json",
        "%2e%2e/x.json",
        "/etc/hostname",
        "//host/x.json",
        "file://host/x.json",
        "link.json",
    ],
)
def test_references_out_of_the_folder(tmp_path: Path, reference: str) -> None:
    write(tmp_path, {"x.json": "{}", "in/deep/y.json": "{}"})
    write(tmp_path, {"in/s.json": json.dumps({"properties": {"a": {"$ref": reference}}})})
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "x.json")
    with pytest.raises(SchemaError, match=r"#/properties/a/\$ref: .*leaves the schema's folder"):
        compiled(tmp_path / "in" / "s.json")
