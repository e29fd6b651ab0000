"""Knows which advertisement markers and search boxes say nothing but what they are, so that they may go unasked."""

from collections.abc import Sequence

from content_audit.text.labels import Kind, normalised
from content_audit.text.lines import Line
from content_audit.text.naming import Named
from content_audit.text.prose import ends_sentence

KINDS: frozenset[Kind] = frozenset({"advertisement-marker", "search-widget"})

STEM = 6
"""Letters that a word has in common with its other forms: "advertisement" is spoken of by "advertising"."""


def bare(lines: Sequence[Line], named: Sequence[Named | None], first: int, last: int, said: str) -> bool:
    """Do the lines `first` to `last`, neighbours of one kind that go, say nothing but what they are?

    They do where each of them names itself, where they stand between paragraphs, as lines of a list never do, and where
    `said`, the case-folded text of the lines that stay, does not speak of what they name.
    """
    here = range(first, last + 1)
    if not all((name := named[i]) and name.decides and lines[i].shape == "text" for i in here):
        return False
    return _between(lines, named, first, last) and not any(_spoken_of(lines[i], said) for i in here)


def _between(lines: Sequence[Line], named: Sequence[Named | None], first: int, last: int) -> bool:
    """Is there a blank line, furniture or nothing on either side, or a sentence's end above?"""
    above = lines[first - 1] if first and named[first - 1] is None else None
    below = lines[last + 1] if last + 1 < len(lines) and named[last + 1] is None else None
    if above is None or above.end < lines[first].start:
        return below is None or lines[last].end < below.start
    return ends_sentence(above.text)


def _spoken_of(line: Line, said: str) -> bool:
    label = normalised(line.text)
    return (label if " " in label else label[:STEM]) in said
