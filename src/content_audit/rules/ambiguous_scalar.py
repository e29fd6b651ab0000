"""FM006: a plain value that YAML 1.1 and YAML 1.2 read differently.

## Why
`no` is a word in YAML 1.2 and false in 1.1, `012` is twelve or ten, `12:30` is text or 750. Which of them a page shows
depends on the generator's YAML library. Quoting says what is meant.

## Fix safety
Unsafe: quoting keeps the text as written, which changes the value for tools that read it as something else today.
"""

from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text.memory import Remembered

BOOLEANS = "y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"
AMBIGUOUS = (
    (expression(BOOLEANS), "true or false in YAML 1.1, text in 1.2"),
    (expression(r"[-+]?0+[1-7][0-7]+"), "octal in YAML 1.1, decimal in 1.2"),
    (expression(r"[-+]?0[0-9]*[89][0-9]*|0o[0-7]+"), "text in YAML 1.1, a number in 1.2"),
    (
        expression(r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"),
        "a number of base 60 in YAML 1.1, text in 1.2",
    ),
    (
        expression(r"[-+]?0b[01_]+|[-+]0x[0-9a-fA-F_]+|0x[0-9a-fA-F_]*_[0-9a-fA-F_]*"),
        "a number in YAML 1.1, text in 1.2",
    ),
    (
        expression(
            r"[-+]?(?=[0-9.]*_)(?:0[0-7_]+|[1-9][0-9_]*|(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?)"
        ),
        "a number in YAML 1.1, text in 1.2",
    ),
    (
        expression(r"[-+]?(?:[0-9]+[eE][-+]?[0-9]+|(?:[0-9]+\.[0-9]*|\.[0-9]+)[eE][0-9]+)"),
        "text in YAML 1.1, a number in 1.2",
    ),
    (
        expression(
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
            r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
        ),
        "a time stamp in YAML 1.1, text in 1.2",
    ),
)
DATE_TIME = expression(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:[0-9]{2})"
)
"""What JSON Schema's `date-time` takes (RFC 3339) is one moment in both, as a date is one day."""

FIRST = frozenset("0123456789-+.yYnNoO")
"""What such a value begins with."""

LONGEST = 64
"""Characters of a value that is looked at."""


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each plain scalar of YAML front matter whose reading is in doubt."""
    if document.front_matter is None or document.front_matter.syntax != "yaml":
        return
    whole = document.text
    for pointer, (key_start, _, start, end, style) in document.nodes.items():
        if style != "plain" or end - start > LONGEST or whole[start : start + 1] not in FIRST:
            continue
        text = whole[start:end]
        if (text[0] == "0" or not text.isdecimal()) and (reading := READINGS[text]):
            fix = Fix((Edit(start, end, f"'{text}'"),), "unsafe", f"quote {text}")
            name = ".".join(map(str, pointer))
            yield Problem(document.span(key_start, end), f"{name}: {text} is {reading}", {"value": text}, fix)


def reading_in_doubt(text: str) -> str | None:
    """How the two versions of YAML read a plain scalar, where they differ."""
    if text[:1] not in FIRST or DATE_TIME.fullmatch(text):
        return None
    return next((reading for pattern, reading in AMBIGUOUS if pattern.fullmatch(text)), None)


READINGS = Remembered(reading_in_doubt, 4_096)

RULE = DocumentRule(
    "FM006", "ambiguous-scalar", "a plain value that YAML 1.1 and 1.2 read differently", check, "warning", ("unsafe",)
)
