"""Knows which lines are paragraphs of prose, written in one line or broken into many."""

from collections.abc import Iterator, Sequence

from content_audit.text.lines import HEAD, Line
from content_audit.text.prose import PROSE, ends_sentence, is_prose, prose

LEAST = 12
"""Words from which prose is a paragraph: below it are slogans and the sentences on buttons."""

FULL, NARROW = 0.6, 30
"""Lines that a paragraph is broken into have this share of the longest one's characters, but for the last, and the
longest so many: lines of a menu differ by more."""


def paragraphs(lines: Sequence[Line]) -> list[bool]:
    """For each line: is it a paragraph of prose, or one of the lines that such a paragraph is broken into?"""
    found = [False] * len(lines)
    known: dict[tuple[int, tuple[str, ...]], bool] = {}  # what a text says thousands of times is judged once
    for start, end in _groups(lines):
        if end - start == 1:
            found[start] = stands_alone(lines[start])
            continue
        group = lines[start:end]
        said = sum(line.linked for line in group), tuple(line.text for line in group)
        if said not in known:
            known[said] = _broken(group)
        if known[said]:
            found[start:end] = [True] * (end - start)
        else:
            found[start:end] = map(stands_alone, lines[start:end])
    return found


def stands_alone(line: Line) -> bool:
    """Is this line a paragraph by itself?"""
    return line.words >= LEAST and is_prose(line)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines without a blank one, a heading or the like between them; an item begins a new one."""
    start: int | None = None
    for i, line in enumerate(lines):
        if start is not None and line.shape != "text":
            yield start, i
            start = None
        if start is None and line.shape in ("text", "item"):
            start = i
    if start is not None:
        yield start, len(lines)


def _broken(lines: Sequence[Line]) -> bool:
    """Do these lines look like one paragraph, broken where the column ended?"""
    words = sum(line.words for line in lines)
    longest = max(len(line.text) for line in lines)
    if words < LEAST or longest < NARROW or not ends_sentence(lines[-1].text):
        return False
    if any(len(line.text) < FULL * longest for line in lines[:-1]):
        return False
    whole = " ".join(line.text for line in lines)[:HEAD]
    return prose(lines[0]._replace(text=whole, words=words, linked=sum(line.linked for line in lines))) >= PROSE
