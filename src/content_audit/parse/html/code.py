"""Code on a page: its text, line by line, and the language that the page names for it."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from content_audit.parse.html.tree import name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMED = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush)[-:] ?([A-Za-z][\w+#.-]*)|sourceCode (\w+)"
)
_NO_LANGUAGE = frozenset("default highlight none notranslate plain plaintext text txt".split())
_GUTTER = re.compile(r"(?:^|\s)(?:[\w-]*gutter|linenos?|line-?numbers?|lineno\w*)(?:$|\s)", re.IGNORECASE)


def is_gutter(element: "_Element") -> bool:
    """Whether a cell or span holds the line numbers beside some code, and nothing else."""
    if name(element) not in ("td", "th", "span", "div", "pre") or not _GUTTER.search(element.get("class", "")):
        return False
    return "".join("".join(element.itertext()).split()).isdecimal()


def code_text(element: "_Element") -> str:
    """The text of a <pre>, line breaks kept, without blank lines around it."""
    from lxml import etree

    pieces: list[str] = []
    for event, child in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
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
        found = _NAMED.search(candidate.get("class", ""))
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
