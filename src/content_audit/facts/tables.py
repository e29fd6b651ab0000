"""The tables of facts: flat rows that say of each document what other documents are held against.

Columns are 64-bit integers and strings, never NULL: what is absent is "" or -1. Rows are joined by `doc`, a hash of the
path, so that the same collection has the same keys whatever order it was read in and wherever.
"""

from hashlib import blake2b
from typing import NamedTuple


class DocumentRow(NamedTuple):
    """One document: what it is called, what links to it are compared with, and the site that it is of.

    `language` is the one that the site marks it with, "" where it does not. `section` is the one that its url stands
    in, where it has a subject that can be held against that; `in_section` is 1 where it is the subject's slug, else 0.
    `standing` says whether it is published (`content_audit.facts.standing`).
    """

    doc: int
    path: str
    format: str
    syntax: str
    id: str
    url: str
    url_key: str
    title: str
    subject: str
    first_line_end: int
    words: int
    removed_words: int
    site: str = ""
    language: str = ""
    section: str = ""
    in_section: int = 0
    standing: int = 2


class FieldRow(NamedTuple):
    """A value that no two documents should share: `field` is id, url, title, seo_title or text, `value_key` folded
    (titles by `content_audit.facts.wording.wording`).

    `field` is name for what links may call the document besides (`content_audit.facts.addresses.known_names`), which
    several may share, and made for the pages that the site's software makes of its tags.
    """

    doc: int
    field: str
    value_key: str
    start_at: int
    end_at: int


class LinkRow(NamedTuple):
    """One related link, in the order of the document.

    `url_key` is the normalised url, `name_key` what the link calls a target of which it gives neither id nor url, ""
    where it does but for mere numbers, which may be slugs; `title_key` its title as `FieldRow` has titles, "" for that
    of a place on a page; `stray_section` the url's section where it is not the subject's slug and the url is no other
    site's; `places` says where the parts of its record stand (`content_audit.facts.links.pack_parts`); `start_at` to
    `end_at` is the entry from its key to the end of its value. `language` is the one it leads into, where that is not
    the document's.
    """

    doc: int
    number: int
    name: str
    id: str
    title: str
    subject: str
    url: str
    url_key: str
    stray_section: str
    start_at: int
    end_at: int
    places: str
    name_key: str = ""
    language: str = ""
    title_key: str = ""


class LineRow(NamedTuple):
    """One line of a body, known by `line_key` among the lines of its site; `number` is one more than its neighbour's.

    `start_at` to `end_at` is what a reader sees. `cut_at` is the end of its line, -1 for the document's last; `next_at`
    the start of the next line that is not blank, -1 for a line that its own document gives away as furniture, and
    `cut_at` where all that follows is such. `from_at` is the end of the line before, -1 where there is none or it goes
    itself. `until` is the number of the last line under a heading, and the line's own for any other; `prose` is 1 where
    the line's paragraph is prose, or its list phrases. `exact_key` is equal where the numbers are equal as well.
    """

    doc: int
    line_key: int
    exact_key: int
    number: int
    until: int
    prose: int
    words: int
    from_at: int
    start_at: int
    end_at: int
    cut_at: int
    next_at: int


class SketchRow(NamedTuple):
    """What documents are compared by: the signs of `content_audit.text.sketches`."""

    doc: int
    signs: str


class BandRow(NamedTuple):
    """One of the keys that like documents share."""

    doc: int
    band_key: int


class TopicRow(NamedTuple):
    """What a document is about, in terms (`content_audit.facts.topics`), each column with spaces between.

    `central` has those of the title and those that stand in both keywords and description. `terms` are the document's
    strongest, `weights` has a character for each of them.
    """

    doc: int
    language: str
    title: str
    central: str
    terms: str
    weights: str


class SuppressionRow(NamedTuple):
    """One code that a comment names, for the audit to leave what that rule finds there (`facts.suppressions`).

    `number` is the comment's in the document, `item` the code's in its list. `action` is "ignore", "file-ignore",
    "disable", "enable", or whatever stands there; `reason` and `until` are "" where it gives none. `start_at` to
    `end_at` is the comment, `list_*` its list of codes, `cut_*` what goes with it, `scope_*` what it is about.
    """

    doc: int
    number: int
    item: int
    action: str
    code: str
    reason: str
    until: str
    start_at: int
    end_at: int
    list_start: int
    list_end: int
    cut_start: int
    cut_end: int
    scope_start: int
    scope_end: int


Row = DocumentRow | FieldRow | LinkRow | LineRow | SketchRow | BandRow | TopicRow | SuppressionRow

TABLES: dict[str, type[Row]] = {
    "documents": DocumentRow,
    "fields": FieldRow,
    "links": LinkRow,
    "lines": LineRow,
    "sketches": SketchRow,
    "bands": BandRow,
    "topics": TopicRow,
    "suppressions": SuppressionRow,
}

INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "documents": (("id",), ("url_key",), ("section", "subject", "in_section")),
    "fields": (("field", "value_key"),),
    "links": (("doc", "number"), ("id",), ("url_key",)),
    "lines": (("line_key", "doc"),),
    "sketches": (),
    "bands": (("band_key", "doc"),),
    "topics": (),
    "suppressions": (),
}


class Facts(NamedTuple):
    """The rows that one document adds, by table."""

    documents: tuple[DocumentRow, ...] = ()
    fields: tuple[FieldRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    sketches: tuple[SketchRow, ...] = ()
    bands: tuple[BandRow, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    suppressions: tuple[SuppressionRow, ...] = ()


class DamagedIndexError(Exception):
    """The index holds something that no run wrote."""


def doc_key(path: str) -> int:
    """The document's key in every table: 63 bits of its path's BLAKE2b hash."""
    return int.from_bytes(blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "big") >> 1


def text_key(text: str) -> str:
    """Equal texts have equal keys: 128 bits of BLAKE2b in hexadecimal."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
