"""Reads the HTML elements that stand in a Markdown text: where they begin and end, and what they hold.

A scanner, not a parser: what is not nested properly is told as such and repaired by nobody. Time is linear in the
text's length, memory in its depth.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.text.lines import count_words

DEPTH = 512
"""Open elements beyond which a text is not read on: browsers nest no deeper."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = {name: expression(rf"</{name}\s*+>", re.IGNORECASE) for name in ("pre", "script", "style", "textarea")}
_LOOSE = frozenset("dd dt li option p tbody td tfoot th thead tr".split())
"""Elements that may end without saying so."""

_CONTENT = frozenset("audio code h1 kbd math object pre samp table video".split())
_EMBEDDED = frozenset("embed iframe".split())
_LABELS = frozenset("button label option".split())
_CONTROLS = frozenset("button form input select".split())

_TOKEN = expression(
    r"<!--|<(?P<address>[A-Za-z][A-Za-z0-9+.-]++:[^\s<>]*+)>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w.:-]*+)(?=[\s/>])(?P<rest>(?:[^<>\"'{}]++|\"[^<\"]*+\"|'[^<']*+')*+)>"
    r"|(?P<code>`++[^`\r\n]*+`++)|<(?=[/!?A-Za-z])"
)
_ATTRIBUTE = expression(r"([^\s\"'=/]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"']++))?")
_LINK = expression(r"\[([^\[\]]*+)\]\(([^()]*+)\)")


class Element(NamedTuple):
    """`text[start:end]` from `<name …>`, which ends at `opened`, to `</name>`.

    `sound` is one that is nested properly and holds no code, table, formula, component or template; `embeds` one with
    another page in it. `words` are those that readers see, `linked` those of them in links, `controls` the links,
    buttons and fields, `leaving` the links that lead out of the page.
    """

    name: str
    start: int
    opened: int
    end: int
    sound: bool
    embeds: bool
    words: int
    linked: int
    controls: int
    leaving: int


class _Open(NamedTuple):
    name: str
    start: int
    opened: int
    words: int
    linked: int
    controls: int
    leaving: int
    links: bool


def attributes(tag: str) -> dict[str, str]:
    """What stands in a tag, from `<` to `>`: values by their names in lower case, the first of each."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, 1, len(tag) - 1):
        found.setdefault(match[1].lower(), (match[2] or "").strip("\"'"))
    return found


def component(name: str) -> bool:
    """Is it a template's own, as `Tabs` or `ui.Tabs` are, not one of HTML's?"""
    return "." in name or ":" in name or (name != name.lower() and name != name.upper())


class Scanner:
    """Reads a text piece by piece; what is opened in one may be closed in a later one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = self.linked = self.controls = self.leaving = 0
        self.deep = False
        self._content = self._embedded = -1
        self._open: list[_Open] = []
        self._names: Counter[str] = Counter()
        self._linking = 0

    @property
    def inside(self) -> bool:
        """Does an element stand open?"""
        return bool(self._open)

    def holds(self, at: int) -> None:
        """Something at `at` that no furniture holds, whatever it stands in."""
        self._content = at

    def read(self, start: int, end: int) -> Iterator[Element]:
        """The elements that close in `text[start:end]`, in the order in which they do."""
        at, unclosed = start, set[str]()
        while (token := _TOKEN.search(self.text, at, end)) and not self.deep:
            self._say(at, token.start())
            at = token.end()
            name = token["name"] or ""
            name = name if component(name) else name.lower()
            if token[0] == "<!--":
                at = self._skipped(token[0], at, end, unclosed)
            elif token["address"]:
                self._link(token["address"], token["address"])
            elif not name:
                self.holds(token.start())
            elif token["end"]:
                yield from self._close(name, token.start(), at)
            elif name in _RAW:
                opened, at = at, self._skipped(name, at, end, unclosed)
                yield from self._whole(name, token.start(), opened, at)
            else:
                self._begin(name, token)
        self._say(at, end)

    def _skipped(self, name: str, at: int, end: int, unclosed: set[str]) -> int:
        """The end of what is no markup; `at`, and held against all around it, where it has none."""
        if name not in unclosed:
            if name == "<!--":
                close = self.text.find("-->", at, end)
                if close >= 0:
                    return close + 3
            elif found := _RAW[name].search(self.text, at, end):
                return found.end()
            unclosed.add(name)
        self.holds(at)
        return at

    def _whole(self, name: str, start: int, opened: int, end: int) -> Iterator[Element]:
        if name in _CONTENT:
            self.holds(start)
        if end > opened:
            yield Element(name, start, opened, end, name not in _CONTENT, False, 0, 0, 0, 0)

    def _say(self, start: int, end: int) -> None:
        said = self.text[start:end]
        if not said or said.isspace():
            return
        if "{" in said:
            self.holds(start)
        if "](" in said:
            for label, target in _LINK.findall(said):
                self._link(label, target)
            said = _LINK.sub("", said)
        words = count_words(said)
        self.words += words
        self.linked += words if self._linking else 0

    def _link(self, label: str, target: str) -> None:
        words = count_words(label)
        self.words += words
        self.linked += words
        self.controls += 1
        self.leaving += not target.lstrip().startswith("#")

    def _begin(self, name: str, token: re.Match[str]) -> None:
        start, rest = token.start(), token["rest"]
        if name in _CONTENT or component(name):
            self.holds(start)
        if name in _EMBEDDED:
            self._embedded = start
        target = attributes(token[0]).get("href") if name == "a" else None
        links = target is not None or name in _LABELS
        here = _Open(name, start, token.end(), self.words, self.linked, self.controls, self.leaving, links)
        self.controls += target is not None or name in _CONTROLS
        self.leaving += target is not None and not target.startswith("#")
        if name in VOID:
            return
        if rest.endswith("/"):
            self.holds(start)
            return
        if name in _LOOSE and self._open and self._open[-1].name == name:
            self._pop()
        if len(self._open) >= DEPTH:
            self.deep = True
            return
        self._open.append(here)
        self._names[name] += 1
        self._linking += links

    def _pop(self) -> _Open:
        last = self._open.pop()
        self._names[last.name] -= 1
        self._linking -= last.links
        return last

    def _close(self, name: str, start: int, end: int) -> Iterator[Element]:
        if not self._names[name]:
            self.holds(start)
            return
        while (last := self._pop()).name != name:
            if last.name not in _LOOSE:
                self.holds(start)
        yield Element(
            name,
            last.start,
            last.opened,
            end,
            self._content < last.start,
            self._embedded > last.start,
            self.words - last.words,
            self.linked - last.linked,
            self.controls - last.controls,
            self.leaving - last.leaving,
        )
