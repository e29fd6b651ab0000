"""Comments that tell the audit to leave something be: what they name, why, until when, and how far they reach."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from content_audit.expressions import expression
from content_audit.facts.comments import comments_in
from content_audit.facts.tables import SuppressionRow
from content_audit.lines import iter_lines
from content_audit.model import Document
from content_audit.text.lines import MARK, TOLD, split

DIRECTIVE = expression(
    r"content-audit:[ \t]*(?P<action>[\w-]*)[ \t]*(?P<list>\[(?P<codes>[^\]\r\n]*)\])?"
    r"[ \t]*(?:--[ \t]*)?(?P<reason>[^\r\n]*)"
)
UNTIL = expression(r"(?:^|;)[ \t]*until[ \t]*=[ \t]*([^\s;]*)[ \t]*\Z")
IN_FRONT_MATTER = expression(r"#[ \t]*(?=content-audit:)")
CODE = expression(r"[^\s,]+")
BACKTICKS = expression("`+")

Place = tuple[int, int]
Lines = Sequence[tuple[int, int, int]]


class _Comment(NamedTuple):
    """A comment, where its words begin and end, and the number of its line."""

    place: Place
    words: Place
    line: int


def suppression_rows(document: Document, doc: int) -> tuple[SuppressionRow, ...]:
    """A row for each code of the document's comments, in their order; one that names no rule has the code ""."""
    if MARK not in document.text:
        return ()
    lines = list(iter_lines(document.text))
    found: list[SuppressionRow] = []
    for number, comment in enumerate(sorted(_comments(document, lines))):
        match = DIRECTIVE.match(document.text, *comment.words)
        assert match is not None
        reason = match["reason"].strip()
        until = UNTIL.search(reason)
        listed = match.span("codes") if match["list"] else (match.end("action"), match.end("action"))
        reach = _scope(document, lines, comment, match["action"])
        cut = _cut(document, lines, comment)
        for item, code in enumerate(CODE.findall(match["codes"] or "") or [""]):
            found.append(
                SuppressionRow(
                    doc=doc,
                    number=number,
                    item=item,
                    action=match["action"],
                    code=code,
                    reason=reason[: until.start()].strip() if until else reason,
                    until=until[1] if until else "",
                    start_at=comment.place[0],
                    end_at=comment.place[1],
                    list_start=listed[0],
                    list_end=listed[1],
                    cut_start=cut[0],
                    cut_end=cut[1],
                    scope_start=reach[0],
                    scope_end=reach[1],
                )
            )
    return tuple(_closed(found))


def _comments(document: Document, lines: Lines) -> Iterator[_Comment]:
    starts = [start for start, _, _ in lines]
    region = document.front_matter
    for start, end in comments_in(document, region.content_start, region.content_end) if region else ():
        if mark := IN_FRONT_MATTER.match(document.text, start, end):
            yield _Comment((start, end), (mark.end(), end), bisect_right(starts, start) - 1)
    code = _code(document)
    for match in TOLD.finditer(document.text):
        line = bisect_right(starts, match.start()) - 1
        quoted = any(start <= match.start() < end for start, end in _quotations(document, *lines[line][:2]))
        if not quoted and not any(start <= match.start() < end for start, end in code):
            words = document.text.index(MARK, match.start()), match.end() - len("-->")
            yield _Comment(match.span(), words, line)


def _quotations(document: Document, start: int, end: int) -> Iterator[Place]:
    """What stands in a line between as many backticks on both sides."""
    runs = [match.span() for match in BACKTICKS.finditer(document.text, start, end)]
    last = {run[1] - run[0]: run for run in runs}
    opening: Place | None = None
    for run in runs:
        if opening is None:
            opening = run if last[run[1] - run[0]] > run else None
        elif run[1] - run[0] == opening[1] - opening[0]:
            yield opening[0], run[1]
            opening = None


def _code(document: Document) -> list[Place]:
    """The lines of code in the text: what stands there is shown, not said."""
    if document.format != "markdown":
        return []
    lines = split(document.text, document.body_start, markdown=True)
    return [(line.start, line.end) for line in lines if line.shape == "code"]


def _cut(document: Document, lines: Lines, comment: _Comment) -> Place:
    """What goes with the comment: its line where it has one of its own, else the blanks before it."""
    start, content_end, end = lines[comment.line]
    before, after = document.text[start : comment.place[0]], document.text[comment.place[1] : content_end]
    if not before.strip() and not after.strip():
        return start, end
    return start + len(before.rstrip(" \t")), comment.place[1]


def _scope(document: Document, lines: Lines, comment: _Comment, action: str) -> Place:
    """How far the comment reaches."""
    start, end = comment.place
    if action == "file-ignore":
        return 0, len(document.text)
    if action == "disable":
        return start, len(document.text)
    line_start, content_end, _ = lines[comment.line]
    beside = document.text[line_start:start] + document.text[end:content_end]
    return (line_start, content_end) if beside.strip() else _following(document, lines, comment.line + 1)


def _following(document: Document, lines: Lines, number: int) -> Place:
    """The entry, or the block of lines, that follows a comment on a line of its own."""
    said = [document.text[start:end].strip() for start, end, _ in lines[number:]]
    inside = [start < document.body_start for start, _, _ in lines[number:]]
    passed = (not each or each.startswith("#" if within else "<!--") for each, within in zip(said, inside, strict=True))
    skipped = next((at for at, is_passed in enumerate(passed) if not is_passed), len(said))
    if skipped == len(said):
        return len(document.text), len(document.text)
    start, end, _ = lines[number + skipped]
    if inside[skipped]:
        return start, max([end, *(node.end for node in document.nodes.values() if start <= node.key_start < end)])
    last = next((at for at in range(skipped, len(said)) if not said[at]), len(said)) - 1
    return start, lines[number + last][1]


def _closed(found: Sequence[SuppressionRow]) -> Iterator[SuppressionRow]:
    """What is disabled is so up to where it is enabled again."""
    for row in found:
        ends = (r.start_at for r in found if r.action == "enable" and r.code == row.code and r.start_at > row.start_at)
        yield row._replace(scope_end=next(ends, row.scope_end)) if row.action == "disable" else row
