"""What a change may have to do with: the documents of which rules are asked anew after a few documents have changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar, get_args

from content_audit.facts import DocumentRow, Facts, FieldRow, LinkRow
from content_audit.index import Index
from content_audit.rule import Shared
from content_audit.text import likeness

MOST = 10_000
"""Documents that a change may have to do with by names: 1,227 and 4,450 of 35,915 take 2.9 and 7.1 s of computing, all
of them 55 s."""

MOST_ALIKE = 2_000
"""The same by texts: so many that share a band by chance, each held against all others, take 25 s."""

URL, ID = "at url", "of id"
"""Kinds of keys besides those of fields: a document's or a link's url, a document's or a link's id."""

SEEN = "id url url_key title subject first_line_end language standing".split()
"""The columns of a document's row that findings in others speak of, or rest on."""

SHARING = "FROM changed_keys k CROSS JOIN fields f ON f.field = k.field AND f.value_key = k.value_key"

PAGE = ".html"

Held = TypeVar("Held", bound=FieldRow | LinkRow)


class Change(NamedTuple):
    """The facts of a document before and after: empty where it was not there, or is not any more."""

    before: Facts
    after: Facts

    @property
    def rows(self) -> tuple[DocumentRow | None, DocumentRow | None]:
        """Its own row before and after, None where there is none."""
        before, after = self
        return before.documents[0] if before.documents else None, after.documents[0] if after.documents else None

    def differs(self, *names: str) -> bool:
        """Is one of these columns of its own row another?"""
        before, after = self.rows
        if before is None or after is None:
            return True
        return any(getattr(before, name) != getattr(after, name) for name in names)

    @property
    def suppresses(self) -> bool:
        """Is there a comment in it that suppresses findings, or was there one?"""
        return any(facts.suppressions for facts in self)


def named(index: Index, changes: Mapping[int, Change]) -> set[int] | None:
    """The documents with which changed ones have a name, a link or a target in common, these included.

    None where they are too many.
    """
    keys = set(chain.from_iterable(map(_keys, changes.values())))
    index.hold("changed_keys", ("field", "value_key"), keys, str)
    found = set(changes)
    for query in _listening({kind for kind, _ in keys}):
        found.update(row["doc"] for row in index.query(query))
        if len(found) > MOST:
            return None
    if any(change.differs("section", "subject", "in_section") for change in changes.values()):
        found.update(row["doc"] for row in index.query("SELECT DISTINCT doc FROM links WHERE stray_section <> ''"))
    for url in {url for kind, url in keys if kind == URL}:
        found.update(_above(index, url, changes))
    return found if len(found) <= MOST else None


def sharing(index: Index, changes: Mapping[int, Change]) -> dict[Shared, set[int]]:
    """The documents with which changed ones have a field's value in common, or had, as far as that has changed, these
    included.

    A changed document that suppresses something is one of each field's.
    """
    found: dict[Shared, set[int]] = {field: set() for field in get_args(Shared)}
    for doc, change in changes.items():
        for field in found if change.suppresses else found.keys() & {kind for kind, _ in _keys(change)}:
            found[field].add(doc)
    for row in index.query(f"SELECT f.field AS field, f.doc AS doc {SHARING}"):
        if row["field"] in found:
            found[row["field"]].add(row["doc"])
    return found


def _keys(change: Change) -> Iterator[tuple[str, str]]:
    """What other documents may know a changed one by, or its links, as far as that has changed.

    Of one that suppresses something, everything: what it suppresses is to be said again.
    """
    seen = change.differs(*SEEN) or change.suppresses
    for row in filter(None, change.rows if seen else ()):
        yield from ((ID, row.id), (URL, row.url_key))
    for field in _differing(change.before.fields, change.after.fields, seen):
        yield field.field, field.value_key
    spoken = [[topic.language for topic in facts.topics] for facts in change]
    for link in _differing(change.before.links, change.after.links, seen or spoken[0] != spoken[1]):
        yield from ((ID, link.id), (URL, link.url_key))


def _differing(before: tuple[Held, ...], after: tuple[Held, ...], everything: bool) -> Iterable[Held]:
    return (*before, *after) if everything else {*before} ^ {*after}


def _listening(kinds: Set[str]) -> Iterator[str]:
    """Queries for the documents that look at the changed keys of these kinds."""
    changed = "FROM changed_keys k CROSS JOIN"
    yield f"SELECT f.doc AS doc {SHARING}"
    yield f"SELECT l.doc AS doc {changed} links l ON l.id = k.value_key WHERE k.field = '{ID}' AND k.value_key <> ''"
    yield (
        f"SELECT l.doc AS doc {changed} links l ON l.url_key = k.value_key "
        f"WHERE k.field IN ('{URL}', 'made') AND k.value_key <> ''"
    )
    yield (
        f"SELECT l.doc AS doc {changed} links l ON l.url_key = SUBSTR(k.value_key, 5) "
        "WHERE k.field = 'name' AND k.value_key LIKE 'url %'"
    )
    if not kinds.isdisjoint({"name", "title"}):
        yield "SELECT doc FROM links WHERE name_key IN (SELECT value_key FROM changed_keys WHERE field = 'name')"
        yield (
            "SELECT doc FROM links WHERE title_key IN (SELECT value_key FROM changed_keys WHERE field = 'title' UNION "
            "SELECT SUBSTR(value_key, 7) FROM changed_keys WHERE field = 'name' AND value_key LIKE 'title %')"
        )


def _above(index: Index, url: str, changes: Mapping[int, Change]) -> Iterator[int]:
    """The documents with links to what servers may take for this url, to what is above it, and to its host alone."""
    if not url:
        return
    parts = url.removesuffix("/").split("/")
    above = {"/".join(parts[:end]) for end in range(1, len(parts))}
    near = {*above, *(f"{each}/" for each in above), url.removesuffix(PAGE)} - {""}
    marks = ", ".join("?" * len(near))
    for row in index.query(f"SELECT doc FROM links WHERE url_key IN ({marks})", [*near]):
        yield row["doc"]
    below = "url_key > ? || '{0}' AND url_key < ? || '{1}'"
    for first, after in ("?@", "./"):  # queries, and suffixes in any letters
        for row in index.query(f"SELECT doc FROM links WHERE {below.format(first, after)}", [url, url]):
            yield row["doc"]
    host = "/".join(parts[:3]) if url.startswith("//") else ""
    others = index.query(f"SELECT doc FROM documents WHERE {below.format('/', '0')}", [host, host]) if host else ()
    if host and all(row["doc"] in changes for row in others):
        for row in index.query(f"SELECT doc FROM links WHERE id = '' AND {below.format('/', '0')}", [host, host]):
            yield row["doc"]


def alike(index: Index, changes: Mapping[int, Change], least: float, hubs: int) -> set[int] | None:
    """The documents that hang together with changed ones by texts of at least this likeness, now or before, and with
    those of a band of theirs that has more than so many `hubs`: which of these others are held against may be new.

    None where they are too many.
    """
    found, waiting = set[int](), dict[int, str]()
    having = lru_cache(maxsize=None)(partial(_band, index))
    former = Counter(band.band_key for change in changes.values() for band in change.before.bands)
    for doc, change in changes.items():
        before, after = change
        texts = [{field.value_key for field in facts.fields if field.field == "text"} for facts in change]
        if before.sketches == after.sketches and texts[0] == texts[1] and not change.differs("first_line_end"):
            continue
        for sketch in before.sketches:
            waiting |= _like(having, sketch.signs, [band.band_key for band in before.bands], least, waiting)
        for band in {band.band_key for facts in change for band in facts.bands}:
            crowd = having(band)
            waiting |= crowd if len(crowd) + former[band] > hubs else {}
        for text in texts[0] | texts[1]:
            waiting |= _of_text(index, text)
        if after.sketches:
            waiting[doc] = after.sketches[0].signs
        else:  # what was said of it is to go
            found.add(doc)
    while waiting:
        doc, signs = waiting.popitem()
        found.add(doc)
        if len(found) > MOST_ALIKE:
            return None
        bands = [row["band_key"] for row in index.query("SELECT band_key FROM bands WHERE doc = ?", [doc])]
        waiting |= _like(having, signs, bands, least, found | waiting.keys())
    return found


def _like(
    having: Callable[[int], Mapping[int, str]], signs: str, bands: Iterable[int], least: float, known: Container[int]
) -> dict[int, str]:
    """The documents with one of these bands, and such a likeness to these signs, with their own, that are not known."""
    near = {doc: its for band in bands for doc, its in having(band).items() if doc not in known}
    return {doc: its for doc, its in near.items() if likeness(signs, its, least) >= least}


def _band(index: Index, band: int) -> dict[int, str]:
    """The documents with this band, with their signs."""
    query = "SELECT s.doc AS doc, s.signs AS signs FROM bands b CROSS JOIN sketches s ON s.doc = b.doc"
    return {row["doc"]: row["signs"] for row in index.query(f"{query} WHERE b.band_key = ?", [band])}


def _of_text(index: Index, text: str) -> dict[int, str]:
    query = "SELECT s.doc AS doc, s.signs AS signs FROM fields f CROSS JOIN sketches s ON s.doc = f.doc"
    rows = index.query(f"{query} WHERE f.field = 'text' AND f.value_key = ?", [text])
    return {row["doc"]: row["signs"] for row in rows}


def sites(index: Index, changes: Mapping[int, Change], options: Any) -> set[str]:
    """The sites whose documents may have other lines in common than before: `options` are those of the rule."""
    of_site: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes.values():
        for row in filter(None, change.rows):
            of_site[row.site].append(change)
    return {site for site, found in of_site.items() if _site_differs(index, site, found, changes, options)}


def _site_differs(index: Index, site: str, own: Iterable[Change], changes: Mapping[int, Change], options: Any) -> bool:
    own = [change for change in own if change.before.lines or change.after.lines]
    if all(c.before.lines == c.after.lines and not c.differs("site", "words", "removed_words") for c in own):
        return False
    if any(not (change.before.lines and change.after.lines) or change.differs("site") for change in own):
        return True  # it has more documents with lines than before, or fewer
    query = "SELECT COUNT(DISTINCT doc) AS many FROM lines WHERE line_key = ?"
    lines = {line.line_key for change in own for facts in change for line in facts.lines}
    before = {key: sum(any(line.line_key == key for line in c.before.lines) for c in changes.values()) for key in lines}
    many = {key: before[key] + next(iter(index.query(query, [key])))["many"] for key in lines}
    often = {key for key, number in many.items() if number >= options.documents}
    if not often:
        return False
    has_lines = "EXISTS (SELECT 1 FROM lines n WHERE n.doc = d.doc)"
    rows = index.query(f"SELECT COUNT(*) AS many FROM documents d WHERE d.site = ? AND {has_lines}", [site])
    least = max(options.documents, options.share * next(iter(rows))["many"])
    common = {key for key in often if many[key] >= least}
    return any(_shows(change, common, options.most) for change in own)


def _shows(change: Change, common: Set[int], most: float) -> bool:
    """Are lines that a site's documents have in common others in this one, or so many that it may be a copy of one?"""
    told = []
    for facts in change:
        rows = [line for line in facts.lines if line.line_key in common]
        own = [line.number for line in facts.lines if line.next_at >= 0]
        words = facts.documents[0].words - facts.documents[0].removed_words
        told.append((rows, own and (min(own), max(own)), bool(rows) and sum(row.words for row in rows) >= most * words))
    return told[0] != told[1] or (told[0][2] and change.differs("words", "removed_words"))
