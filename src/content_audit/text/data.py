"""Knows code and rows of tables by their looks, inside quotations and in texts that do not mark them."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from content_audit.expressions import expression
from content_audit.text.lines import FIXED, HEAD, Line, Shape, split
from content_audit.text.paragraphs import paragraphs, stands_alone
from content_audit.text.prose import PROSE, prose

QUOTE = expression(r"(?:[ \t]{0,3}>[ \t]?)+")
"""What stands before a line of a quotation in Markdown and in mail."""

SIGNED = 0.5
"""The share of its lines that have a sign of code from which a run of lines is code. Of eleven main texts, chosen by
hand, in which a passage stands again three are cut by it: two of them are code, the third is a key to abbreviations."""

INDENTED = 0.5
"""Over this share of indented lines a text is indented by its layout, as scraped ones are, and not where it has code.
Taking all that is indented for code, F1 on 409 pages is .0015 lower."""

_MARKED = expression(r"^[ \t]*(?:```|~~~|<|[^\r\n]*\|)", re.MULTILINE)
"""What may begin code, an island or a table in Markdown, where nothing is indented."""

_FRAME = expression(r"[+|│┃║┌├└╔╠╚╭╰].*[+|│┃║┐┤┘╗╣╝╮╯]$")
_GAP = expression(r"(?<=[^\s.!?:;,…。]) {2,}(?=\S)")
_TABBED = expression(r"\S *\t\s*(?=\S)")
_SEPARATED = expression(r"(?<=\S)(?:(,)(?!\d{3}\b)|(;)|[ \t]*(\|)[ \t]*)(?=\S)")
_CODE = expression(
    r"[;{}]$|^[})\]]|^(?:\$ |#!|#include|//|/\*|\*/|>>> |\.\.\. |\"[^\"]+\": )"
    r"| [-+*/%&|^!<>=:]?={1,3} |\b[A-Za-z_]\w*=[\w\"'$(\[{]|=>|->|::|&&|\|\||\+\+"
    r"|\b[A-Za-z_]\w*\((?!s\))|\b[A-Za-z]\w*_\w|\w\[\w+\]|</?[A-Za-z][^<>]*>|\\[A-Za-z]+[{(]"
    r"| --[a-z]| -[A-Za-z](?=\s|$)|(?:^|\s)[~.]{0,2}/[\w.-]+/|^[a-z][\w.-]*:(?:\s|$)"
    r"|^(?:def|import|return|const|function|public|private|static|void|elif|echo|sudo|git|cd"
    r"|SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|JOIN|GROUP BY|ORDER BY|VALUES)\b"
)


def with_data(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, with those as code or as a table's that look like it, in time linear in their length.

    A row of a table has columns that the next row has as well: between bars, tabs, wide gaps or separators. Code is
    known in quotations by its marks, and elsewhere where most of several lines have signs that prose has not.
    """
    quotes = [QUOTE.match(text, line.start, line.end) for line in lines]
    parts = [text[quote.end() if quote else line.start : line.end] for line, quote in zip(lines, quotes, strict=True)]
    heads = [part[:HEAD].rstrip() for part in parts]
    shapes = _shapes(lines, parts)
    for i in _rows(lines, heads):
        shapes[i] = "table"
    for i in _signed(lines, shapes, heads):
        shapes[i] = "code"
    return [
        line if line.shape == shape else line._replace(shape=shape) for line, shape in zip(lines, shapes, strict=True)
    ]


def _shapes(lines: Sequence[Line], parts: Sequence[str]) -> list[Shape]:
    """The shapes of the lines, with what Markdown takes for code or a table, and for HTML in quotations, as such.

    Indented paragraphs stay what they are, and so does all that is indented where most of the text is.
    """
    told_text = "".join(parts)
    deep = [part[:1] in (" ", "\t") for part in parts]
    if not any(deep) and not _MARKED.search(told_text):
        return [line.shape for line in lines]
    read = {line.start: line.shape for line in split(told_text, 0, markdown=True)}
    told = paragraphs(lines)
    layout = sum(deep) > INDENTED * sum(line.words > 0 for line in lines)
    found = []
    for i, (line, start) in enumerate(zip(lines, accumulate(map(len, parts), initial=0), strict=False)):
        shape, quoted = read.get(start, "blank"), len(parts[i]) < line.end - line.start
        code = shape == "code" and not (deep[i] and (told[i] or (layout and not quoted)))
        fixed = code or shape == "table" or (shape == "island" and quoted)
        found.append(shape if fixed and line.shape not in FIXED else line.shape)
    return found


def _rows(lines: Sequence[Line], heads: Sequence[str]) -> Iterator[int]:
    """The lines that have a column in common with the one before or after them, blank ones left out."""
    spoken = [i for i, line in enumerate(lines) if heads[i] and line.shape not in FIXED]
    # A text with copies has most of its lines twice: each is looked at once.
    known = {head: _columns(line, head) for head, line in {heads[i]: lines[i] for i in spoken}.items()}
    columns = [known[heads[i]] for i in spoken]
    for at, i in enumerate(spoken):
        beside = columns[max(0, at - 1) : at] + columns[at + 1 : at + 2]
        if any(not columns[at].isdisjoint(other) for other in beside):
            yield i


def _columns(line: Line, head: str) -> set[tuple[str, int]]:
    """What tells a line's columns: how they are parted, and where or how often."""
    told = head.lstrip()
    if _FRAME.match(told):
        return {("|", 0)}
    found = {("\t", 0)} if _TABBED.search(line.text) else set()
    if separators := [match[match.lastindex or 0] for match in _SEPARATED.finditer(told)]:
        found |= {(mark, separators.count(mark)) for mark in set(separators) if separators.count(mark) > 1}
    gaps = [match.end() for match in _GAP.finditer(head.expandtabs())]
    found |= {(" ", gap) for gap in gaps}
    if len(gaps) > 1 and prose(line) < PROSE:
        found.add(("  ", len(gaps)))
    return found


def _signed(lines: Sequence[Line], shapes: Sequence[Shape], heads: Sequence[str]) -> Iterator[int]:
    """The lines of each run, paragraphs and list items left out, of which enough have a sign of code."""
    signed = {head: _CODE.search(head.lstrip()) is not None for head in set(heads)}
    run: list[int] = []
    for i, (line, head) in enumerate(zip([*lines, None], [*heads, ""], strict=True)):
        if line is not None and not head:
            continue
        if line is not None and shapes[i] == "text" and not stands_alone(line):
            run.append(i)
            continue
        signs = sum(signed[heads[j]] for j in run)
        if len(run) > 1 and signs >= SIGNED * len(run):
            yield from run
        run = []
