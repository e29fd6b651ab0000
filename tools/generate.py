"""Makes the files that follow from the rules: the README's table, docs/rules.md and the configuration's schema.

`--check` writes nothing and fails where one of them is stale.
"""

import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from content_audit.config_schema import CONFIG_SCHEMA
from content_audit.pages import option_defaults, options_text
from content_audit.rule import Rule
from content_audit.rules import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- rules: made by tools/generate.py -->", "<!-- /rules -->"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def rule_table() -> str:
    """The rules as a Markdown table."""
    rows = ["| code | name | finds | severity | fix |", "|---|---|---|---|---|"]
    for rule in CATALOGUE.values():
        fix = ", ".join(rule.fixes) or "–"
        finds = rule.summary + ("" if rule.enabled else " (off)")
        rows.append(f"| [{rule.code}](tests/rules/{rule.code}.md) | {rule.name} | {finds} | {rule.severity} | {fix} |")
    return "\n".join(rows)


def excerpt() -> str:
    """What the tool prints of two of the samples."""
    command = ["check", "seeds", "--select", "REL001,REL006"]
    run = [sys.executable, "-m", "content_audit", *command, "--no-cache", "--no-color", "--isolated"]
    output = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8").stdout
    findings = output.rpartition("\n\n")[0]  # without the line of counts, which has the seconds
    return f"```text\n$ content-audit {' '.join(command)}\n{findings}\n```"


def replaced(text: str, begin: str, end: str, content: str) -> str:
    """The text with what stands between two marks made anew."""
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{content}\n{end}{after}"


def readme() -> str:
    """The README with its excerpt of output and its table made anew."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = replaced(text, "<!-- excerpt: made by tools/generate.py -->", "<!-- /excerpt -->", excerpt())
    return replaced(text, BEGIN, END, rule_table())


def options_page() -> str:
    """docs/options.md: what can be set for each rule."""
    parts = ["# Options of the rules", "Made by `tools/generate.py` from the rules' own types."]
    for rule in CATALOGUE.values():
        if text := options_text(rule):
            note = " ".join((rule.options.__doc__ or "").split())
            parts.append(f"## {rule.code} {rule.name}\n\n{text}\n\n{note}")
    return "\n\n".join(parts) + "\n"


def config_schema() -> str:
    """The configuration's schema, with the options of each rule."""
    schema = deepcopy(CONFIG_SCHEMA)
    tables = {rule.code: options_schema(rule) for rule in CATALOGUE.values() if option_defaults(rule)}
    schema["properties"]["rules"] = {
        **schema["properties"]["rules"],
        "properties": tables,
        "additionalProperties": False,
    }
    schema["properties"]["severity"]["propertyNames"] = {"enum": list(CATALOGUE)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def options_schema(rule: Rule) -> dict[str, Any]:
    """The schema of one rule's table."""
    hints, defaults = get_type_hints(rule.options), option_defaults(rule)
    names = {field.name.replace("_", "-"): field.name for field in fields(rule.options)}
    properties = {key: {**type_schema(hints[names[key]]), "default": value} for key, value in defaults.items()}
    return {"type": "object", "description": rule.summary, "additionalProperties": False, "properties": properties}


def type_schema(hint: Any) -> dict[str, Any]:
    """The schema of an option's type."""
    if get_origin(hint) is tuple:
        return {"type": "array", "items": type_schema(get_args(hint)[0])}
    if isinstance(hint, UnionType):
        return {"type": [TYPES[kind] for kind in get_args(hint) if kind in TYPES]}
    return {"type": TYPES[hint]}


FILES = {"README.md": readme, "docs/options.md": options_page, "schemas/config.schema.json": config_schema}


def main() -> int:
    """Write the files, or with --check tell which are stale."""
    stale = []
    for name, make in FILES.items():
        file, text = ROOT / name, make()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                file.write_text(text, encoding="utf-8")
    if stale:
        print(("stale, run `make generate`: " if "--check" in sys.argv[1:] else "written: ") + ", ".join(stale))
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
