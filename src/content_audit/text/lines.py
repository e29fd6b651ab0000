"""Splits a text into lines that know their place, their words and, in Markdown, what they are."""

from collections.abc import Callable
from itertools import accumulate, pairwise, zip_longest
from typing import Literal, NamedTuple

from content_audit.expressions import expression
from content_audit.model import made
from content_audit.scripts import SIGNS, UNSPACED, has_unspaced
from content_audit.text.apart import table
from content_audit.text.enclosures import SIGNS as ENCLOSING
from content_audit.text.enclosures import enclosed, indented

Shape = Literal["blank", "text", "item", "heading", "rule", "code", "table", "island"]

FIXED: frozenset[Shape] = frozenset({"code", "table", "island"})
"""Shapes that are never taken apart: none of their lines is judged by itself."""

_LINE = expression(r"(?:[ \t]*(?:\r\n|\r|\n))+|[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_LF_LINE = expression(r"(?:[ \t]*\n)+|.+\n?")
"""The same without CR, in half of the time."""

_ITEM = expression(r"(?:[•◦▪‣·●○■□➤►*+–-]|o(?=[ \t])|\d{1,3}[.)])[ \t]+(?=\S)|[•◦▪‣●○■□➤►](?=\w)")
_HEADING = expression(r"#{1,6}(?:[ \t]+|$)")
_FENCE = expression(r"(`{3,}|~{3,})([^\r\n]*)")
_FENCES = frozenset({"```", "~~~"})
UNDERLINE = expression(r"(?:=+|-{2,})$")
_UNDERLINES = frozenset("=-")
_MERE = frozenset(letter for letter in map(chr, range(128)) if letter.isalpha() and letter != "o")
"""Begins most lines, and no mark of Markdown's."""
_THEMATIC = expression(r"(?:[-*_][ \t]*){3,}$")
_TABLE_RULE = expression(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?$")
_LINK = expression(r"!?\[([^\[\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)")
MARKS = 3
"""Hyphens and apostrophes before a word, up to which they need no closer look: of lists, dashes and quotations."""
_KEPT = (*ENCLOSING, "    ", "\t")
"""One of these stands in every text that has something enclosed or indented as code."""
_WORD = expression(rf"\w[\w'’{SIGNS}-]*")
_KINDS = table(expression(r"[\w'-]").match).translate(
    bytes(code if code == 32 else 45 if code in b"'-" else 119 for code in range(256))
)
"""Has "w" for what words of text in ASCII begin with and "-" for the marks in them: counting " w" takes a small part of
the time that finding them does."""

_TYPED = (("’", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
"""What is typed instead, and counts the same: most texts beyond ASCII have no more than these."""

_UNSPACED = expression(f"[{UNSPACED}]")

MARK = "content-audit:"
TOLD = expression(r"<!--[ \t]*(?=content-audit:)(?:(?!-->)[^\r\n])*+-->")
"""A comment in a text that is told to the audit."""
_BESIDE = expression(rf"(?<=\S)[ \t]*+{TOLD.pattern}")

HEAD = 4000
"""Only so many characters of a line are looked at closely: two pages of print, and time stays linear."""


class Line(NamedTuple):
    """One line: `text[start:end]`, its ending included; blank lines in a row are one.

    `words` counts white-space separated words that hold a letter or digit; two characters of a script without spaces
    count as one. `linked` says how many of them are a Markdown link's. `text` is what a reader sees of the line's first
    4,000 characters, without list and heading marks.
    """

    start: int
    end: int
    text: str
    words: int
    linked: int
    shape: Shape

    @property
    def blank(self) -> bool:
        """Nothing but white space."""
        return self.shape == "blank"

    def touches(self, following: "Line") -> bool:
        """Does the other line begin where this one ends, without a blank one between them?"""
        return self.end == following.start


def untold(text: str) -> str:
    """The text with blanks for what is told to the audit at the ends of its lines: they are judged without it."""
    return _BESIDE.sub(lambda match: " " * len(match[0]), text) if MARK in text else text


def count_words(text: str) -> int:
    """Words in any script, see `Line.words`."""
    text = _typed(text)
    if text.isascii():
        kinds = _kinds(text)
        return kinds.count(b" w") if b" -" not in kinds else len(_WORD.findall(text))
    if not has_unspaced(text):
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def _typed(text: str) -> str:
    if not text.isascii():
        for sign, typed in _TYPED:
            text = text.replace(sign, typed)
    return text


def _kinds(text: str) -> bytes:
    """What stands at each place of a text in ASCII, one place further on; marks before a word are none of it."""
    kinds = b" " + text.encode().translate(_KINDS)
    for _ in range(MARKS if b" -" in kinds else 0):
        kinds = kinds.replace(b" -", b"  ")
    return kinds


def cut(text: str, start: int) -> list[str]:
    """The lines of `text` from offset `start` on, as they are; a line ends after LF, CRLF or CR and nowhere else.

    Blank lines in a row are one, so that a text of nothing but line ends costs no more than any other.
    """
    return (_LINE if "\r" in text else _LF_LINE).findall(text, start)


def split(text: str, start: int, *, markdown: bool) -> list[Line]:
    """The lines of `text` from offset `start` on."""
    whole = cut(text, start)
    heads = [line[:HEAD] for line in whole] if max(map(len, whole), default=0) > HEAD else whole
    raw = list(map(str.strip, heads))
    body = text[start:]
    shapes = _markdown_shapes(raw) if markdown else _plain_shapes(raw)
    if markdown and any(map(body.__contains__, _KEPT)):
        shapes = _kept_whole(heads, raw, shapes)
    ends = accumulate(map(len, whole), initial=start)
    counted = _counted(body, start)
    lines = []
    seen: dict[tuple[str, Shape], tuple[str, int, int]] = {}
    for (a, b), line, shape in zip(pairwise(ends), raw, shapes, strict=True):
        if not line and b - a <= HEAD:
            lines.append(made(Line, (a, b, "", 0, 0, shape)))
        elif "](" not in line and not (shape == "item" and line[0].isalnum()) and (words := counted(a, b)) >= 0:
            lines.append(made(Line, (a, b, _shown(line, shape, markdown), words, 0, shape)))
        else:
            said = seen.get((line, shape)) or seen.setdefault((line, shape), _said(line, shape, markdown))
            shown, words, linked = said if b - a <= HEAD else (said[0], count_words(text[a:b]), said[2])
            lines.append(made(Line, (a, b, shown, words, linked, shape)))
    return lines


def _counted(said: str, start: int) -> Callable[[int, int], int]:
    """What counts the words between two places of what is said from offset `start` on, each a line's end; -1 where a
    closer look is needed.

    All of it is told words from other signs at once, in half of the time of one line after the other.
    """
    said = _typed(said)
    if not said.isascii():
        return lambda a, b: -1
    kinds = _kinds(said)
    dashed = b" -" in kinds

    def counted(a: int, b: int) -> int:
        a, b = a - start, b - start + 1
        return -1 if dashed and kinds.find(b" -", a, b) >= 0 else kinds.count(b" w", a, b)

    return counted


def _said(raw: str, shape: Shape, markdown: bool) -> tuple[str, int, int]:
    """What a reader sees of a line, how many words that is, and how many of them are links."""
    shown, linked = _shown(raw, shape, markdown), 0
    if markdown and shape not in FIXED and "](" in shown:
        linked = sum(count_words(m[1]) for m in _LINK.finditer(shown))
        shown = _LINK.sub(r"\1", shown)
    return shown, count_words(shown), linked


def _shown(raw: str, shape: Shape, markdown: bool) -> str:
    """A line without the mark that makes it an item or a heading."""
    if shape == "item":
        return _ITEM.sub("", raw, count=1)
    return _HEADING.sub("", raw, count=1).rstrip("# \t") if shape == "heading" and markdown else raw


def _plain_shapes(raw: list[str]) -> list[Shape]:
    inside = enclosed(raw, [False] * len(raw))
    return ["island" if kept else _plain_shape(line) for line, kept in zip(raw, inside, strict=True)]


def _plain_shape(raw: str) -> Shape:
    if not raw:
        return "blank"
    return "item" if _ITEM.match(raw) else "text"


def _kept_whole(heads: list[str], raw: list[str], shapes: list[Shape]) -> list[Shape]:
    """The shapes, with all that an enclosure holds an island and what is indented far enough code."""
    fenced = [shape == "code" for shape in shapes]
    inside = enclosed(raw, fenced)
    code = indented(heads, [a or b for a, b in zip(fenced, inside, strict=True)])
    if not (True in inside or True in code):
        return shapes
    return [
        "island" if kept else "code" if deep else shape for shape, kept, deep in zip(shapes, inside, code, strict=True)
    ]


def _markdown_shapes(raw: list[str]) -> list[Shape]:
    shapes: list[Shape] = []
    known: dict[tuple[str, str, Shape], Shape] = {}
    last: Shape = "blank"
    fence = ""
    for line, following in zip_longest(raw, raw[1:], fillvalue=""):
        if fence or line[:3] in _FENCES:
            mark = _FENCE.match(line) if line[:3] in _FENCES else None
            if mark and not fence and "`" in mark[2]:
                last = _markdown_shape(line, following, last)
            else:
                if mark and (not fence or (mark[1].startswith(fence) and not mark[2].strip())):
                    fence = "" if fence else mark[1]
                last = "code"
        elif not line:
            last = "blank"
        elif line[0] in _MERE and following[:1] not in _UNDERLINES and "|" not in line:
            last = "text"
        else:
            key = line, following, last
            last = known.get(key) or known.setdefault(key, _markdown_shape(line, following, last))
        shapes.append(last)
    return shapes


_BEFORE_HEADING: frozenset[Shape] = frozenset({"blank", "rule", "heading"})


def _markdown_shape(line: str, following: str, last: Shape) -> Shape:
    """What a line outside of code is, by the next line and by what the one before it is."""
    if not line:
        return "blank"
    if "|" in line and (last == "table" or ("|" in following and _TABLE_RULE.match(following))):
        return "table"
    if line[0].isalpha() and line[0] != "o":  # as most lines begin, and no mark does
        return "heading" if last in _BEFORE_HEADING and UNDERLINE.match(following) else "text"
    if line.startswith("<"):
        return "island"
    if _HEADING.match(line):
        return "heading"
    if UNDERLINE.match(line) and last == "heading":
        return "rule"
    if last in _BEFORE_HEADING and UNDERLINE.match(following):
        return "heading"
    if _THEMATIC.match(line):
        return "rule"
    return "item" if _ITEM.match(line) else "text"
