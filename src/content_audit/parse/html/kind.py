"""What kind of page this is, by what it states to machines: an article, a product, a discussion, or something else."""

import re
from typing import TYPE_CHECKING, Literal

from content_audit.expressions import expression

if TYPE_CHECKING:
    from lxml.etree import _Element

PageKind = Literal["article", "product", "discussion", "other"]

_TYPE = expression(r'"@type"\s*+:\s*+\[?\s*+"(\w+)"')
_ARTICLE = expression(r"(?:(?:News|Blog|Tech|Scholarly|Reportage|Opinion|Analysis)?(?:Article|Posting))$")
_DISCUSSIONS = frozenset(["DiscussionForumPosting", "QAPage"])
_LISTS = frozenset(["CollectionPage", "ItemList", "OfferCatalog", "SearchResultsPage"])
_FORUMS = expression(r"discourse|vbulletin|phpbb|xenforo|invision|mybb|vanilla|smf|fluxbb|punbb", re.IGNORECASE)


def page_kind(root: "_Element") -> PageKind:
    """The kind that a page's og:type, JSON-LD, microdata and generator state; a list of products is no product."""
    stated = set(_stated(root))
    if stated & _DISCUSSIONS:
        return "discussion"
    if any(_ARTICLE.match(kind) for kind in stated):
        return "article"
    return "product" if "Product" in stated and not stated & _LISTS else "other"


def _stated(root: "_Element") -> "list[str]":
    found = []
    for element in root.iter("meta", "script", "html", "body", "div", "article", "main", "section"):
        kind = element.get("itemtype", "").rstrip("/")
        if kind:
            found.append(kind.rpartition("/")[2])
        if element.tag == "script" and "ld+json" in element.get("type", ""):
            found += _TYPE.findall(element.text or "")
        elif element.tag == "meta":
            found.append(_meta(element.get("property") or element.get("name") or "", element.get("content", "")))
    return found


def _meta(name: str, content: str) -> str:
    if (name == "og:type" and content.strip().lower() == "article") or name == "article:published_time":
        return "Article"
    if (name == "og:type" and "product" in content.lower()) or name.startswith(("product:price", "og:price")):
        return "Product"
    return "DiscussionForumPosting" if name == "generator" and _FORUMS.match(content) else ""
