"""What edits change, as a unified diff made of the edits themselves: long documents are not searched for likeness."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from content_audit.fixes import apply
from content_audit.model import Edit

AROUND = 3
"""Lines shown before and after a change, as diff and git do."""

Opcode = tuple[str, int, int, int, int]


class Block(NamedTuple):
    """Whole lines, from the number of the first to that after the last, and the edits in them."""

    first: int
    end: int
    edits: tuple[Edit, ...]


def unified_diff(text: str, edits: Iterable[Edit], before: str, after: str) -> Iterator[str]:
    """The lines of the diff from a text to what these edits make of it; `before` and `after` are the files' names.

    Lines end with LF alone, as patch and git count them.
    """
    old = _lines(text)
    new: list[str] = []
    opcodes = _joined(_opcodes(old, edits, new))
    matcher = SequenceMatcher(None, "", "")
    matcher.opcodes = opcodes  # type: ignore[attr-defined]
    for number, group in enumerate(matcher.get_grouped_opcodes(AROUND) if opcodes else ()):
        if not number:
            yield from (f"--- {before}\n", f"+++ {after}\n")
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f"@@ -{_extent(i1, i2)} +{_extent(j1, j2)} @@\n"
        for tag, i1, i2, j1, j2 in group:
            signs = ((" ", old[i1:i2]),) if tag == "equal" else (("-", old[i1:i2]), ("+", new[j1:j2]))
            for sign, lines in signs:
                yield from (_shown(sign + line) for line in lines)


def _opcodes(old: Sequence[str], edits: Iterable[Edit], new: list[str]) -> Iterator[Opcode]:
    """What became of which lines, as `SequenceMatcher` says it; the new text's lines are added to `new`."""
    starts = [0, *accumulate(map(len, old))]
    at = 0
    for first, end, inside in blocks(starts, edits):
        if at < first:
            yield "equal", at, first, len(new), len(new) + first - at
        new += old[at:first]
        shifted = (Edit(edit.start - starts[first], edit.end - starts[first], edit.text) for edit in inside)
        lines = _lines(apply("".join(old[first:end]), shifted))
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old[first:end], lines).get_opcodes():
            yield tag, i1 + first, i2 + first, j1 + len(new), j2 + len(new)
        new += lines
        at = end
    if at < len(old):
        yield "equal", at, len(old), len(new), len(new) + len(old) - at
    new += old[at:]


def _joined(opcodes: Iterable[Opcode]) -> list[Opcode]:
    """The same with one for what follows each other: lines that stay, and lines that go or come."""
    found: list[Opcode] = []
    for opcode in opcodes:
        if found and (found[-1][0] == "equal") == (opcode[0] == "equal"):
            tag = "equal" if opcode[0] == "equal" else "replace"
            found[-1] = (tag, found[-1][1], opcode[2], found[-1][3], opcode[4])
        else:
            found.append(opcode)
    return found


def blocks(starts: Sequence[int], edits: Iterable[Edit]) -> list[Block]:
    """The lines that the edits touch; `starts` are the offsets of all lines, and the text's length."""
    count = len(starts) - 1
    found: list[Block] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        first = max(0, min(bisect_right(starts, edit.start), count) - 1)
        whole = starts[first] == edit.start < edit.end and edit.text[-1:] in ("", "\n")
        end = min((bisect_left if whole else bisect_right)(starts, edit.end), count)
        if found and first < found[-1].end:
            last = found.pop()
            found.append(Block(last.first, max(last.end, end), (*last.edits, edit)))
        else:
            found.append(Block(first, end, (edit,)))
    return found


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + [last for last in text.split("\n")[-1:] if last]


def _extent(first: int, end: int) -> str:
    length = end - first
    return f"{first + 1}" if length == 1 else f"{first + bool(length)},{length}"


def _shown(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
