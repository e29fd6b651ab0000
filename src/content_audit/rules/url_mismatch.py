"""FM010 and FM011: a url whose section is not the subject, or whose slug is neither the title's nor the file's.

## Why
The url's section decides where a page is listed and what its breadcrumbs say. One that contradicts the document's
subject puts the page into another subject; a slug of other words is mostly a url copied from another page.

## Fix safety
FM010 unsafe: the section is set to the subject's slug, though the subject may be what is wrong, and published urls are
linked to. FM011 has none.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from content_audit.expressions import expression
from content_audit.facts.addresses import FOLDER_PAGES
from content_audit.facts.urls import in_folder, letters, may_be_slug, slug, slugs, url_parts, with_section
from content_audit.model import Document, Pointer, Problem, lookup
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules.edits import set_value

CUT_SLUG = 20
"""Letters from which a slug that breaks off counts as cut by the publishing system, not as another title."""

SUFFIX = expression(r"\.(?:mdx?|markdown|html?|txt)$")


def _url(document: Document) -> tuple[Pointer, str, dict[str, str]] | None:
    found = lookup(document, document.fields.url)
    if not found or not isinstance(found[1], str):
        return None
    return found[0], found[1], url_parts(found[1], document.fields.url_patterns)


def check_section(document: Document, options: NoOptions) -> Iterator[Problem]:
    """FM010: one problem where the url's section is not the slug of the subject."""
    url, subject = _url(document), lookup(document, document.fields.subject)
    if not url or not subject or not isinstance(subject[1], str):
        return
    pointer, value, parts = url
    section = parts.get("section")
    if section and not may_be_slug(section, subject[1]) and not in_folder(value, subject[1]):
        wanted = slug(subject[1])
        replaced = with_section(value, document.fields.url_patterns, wanted)
        fix = set_value(document, pointer, replaced, "unsafe", f"set the url's section to {wanted}")
        message = f"the url stands in section {section}, the subject is {subject[1]}"
        evidence = {"section": section, "subject": subject[1], "expected": wanted}
        yield Problem(document.entry_span(pointer), message, evidence, fix)


def _own_name(path: str) -> str:
    """The name of the file; of a folder's own page, of the folder."""
    name = PurePosixPath(path)
    return name.parent.name if SUFFIX.sub("", name.name) in FOLDER_PAGES else name.name


def _letters(name: str) -> str:
    return letters(name) if name.isascii() else letters(slug(name))


def check_slug(document: Document, options: NoOptions) -> Iterator[Problem]:
    """FM011: one problem where the url's slug fits neither the title nor a file name, given or the file's own."""
    url = _url(document)
    tail = url[2].get("slug", "") if url else ""
    names = [str(f[1]) for n in (document.fields.title, document.fields.file_name) if (f := lookup(document, n))]
    stem = SUFFIX.sub("", tail)
    has = letters(stem)
    if not url or not tail or (has and any(has == _letters(SUFFIX.sub("", name)) for name in names)):
        return
    spelled = [slugs(SUFFIX.sub("", name)) for name in names]
    if not any(plain for plain, *_ in spelled) or not all(p.isascii() for p, *_ in spelled):
        return
    spelled.append(slugs(SUFFIX.sub("", _own_name(document.path))))
    wanted = {letters(each) for several in spelled for each in several if each}
    without_number = letters(re.sub(r"-\d+$", "", stem))
    cut = len(has) >= CUT_SLUG and any(word.startswith(has) for word in wanted)
    if not cut and has not in wanted and without_number not in wanted:
        message = f"the url's slug {tail} fits neither title nor file name"
        evidence = {"slug": tail, "expected": [slug(name) for name in names]}
        yield Problem(document.entry_span(url[0]), message, evidence)


RULES = (
    DocumentRule(
        "FM010",
        "url-subject-mismatch",
        "the url's section is not the slug of `subject`",
        check_section,
        fixes=("unsafe",),
    ),
    DocumentRule(
        "FM011", "url-slug-mismatch", "the url's slug is neither the title's nor the file's", check_slug, "warning"
    ),
)
