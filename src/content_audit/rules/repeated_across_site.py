"""BPL010: lines that stand in many documents of one site.

## Why
What every page of a site says is the site's, not the document's: its menus, its footer, its terms of delivery. No
single page gives such lines away where they are neither labels nor links; a few pages side by side do.

A site is the host of the documents' `url`; documents without one are of a site when one folder holds them. Lines are
compared without regard to case, digits, punctuation and white space. Code, tables and headings that documents of one
kind share stay, and so does a heading with more under it than the site's lines. So do lines whose numbers are not those
of the other documents: a dose, a result, an hour.

Prose that some documents share is not the site's for that: leases have clauses in common, editions chapters, walks what
to bring. A list of phrases under a Markdown heading is prose as well. It counts
in five documents of a host at least, of which it is in four of five; a folder counts as a host where it is named like
one, as programs that copy sites name theirs. Documents with most of their words in common are versions of one text,
which DUP001 and DUP002 report, and count as one.

## Fix safety
Unsafe: a notice that all documents share may be one that readers of each shall see. None for prose in the middle of a
document, or by itself at its ends: an editor may have put a disclaimer or an introduction there. It goes beside labels
of the site at the document's head or foot, and from pages that were taken with dozens of their site's labels. Of an
HTML page the lines of its main text count, and `clean` takes them out of the Markdown that it makes of the page; `fix`
leaves pages alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from content_audit.expressions import expression
from content_audit.model import Edit, Fix, Problem, Span
from content_audit.rule import CollectionRule, Row

QUERY = """
SELECT d.site AS site, d.path AS path, d.format AS format, d.words - d.removed_words AS own_words,
       l.line_key AS line_key, l.exact_key AS exact_key, l.number AS number, l.until AS until,
       l.prose AS prose, l.words AS words,
       l.from_at AS from_at, l.start_at AS start_at, l.end_at AS end_at, l.cut_at AS cut_at, l.next_at AS next_at,
       s.holders AS holders, p.pages AS pages, o.first_own AS first_own, o.last_own AS last_own
FROM asked_lines l
JOIN documents d ON d.doc = l.doc
JOIN (SELECT n.line_key AS shared_key, COUNT(DISTINCT n.doc) AS holders
      FROM akin_lines n
      GROUP BY n.line_key HAVING COUNT(DISTINCT n.doc) > 2) s ON s.shared_key = l.line_key
JOIN (SELECT e.site AS of_site, COUNT(DISTINCT n.doc) AS pages
      FROM asked_lines n JOIN documents e ON e.doc = n.doc
      GROUP BY e.site) p ON p.of_site = d.site
JOIN (SELECT n.doc AS of_doc, MIN(n.number) AS first_own, MAX(n.number) AS last_own
      FROM asked_lines n WHERE n.next_at >= 0 GROUP BY n.doc) o ON o.of_doc = l.doc
ORDER BY d.site, d.path, l.number
"""

NAMED = 5
"""Other documents that a finding names."""

HUBS = 16
"""Documents of a site, unlike each other, that each one is held against: the work stays linear in large sites."""

PROSE_DOCUMENTS, PROSE_SHARE = 5, 0.8
"""Prose is a host's own from so many documents on that have it, and from this share of all. Taking it from three
documents and from half of them, in folders as well, F1 on 77 pages is .016 higher, and what three leases have in common
is gone from all of them."""

BESIDE, CHROME = 3, 50
"""Prose goes with so many labels of its site beside it at the document's head or foot, or with so many anywhere: then
the page was taken with all that stands around a document. On 77 pages two sites have such prose, with at least 102
labels a page; without the latter F1 is .001 lower, with no prose taken at all .008."""

_HOST = expression(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)")

_Stays = Literal["", "prose", "numbers"]
"""Why lines stay: they are prose, or their numbers are their own. "" for those that go."""

_Pages = Mapping[str, Sequence[Row]]
"""The rows of one site, by the paths of their documents."""


@dataclass(frozen=True, slots=True)
class Options:
    """A line counts in `documents` of a site at least, and in this `share` of those that have text.

    Adjacent lines need `words` together. Chosen on 77 pages of 17 sites, most of them listings, shops and manuals: from
    20 to 60 words F1 differs by .002, and from 30 on no word goes of the pages' main texts, chosen by hand and laid
    beside each other. Over `most` of a document's words nothing is reported in it, and documents that have `most` of
    their words in common count as one: they are versions of one text. With .6 or .95 F1 differs by .003.
    """

    documents: int = 3
    share: float = 0.5
    words: int = 30
    most: float = 0.75


def check(rows: Iterable[Row], options: Options) -> Iterator[Problem]:
    """A problem on each run of lines that their document has in common with others of its site."""
    for _, group in groupby(rows, key=lambda row: str(row["site"])):
        shared = (row for row in group if row["holders"] >= max(options.documents, options.share * row["pages"]))
        yield from _site(
            {path: list(page) for path, page in groupby(shared, key=lambda row: str(row["path"]))}, options
        )


def _site(pages: _Pages, options: Options) -> Iterator[Problem]:
    holders = _holders(pages, "line_key")
    equal = _holders(pages, "exact_key")
    originals = _originals(pages, options.most)
    witnesses = {key: len({originals[path] for path in paths}) for key, paths in (holders | equal).items()}
    copies = len(pages) - len(set(originals.values()))
    for rows in pages.values():
        of = rows[0]["pages"] - copies
        lines = [row for row in rows if _furniture(row, witnesses[row["line_key"]], of, options)]
        same = {row["number"] for row in lines if _furniture(row, witnesses[row["exact_key"]], of, options)}
        runs = [run for run in _runs(lines) if sum(row["words"] for row in run) >= options.words]
        whole = sum(map(_label, lines)) >= CHROME
        parts = (part for run in runs for part in _parted(run, same, options, whole=whole))
        pieces = [(piece, stays) for part, stays in parts for piece in _left(part)]
        words = sum(row["words"] for piece, _ in pieces for row in piece)
        if pieces and words <= options.most * rows[0]["own_words"]:
            yield from (_problem(piece, holders if stays == "numbers" else equal, stays) for piece, stays in pieces)


def _holders(pages: _Pages, key: str) -> dict[int, dict[str, None]]:
    """The documents that have each line, by one of its keys."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for path, rows in pages.items():
        for row in rows:
            found[row[key]][path] = None
    return found


def _originals(pages: _Pages, alike: float) -> dict[str, str]:
    """Each document with the first one that has so large a share of its words in common with it, itself where none
    has."""
    said = {path: {int(row["line_key"]): int(row["words"]) for row in rows} for path, rows in pages.items()}
    found: dict[str, str] = {}
    hubs: list[str] = []
    for path, lines in said.items():
        least = alike * pages[path][0]["own_words"]
        near = (hub for hub in hubs if _common(lines, said[hub]) >= max(least, alike * pages[hub][0]["own_words"]))
        found[path] = next(near, path) if sum(lines.values()) >= least else path
        hubs += [path][: HUBS - len(hubs)] if found[path] == path else []
    return found


def _common(first: Mapping[int, int], second: Mapping[int, int]) -> int:
    return sum(first[key] for key in first.keys() & second.keys())


def _furniture(row: Row, witnesses: int, pages: int, options: Options) -> bool:
    """Is this line the site's? Of so many `witnesses` among its `pages` none is a copy of another."""
    least, share = options.documents, options.share
    if row["prose"]:
        least, share = max(least, PROSE_DOCUMENTS), max(share, PROSE_SHARE)
        if not _HOST.fullmatch(str(row["site"]).rpartition("/")[2]):
            return False
    return witnesses >= max(least, share * pages)


def _runs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of adjacent lines together."""
    for _, run in groupby(enumerate(rows), key=lambda entry: int(entry[1]["number"]) - entry[0]):
        yield [row for _, row in run]


def _label(row: Row) -> bool:
    """Is this line neither prose nor a heading above something?"""
    return not row["prose"] and row["until"] == row["number"]


def _at_edge(run: list[Row], same: Collection[int]) -> bool:
    """Does the run, with labels in it, begin or end what the document has?"""
    edge = run[0]["number"] <= run[0]["first_own"] or run[-1]["number"] >= run[0]["last_own"]
    return edge and sum(_label(row) and row["number"] in same for row in run) >= BESIDE


def _parted(
    run: list[Row], same: Collection[int], options: Options, *, whole: bool
) -> Iterator[tuple[list[Row], _Stays]]:
    """The lines of a run that stay, and the rest of it: at an edge all, elsewhere where it has words enough by itself.

    `same` has the numbers of the lines that other documents have with the same digits.
    """
    goes = whole or _at_edge(run, same)

    def why(row: Row) -> _Stays:
        if row["number"] not in same:
            return "numbers"
        return "prose" if row["prose"] and not goes else ""

    for stays, rows in groupby(run, key=why):
        part = list(rows)
        if goes or stays == "prose" or sum(row["words"] for row in part) >= options.words:
            yield part, stays


def _left(run: list[Row]) -> Iterator[list[Row]]:
    """What stays of a run is left out, and what other rules report: headings with more under them than the run has, and
    lines that their document alone gives away."""
    last = run[-1]["number"]
    for left, piece in groupby(run, key=lambda row: int(row["next_at"]) >= 0 and row["until"] <= last):
        if left:
            yield list(piece)


def _problem(piece: list[Row], holders: Mapping[int, Mapping[str, None]], stays: _Stays) -> Problem:
    first, last = piece[0], piece[-1]
    key = "line_key" if stays == "numbers" else "exact_key"
    least = min(piece, key=lambda row: len(holders[row[key]]))
    lines, count, pages = len(piece), len(holders[least[key]]), least["pages"]
    others = [path for path in holders[least[key]] if path != first["path"]][:NAMED]
    what, stand = ("1 line", "stands") if lines == 1 else (f"{lines} lines", "stand")
    told = f"{what} of prose" if stays == "prose" else f"{what}, numbers aside," if stays else what
    of = f" of {first['site']}" if first["site"] else ""
    named = " and ".join(filter(None, (", ".join(others[:-1]), others[-1])))
    evidence = {
        "documents": count,
        "site": first["site"],
        "site_documents": pages,
        "lines": lines,
        "words": sum(row["words"] for row in piece),
        "others": others,
        "numbers_differ": stays == "numbers",
    }
    return Problem(
        Span(first["path"], first["start_at"], last["end_at"]),
        f"{told} {stand} in {count} of {pages} documents{of}, {named} among them",
        evidence,
        None if stays or first["format"] == "html" else Fix((_cut(first, last),), "unsafe", f"remove {what}"),
    )


def _cut(first: Row, last: Row) -> Edit:
    """The lines with the blank ones after them, at the document's end with the ones before them.

    Where none stands before them, those after them stay: two paragraphs must not become one.
    """
    if last["cut_at"] < 0 <= first["from_at"]:
        return Edit(first["from_at"], last["next_at"], "")
    apart = first["from_at"] != first["start_at"]
    return Edit(first["start_at"], last["next_at"] if apart or last["cut_at"] < 0 else last["cut_at"], "")


RULE = CollectionRule(
    "BPL010",
    "repeated-across-site",
    "lines in many documents of one site",
    QUERY,
    check,
    severity="warning",
    fixes=("unsafe",),
    options=Options,
    by="lines",
)
