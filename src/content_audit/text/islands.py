"""Finds the HTML elements in a Markdown body that are page furniture by what they call themselves."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.markup import CAMEL, MOST, NAMES, MarkupKind, worded
from content_audit.text.enclosures import enclosed
from content_audit.text.furniture import LABEL_WORDS, mark
from content_audit.text.labels import normalised
from content_audit.text.lines import Line
from content_audit.text.naming import quoted
from content_audit.text.prose import ends_sentence
from content_audit.text.tags import Element, Scanner, attributes, component

SPOKEN, LINKING = 90, 20
"""Words outside of links that an element has at most, and a row of links; more are what somebody wrote, whatever it is
called. Of 1,700 nodes with such names on 245 pages, all outside of the main text, nine in ten of each kind have fewer;
the sections of main texts that were called so had 181 and more."""

SAID = 20
"""Words that an element without any link or field has at most; sentences among them have to name furniture themselves,
since an author's colophon is a <footer> too. Nine in ten advertisements on those pages have up to 13."""

_COMMENTS = worded("comments commentlist comment-list disqus respond".split())
"""What holds readers' comments, which may be long."""

_SKIP = worded("skip skip-link skiplink".split())
"""What leads to a place in the page and is no table of contents."""

_BLOCKS = frozenset("aside center div dl fieldset footer form header menu nav ol p search section ul".split())
_INLINE = frozenset("a button ins span".split())
"""Elements that count by their class alone: their ids are places to link to."""

_KEPT = frozenset("blockquote details dialog figure pre table template".split())
_LINK_ROWS: frozenset[MarkupKind] = frozenset(
    ["previous-next-navigation", "related-posts-widget", "site-navigation", "tag-or-category-cloud"]
)
_OTHER = worded("accordion card chart code demo example figure modal panel quote tab table tabs".split())
"""What has a footer or a menu of its own within the document."""

_STATE = expression(r"(?:has|hide|is|no|not|show|with|without)-|(?:category|tag)-(?!cloud|links|list)", re.IGNORECASE)
"""How the classes begin that say something of what an element is in, not of the element."""

_AUTHORED = expression(
    r"admonition|callout|caution|danger|example|important|info|note|tip|warning|hentry|post-\d+|type-\w+", re.IGNORECASE
)
"""Classes of what an author set apart, and of whole posts."""

_FOUND = [names for names in NAMES if names.kind != "page-furniture"]
_WORDS = [(names.kind, worded([*names.written.split(), *names.words.split()])) for names in _FOUND]
_ELEMENTS = {element: names.kind for names in _FOUND for element in names.elements.split()}
_ROLES = {role: names.kind for names in _FOUND for role in names.roles.split()}
_TRACKER = expression(
    r"googletagmanager\.com|google-analytics\.com|googlesyndication\.com|doubleclick\.net|connect\.facebook\.net"
    r"|facebook\.com/tr\b|static\.hotjar\.com|quantserve\.com|scorecardresearch\.com|cdn\.taboola\.com"
    r"|widgets\.outbrain\.com|bat\.bing\.com|snap\.licdn\.com|clarity\.ms|mc\.yandex\.ru"
)
_TRACKING = frozenset("iframe noscript script".split())
_SAMPLE = 2000
"""Characters of a script in which a tracker's address is looked for; the longest of the usual snippets has 600."""

_FIRST_HEADING = expression(r"<h[1-6]\b[^<>]*+>([^<>]*+)|^[ \t]{0,3}#{1,6}[ \t]+([^\r\n]*+)", re.MULTILINE)
_REST = expression(r"[ \t]*+(?:<!--(?:(?!-->)[^\r\n])*+-->[ \t]*+)*+(?:\r\n|\r|\n|\Z)")
_SIGN = expression(r"<\w++|\b(?:class(?:Name)?|id|role)\s*+=\s*+[\"']([^\"'<>]*+)")
_TAG = expression(r"<[^<>]*+>")
_SHOWN = expression(r"<(?:a|audio|embed|iframe|img|object|picture|svg|video)\b", re.IGNORECASE)
_GOES_ON = ("(", "{", "[", " =", "=>", "/*", "&&", "<>")


class Island(NamedTuple):
    """`text[start:end]`, whole lines, is an element that calls itself furniture of this kind.

    `certain` is one that says nothing but what it is, `lines` are those that are not blank, `words` as lines count
    them.
    """

    start: int
    end: int
    kind: MarkupKind
    reason: str
    certain: bool
    lines: int
    words: int


class _Called(NamedTuple):
    """A kind and what gave it away: as a reason, as it is written, and cut into words where it is a class or an id."""

    kind: MarkupKind
    reason: str
    sign: str
    words: str = ""


def set_apart(text: str, lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[Island, ...]]:
    """The islands among these lines of Markdown, in order and disjoint, and the lines with all of theirs as such.

    An island begins a line and ends one, and is nested properly. One that holds code, a table, a component, most of
    the document's words or many that lead nowhere is none: it is what somebody wrote. Time is linear in the text's
    length.
    """
    first = next((i for i, line in enumerate(lines) if line.shape == "island"), None)
    if first is None:
        return lines, ()
    found, total = _elements(text, lines, first)
    if not found or sum(element.words for element, _ in found) >= total:
        return lines, ()
    left, islands = list(lines), []
    starts = [line.start for line in lines]
    for element, called in found:
        low, high = bisect_left(starts, element.start + 1) - 1, bisect_left(starts, element.end)
        held = [line for line in lines[low:high] if not line.blank]
        left[low:high] = [line if line.blank else line._replace(shape="island", linked=0) for line in lines[low:high]]
        islands.append(
            Island(
                lines[low].start,
                lines[high - 1].end,
                called.kind,
                called.reason,
                _certain(text, element, called),
                len(held),
                sum(line.words for line in held),
            )
        )
    return left, tuple(islands)


def _elements(text: str, lines: Sequence[Line], first: int) -> tuple[list[tuple[Element, _Called]], int]:
    """The elements that are furniture, outermost ones only, and the words of the whole document."""
    scanner = Scanner(text)
    heads = {_head(text, line): i for i, line in enumerate(lines) if line.shape == "island"}
    candidates, kept, unread = [], [], sum(line.words for line in lines[:first])
    for passed, piece in groupby(lines[first:], key=lambda line: line.shape in ("code", "table")):
        members = list(piece)
        if passed and not (scanner.inside and members[0].text.startswith("<")):
            unread += sum(line.words for line in members)
            scanner.holds(members[0].start)
            continue
        for element in scanner.read(members[0].start, members[-1].end):
            if element.name in _KEPT or component(element.name) or _in_code(lines, heads.get(element.start, 0)):
                kept.append(element)
            elif element.start in heads and _REST.match(text, element.end) and (called := _called(text, element)):
                candidates.append((element, called))
    if scanner.deep or not candidates:
        return [], 0
    total = unread + scanner.words
    inside = enclosed([line.text for line in lines], [line.shape == "code" or line.text[:1] == "<" for line in lines])
    taught = _taught(text, lines)
    fitting = [
        (element, called)
        for element, called in candidates
        if not (inside[heads[element.start]] or element.words > MOST * total or called.sign in taught)
        and _is_furniture(text, element, called)
    ]
    return _outermost(fitting, kept), total


def _head(text: str, line: Line) -> int:
    shown = text[line.start : line.end]
    return line.start + len(shown) - len(shown.lstrip())


def _in_code(lines: Sequence[Line], i: int) -> bool:
    """Does the line before this one end as a script's does that goes on with an element?"""
    while i and lines[i - 1].blank:
        i -= 1
    return i > 0 and lines[i - 1].text.endswith(_GOES_ON)


def _taught(text: str, lines: Sequence[Line]) -> set[str]:
    """The elements, classes, ids and roles in a document's code: what it shows so and has as well is an example."""
    shown: set[str] = set()
    for line in lines:
        if line.shape == "code":
            for match in _SIGN.finditer(text, line.start, line.end):
                shown.update((match[1] or match[0]).split())
    return shown


def _called(text: str, element: Element) -> _Called | None:
    """What an element calls itself; None for those that are no furniture by their names."""
    if element.name in _TRACKING:
        host = _TRACKER.search(text, element.start, min(element.end, element.start + _SAMPLE))
        return _Called("page-furniture", f"it is <{element.name}> of {host[0]}", host[0]) if host else None
    if element.name not in _BLOCKS and element.name not in _INLINE:
        return None
    said = attributes(text[element.start : element.opened])
    role = said.get("role", "").lower()
    if kind := _ELEMENTS.get(element.name):
        return _Called(kind, f"it is <{element.name}>", f"<{element.name}")
    if kind := _ROLES.get(role):
        return _Called(kind, f"its role is “{role}”", role)
    classes = said.get("class", said.get("classname", "")).split()
    if any(_AUTHORED.fullmatch(word) for word in classes):
        return None
    if called := next((found for word in classes if (found := _named(word, "class"))), None):
        return called
    name = said.get("id", "")
    return _named(name, "id") if element.name in _BLOCKS and name and not _heads(text, element, name) else None


def _named(word: str, attribute: str) -> _Called | None:
    parts = CAMEL.sub("-", word)
    if _STATE.match(parts) or _OTHER.search(parts):
        return None
    kind = next((kind for kind, pattern in _WORDS if pattern.search(parts)), None)
    return _Called(kind, f"its {attribute} is “{quoted(word)}”", word, parts) if kind else None


def _heads(text: str, element: Element, name: str) -> bool:
    """Is it a section that bears the name of its heading?"""
    heading = _FIRST_HEADING.search(text, element.opened, min(element.end, element.opened + _SAMPLE))
    return heading is not None and normalised(heading[1] or heading[2] or "") == normalised(name)


def _is_furniture(text: str, element: Element, called: _Called) -> bool:
    """Does the element hold what furniture of that kind does, and nothing that somebody wrote?"""
    kind, spoken = called.kind, element.words - element.linked
    if kind == "page-furniture":
        return element.words == 0
    if not element.sound or (element.embeds and kind != "advertisement-marker"):
        return False
    if kind == "call-to-action" and _COMMENTS.search(called.words):
        return True
    if kind == "site-navigation" and element.controls and not element.leaving and not _SKIP.search(called.words):
        return False
    if kind == "search-widget" or (called.words and kind in _LINK_ROWS):
        return element.controls > 0 and spoken <= (SPOKEN if kind == "related-posts-widget" else LINKING)
    if element.controls:
        return spoken <= SPOKEN
    said = _told(text, element)
    called_so = mark(said) is not None or (element.name in _BLOCKS and not ends_sentence(said.text))
    return not element.words or (spoken <= SAID and called_so)


def _told(text: str, element: Element) -> Line:
    """What a reader sees of an element, as one line."""
    said = " ".join(_TAG.sub(" ", text[element.opened : element.end]).split())
    return Line(element.start, element.end, said, element.words, 0, "text")


def _outermost(found: list[tuple[Element, _Called]], kept: Sequence[Element]) -> list[tuple[Element, _Called]]:
    """Those that stand in no other and in none of the elements that stay."""
    outer: list[tuple[Element, _Called]] = []
    reach = 0
    around = [*found, *((element, None) for element in kept)]
    for element, called in sorted(around, key=lambda pair: (pair[0].start, -pair[0].end)):
        if element.start >= reach:
            reach = element.end
            if called is not None:
                outer.append((element, called))
    return outer


def _certain(text: str, element: Element, called: _Called) -> bool:
    """Is it an advertisement's place that says so at most?"""
    inner = text[element.opened : element.end]
    if called.kind != "advertisement-marker" or element.words > LABEL_WORDS or _SHOWN.search(inner):
        return False
    found = mark(_told(text, element))
    return not element.words or (found is not None and found.kind == "advertisement-marker")
