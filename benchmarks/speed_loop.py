"""What people write first: a loop of python-frontmatter and jsonschema, in an environment of its own.

`python speed_loop.py SCHEMA FOLDER` prints a line for each error and ends with 1 where there is one.
"""

import datetime
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def plain(value: Any) -> Any:
    """The value as JSON has it: YAML 1.1 makes dates of what the schema holds for strings."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def main() -> None:
    """Hold the front matter of every document below the folder against the schema."""
    frontmatter, jsonschema = import_module("frontmatter"), import_module("jsonschema")
    schema = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    errors = 0
    for path in sorted(Path(sys.argv[2]).rglob("*.md")):
        try:
            found = [error.message for error in validator.iter_errors(plain(frontmatter.load(str(path)).metadata))]
        except Exception as error:  # a document that a library fails on counts as wrong, as for a user of it
            found = [f"{type(error).__name__}: {error}"]
        for message in found:
            print(f"{path}: {message[:200]}")
        errors += len(found)
    raise SystemExit(1 if errors else 0)


if __name__ == "__main__":
    main()
