"""FM007: literal `\\n` sequences that stand for line breaks in a text value.

## Why
Text that was escaped once too often shows `\\n\\n###` to readers instead of paragraphs and headings. TeX commands
such as `\\nabla` or `\\neq` begin with the same two characters and are none; nor is `\\\\n`, an escape that code
shows, nor what stands in a short code span or a fenced block, nor a path like `C:\\notes`.

## Fix safety
Unsafe: the value becomes a block scalar with real line breaks, which is what was meant, but every character after the
first line moves.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Node, Pointer, Problem, leaves
from content_audit.parse.emit import anchored, literal_block, scalar
from content_audit.rule import DocumentRule, NoOptions

BACKSLASHES = expression(r"\\\\*")
COMMAND = expression(r"\\(n[A-Za-z]*)")
TEX = frozenset(
    "nabla natural ne nearrow neg neq newcommand newenvironment newline newpage nexists ngeq ngeqq ngeqslant ngtr "
    "ni nleftarrow nleftrightarrow nleq nleqq nleqslant nless nmid nobreak noindent nolimits nonumber normalfont "
    "normalsize not notag notin nparallel nprec npreceq nrightarrow nshortmid nsim nsubseteq nsucc nsucceq nsupseteq "
    "ntriangleleft ncong ntriangleright nu nvdash nwarrow".split()
)
WORDS_TOO = frozenset(("ne", "nexists", "ni", "nless", "nmid", "nparallel", "nu"))
"""Commands whose rest a line may begin with ("\\ni) first", "\\nless is more"): TeX only inside a formula."""

FORMULA = expression(r"\$\$.{1,2000}?\$\$|\$[^$]{1,2000}?\$|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]", re.DOTALL)
CODE_SPAN = expression(r"(?<!`)`[^`]{1,40}`(?!`)")
FENCED = expression(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
FIRST_LINE = expression(r"[\r\n]( *+)(?=[^\S\r\n]*+\S)")
WINDOWS_PATH = expression(r"[A-Za-z]:\\\S+")


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each text value of the front matter with such sequences."""
    if document.front_matter is not None and "\\" not in document.text:
        return
    for pointer, value in leaves(document):
        if not isinstance(value, str) or "\\n" not in value or pointer not in document.nodes:
            continue
        breaks = escaped_breaks(value)
        if not breaks:
            continue
        name = ".".join(map(str, pointer))
        sequences = "sequence stands" if len(breaks) == 1 else "sequences stand"
        yield Problem(
            document.entry_span(pointer),
            f"{name}: {len(breaks)} literal \\n {sequences} for line breaks",
            {"field": name, "count": len(breaks)},
            _fix(document, pointer, value, breaks),
        )


def escaped_breaks(value: str) -> list[tuple[int, int]]:
    """The places in a text where a literal \\n means a line break."""
    formulas = [m.span() for m in FORMULA.finditer(value)] if "$" in value or "\\(" in value or "\\[" in value else []
    fences = [m.span() for m in FENCED.finditer(value)] if "```" in value or "~~~" in value else []
    spans = [m.span() for m in CODE_SPAN.finditer(value)] if "`" in value else []
    found: list[tuple[int, int]] = []
    if WINDOWS_PATH.fullmatch(value):
        return found
    for start, end in _sequences(value):
        at = end - 2
        command = COMMAND.match(value, at) if value[end : end + 1].isalpha() else None
        is_tex = command and command[1] in TEX and (command[1] not in WORDS_TOO or _within(at, formulas))
        if not (is_tex or (spans and _within(at, spans)) or (fences and _within(at, fences))):
            found.append((start, end))
    return found


def _sequences(value: str) -> Iterator[tuple[int, int]]:
    """The places of \\n, and of \\r\\n, after an even number of backslashes.

    Those stand for themselves: TeX ends the row of a matrix with two of them.
    """
    if "\\\\" not in value and "\\r" not in value:
        at = value.find("\\n")
        while at >= 0:
            yield at, at + 2
            at = value.find("\\n", at + 2)
        return
    last = 0
    for run in BACKSLASHES.finditer(value):
        start, end = run.span()
        if (end - start) % 2 and start >= last:
            length = 2 if value.startswith("n", end) else 4 if value.startswith("r\\n", end) else 0
            if length:
                last = end - 1 + length
                yield end - 1, last


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _fix(document: Document, pointer: Pointer, value: str, breaks: list[tuple[int, int]]) -> Fix | None:
    region, node = document.front_matter, document.nodes[pointer]
    if region is None or anchored(document, pointer):
        return None
    pieces, at = [], 0
    for start, end in breaks:
        pieces += [value[at:start], "\n"]
        at = end
    broken = "".join([*pieces, value[at:]])
    block = None
    rest = document.text[node.end : region.content_end][:1].strip("\r\n")
    if region.syntax == "yaml" and isinstance(pointer[-1], str) and not rest and not _inside_flow(document, pointer):
        opening = document.text[region.start : region.content_start]
        block = literal_block(broken, _indent(document, node), opening[len(opening.rstrip("\r\n")) :])
    text = block if block is not None else scalar(broken, region.syntax, "double")
    return Fix((Edit(node.start, node.end, text),), "unsafe", "real line breaks")


def _inside_flow(document: Document, pointer: Pointer) -> bool:
    return any(
        document.nodes[pointer[:n]].style == "flow" for n in range(1, len(pointer)) if pointer[:n] in document.nodes
    )


def _indent(document: Document, node: Node) -> str:
    """The indent of a block scalar's content; for other scalars two more than their key's."""
    if node.style in ("folded", "literal"):
        first = FIRST_LINE.search(document.text, node.start, node.end)
        return first[1] if first else ""
    line_start = max(document.text.rfind("\n", 0, node.key_start), document.text.rfind("\r", 0, node.key_start)) + 1
    return " " * (node.key_start - line_start + 2)


RULE = DocumentRule(
    "FM007", "escaped-newlines", "literal `\\n` sequences that stand for line breaks", check, "warning", ("unsafe",)
)
