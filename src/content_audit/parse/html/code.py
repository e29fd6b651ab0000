"""Code on a page: its text, line by line, and the language that the page names for it."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from content_audit.expressions import expression
from content_audit.parse.html.names import BLOCKS
from content_audit.parse.html.tree import name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMED = expression(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush)[-:] ?([A-Za-z][\w+#.-]*)|sourceCode (\w+)"
)
_FIGURE = expression(r"highlight ([A-Za-z][\w+#.-]*)()")
_NO_LANGUAGE = frozenset("default highlight none notranslate plain plaintext text txt".split())
_GUTTER = expression(r"(?:^|\s)(?:[\w-]*gutter|linenos?|line-?numbers?|lineno\w*|lnt?)(?:$|\s)", re.IGNORECASE)
_NO_TEXT = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What lxml takes from a page and does not let be written into its tree."""


def plain_code(root: "_Element") -> None:
    """Make each piece of code on a page one <pre> with its text, as it is without highlighting and line numbers.

    Highlighters put the numbers into spans, or into a table's cell beside the code. A <pre> with blocks in it is left
    as it is. Time is linear in the page's length.
    """
    for element in _gutters(root):
        element.clear(keep_tail=True)
    for table, code in _code_tables(root):
        inside = next(table.iterancestors("pre"), None) is not None
        _rewrite(table, "span" if inside else "pre", code_text(code), language(code))
    for element in list(root.iter("pre")):
        if next(element.iterdescendants(*BLOCKS), None) is None:
            _rewrite(element, "pre", code_text(element), language(element))
            for figure in islice(element.iterancestors("figure"), 1):
                figure.tag = "div"  # trafilatura takes what is in figures for pictures


def _rewrite(element: "_Element", tag: str, text: str, named: str) -> None:
    """Give an element this text in one <span>, by which trafilatura knows a <pre> for code and not for a quotation."""
    element.clear(keep_tail=True)
    element.tag = tag
    if named:
        element.set("data-lang", named)
    span = element.makeelement("span")
    span.text = _NO_TEXT.sub("", text)
    element.append(span)


def _gutters(root: "_Element") -> "list[_Element]":
    """What holds line numbers and nothing else, in code or in a table that has code."""
    from lxml import etree

    named = [e for e in root.iter("td", "th", "span", "div", "pre") if _GUTTER.search(e.get("class", ""))]
    if not named:
        return []
    wordy: set[_Element] = set()
    for _, element in etree.iterwalk(root, events=("end",)):
        parent = element.getparent()
        if _says_words(element.text):
            wordy.add(element)
        if parent is not None and (element in wordy or _says_words(element.tail)):
            wordy.add(parent)
    places = {pre.getparent() for pre in root.iter("pre")}
    coded = {next(place.iterancestors("table"), None) for place in places if place is not None}
    around = {element: next(element.iterancestors("pre", "table"), None) for element in named if element not in wordy}
    return [
        element for element, place in around.items() if place in coded or (place is not None and place.tag == "pre")
    ]


def _says_words(text: str | None) -> bool:
    said = "".join((text or "").split())
    return said != "" and not said.isdecimal()


def _code_tables(root: "_Element") -> "list[tuple[_Element, _Element]]":
    """The tables that say nothing but the code in their one <pre>, and that."""
    held: dict[_Element, list[_Element]] = {}
    for code in root.iter("pre"):
        table = next(code.iterancestors("table"), None)
        if table is not None and (len(code) or code.text):
            held.setdefault(table, []).append(code)
    return [
        (table, found[0])
        for table, found in held.items()
        if len(found) == 1
        and next(table.iterdescendants("table"), None) is None
        and _letters(table) == _letters(found[0])
    ]


def _letters(element: "_Element") -> int:
    return len("".join("".join(element.itertext()).split()))


def code_text(element: "_Element") -> str:
    """The text of a <pre>, line breaks kept, without blank lines around it."""
    from lxml import etree

    pieces: list[str] = []
    for event, child in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if child.tag == "br" else child.text or "")
        elif child is not element:
            pieces.append(child.tail or "")
    lines = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def language(element: "_Element") -> str:
    """The language named by the element, by the code in it or by what is around it; "" where none is."""
    near = [element, *element.iter("code"), *islice(element.iterancestors(), 2)]
    for candidate in near:
        for stated in (candidate.get("data-lang"), candidate.get("data-language")):
            if stated and re.fullmatch(r"[A-Za-z][\w+#.-]*", stated) and stated.lower() not in _NO_LANGUAGE:
                return str(stated).lower()
        stated = candidate.get("class", "")
        found = _FIGURE.match(stated) if name(candidate) == "figure" else None
        found = found or _NAMED.search(stated)
        named = (found[1] or found[2]).lower() if found else ""
        if named and named not in _NO_LANGUAGE:
            return named
    return ""


def languages(root: "_Element") -> Mapping[str, str]:
    """For all code of a page that names its language: its text, white space apart, and the language."""
    found = {}
    for element in root.iter("pre"):
        named = language(element)
        if named:
            found["".join(code_text(element).split())] = named
    return found
