"""BPL001 to BPL008 and BPL015: the page around the document, by kind.

## Why
A text taken from a web page brings the page along: menus, advertisements, teasers, share buttons, the footer. Readers,
search engines and language models then take all of it for the document.

A document's lines are judged only where they name two pieces of page furniture, three where their words are ambiguous,
and not where no word of it would be left. Words count as such where they stand as on pages, in heaps and as lines of
their own; the heading of a section, a term with its definition, a quotation, a sentence, speech or a list that somebody
wrote do not. What goes is decided by the whole page: the runs of lines with the most prose are the document, and a line
beside them is named by the label that opens its widget. A page without such a run, as of a listing, a shop or a forum,
loses the lines that name furniture and the menus at its two ends. Each finding tells the score of its lines and the
line that decided. A text or description of several lines in the front matter is judged in the same way, by itself. The
titles of widgets that have nothing under them are BPL009's and need no second.

An HTML element in Markdown that begins a line and ends one needs no second: it goes for its own name, its role, its
class or its id, as nodes of HTML pages do, and the finding tells which. It stays where it holds code, a table, a
component, more words than such furniture has, or most of the document's; a list of links to places in the document
stays as well, and so does what the document's code shows too.

## Fix safety
Safe for advertisement markers and search widgets that say nothing but what they are: lines of their own between
paragraphs, or, search widgets, in the page around the document; with blank lines or the end of a sentence around them,
no colon above, no other headings like them, and in a document that does not speak of what they name. A label for which
one of these fails at one place is unsafe at all. Unsafe also where the line is a Markdown heading or in a list, which
somebody may have written, for HTML elements that say more, and for all other kinds: a teaser list may be one that an
editor wrote. In the front matter lines are taken out of literal block scalars only.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from content_audit.expressions import expression
from content_audit.model import Document, Edit, Fix, Problem, Safety
from content_audit.parse.emit import anchored
from content_audit.rule import DocumentRule, NoOptions
from content_audit.text import Block, Kind, edits, judged
from content_audit.text.fields import field_blocks

_LINE = expression(r"[-= \t]*")
_HEADING = expression(r"(?:\A|[\r\n])[ \t]*#{1,6}[ \t]|\S[ \t]*(?:\r\n|\r|\n)[ \t]*(?:=+|-{2,})[ \t]*(?:[\r\n]|\Z)")


def check(document: Document, options: NoOptions, *, kind: Kind, safety: Safety) -> Iterator[Problem]:
    """A problem for each block of this kind, those in the front matter's texts first."""
    if document.format == "html" or kind not in _kinds(document):
        return
    for pointer, block, edit in field_blocks(document):
        if block.kind == kind:
            field = ".".join(map(str, pointer))
            usable = None if anchored(document, pointer) else edit
            yield _problem(document, block, usable, safety, f"{field}: ", {"field": field})
    for block in judged(document).blocks:
        if block.kind == kind:
            yield _problem(document, block, edits(document)[block.place], safety, "", {})


@lru_cache(maxsize=4)
def _kinds(document: Document) -> frozenset[Kind]:
    """The kinds of furniture that a document has: most have none of what each of the rules asks for."""
    blocks = [*(field.block for field in field_blocks(document)), *judged(document).blocks]
    return frozenset([block.kind for block in blocks])


def _problem(
    document: Document, block: Block, edit: Edit | None, safety: Safety, where: str, also: Mapping[str, str]
) -> Problem:
    shown = document.text[block.start : block.end].rstrip()
    lines = block.lines
    message = f"{where}{block.kind.replace('-', ' ')}, {lines} line{'s' * (lines > 1)}: {block.reason}"
    evidence = {"score": block.score, "lines": lines, "words": block.words, "reason": block.reason, **also}
    below = _LINE.match(document.text, block.end)
    if not block.certain or _HEADING.search(document.text[block.start : below.end() if below else block.end]):
        safety = "unsafe"
    fix = Fix((edit,), safety, f"remove {lines} line{'s' * (lines > 1)}") if edit else None
    return Problem(document.span(block.start, block.start + len(shown)), message, evidence, fix)


def _rule(code: str, kind: Kind, summary: str, safety: Safety = "unsafe") -> DocumentRule:
    fixes: tuple[Safety, ...] = ("safe", "unsafe") if safety == "safe" else ("unsafe",)
    return DocumentRule(code, kind, summary, partial(check, kind=kind, safety=safety), severity="warning", fixes=fixes)


RULES = (
    _rule("BPL001", "site-navigation", "menus, breadcrumbs, the site's name, skip links"),
    _rule(
        "BPL002",
        "advertisement-marker",
        "what only says that an advertisement stood there, or an element that calls itself one",
        "safe",
    ),
    _rule("BPL003", "search-widget", "what is left of a search box and its results", "safe"),
    _rule("BPL004", "related-posts-widget", "lists of teasers for other documents"),
    _rule("BPL005", "previous-next-navigation", "the neighbours of the post"),
    _rule("BPL006", "tag-or-category-cloud", "lists of tags and categories"),
    _rule("BPL007", "page-footer", "copyright, legal links, about, contact"),
    _rule("BPL008", "call-to-action", "subscribe, share, click here, cookie consent"),
    _rule("BPL015", "page-furniture", "what is no prose of the document and has no other name"),
)
