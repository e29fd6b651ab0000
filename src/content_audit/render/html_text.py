"""Text of documents made fit to be shown: names for what nobody sees, excerpts with their span, differences by line."""

import math
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from content_audit.expressions import expression
from content_audit.render.shown import visible

MAX_DEPTH = 6
MAX_ITEMS = 30
MAX_STRING = 1_000
MAX_EXCERPT_LINES = 14
MAX_DIFF_LINES = 400
"""Of each side after the equal ends; the comparison is quadratic, and nobody reads on."""
MAX_DIFF_ROWS = 30
CONTEXT = 2
SAFE_INTEGER = 2**53 - 1
"""What a script's number holds exactly."""

_LINE = expression(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MAX_WORDS = 300
"""Words of a line that are compared one by one; of longer ones, the ends that are the same are left unmarked."""

_WORD = expression(r"\w+|[^\S\r\n]+|[^\w\s]|\s")

Opcode = tuple[str, int, int, int, int]

Row = tuple[int | str, str, *tuple[str, ...]]
"""A line's number, or `-`, `+` or ` ` in a difference; then its text, by turns plain and marked, from plain to plain.

A row labelled `…` stands for lines left out, and its text says how many."""


class Excerpt(NamedTuple):
    """The source around a finding.

    `lines` are whole lines without their ends, the first of them number `first_line`; `changes` are those that the
    finding's fix touches and those between, each part as it is and as the fix leaves it.
    """

    first_line: int
    lines: tuple[str, ...]
    changes: tuple[tuple[str, str], ...] = ()


def clip(text: str, head: int, tail: int) -> str:
    """The text with its middle replaced by the number of characters left out, where it is longer than both ends."""
    left_out = len(text) - head - tail
    return text if left_out <= 0 else f"{text[:head]} …{left_out:,} characters… {text[len(text) - tail :]}"


def plain(value: Any, depth: int = 0) -> Any:
    """A value of the evidence as JSON that a browser reads exactly, bounded in depth, items and length."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= SAFE_INTEGER:
            return value
        case float() if math.isfinite(value):
            return round(value, 4)
        case Mapping() if depth < MAX_DEPTH:
            return {visible(clip(str(key), 100, 20)): plain(each, depth + 1) for key, each in value.items()}
        case list() | tuple() if depth < MAX_DEPTH:
            shown = [plain(each, depth + 1) for each in value[:MAX_ITEMS]]
            return [*shown, f"… and {len(value) - MAX_ITEMS:,} more"] if len(value) > MAX_ITEMS else shown
        case _:
            return visible(clip(str(value), MAX_STRING - 100, 100))


def excerpt_rows(excerpt: Excerpt, start: Mapping[str, int], end: Mapping[str, int]) -> list[Row]:
    """The excerpt's lines with the part between two positions of the report (1-based, end exclusive) marked."""
    rows = [
        _marked_line(number, line, start, end) for number, line in enumerate(excerpt.lines, start=excerpt.first_line)
    ]
    left_out = len(rows) - MAX_EXCERPT_LINES
    if left_out <= 1:
        return rows
    tail = MAX_EXCERPT_LINES // 3
    return [*rows[: MAX_EXCERPT_LINES - tail], _gap(left_out), *rows[-tail:]]


def _gap(lines: int) -> Row:
    return ("…", f"{lines:,} lines" if lines > 1 else "1 line", "", "")


def _marked_line(number: int, line: str, start: Mapping[str, int], end: Mapping[str, int]) -> Row:
    if not start["line"] <= number <= end["line"]:
        return _row(number, line, len(line), len(line))
    indent = len(line) - len(line.lstrip())
    first = start["column"] - 1 if number == start["line"] else indent
    last = end["column"] - 1 if number == end["line"] else len(line)
    return _row(number, line, first, last)


def _row(label: int | str, line: str, start: int, end: int) -> Row:
    if start >= end and start >= len(line):
        return (label, visible(clip(line, 300, 100)), "", "")
    before, marked, after = line[:start], line[start:end], line[end:]
    return (label, visible(clip(before, 30, 130)), visible(clip(marked, 300, 100)), visible(clip(after, 130, 30)))


def diff_rows(*changes: tuple[str, str]) -> list[Row]:
    """The lines that differ between what was and what is, with some around them; where one line became another, how.

    The texts follow each other, and each is held against its counterpart alone: what an edit took away is shown as
    that, though lines like it stand further on. Ends of lines are seen on changed lines: `↵` for LF, the name of any
    other character.
    """
    old: list[str] = []
    new: list[str] = []
    opcodes: list[Opcode] = []
    cut = 0
    for before, after in changes:
        cut += _compare(_LINE.findall(before), _LINE.findall(after), old, new, opcodes)
    comparison = SequenceMatcher(None, "", "")
    comparison.opcodes = opcodes  # type: ignore[attr-defined]
    rows: list[Row] = []
    reached = 0
    for group in comparison.get_grouped_opcodes(CONTEXT) if opcodes else ():
        left_out = group[0][1] - reached
        if rows:  # one line takes no more room than its being left out
            rows += _change("equal", old[reached : reached + 1], []) if left_out == 1 else [_gap(left_out)]
        for tag, old_start, old_end, new_start, new_end in group:
            rows += _change(tag, old[old_start:old_end], new[new_start:new_end])
        reached = group[-1][2]
    left_out = len(rows) - MAX_DIFF_ROWS + cut
    return rows if left_out <= 0 else [*rows[:MAX_DIFF_ROWS], _gap(left_out)]


def _compare(before: list[str], after: list[str], old: list[str], new: list[str], opcodes: list[Opcode]) -> int:
    """Add lines and what became of them to what is known of those before; the number of lines left out as too many."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle, becomes = before[head : len(before) - tail], after[head : len(after) - tail]
    kept, left = middle[:MAX_DIFF_LINES], becomes[:MAX_DIFF_LINES]
    parts = [("equal", 0, head, 0, head)]
    parts += [
        (tag, i + head, j + head, k + head, m + head)
        for tag, i, j, k, m in SequenceMatcher(None, kept, left, autojunk=False).get_opcodes()
    ]
    ends = len(kept) + head, len(left) + head
    parts.append(("equal", ends[0], ends[0] + tail, ends[1], ends[1] + tail))
    for tag, i, j, k, m in parts:
        if opcodes and opcodes[-1][0] == tag == "equal":
            _, start, _, start_new, _ = opcodes.pop()
            opcodes.append((tag, start, j + len(old), start_new, m + len(new)))
        elif (i, k) != (j, m):
            opcodes.append((tag, i + len(old), j + len(old), k + len(new), m + len(new)))
    old += [*before[:head], *kept, *before[len(before) - tail :]]
    new += [*after[:head], *left, *after[len(after) - tail :]]
    return len(middle) - len(kept) + len(becomes) - len(left)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines, or characters of a line, are the same from the beginning on."""
    shorter = min(len(old), len(new))
    return next((i for i in range(shorter) if old[i] != new[i]), shorter)


def _change(tag: str, old: list[str], new: list[str]) -> list[Row]:
    if tag == "equal":
        return [_row(" ", line.rstrip("\r\n"), len(line), len(line)) for line in old]
    paired = min(len(old), len(new))
    rows = [_changed_words(old[i], new[i]) for i in range(paired)]
    removed, added = [row for row, _ in rows], [row for _, row in rows]
    removed += [_changed("-", line, len(line), len(line)) for line in old[paired:]]
    added += [_changed("+", line, len(line), len(line)) for line in new[paired:]]
    return removed + added


def _changed_words(old: str, new: str) -> tuple[Row, Row]:
    """A line and what became of it, the words that differ marked in both."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    changed, becomes = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(changed), len(becomes)) > MAX_WORDS:
        start, end = (len("".join(words)) for words in (before[:head], before[len(before) - tail :]))
        return _changed("-", old, start, len(old) - end), _changed("+", new, start, len(new) - end)
    removed, added = ["".join(before[:head])], ["".join(before[:head])]
    for tag, i, j, k, m in SequenceMatcher(None, changed, becomes, autojunk=False).get_opcodes():
        old_part, new_part = "".join(changed[i:j]), "".join(becomes[k:m])
        if tag == "equal" and (old_part.strip() or len(removed) == 1):
            for parts in (removed, added):
                _join(parts, old_part, marked=False)
        else:
            _join(removed, old_part, marked=True)
            _join(added, new_part, marked=True)
    rest = "".join(before[len(before) - tail :])
    for parts in (removed, added):
        _join(parts, rest, marked=False)
    return _segments("-", removed), _segments("+", added)


def _join(parts: list[str], text: str, marked: bool) -> None:
    """Add a text to parts that are by turns plain and marked."""
    if len(parts) % 2 == (0 if marked else 1):
        parts[-1] += text
    else:
        parts.append(text)


def _segments(label: str, parts: list[str]) -> Row:
    """The row of these parts; what is plain is clipped towards what is marked."""
    texts = [*parts, ""] if len(parts) % 2 == 0 else parts
    last = len(texts) - 1
    first, *rest = [
        clip(text, 300, 100) if n % 2 else clip(text, 30 if n == 0 else 130, 30 if n == last else 130)
        for n, text in enumerate(texts)
    ]
    return (label, _shown_ends(visible(first)), *(_shown_ends(visible(text)) for text in rest))


def _changed(label: str, line: str, start: int, end: int) -> Row:
    _, first, *rest = _row(label, line, start, end)
    return (label, _shown_ends(first), *map(_shown_ends, rest))


def _shown_ends(text: str) -> str:
    return text.replace("\n", "↵")
