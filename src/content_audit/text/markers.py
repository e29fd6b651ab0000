"""Knows which advertisement markers and search boxes may be the document's own words, and must not go unasked."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from content_audit.text.furniture import LABEL_WORDS
from content_audit.text.labels import Kind, known, normalised
from content_audit.text.lines import Line
from content_audit.text.naming import Named
from content_audit.text.paragraphs import LEAST
from content_audit.text.prose import ends_sentence

KINDS: frozenset[Kind] = frozenset({"advertisement-marker", "search-widget"})

STEM = 6
"""Letters that a word has in common with its other forms: "advertisement" is spoken of by "advertising"."""

TERM = 2
"""Words of a label at most that may be the heading of a section or the term of a glossary as well."""

# How a line begins that goes on with a sentence, how one ends that something is to follow, and what may stand after.
_RESTS = ("—", ":", "：", "…", "...", ",", ";", "(")
_AWAITS = (":", "：", ";", "；", "?", "？", "؟", "…", "...")
_AROUND = "*_\"'“”’»›)]」』 "


def doubted(lines: Sequence[Line], named: Sequence[Named | None]) -> Set[int]:
    """Which of the lines that go as markers may say something; the others say nothing but what they are.

    Those others name themselves, stand between paragraphs or in the page around them, are announced or asked for by
    nothing and belong to no list and no sentence. What stays speaks of none of them and has no headings of their kind.
    A label that is in doubt at one place is so at all. Time is linear in the text's length.
    """
    runs = list(_runs(named))
    if not runs:
        return frozenset()
    labels = {i: normalised(lines[i].text) for first, last in runs for i in range(first, last + 1)}
    doubts = {labels[i] for run in runs if _in_doubt(lines, named, *run) for i in range(run[0], run[1] + 1)}
    said = "\n".join(line.text for line, name in zip(lines, named, strict=True) if not name).casefold()
    words = {word for label in labels.values() for word in _looked_for(label)}
    spoken = {word for word in words if (word if " " in word else word[:STEM]) in said}
    doubts |= {label for label in labels.values() if not spoken.isdisjoint(_looked_for(label))}
    headings = max(Counter(_headings(lines, named)).values(), default=0)
    counts = Counter(labels.values())
    doubts |= {label for label, count in counts.items() if label.count(" ") < TERM and count <= headings}
    return {i for i, label in labels.items() if label in doubts}


def _runs(named: Sequence[Named | None]) -> Iterator[tuple[int, int]]:
    """The first and the last of markers without another line between them."""
    first = None
    for i, name in enumerate((*named, None)):
        if name is not None and name.kind in KINDS:
            first = i if first is None else first
        elif first is not None:
            yield first, i - 1
            first = None


def _looked_for(label: str) -> Sequence[str]:
    """What a text says that speaks of a label; of labels side by side each one, since they may be side by side in as
    many ways as there are lines."""
    return (label,) if known(label) else label.split()


def _in_doubt(lines: Sequence[Line], named: Sequence[Named | None], first: int, last: int) -> bool:
    if not all((name := named[i]) and name.decides and lines[i].shape == "text" for i in range(first, last + 1)):
        return True
    above, below = first - 1, last + 1
    before = above >= 0 and named[above] is None
    after = below < len(lines) and named[below] is None
    if after and (_goes_on(lines[below].text) or _named_so(lines[below])):
        return True
    if (before or (after and _unlabelled(lines, named, above))) and not _ended(lines, above):
        return True
    if before and after and any((name := named[i]) and name.kind == "search-widget" for i in range(first, last + 1)):
        return True
    if first == last and _unlabelled(lines, named, above) and _unlabelled(lines, named, below):
        return True
    touching = before and lines[above].touches(lines[first])
    return after and not touching and lines[last].touches(lines[below])


def _goes_on(text: str) -> bool:
    """Does it begin as the rest of a sentence, or as what explains a term?"""
    return text[:1].islower() or text.startswith(_RESTS)


def _ended(lines: Sequence[Line], i: int) -> bool:
    """Is this the end of a paragraph that announces and asks nothing?"""
    return ends_sentence(lines[i].text) and not lines[i].text.rstrip(_AROUND).endswith(_AWAITS) and _paragraph(lines, i)


def _named_so(line: Line) -> bool:
    """Is it a marker's label as well, though it stays?"""
    found = known(normalised(line.text)) if line.words <= LABEL_WORDS else None
    return found is not None and found[0] in KINDS


def _paragraph(lines: Sequence[Line], i: int) -> bool:
    """Do this line and those right above it have a paragraph's words?"""
    words = lines[i].words
    while words < LEAST and i and lines[i - 1].touches(lines[i]):
        i -= 1
        words += lines[i].words
    return words >= LEAST


def _unlabelled(lines: Sequence[Line], named: Sequence[Named | None], i: int) -> bool:
    if not 0 <= i < len(lines):
        return False
    name = named[i]
    return (name is None or not name.decides) and 0 < lines[i].words <= LABEL_WORDS


def _headings(lines: Sequence[Line], named: Sequence[Named | None]) -> Iterator[str]:
    """Short lines above longer ones that stay, as a marker stands above the next paragraph; but for the title."""
    title = True
    for i, line in enumerate(lines[:-1]):
        if line.shape != "text" or not _unlabelled(lines, named, i) or ends_sentence(line.text):
            continue
        following = lines[i + 1]
        if not title and named[i + 1] is None and (following.words > LABEL_WORDS or ends_sentence(following.text)):
            yield normalised(line.text)
        title = False
