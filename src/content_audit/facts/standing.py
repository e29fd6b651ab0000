"""Whether a document is published, and whether its site wants it to be found: by what front matter says of that."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from content_audit.model import Document, lookup

UNPUBLISHED, UNLISTED, LISTED, REDIRECT = 0, 1, 2, 3

YES, NO = ("true", "yes"), ("false", "no", "never")
ENDS = ("expirydate", "unpublishdate")
"""Hugo's names for the day from which a page is gone, in lower case as it reads them."""

UNLISTING = ("noindex", "private", "unlisted", "hidden", "search_exclude", "eleventyExcludeFromCollections")

REDIRECTS = ("redirect_to", "redirect", "redirectTo", "redirect_url", "redirectUrl")
"""What front matter calls the page that a redirect leads to."""

TELLING = frozenset("draft status published permalink _build build robots sitemap layout".split())
TELLING |= {*UNLISTING, *REDIRECTS}
"""Fields of the first level that are looked at below, but for those that nearly every document has."""


def standing(document: Document) -> int:
    """`UNPUBLISHED` for drafts, what is not rendered and, on the day it is read, what has expired.

    `REDIRECT` for what only sends its readers on; `UNLISTED` for pages that search engines or lists are to leave out;
    else `LISTED`.
    """
    metadata = document.metadata
    if not (
        _tells(tuple(metadata))
        or "_drafts/" in document.path
        or lookup(document, ("seo.robots",))
        or _word(metadata.get("title")).startswith("redirecting")
    ):
        return LISTED
    if (
        _says(document, ("draft",), YES)
        or _says(document, ("status",), ("draft",))
        or "_drafts" in document.path.split("/")[:-1]
        or _says(document, ("published", "_build.render", "build.render", "permalink"), NO)
        or any(_is_over(value) for key, value in metadata.items() if str(key).lower() in ENDS)
    ):
        return UNPUBLISHED
    if _redirects(document):
        return REDIRECT
    robots = lookup(document, ("robots", "seo.robots"))
    unlisted = (
        _says(document, UNLISTING, YES)
        or _says(document, ("sitemap", "robots.index", "_build.list", "build.list"), NO)
        or (robots is not None and "noindex" in str(robots[1]).lower())
    )
    return UNLISTED if unlisted else LISTED


@lru_cache(maxsize=16)
def _tells(names: tuple[str, ...]) -> bool:
    """Is there a field among these that may say how a document stands? Those of one collection have the same fields."""
    return any(name in TELLING or str(name).lower() in ENDS for name in names)


def _redirects(document: Document) -> bool:
    target = lookup(document, REDIRECTS)
    layout, title = (_word(document.metadata.get(name)) for name in ("layout", "title"))
    says = target is not None and isinstance(target[1], str | list) and bool(target[1])
    return says or layout.startswith("redirect") or (title.startswith("redirecting") and not document.body.strip())


def _says(document: Document, names: Iterable[str], words: tuple[str, ...]) -> bool:
    """Has one of these fields one of these words, or the boolean that they stand for?"""
    found = (lookup(document, (name,)) for name in names)
    return any(_word(each[1]) in words for each in found if each)


def _word(value: Any) -> str:
    return "" if isinstance(value, Mapping | list) else str(value).strip().lower()


def _is_over(value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)[:10]) <= date.today()
    except ValueError:
        return False
