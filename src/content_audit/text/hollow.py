"""Knows which copies are all that a section has, so that its heading would stand above nothing without them."""

from bisect import bisect_left
from collections.abc import Sequence

from content_audit.text.lines import FIXED, UNDERLINE, Line
from content_audit.text.prose import PROSE, prose
from content_audit.text.repeats import Repeat, at


def hollowing(lines: Sequence[Line], repeats: Sequence[Repeat]) -> list[bool]:
    """For each repeat: does its removal, with that of the others, leave a title or a tag's two ends without a content?

    In plain text a title is a short line or a question, and only where the first copy has one of its own.
    """
    spoken = [line for line in lines if not line.blank]
    places = sorted(repeat.place for repeat in repeats)
    starts = [start for start, _ in places]
    left = [line for line in spoken if not ((i := bisect_left(starts, line.end)) and line.start < places[i - 1][1])]
    return [_hollow(left, spoken, repeat) for repeat in repeats]


def _hollow(left: Sequence[Line], spoken: Sequence[Line], repeat: Repeat) -> bool:
    here = at(left, repeat.start)
    first = at(spoken, repeat.first_start)
    after = left[here] if here < len(left) else None
    if not here:
        return False
    before = left[here - 1]
    if before.shape == "island":
        return after is not None and after.shape == "island"
    ends = after is None or _heading(after) or after.shape in ("rule", "island")
    if _heading(before):
        return ends
    return (
        (ends or (after is not None and _title(after))) and _title(before) and first > 0 and _title(spoken[first - 1])
    )


def _heading(line: Line) -> bool:
    return line.shape == "heading" or UNDERLINE.match(line.text) is not None


def _title(line: Line) -> bool:
    return line.shape not in FIXED and (line.text.rstrip("*_ ").endswith(("?", "？")) or prose(line) < PROSE)
