"""What a configuration may say, as a JSON Schema: it is held against it, and editors are given it."""

from dataclasses import fields
from typing import Any, get_args

from content_audit.model import SEVERITIES, Fields, LinkItems
from content_audit.presets import PRESETS

STRINGS = {"type": "array", "items": {"type": "string"}}
FIELD_SHAPES: dict[str, Any] = {
    "links": {"type": ["string", "array"], "items": {"type": "string", "minLength": 1}, "minLength": 1},
    "link-items": {"enum": list(get_args(LinkItems))},
    "path-urls": {"type": "object", "additionalProperties": {"type": "string"}},
}
"""The fields that are no list of names."""

CONFIG_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "content-audit configuration",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "roots": {**STRINGS, "description": "Folders of the collection that every document is held against."},
        "include": {**STRINGS, "description": "Globs of the files that are documents."},
        "exclude": {**STRINGS, "description": "Globs of files and folders to leave out."},
        "select": {
            **STRINGS,
            "description": "Rules to run: codes or their beginnings; all default rules where absent.",
        },
        "extend-select": {**STRINGS, "description": "Rules to run besides: codes or their beginnings."},
        "ignore": {**STRINGS, "description": "Rules not to report: codes or their beginnings."},
        "per-file-ignores": {
            "type": "object",
            "additionalProperties": STRINGS,
            "description": "Globs of files, each with the rules not to report there: codes or their beginnings.",
        },
        "fail-on": {
            "enum": [*SEVERITIES, "never"],
            "description": "The lowest severity that makes the run end with 1.",
        },
        "baseline": {"type": "string", "minLength": 1, "description": "A file of known findings, which count no more."},
        "inventory": {
            **STRINGS,
            "description": "Files with urls or ids that exist elsewhere: lists, one a line, or sitemaps.",
        },
        "complete": {"type": "boolean", "description": "The roots and the inventory hold all that a link may lead to."},
        "semantic": {
            "type": "object",
            "additionalProperties": False,
            "description": "What words mean, for the relevance of related links; needs the extra `semantic`.",
            "properties": {
                "model": {"type": "string", "minLength": 1, "description": "A model's folder, in model2vec's format."}
            },
        },
        "max-size": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2**40,
            "description": "Bytes; larger documents are not read.",
        },
        "max-seconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": 86_400,
            "description": "Seconds that one document may take.",
        },
        "max-memory": {
            "type": "integer",
            "minimum": 2**28,
            "maximum": 2**50,
            "description": "Bytes that a worker process may take for one document.",
        },
        "severity": {
            "type": "object",
            "additionalProperties": {"enum": list(SEVERITIES)},
            "description": "A severity of one's own for a rule.",
        },
        "preset": {
            "enum": list(PRESETS),
            "description": "The shape that the fields start from: that of the software that makes the site.",
        },
        "fields": {
            "type": "object",
            "additionalProperties": False,
            "description": "What the front matter calls things; dotted where nested, the first one present counts.",
            "properties": {
                name: FIELD_SHAPES.get(name, STRINGS) for name in (f.name.replace("_", "-") for f in fields(Fields))
            },
        },
        "schemas": {
            "type": "array",
            "description": "JSON Schemas and the documents they claim.",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["file"],
                "properties": {
                    "file": {"type": "string"},
                    "include": STRINGS,
                    "where": {"type": "object", "description": "Fields and the values they must have."},
                },
            },
        },
        "rules": {
            "type": "object",
            "additionalProperties": {"type": "object"},
            "description": "Options of single rules.",
        },
    },
}
