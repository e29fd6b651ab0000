"""The main text of a page: as trafilatura finds it or, where that misses much of it, the page without its furniture."""

import logging
import socket
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from content_audit.parse.html.block import Block, document
from content_audit.parse.html.choice import count, falls_short, in_blocks
from content_audit.parse.html.code import languages, plain_code
from content_audit.parse.html.controls import part_credits, without_controls
from content_audit.parse.html.copies import without_copies
from content_audit.parse.html.furniture import without_furniture
from content_audit.parse.html.headings import with_headings, with_lists, without_title
from content_audit.parse.html.kept import kept, plain_captions
from content_audit.parse.html.kind import PageKind, page_kind
from content_audit.parse.html.markdown import blocks, paragraph
from content_audit.parse.html.sections import unname_sections
from content_audit.parse.html.source import READ, lines
from content_audit.parse.html.statements import title_of
from content_audit.parse.html.tei import as_html
from content_audit.parse.html.tree import tree

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TAGS = 30_000
"""Tags that trafilatura is given: 40,000 of any one kind took it at most 5 s, 200,000 <li> over a minute. Of 489 pages
the longest has 22,000."""

DEEP = 200
"""Elements in each other from which on trafilatura is not tried: 700 tables took it 7 s. Pages have 30."""

PIECES = 3_500
"""Pieces of text up to which trafilatura may fall back on jusText, which takes the square of their number: 6,000 short
ones took 7 s. Of 489 pages none has more."""

PRECISE = 0.6
"""Of the words of trafilatura's balanced reading of an article, the share that its more precise one must have to be
taken. On 80 articles it gains .005; from .7 on it gains .003, and without a limit articles in odd markup are lost."""

EDGE = 0.1
"""The share of a page's words that may stand above its first heading, or in lines of links at its end, to be taken for
furniture without a name. F1 +.001."""

# Without a handler of the application's the libraries' remarks on odd pages would go to stderr.
for _library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def main_markdown(text: str, url: str | None) -> str:
    """The main text of an HTML page as Markdown, without comments and the page's title.

    Where no main text is found it is the whole text, and of a page with more than `READ` tags, which is not parsed, all
    lines as paragraphs.

    Args:
        text: the whole page.
        url: the page's address, which relative links are resolved against, or None.

    The main text is what trafilatura takes for it (https://trafilatura.readthedocs.io), or the page without its
    furniture where that says more.
    """
    return main_of(None if _is_too_long(text) else tree(text), text, url)


def main_of(root: "_Element | None", text: str, url: str | None) -> str:
    """As `main_markdown`, of a page that is parsed already. Its code is made plain, its sections lose odd names."""
    if _is_too_long(text):
        return document(without_copies([paragraph(line) for line in lines(text)]))
    if root is None:
        return ""
    plain_code(root)
    plain_captions(root)
    unname_sections(root)
    part_credits(root)
    without_controls(root)
    named = languages(root)
    kind = page_kind(root)
    found = _extracted(root, url, named, kind) if text.count("<") <= MAX_TAGS and not _is_deep(root) else []
    whole = blocks(without_furniture(deepcopy(root)), url, named)
    if not found or falls_short(found, whole, kind):
        found = _trimmed(whole)
    else:
        read = in_blocks(found, whole)
        found = with_headings(read if kind == "article" else with_lists(read, whole), whole)
    return document(without_title(without_copies(found or blocks(root, url, named)), title_of(root)))


def _is_too_long(text: str) -> bool:
    return text.count("<") > READ


def _is_deep(root: "_Element") -> bool:
    return bool(root.xpath(f"boolean({'/*' * DEEP})"))


def _trimmed(written: list[Block]) -> list[Block]:
    """The page without what is above its title, and without the lines of links at its end."""
    most = EDGE * count(written)
    first = next((i for i, block in enumerate(written) if block.level == 1), 0)
    if count(written[:first]) <= most:
        written = written[first:]
    end, gone = len(written), 0
    while end and 2 * written[end - 1].linked > written[end - 1].words:
        gone += count(written[end - 1 : end])
        if gone > most:
            break
        end -= 1
    return written[:end]


def _extracted(root: "_Element", url: str | None, named: Mapping[str, str], kind: PageKind) -> list[Block]:
    """What trafilatura takes for the main text; of an article its more precise reading, unless that is far shorter."""
    balanced = _trafilatura(root, url, named, precise=False)
    if kind != "article":
        return balanced
    precise = _trafilatura(root, url, named, precise=True)
    return precise if precise and count(precise) >= PRECISE * count(balanced) else balanced


@cache
def _extractor() -> Any:
    """trafilatura, imported without the socket that its HTTP client opens to see whether the system has IPv6."""
    has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        import trafilatura
    finally:
        socket.has_ipv6 = has_ipv6
    return trafilatura


def _trafilatura(root: "_Element", url: str | None, named: Mapping[str, str], *, precise: bool) -> list[Block]:
    trafilatura = _extractor()

    try:
        found = trafilatura.bare_extraction(
            root,
            url=url,
            fast=bool(root.xpath(f"count(//text()[normalize-space()]) > {PIECES}")),
            favor_precision=precise,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except Exception:  # any page may come, and what the library makes of the worst is not documented
        return []
    body = getattr(found, "body", None)
    return [] if body is None else blocks(as_html(body, kept(root)), url, named)
