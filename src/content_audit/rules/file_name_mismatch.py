"""FM009: `file_name` is not the file's name.

## Why
A page that says it is published under another name gets links and redirects that lead nowhere. Plain-text captures of a
page keep the name of what they captured, so `.txt` files are not compared.

## Fix safety
Unsafe: the file may be the one that has the wrong name.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from content_audit.model import Document, Problem, lookup
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import set_value


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """One problem where the two names differ."""
    found = lookup(document, document.fields.file_name)
    if found and found[1] == document.path.rpartition("/")[2]:  # a path takes a while to be made
        return
    path = PurePosixPath(document.path)
    if (
        not found
        or not isinstance(found[1], str)
        or path.suffix.lower() in (".txt", ".text")
        or document.format == "html"
    ):
        return
    pointer, value = found
    if unicodedata.normalize("NFC", value) != unicodedata.normalize("NFC", path.name):
        fix = set_value(document, pointer, path.name, "unsafe", f"set file_name to {path.name}")
        evidence = {"file_name": value, "file": path.name}
        yield Problem(document.entry_span(pointer), f"file_name is {value}, the file is {path.name}", evidence, fix)


RULE = DocumentRule(
    "FM009", "file-name-mismatch", "`file_name` is not the name of the file", check, "warning", ("unsafe",)
)
