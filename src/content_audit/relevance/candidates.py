"""What a document could link to instead: the documents most like it."""

import re
from collections.abc import Collection
from typing import Any

from content_audit.relevance.space import Space

MOST = 5
NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


def suggestions(space: Space, number: int, listed: Collection[str | int]) -> list[dict[str, Any]]:
    """Up to five documents most like this one, with their likeness; none with a key, id or url key in `listed`."""
    chosen: list[dict[str, Any]] = []
    seen = {space.entries[number].title.casefold()}
    for score, other in space.nearest(number):
        entry = space.entries[other]
        title = entry.title.casefold()
        if {entry.doc, entry.id, entry.url_key} & {*listed} - {""} or title in seen or not title:
            continue
        seen.add(title)
        record = {"id": _as_given(entry.id), "title": entry.title, "subject": entry.subject, "url": entry.url}
        chosen.append({**record, "score": round(score, 3)})
        if len(chosen) == MOST:
            break
    return chosen


def _as_given(text: str) -> int | str:
    """An id as front matter gives it: a number where it reads like one."""
    return int(text) if NUMBER.fullmatch(text) else text
