"""BPL010: lines that stand in many documents of one site.

## Why
What every page of a site says is the site's, not the document's: its menus, its footer, its terms of delivery. No
single page gives such lines away where they are neither labels nor links; a few pages side by side do.

A site is the host of the documents' `url`; documents without one are of a site when one folder holds them. Lines are
compared without regard to case, digits, punctuation and white space. Code, tables and headings that documents of one
kind share stay, and so does a document of which hardly a word would be left: it is a copy, which DUP001 and DUP002
report.

## Fix safety
Unsafe: a notice that all documents share may be one that readers of each shall see. Of an HTML page the lines of its
main text count, and `clean` takes them out of the Markdown that it makes of the page; `fix` leaves pages alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from content_audit.model import Edit, Fix, Problem, Span
from content_audit.rule import CollectionRule, Row

QUERY = """
SELECT d.path AS path, d.format AS format, d.site AS site, d.words - d.removed_words AS own_words,
       l.number AS number, l.words AS words,
       l.from_at AS from_at, l.start_at AS start_at, l.end_at AS end_at, l.cut_at AS cut_at, l.next_at AS next_at,
       s.holders AS holders, s.first_path AS first_path, s.last_path AS last_path, p.pages AS pages
FROM lines l
JOIN documents d ON d.doc = l.doc
JOIN (SELECT n.line_key AS shared_key, COUNT(DISTINCT n.doc) AS holders, MIN(e.path) AS first_path,
             MAX(e.path) AS last_path
      FROM lines n JOIN documents e ON e.doc = n.doc
      GROUP BY n.line_key HAVING COUNT(DISTINCT n.doc) > 2) s ON s.shared_key = l.line_key
JOIN (SELECT e.site AS of_site, COUNT(DISTINCT n.doc) AS pages
      FROM lines n JOIN documents e ON e.doc = n.doc
      GROUP BY e.site) p ON p.of_site = d.site
ORDER BY d.path, l.number
"""


@dataclass(frozen=True, slots=True)
class Options:
    """A line counts in `documents` of a site at least, and in this `share` of those that have text.

    Adjacent lines need `words` together. Chosen on 77 pages of 17 sites, most of them listings, shops and manuals: from
    20 to 60 words F1 differs by .002, and from 30 on no word goes of the pages' main texts, chosen by hand and laid
    beside each other. Over `most` of a document's words nothing is reported in it.
    """

    documents: int = 3
    share: float = 0.5
    words: int = 30
    most: float = 0.95


def check(rows: Iterable[Row], options: Options) -> Iterator[Problem]:
    """A problem on each run of lines that their document has in common with others of its site."""
    for _, group in groupby(rows, key=lambda row: str(row["path"])):
        shared = [row for row in group if row["holders"] >= max(options.documents, options.share * row["pages"])]
        runs = [run for run in _runs(shared) if sum(row["words"] for row in run) >= options.words]
        pieces = [piece for run in runs for piece in _left(run)]
        words = sum(row["words"] for piece in pieces for row in piece)
        if pieces and words <= options.most * pieces[0][0]["own_words"]:
            yield from map(_problem, pieces)


def _runs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of adjacent lines together."""
    for _, run in groupby(enumerate(rows), key=lambda entry: int(entry[1]["number"]) - entry[0]):
        yield [row for _, row in run]


def _left(run: list[Row]) -> Iterator[list[Row]]:
    """What other rules leave of a run: lines that their document alone gives away are reported by those."""
    for left, piece in groupby(run, key=lambda row: int(row["next_at"]) >= 0):
        if left:
            yield list(piece)


def _problem(piece: list[Row]) -> Problem:
    first, last = piece[0], piece[-1]
    least = min(piece, key=lambda row: int(row["holders"]))
    lines, holders, pages = len(piece), least["holders"], least["pages"]
    others = [path for path in (least["first_path"], least["last_path"]) if path != first["path"]]
    count, stand = ("1 line", "stands") if lines == 1 else (f"{lines} lines", "stand")
    of = f" of {first['site']}" if first["site"] else ""
    evidence = {
        "documents": holders,
        "site": first["site"],
        "site_documents": pages,
        "lines": lines,
        "words": sum(row["words"] for row in piece),
        "others": others,
    }
    return Problem(
        Span(first["path"], first["start_at"], last["end_at"]),
        f"{count} {stand} in {holders} of {pages} documents{of}, {' and '.join(others)} among them",
        evidence,
        None if first["format"] == "html" else Fix((_cut(first, last),), "unsafe", f"remove {count}"),
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
)
