"""Elements as Markdown: headings, paragraphs, lists, quotations, tables, code, links and emphasis."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from content_audit.expressions import expression
from content_audit.parse.html.block import Block, Shape
from content_audit.parse.html.code import code_text, language
from content_audit.parse.html.names import BLOCKS, HEADINGS, SILENT
from content_audit.parse.html.raised import raised
from content_audit.parse.html.tree import name

if TYPE_CHECKING:
    from lxml.etree import _Element

DEPTH = 32
"""Lists and quotations in each other that are written as such: at two characters each, more indent than a line holds.
Without a limit a page of 0.2 MB became one of 120 MB, with this one of 2.7."""

_WRAPS = {"a": "", "b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "sup": "^", "sub": "_"}
_SPECIAL = expression(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<!\w)_(?=\w)")
_OPENING = expression(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[-=]{3,}$|~~~))")
_UNSUITED = ("table", "pre", "ul", "ol", "blockquote", *HEADINGS)
_SPACE = expression(r"\s+")
_UNSAFE = expression(r"[\s()<>\x00-\x1f]")
_CODE = frozenset(["code", "kbd", "samp", "tt"])
_SCHEME = expression(r"(?!https?:|mailto:|tel:|ftp:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass
class _Container:
    """A quotation, or an item with its marker: what stands before its first line, and before all others."""

    first: str
    others: str
    used: bool = False


_TERMS = {"dt": lambda: _Container("- ", "  "), "dd": lambda: _Container("  - ", "    ")}
"""A term and, below it, what it means, which Markdown has no other mark for."""


@dataclass
class _Open:
    """An inline element not yet closed, and where in which line it began; none stands in another with its mark."""

    element: "_Element"
    at: int
    line: int


@dataclass
class _Writer:
    url: str | None
    languages: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    linked: int = 0
    line: int = 0
    links: int = 0
    opened: list[_Open] = field(default_factory=list)
    containers: list[_Container] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    terms: list[bool] = field(default_factory=list)

    def text(self, text: str | None) -> None:
        if text:
            folded = _SPACE.sub(" ", text)
            self.inline(_SPECIAL.sub(_marked, folded), folded)

    def inline(self, written: str, plain: str) -> None:
        self.pieces.append(written)
        self.plain.append(plain)
        self.linked += len(plain.split()) if self.links else 0

    def whole(self, element: "_Element") -> bool:
        """Whether the element was written, or left out, in one piece."""
        tag = name(element)
        if tag in ("pre", "table"):
            rows = data_rows(element) if tag == "table" else []
            if tag == "table" and not rows:
                return False
            self.end_block(0)
            if rows:
                self.table(element, rows)
            else:
                self.code(element)
        elif tag in _CODE:
            self.inline_code(element)
        return tag in SILENT or tag in _CODE or tag in ("pre", "table")

    def start(self, element: "_Element") -> None:
        tag = name(element)
        if tag in BLOCKS:
            self.end_block(0)
        if tag in ("ul", "ol"):
            self.numbers.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self.containers.append(self.item())
        elif tag == "dl":
            self.terms.append(next(element.iterdescendants("dl", *_UNSUITED), None) is None)
        elif tag in _TERMS and self.terms and self.terms[-1]:
            self.containers.append(_TERMS[tag]())
        elif tag == "blockquote":
            self.containers.append(_Container("> ", "> "))
        elif tag in _WRAPS:
            self.links += tag == "a"
            if all(_WRAPS[other.element.tag] != _WRAPS[tag] for other in self.opened):
                self.opened.append(_Open(element, len(self.pieces), self.line))
        elif tag == "br":
            if "".join(self.pieces[-2:]).rstrip(" ").endswith("\n"):
                self.end_block(0)
            else:
                self.inline("\n", " ")
        self.text(element.text)

    def end(self, element: "_Element") -> None:
        tag = name(element)
        if tag in BLOCKS:
            self.end_block(HEADINGS.index(tag) + 1 if tag in HEADINGS else 0)
        if tag in ("ul", "ol"):
            self.numbers.pop()
        elif tag == "dl":
            self.terms.pop()
        elif tag in ("li", "blockquote") or (tag in _TERMS and self.terms and self.terms[-1]):
            self.containers.pop()
        elif tag in _WRAPS:
            self.links -= tag == "a"
            if self.opened and self.opened[-1].element is element:
                self.wrap(self.opened.pop())

    def item(self) -> _Container:
        """The next item of the list that is open; of a list without one, an unnumbered item."""
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return _Container("- ", "  ")
        self.numbers[-1] = number + 1
        return _Container(f"{number}. ", " " * len(f"{number}. "))

    def wrap(self, opened: _Open) -> None:
        """Put the marks around what was written in this line since, its outer spaces outside."""
        at = opened.at if opened.line == self.line else 0
        inner = "".join(self.pieces[at:])
        content = inner.strip()
        if not content:
            return
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        self.pieces[at:] = [before, self.marked(opened.element, content, before or self.last(at)), after]

    def marked(self, element: "_Element", content: str, before: str) -> str:
        tag = name(element)
        if tag == "a":
            return self.link(content, element.get("href"))
        return raised(tag, content, before) if tag in ("sup", "sub") else f"{_WRAPS[tag]}{content}{_WRAPS[tag]}"

    def last(self, at: int) -> str:
        """The character before a piece; "" at a block's start."""
        while at and not self.pieces[at - 1]:
            at -= 1
        return self.pieces[at - 1][-1] if at else ""

    def link(self, content: str, target: str | None) -> str:
        address = (target or "").strip()
        if not address or address.startswith("#") or _SCHEME.match(address):
            return content
        try:
            address = urljoin(self.url, address) if self.url else address
        except ValueError:  # no address at all
            return content
        return f"[{content}]({_UNSAFE.sub(lambda found: quote(found[0]), address)})"

    def code(self, element: "_Element") -> None:
        """A fence longer than any in the code, with the language that the page names."""
        text = code_text(element)
        if not text.strip():
            return
        ticks = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
        named = language(element) or self.languages.get("".join(text.split()), "")
        self.add(f"{ticks}{named}\n{text}\n{ticks}", text, 0, "code")

    def inline_code(self, element: "_Element") -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            ticks = "`" * (1 + max(map(len, re.findall(r"`+", text)), default=0))
            space = " " if text[0] == "`" or text[-1] == "`" else ""
            self.inline(f"{ticks}{space}{text}{space}{ticks}", text)

    def table(self, table: "_Element", rows: "list[list[_Element]]") -> None:
        for caption in table.iterchildren("caption"):
            self.text("".join(caption.itertext()))
            self.end_block(0)
        cells = [[self.cell(cell) for cell in row] for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in cells]
        lines.insert(1, f"|{' --- |' * len(cells[0])}")
        plain = " ".join("".join(cell.itertext()) for row in rows for cell in row)
        linked = sum(len("".join(a.itertext()).split()) for row in rows for cell in row for a in cell.iter("a"))
        self.add("\n".join(lines), " ".join(plain.split()), linked, "table")

    def cell(self, cell: "_Element") -> str:
        written = " ".join(block.markdown for block in blocks(cell, self.url, self.languages))
        return " ".join(written.replace("|", "\\|").split())

    def end_block(self, heading: int) -> None:
        """Close the line that is open, with the marks that go on in the next."""
        plain = " ".join("".join(self.plain).split())
        if plain:
            for opened in reversed(self.opened):
                self.wrap(opened)
            lines = [" ".join(line.split()) for line in "".join(self.pieces).split("\n")]
            if heading:
                written = f"{'#' * heading} {' '.join(filter(None, lines))}"
            else:
                written = "  \n".join(_OPENING.sub(_escaped, line, count=1) for line in lines if line)
            self.add(written, plain, self.linked)
        self.pieces, self.plain, self.linked = [], [], 0
        self.line += 1

    def add(self, written: str, plain: str, linked: int, shape: Shape = "text") -> None:
        containers = self.containers[:DEPTH]
        first = "".join(c.others if c.used else c.first for c in containers)
        others = "".join(c.others for c in containers)
        if shape == "text" and any(not c.used and c.first != c.others for c in containers):
            shape = "item"
        for container in containers:
            container.used = True
        head, *rest = written.split("\n")
        lines = [first + head, *(others + line if line else others.rstrip() for line in rest)]
        self.blocks.append(Block("\n".join(lines), plain, linked, shape))


def blocks(root: "_Element", url: str | None, languages: Mapping[str, str]) -> list[Block]:
    """The blocks of an element, in order.

    Args:
        root: what is written, not its tail.
        url: what relative links are resolved against, or None.
        languages: of code, its text without white space to the name of its language, for code that names none itself.
    """
    from lxml import etree

    writer = _Writer(url, languages)
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    whole = None
    for event, element in events:
        if event == "start" and writer.whole(element):
            whole = element
            events.skip_subtree()
        elif event == "start":
            writer.start(element)
        else:
            if event == "end" and element is not whole:
                writer.end(element)
            if element is not root:
                writer.text(element.tail)
    writer.end_block(0)
    return writer.blocks


def paragraph(text: str) -> Block:
    """A line of text as a paragraph."""
    return Block(_OPENING.sub(_escaped, _SPECIAL.sub(_marked, text), count=1), text, 0)


def data_rows(table: "_Element") -> "list[list[_Element]]":
    """The rows of cells of a table that holds data; none for one that lays out a page: blocks in it, or one column."""
    if next(table.iterdescendants(*_UNSUITED), None) is not None:
        return []
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if any("".join(cell.itertext()).strip() for cell in row)]
    return rows if len(rows) > 1 and max(map(len, rows)) > 1 else []


def _marked(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1] or ''}\\"


def _first_number(element: "_Element") -> int:
    start = element.get("start", "1").strip()
    return int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
