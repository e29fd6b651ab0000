"""Knows which copies are a page pasted twice, whole or in large part, and not a passage that was said again."""

from bisect import bisect_left
from collections.abc import Sequence, Set

from content_audit.text.lines import Line
from content_audit.text.paragraphs import stands_alone
from content_audit.text.prose import PROSE, prose
from content_audit.text.removal import Place
from content_audit.text.repeats import Repeat, at

PARAGRAPHS = 3
"""Paragraphs of prose, no two of them the same, that a pasted page has at least: rites, refrains, answers and clauses
that are said again have one or two."""

LARGE = 0.5
"""The share that a pasted page has of all the words that stay: an opening that comes back at the end of a long text,
as in a tale with a frame, has less."""


def pasted(lines: Sequence[Line], told: Set[int], repeats: Sequence[Repeat]) -> list[bool]:
    """For each repeat: is it the document's beginning once more, several paragraphs and much of all there is?

    It stands right after the other copy, or after prose at the very end and with its title. `lines` are those with
    words, of which neither furniture nor blank lines are any, `told` the starts of those in paragraphs. A line of its
    own in front of a copy, "Now read it again", says that the copy was meant.
    """
    places = sorted(repeat.place for repeat in repeats)
    starts = [start for start, _ in places]
    left = [line for line in lines if not ((i := bisect_left(starts, line.end)) and line.start < places[i - 1][1])]
    words = sum(line.words for line in left)
    opening = next((line.start for line in lines if line.start in told), 0)
    found = []
    for repeat in repeats:
        inside = lines[at(lines, repeat.start) : at(lines, repeat.end)]
        first, other = sorted([repeat.place, (repeat.first_start, repeat.first_end)])
        much = first[0] <= opening and repeat.words >= LARGE * words and _paragraphs(inside, told) >= PARAGRAPHS
        found.append(much and (at(left, first[1]) == at(left, other[0]) or _at_the_end(lines, left, told, other)))
    return found


def _paragraphs(lines: Sequence[Line], told: Set[int]) -> int:
    """How many paragraphs these are, each counted once; one that is broken into lines by the first of them."""
    found = set()
    end = -1
    for line in lines:
        if line.start in told:
            if line.start != end or stands_alone(line):
                found.add(line.text)
            end = line.end
    return len(found)


def _at_the_end(lines: Sequence[Line], left: Sequence[Line], told: Set[int], place: Place) -> bool:
    """Does the copy end the document, begin with a title and follow a paragraph?"""
    start = at(lines, place[0])
    title, above = lines[start], lines[start - 1]
    return at(left, place[1]) == len(left) and prose(title) < PROSE and above.start in told
