"""What a document could link to instead: the documents most like it."""

from collections.abc import Collection, Iterable
from typing import Any

from content_audit.facts.links import WHOLE
from content_audit.relevance.space import Entry, Space

MOST = 5


def candidates(space: Space, number: int, listed: Collection[str]) -> list[tuple[float, Entry]]:
    """Up to five documents most like this one, with their likeness; none with a path, id or url key in `listed`.

    Of an article that stands under several subjects, the one under the document's own.
    """
    own = space.entries[number]
    found = space.nearest(number)
    at_home = {space.entries[other].id for _, other in found if space.entries[other].subject == own.subject} - {""}
    chosen: list[tuple[float, Entry]] = []
    seen, known = {own.title.casefold()}, {*listed}
    for score, other in found:
        entry = space.entries[other]
        title = entry.title.casefold()
        strayed = entry.id in at_home and entry.subject != own.subject
        if strayed or {entry.path, entry.id, entry.url_key} & known - {""} or title in seen or not title:
            continue
        seen.add(title)
        chosen.append((score, entry))
        if len(chosen) == MOST:
            break
    return chosen


def suggestions(found: Iterable[tuple[float, Entry]]) -> list[dict[str, Any]]:
    """Candidates as evidence."""
    return [_record(entry) | {"score": round(score, 3)} for score, entry in found]


def _record(entry: Entry) -> dict[str, Any]:
    return {"id": _as_given(entry.id), "title": entry.title, "subject": entry.subject, "url": entry.url}


def _as_given(text: str) -> int | str:
    """An id as front matter gives it: a number where it reads like one."""
    return int(text) if WHOLE.fullmatch(text) else text
