"""BPL012: under the front matter stands nothing but a placeholder.

## Why
Editors of some publishing systems write `&nbsp;` where a body is empty. Whoever reads the file then finds a body, of
one invisible character. Where the content lives in the front matter this describes the collection rather than a
mistake.

## Fix safety
Unsafe: the placeholder goes and the file ends with its front matter; a system may insist on a body.
"""

import re
from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Problem
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text.lines import TOLD

_ENTITY = expression(r"&nbsp;|&#160;|&#xa0;", re.IGNORECASE)


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem where the body is white space or an entity for it; an empty body and blank lines are none."""
    body, said = document.body, TOLD.sub("", document.body).strip("\r\n")
    if document.front_matter is None or not said or _ENTITY.sub("", said).strip():
        return
    start = document.body_start + len(body) - len(body.lstrip("\r\n"))
    end = document.body_start + len(body.rstrip("\r\n"))
    shown = said.strip() or "white space"
    fix = Fix((Edit(document.body_start, len(document.text), ""),), "unsafe", "remove the placeholder")
    yield Problem(document.span(start, end), f"the body is only {shown}", {"placeholder": said}, fix)


RULE = DocumentRule(
    "BPL012", "placeholder-body", "only `&nbsp;` or white space", check, severity="info", fixes=("unsafe",)
)
