"""REL010: related links whose numbers leave some out, as in 1, 2, 4.

## Why
Templates that count upwards stop at the first number that is missing: the links after it are never shown.

## Fix safety
Safe: the links keep their order and are numbered from 1, from 0 where the row has it, with as many zeros before as the
row's numbers have (01, 02). Numbers that an entry holds that is no link are left to it; there is no fix where nothing
is left to change then, where 1 and 01 stand side by side (they may be two rows), and where something else goes by the
numbers: `related_article2_title`, or a template in the text. Years and ids in names are no row.
"""

from collections.abc import Iterator

from content_audit.facts.links import related_links
from content_audit.model import Document, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import first_number, is_row, is_tied, renumber


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """One problem in each row of numbered entries, on the first link whose number is not the one expected."""
    numbered = [link for link in related_links(document) if "#" in link.field]
    for field in document.fields.links if numbered else ():
        if "#" not in field:
            continue
        row = sorted((link for link in numbered if link.field == field), key=lambda link: link.number)
        first = first_number(row)
        numbers = [link.number for link in row]
        if numbers != [*range(first, first + len(row))] and is_row(numbers):
            expected, link = next((at, link) for at, link in enumerate(row, first) if link.number != at)
            edits = None if is_tied(document, link) else renumber(document, row)
            fix = Fix(edits, "safe", f"number the links from {first}") if edits else None
            message = f"{link.name} where number {expected} was expected ({', '.join(map(str, numbers))})"
            span = document.span(link.node.key_start, link.node.key_end)
            yield Problem(span, message, {"numbers": numbers, "expected": expected}, fix)


RULE = DocumentRule("REL010", "related-numbering-gap", "`related_article1,2,4`", check, "info", ("safe",))
