"""What a document could link to instead: the documents most like it."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from content_audit.facts import doc_key
from content_audit.facts.languages import untranslated
from content_audit.facts.links import WHOLE
from content_audit.facts.standing import LISTED
from content_audit.facts.wording import wording
from content_audit.relevance.records import Entry
from content_audit.relevance.space import Space

MOST = 5


def candidates(space: Space, doc: int, listed: Collection[str]) -> list[tuple[float, Entry]]:
    """Up to five documents most like this one, with their likeness; none with a path, id or url key in `listed`.

    Of twins and translations one at most, the one in the document's own language and subject, and none of itself or of
    one that is listed; no draft, nothing that its site hides, nothing in a language that is another by the site's marks
    and by its words.
    """
    own = space.entries[doc]
    others = (space.entries.get(doc_key(path)) for path in listed)
    known = {*listed, *_keys(own), *(key for each in others if each is not None for key in _keys(each))}
    near = ((score, space.entries[other]) for other, score in space.nearest(doc).items())
    found = [
        (score, each, _keys(each), _nearness(each, own))
        for score, each in near
        if own.marked == each.marked or own.language == each.language
    ]
    best: dict[str, tuple[bool, bool]] = {}
    for _, _, keys, nearness in found:
        for key in keys:
            best[key] = max(best.get(key, nearness), nearness)
    known.discard("")
    chosen: list[tuple[float, Entry]] = []
    for score, entry, keys, nearness in found:
        strayed = any(nearness < best[key] for key in keys)
        if (
            strayed
            or not entry.title
            or entry.standing != LISTED
            or not keys.isdisjoint(known)
            or not known.isdisjoint((entry.path, entry.id, entry.url_key))
        ):
            continue
        known |= keys
        chosen.append((score, entry))
        if len(chosen) == MOST:
            break
    return chosen


def _keys(entry: Entry) -> frozenset[str]:
    """What twins and translations of one article have in common: an id, a title, or a path but for its language."""
    return _names(entry.id, entry.title, entry.path)


@lru_cache(maxsize=1 << 14)
def _names(name: str, title: str, path: str) -> frozenset[str]:
    keys = {f"id {name}", f"title {wording(title)}", f"path {untranslated(path)}"}
    return frozenset(keys - {"id ", "title "})


def _nearness(entry: Entry, own: Entry) -> tuple[bool, bool]:
    return entry.marked == own.marked, entry.subject == own.subject


def suggestions(found: Iterable[tuple[float, Entry]]) -> list[dict[str, Any]]:
    """Candidates as evidence."""
    return [_record(entry) | {"score": round(score, 3)} for score, entry in found]


def _record(entry: Entry) -> dict[str, Any]:
    return {"id": _as_given(entry.id), "title": entry.title, "subject": entry.subject, "url": entry.url}


def _as_given(text: str) -> int | str:
    """An id as front matter gives it: a number where it reads like one."""
    return int(text) if WHOLE.fullmatch(text) else text
