"""The report for people at a terminal: one line a finding, or with its source line, evidence and fix."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from content_audit.model import SEVERITIES, Finding, Span
from content_audit.render import PLAIN, Look, ReadText
from content_audit.render.shown import one_line
from content_audit.report import Position, Report, position

COLOURS: dict[str, str] = {"error": "31;1", "warning": "33;1", "info": "36;1", "code": "1", "dim": "2", "fix": "32"}
MAX_EVIDENCE = 200
MAX_LINES = 6
"""Lines of a span that are shown: a record of a related link has as many."""

MAX_LINE = 120
"""Columns of a source line that are shown: a quarter of a terminal's screen at most, whatever the line's length."""


class _Paint:
    def __init__(self, look: Look) -> None:
        self.look = look

    def __call__(self, kind: str, text: str) -> str:
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self.look.colour else text

    def place(self, report: Report, span: Span) -> str:
        """A place as path:line:column, a link to its file where the terminal has links."""
        at = position(report.starts(span.path), span.start)
        shown = f"{one_line(span.path)}:{at.line}:{at.column}"
        if self.look.folder is None:
            return shown
        uri = (self.look.folder / span.path).as_uri()
        return f"\x1b]8;;{uri}\x1b\\{shown}\x1b]8;;\x1b\\"


def concise_chunks(report: Report, read_text: ReadText, look: Look = PLAIN) -> Iterator[str]:
    """path:line:column: CODE message [fix], one finding a line."""
    if report.shown is None or look != PLAIN:
        yield from concise_lines(report, report.findings, look)
    else:
        yield from (lines.decode("utf-8") for lines in report.shown)
    yield summary(report) + "\n"


def concise_lines(report: Report, findings: Iterable[Finding], look: Look = PLAIN) -> Iterator[str]:
    """The lines of some of a report's findings."""
    paint = _Paint(look)
    for finding in findings:
        yield f"{paint.place(report, finding.problem.span)}: {_headline(finding, paint)}\n"


def full_chunks(report: Report, read_text: ReadText, look: Look = PLAIN) -> Iterator[str]:
    """Each finding with its source line, evidence and fix; what nearly every document has is told once."""
    from content_audit.render.as_json import report_data
    from content_audit.report.properties import collection_properties

    paint = _Paint(look)
    data = report_data(report)
    properties = collection_properties(data)
    silenced = {each.code for each in properties}
    path, source = None, ""
    for finding in report.findings:
        if finding.code in silenced:
            continue
        if finding.problem.span.path != path:
            path = finding.problem.span.path
            source = read_text(path)
        yield "\n".join(_block(report, finding, source, paint)) + "\n\n"
    for each in properties:
        examples = [data["findings"][number] for number in each.examples]
        yield "\n".join(_property(each, examples, paint)) + "\n\n"
    yield summary(report) + "\n"


def _headline(finding: Finding, paint: _Paint) -> str:
    fix = finding.problem.fix
    mark = f" [{'*' if fix.safety == 'safe' else 'unsafe'}]" if fix else ""
    return f"{paint(finding.severity, finding.code)} {one_line(finding.problem.message)}{paint('fix', mark)}"


def _block(report: Report, finding: Finding, source: str, paint: _Paint) -> Iterator[str]:
    problem = finding.problem
    yield f"{paint(finding.severity, finding.code + ' ' + finding.name)}: {one_line(problem.message)}"
    yield f"  {paint('dim', '-->')} {paint.place(report, finding.problem.span)}"
    yield from _excerpt(report, finding, source, paint)
    for key, value in problem.evidence.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield f"  {paint('dim', '=')} {key}:"
            yield from (f"      {_short([part for part in each.values() if part != ''])}" for each in value)
        elif value not in (None, "", []):
            yield f"  {paint('dim', '=')} {key}: {_short(value)}"
    for other in problem.related[:3]:
        yield f"  {paint('dim', '=')} {one_line(other.message)}: {paint.place(report, other.span)}"
    if problem.fix:
        yield f"  {paint('fix', 'fix')} ({problem.fix.safety}): {one_line(problem.fix.title)}"


def _excerpt(report: Report, finding: Finding, source: str, paint: _Paint) -> Iterator[str]:
    """The lines of the span with a bar beside them; a single one, or one of which it has a part, is underlined."""
    span, starts = finding.problem.span, report.starts(finding.problem.span.path)
    start, end = position(starts, span.start), position(starts, span.end)
    if end.column == 1 and end.line > start.line:
        end = position(starts, starts[end.line - 1] - 1)

    def line(number: int) -> str:
        stop = starts[number] if number < len(starts) else len(source)
        return source[starts[number - 1] : stop].rstrip("\r\n")

    if not line(start.line).strip():
        return
    yield f"{' ' * len(str(end.line))} {paint('dim', '|')}"
    if end.line > start.line and not line(start.line)[: start.column - 1].strip():
        yield from _barred(start.line, end, line, partial(paint, finding.severity), paint)
    else:
        yield from _underlined(start, end, line(start.line), partial(paint, finding.severity), paint)


def _barred(
    first: int, end: Position, line: Callable[[int], str], mark: Callable[[str], str], paint: _Paint
) -> Iterator[str]:
    """Several lines, the middle of many left out, and where the last of them ends."""
    size, last = len(str(end.line)), end.line
    few = last - first < MAX_LINES
    for number in range(first, last + 1) if few else (*range(first, first + MAX_LINES - 2), last):
        if number == last and not few:
            yield f"{'...':<{size}} {mark('|')}"
        said = line(number)
        shown = f" {_shown(said[:MAX_LINE])}{'…' if len(said) > MAX_LINE else ''}" if said else ""
        yield f"{number:>{size}} {paint('dim', '|')} {mark('/' if number == first else '|')}{shown}"
    until = _width(_shown(line(last)[: min(end.column - 1, MAX_LINE)]))
    yield f"{' ' * size} {paint('dim', '|')} {mark('|' + '_' * max(1, until) + '^')}"


def _underlined(start: Position, end: Position, line: str, mark: Callable[[str], str], paint: _Paint) -> Iterator[str]:
    """The first line of a span, cut to a window around it."""
    column, last = start.column - 1, len(line) if end.line > start.line else end.column - 1
    low = max(0, column - MAX_LINE // 3) if len(line) > MAX_LINE else 0
    window = line[low : low + MAX_LINE]
    before, marked = window[: column - low], window[column - low : max(last, column + 1) - low]
    size = len(str(end.line))
    cut_left, cut_right = "…" if low else "", "…" if low + MAX_LINE < len(line) else ""
    more = paint("dim", f" (to line {end.line})") if end.line > start.line else ""
    yield f"{start.line:>{size}} {paint('dim', '|')} {cut_left}{_shown(window)}{cut_right}"
    pad = " " * (len(cut_left) + _width(_shown(before)))
    yield f"{' ' * size} {paint('dim', '|')} {pad}{mark('^' * max(1, _width(_shown(marked))))}{more}"


def _shown(text: str) -> str:
    """Source as a terminal shows it, with blanks for tabs: how far these reach depends on what stands before."""
    return one_line(text).replace("\t", "    ")


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining ones none (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        value = [f"{key}: {inner}" for key, inner in value.items()]
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return one_line(text if len(text) <= MAX_EVIDENCE else text[: MAX_EVIDENCE - 1] + "…")


def _property(each: Any, examples: Sequence[Mapping[str, Any]], paint: _Paint) -> Iterator[str]:
    from content_audit.report.properties import silencing_line

    share = f"{each.documents:,} documents ({each.share:.0%})"
    rule = paint(each.severity, f"{each.code} {each.name}")
    yield f"{rule}: {each.findings:,} findings in {share}: a property of this collection"
    for example in examples:
        place = f"{one_line(example['path'])}:{example['start']['line']}:{example['start']['column']}"
        yield f"  {paint('dim', '-->')} {place}: {one_line(example['message'])}"
    yield f"  {paint('dim', '=')} to silence it: {silencing_line([each.code])}"


def summary(report: Report) -> str:
    """The counts of a run in one line."""
    safe, unsafe = report.fixable("safe"), report.fixable("unsafe")
    counts = ", ".join(plural(report.count(severity), severity) for severity in SEVERITIES)
    fixable = f" {safe} fixable with fix, {unsafe} more with fix --unsafe." if safe or unsafe else ""
    rate = len(report.documents) / report.seconds if report.seconds > 0 else 0.0
    documents = plural(len(report.documents), "document")
    known = f" {report.known:,} known." if report.known else ""
    return f"{documents}: {counts}.{known}{fixable} {report.seconds:.2f} s, {rate:.0f} documents/s."


def plural(number: int, word: str) -> str:
    """The number with its word."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def render_statistics(report: Report) -> str:
    """Findings by rule, most frequent first, with the number of documents and of fixes; then what was not judged."""
    rows: dict[str, list[Finding]] = {}
    for finding in report.findings:
        rows.setdefault(finding.code, []).append(finding)
    lines = []
    for code, found in sorted(rows.items(), key=lambda item: (-len(item[1]), item[0])):
        documents = plural(len({finding.problem.span.path for finding in found}), "document")
        fixes = sum(1 for finding in found if finding.problem.fix)
        more = f"{found[0].severity}; {documents}" + (f", {fixes:,} fixable" if fixes else "")
        lines.append(f"{len(found):>9,}  {code}  {found[0].name} ({more})")
    for (code, reason), number in sorted(report.unjudged.items(), key=lambda item: (item[0][0], -item[1], item[0])):
        lines.append(f"{number:>9,}  {code}  not judged: {reason}")
    return "".join(line + "\n" for line in [*lines, summary(report)])
