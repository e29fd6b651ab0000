"""Small things of a page that no reading leaves out: labels of advertisements, links that only act, glued names."""

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from content_audit.markup import NAMES, worded
from content_audit.parse.html.furniture import called_names
from content_audit.parse.html.names import BLOCKS
from content_audit.parse.html.tree import name, remove

if TYPE_CHECKING:
    from lxml.etree import _Element

LABEL = 3
"""Words up to which a text is a label: "Reply", "Back to top", what advertisements are called."""

SMALL = 6
"""Elements up to which one may hold a label, and in how many of them a heading may hold a link."""

_ADVERTISED = worded(word for names in NAMES if names.kind == "advertisement-marker" for word in names.words.split())
_CREDITS = worded("author byline date datetime nick nickname posted published timestamp user username".split())
_TEXTS = frozenset("h1 h2 h3 h4 h5 h6 li dt dd td th summary figcaption".split())


def without_controls(root: "_Element") -> None:
    """Take labels of advertisements and links that do something out of a page, in linear time.

    Such a link leads nowhere, is alone in its line, and stands on the page more than once. Headings, items and cells
    keep theirs: pages fold away answers under them.
    """
    gone = [e for e in root.iter("div", "p", "span", "section", "aside") if _is_advertised(e)]
    acting: defaultdict[str, list[_Element]] = defaultdict(list)
    for link in root.iter("a"):
        if _acts(link) and (words := _label(link)) and _is_alone(link):
            acting[" ".join(words)].append(link)
    for element in [*gone, *(link for links in acting.values() if len(links) > 1 for link in links)]:
        remove(element)


def part_credits(root: "_Element") -> None:
    """Put a space between a name or a date and what stands beside it in the line, which a page's styles do."""
    for element in root.iter("time", "span", "a", "b", "strong", "em", "cite", "address"):
        if name(element) != "time" and not _CREDITS.search(called_names(element)):
            continue
        before, after = element.getprevious(), element.getnext()
        if before is not None and not before.tail and name(before) not in BLOCKS:
            before.tail = " "
        if after is not None and not element.tail and name(after) not in BLOCKS:
            element.tail = " "


def _is_advertised(element: "_Element") -> bool:
    words = _label(element) if _ADVERTISED.search(called_names(element)) else []
    return bool(words) and all(word.isalpha() for word in words)


def _label(element: "_Element") -> list[str]:
    """The words of an element that is no more than a label; none of any other."""
    if len(list(islice(element.iter(), SMALL + 1))) > SMALL:
        return []
    words = "".join(element.itertext()).split()
    return words if len(words) <= LABEL else []


def _acts(link: "_Element") -> bool:
    target = link.get("href", "").strip().lower()
    return target in ("#", "#!") or target.startswith("javascript:")


def _is_alone(link: "_Element") -> bool:
    """Whether blocks, or other links that act, are all that stands beside the link."""
    parent = link.getparent()
    if parent is None or any(name(e) in _TEXTS for e in islice(link.iterancestors(), SMALL)):
        return False
    before, after = link.getprevious(), link.getnext()
    said = (parent.text if before is None else before.tail) or ""
    if (said + (link.tail or "")).strip():
        return False
    return all(e is None or name(e) in BLOCKS or (name(e) == "a" and _acts(e)) for e in (before, after))
