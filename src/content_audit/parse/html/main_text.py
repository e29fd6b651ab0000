"""The main text of a page: as trafilatura finds it or, where that misses much of it, the page without its furniture."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence

from content_audit.parse.html.code import languages
from content_audit.parse.html.furniture import without_furniture
from content_audit.parse.html.kind import PageKind, page_kind
from content_audit.parse.html.markdown import Block, blocks, document
from content_audit.parse.html.tei import as_html
from content_audit.parse.html.tree import tree

MAX_TAGS = 50_000
"""Tags that trafilatura is given: up to 40,000 of any one kind took it at most 5 s, 200,000 <li> over a minute."""

PROSE = 12
"""Words from which on a block is prose, unless a third of them are links."""

COMMON = 4
"""Words in a row that two readings share where they share a text."""

COVERED = 0.6
_SHARES = {"product": 0.3, "discussion": 0.2}
PRECISE = 0.6
ARTICLE_MISSED = 0.3
ARTICLE_LINKED = 0.2
ARTICLE_SHARE = 0.8
OTHER_SHARE = 0.7
OTHER_LINKED = 0.6
OTHER_MISSED = 0.25
OTHER_PROSE = 150

_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")

# Without a handler of the application's the libraries' remarks on odd pages would go to stderr.
for _library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def main_markdown(text: str, url: str | None) -> str:
    """The main text of an HTML page as Markdown, without comments; its whole text where no main text is found.

    Args:
        text: the whole page.
        url: the page's address, which relative links are resolved against, or None.

    The main text is what trafilatura takes for it (https://trafilatura.readthedocs.io), or the page without its
    furniture where that says more.
    """
    root = tree(text)
    if root is None:
        return ""
    named = languages(root)
    kind = page_kind(root)
    whole = blocks(without_furniture(root), url, named)
    found = _extracted(text, url, named, kind) if text.count("<") <= MAX_TAGS else []
    if not found or _misses(found, whole, kind):
        found = whole
    return document(found or _all(text, url, named))


def _all(text: str, url: str | None, named: Mapping[str, str]) -> list[Block]:
    root = tree(text)
    return [] if root is None else blocks(root, url, named)


def _misses(found: Sequence[Block], whole: Sequence[Block], kind: PageKind) -> bool:
    """Does the text found leave out so much of the page without its furniture that this is the better reading?"""
    said, all_words = _count(found), _count(whole)
    if kind in _SHARES:
        return said < _SHARES[kind] * all_words
    linked = sum(block.linked for block in whole) / max(1, sum(len(block.text.split()) for block in whole))
    prose = [words for block in whole if len(words := _words(block.text)) >= PROSE and _is_told(block)]
    told = _rows(word for block in found for word in _words(block.text))
    length = sum(map(len, prose))
    missed = sum(len(words) for words in prose if not _covered(words, told)) / max(1, length)
    if kind == "article":
        return missed >= ARTICLE_MISSED and linked < ARTICLE_LINKED and said < ARTICLE_SHARE * all_words
    menus = linked > OTHER_LINKED and missed < OTHER_MISSED and length >= OTHER_PROSE
    return said < OTHER_SHARE * all_words and not menus


def _count(written: Sequence[Block]) -> int:
    return sum(len(_words(block.text)) for block in written)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_told(block: Block) -> bool:
    return 3 * block.linked <= len(block.text.split())


def _rows(words: Iterable[str]) -> set[tuple[str, ...]]:
    found = list(words)
    return {tuple(found[i : i + COMMON]) for i in range(len(found) - COMMON + 1)}


def _covered(words: Sequence[str], told: set[tuple[str, ...]]) -> bool:
    rows = [tuple(words[i : i + COMMON]) for i in range(len(words) - COMMON + 1)]
    return sum(row in told for row in rows) >= COVERED * len(rows)


def _extracted(text: str, url: str | None, named: Mapping[str, str], kind: PageKind) -> list[Block]:
    """What trafilatura takes for the main text; of an article its more precise reading, unless that is far shorter."""
    balanced = _trafilatura(text, url, named, precise=False)
    if kind != "article":
        return balanced
    precise = _trafilatura(text, url, named, precise=True)
    return precise if precise and _count(precise) >= PRECISE * _count(balanced) else balanced


def _trafilatura(text: str, url: str | None, named: Mapping[str, str], *, precise: bool) -> list[Block]:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            text.replace("\0", "\ufffd"),
            url=url,
            favor_precision=precise,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except Exception:  # any page may come, and what the library makes of the worst is not documented
        return []
    body = getattr(found, "body", None)
    return [] if body is None else blocks(as_html(body), url, named)
