"""REL008: related links that have nothing to do with the document.

## Why
A list of links made from whatever was published on the same day sends readers of one topic to another, and teaches them
not to click. Editors choose some good links that share no word with their page, so one missing overlap proves little; a
list that as a whole has none proves a lot.

From fifty documents on, a link is measured by the collection itself. A target that is in the collection is compared
with the ten documents most like the linking one: a stranger is far less like it than they are, and so are the target's
own neighbours. Of a target that is not there, the title is looked up in the collection: a stranger's does no better
with this document than titles and documents paired by chance do, or has words that the collection does not know. In a
list that is mostly weak, less is asked for. What is called the same as the document is no stranger.

With a model (`semantic.model` in the configuration) words that mean the same count as well, in both measures.

In smaller collections a list is judged by the document's central terms: the words of its title, and those that stand
in both keywords and description. Only lists that are mostly strangers are reported then. Where the target is in the
collection, its own text speaks: it is a stranger only if both texts are long enough to tell, and neither has a central
term of the other, but for those that many documents have. The subject never counts: every stranger carries the right
one. Links into another language, as those to a translation of the document, are not judged: words can't tell.

## Fix safety
Unsafe: the list is judged as a whole, so all its strangers go at once, and the links after them move up.

With `--replace` the documents of `evidence.suggestions` take their places, the best one first: those that this rule
would not call strangers in any list. A record keeps its keys, their order, and how each is written; the values come
from the document that it now leads to. What else it said of the old target goes, but for what all records of the
document say alike. Strangers for whom no document is left are removed.
"""

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, groupby, repeat

from content_audit.facts import doc_key
from content_audit.facts.links import related_links
from content_audit.model import Document, Fix, Problem, Span
from content_audit.relevance import Entry, Judge, Neighbourhoods, Score, Space
from content_audit.rule import RelevanceRule, Row, Unjudged
from content_audit.rules.edits import removing
from content_audit.rules.targets import TARGETS
from content_audit.shelf import Shelf
from content_audit.text.languages import script
from content_audit.text.terms import terms

SMALL = 50
"""Documents from which on a collection says what is like what; in fewer, a document's neighbours are chance. A choice,
not measured: a document has ten neighbours that it is measured by, and should not have most others among them."""

TELLING = 40
"""Terms that document and target must have, where their texts are to show that they have nothing in common. A choice:
of the 64 that are kept of a document, well over half."""

WIDESPREAD = 3
"""A term that more than a third of a small collection has does not speak for a link. In 24 collections of 36 documents
taken from two curated ones, 13 and 22 % of the strangers in whole lists of them are reported and 3 of 1,640 links that
editors chose; with all terms 2 % and none."""

QUERY = f"""
SELECT l.doc AS doc, l.number AS number, l.name AS name, l.id AS id, l.title AS title, l.url_key AS url_key,
       l.name_key AS name_key, l.start_at AS start_at, l.end_at AS end_at, d.path AS path, l.language AS language,
       r.target AS target
FROM asked_lists l JOIN documents d ON d.doc = l.doc JOIN {TARGETS} r ON r.doc = l.doc AND r.number = l.number
ORDER BY path, number
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What lists are judged by in a collection of under fifty documents; larger ones have measures of their own.

    `share` of a link title's terms that may be central in a stranger's; `list_share` of strangers that a list needs,
    and `min_links` that it must have; `min_terms` of a title, and of a document, that can be judged. Of 297 links
    judged by reading, in lists of a real collection made by batch, these report 43 % of the strangers and 5 % of the
    others; a share of a quarter reports 91 % and 37 %.
    """

    share: float = 0.0
    list_share: float = 0.75
    min_links: int = 3
    min_terms: int = 2


def check(rows: Iterable[Row], near: Callable[[], Neighbourhoods], options: Options) -> Iterator[Problem | Unjudged]:
    """A problem on each stranger."""
    lists = (_distinct(group) for _, group in groupby(rows, key=lambda row: row["doc"]))
    first = next(lists, None)
    if first is None:
        return
    known = near()
    for links in chain((first,), lists) if len(known.space) < SMALL else ():
        yield from _by_central_terms(known.space, links, options)
    if len(known.space) >= SMALL:
        yield from _by_likeness(known.judge, chain((first,), lists))


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """The links of a list without its repeats and without links to the document itself; targets by their keys."""
    links: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        row = {**row, "target": doc_key(row["target"]) if row["target"] else -1}
        keys = {(name, row[name], row["language"]) for name in ("id", "url_key", "name_key") if row[name]}
        if not keys & seen and row["target"] != row["doc"]:
            links.append(row)
        seen |= keys
    return links


def _of_one_language(space: Space, links: Sequence[Row]) -> list[Row]:
    """The links that don't lead into another language than the document's: words can't tell what those are about."""
    own = space.entries.get(links[0]["doc"]) if links else None
    return [row for row in links if not _leads_abroad(space, own, row)]


def _leads_abroad(space: Space, own: Entry | None, row: Row) -> bool:
    if own is None or row["language"]:
        return bool(row["language"])
    target = space.entries.get(row["target"])
    if target is not None and target.language != own.language:
        return True
    return len({script(own.title), script(row["title"])} - {""}) > 1


def _by_likeness(judge: Judge, lists: Iterable[Sequence[Row]]) -> Iterator[Problem | Unjudged]:
    """Strangers by what the collection says is like what. Lists that are beyond doubt are forgotten at once, the others
    put on a shelf until all are scored."""
    space, suspects = judge.space, Shelf()
    for each in filter(None, lists):
        doc, path, own = each[0]["doc"], each[0]["path"], space.entries.get(each[0]["doc"])
        judge.targets[doc] = array("q", [row["target"] for row in each])
        links = [None if _leads_abroad(space, own, row) else (row["title"], row["target"]) for row in each]
        yield from (Unjudged("links into another language", path) for link in links if link is None)
        if not any(links) or not space.terms(doc):
            yield from [Unjudged("lists of documents without terms", path)] if any(links) else []
            continue
        scores = judge.listed(doc, links)
        untold = sum(score is None and link is not None for score, link in zip(scores, links, strict=True))
        yield from repeat(Unjudged("links whose title has no terms", path), untold)
        if judge.suspect(scores):
            suspects.put(marshal.dumps([*each]))
    for each in map(marshal.loads, suspects):
        scores = judge.listed(each[0]["doc"], ())
        for row, score, stranger in zip(each, scores, judge.strangers(scores), strict=True):
            if score is not None and stranger and not _of_one_name(space.entries[row["doc"]], row):
                yield _stranger(space, row, score)


def _of_one_name(entry: Entry, row: Row) -> bool:
    """Is the link called nothing but what the document is called, as all are in a series, or where none has its own?"""
    return entry.title_terms != "" and terms(row["title"], entry.language) == {*entry.title_terms.split()}


def _stranger(space: Space, row: Row, score: Score) -> Problem:
    entry = space.entries[row["doc"]]
    found = terms(row["title"], entry.language)
    if score.by == "target":
        said = f"its target is {score.value:.2f} times as like it as the ten documents most like it"
    else:
        said = f"of random pairs of a title and a document {score.value:.0%} have less in common"
    evidence = {
        "title": row["title"],
        "terms": sorted(found),
        "shared": sorted(found.intersection(entry.central.split())),
        "score": round(score.value, 3),
        "measured_by": f"{score.by} and model" if space.model else score.by,
        "central_terms": sorted(entry.central.split())[:20],
    }
    message = f"{row['name']} {row['title']!r} has nothing to do with this document: {said}"
    return Problem(Span(row["path"], row["start_at"], row["end_at"]), message, evidence)


def _by_central_terms(space: Space, links: Sequence[Row], options: Options) -> Iterator[Problem | Unjudged]:
    """Strangers of a list that is mostly such, by the document's central terms alone."""
    kept = _of_one_language(space, links)
    yield from (Unjudged("links into another language", links[0]["path"]) for _ in range(len(links) - len(kept)))
    entry = space.entries.get(kept[0]["doc"]) if kept else None
    if entry is None:
        return
    central = frozenset(entry.central.split())
    titles = [(row, terms(row["title"], entry.language)) for row in kept]
    judged = [(row, found) for row, found in titles if len(found) >= options.min_terms]
    if len(central) < options.min_terms or len(judged) < options.min_links:
        yield Unjudged("lists of too few terms or links, in a small collection", links[0]["path"])
        return
    strangers = [
        (row, found)
        for row, found in judged
        if len(found & central) <= options.share * len(found) and _apart(space, entry.doc, row["target"])
    ]
    if len(strangers) < options.list_share * len(judged):
        return
    for row, found in strangers:
        shared = sorted(found & central)
        evidence = {
            "title": row["title"],
            "terms": sorted(found),
            "shared": shared,
            "score": round(len(shared) / len(found), 2),
            "measured_by": "central terms",
            "central_terms": sorted(central)[:20],
            "strangers_in_list": f"{len(strangers)} of {len(judged)}",
        }
        said = f"only {', '.join(shared)}" if shared else "none"
        about = f"has nothing to do with this document: of its terms {said} is central here"
        message = f"{row['name']} {row['title']!r} {about}"
        yield Problem(Span(row["path"], row["start_at"], row["end_at"]), message, evidence)


def _apart(space: Space, doc: int, target: int) -> bool:
    """Do the texts of a document and of a link's target not speak for the link? One that is not there says nothing."""
    if target not in space.entries:
        return True
    own, other = (frozenset(space.terms(each)) for each in (doc, target))
    if min(len(own), len(other)) < TELLING:
        return False
    central, others = (_telling(space, each) for each in (doc, target))
    return bool(central and others) and other.isdisjoint(central) and own.isdisjoint(others)


def _telling(space: Space, doc: int) -> list[int]:
    """A document's central terms that are not widespread."""
    central = space.numbered(space.entries[doc].central)
    return [term for term in central if term >= 0 and WIDESPREAD * space.frequency[term] <= len(space)]


def suits(judge: Judge, options: Options) -> Callable[[int, int], bool]:
    """Tells of a document and another whether that would be no stranger among its links, whatever the others are."""
    space = judge.space

    def suited(doc: int, other: int) -> bool:
        title = space.entries[other].title
        if len(space) < SMALL:
            found = terms(title, space.entries[doc].language)
            shared = found.intersection(space.entries[doc].central.split())
            return len(found) >= options.min_terms and len(shared) > options.share * len(found)
        (score,) = scores = judge.score(doc, [(title, other)])
        return score is not None and score.by == "target" and not judge.suspect(scores)

    return suited


def mend(document: Document, starts: Set[int]) -> Fix | None:
    """All strangers and what repeats them at once: a list with one of them gone would be judged anew by fewer."""
    links = related_links(document)
    strangers = {key for link in links if link.node.key_start in starts for key in link.keys}
    gone = [link for link in links if not strangers.isdisjoint(link.keys)]
    return removing(document, links, gone, "unsafe", f"remove {', '.join(link.name for link in gone)}")


RULE = RelevanceRule(
    "REL008",
    "off-topic-related-link",
    "a link that has nothing to do with the document",
    QUERY,
    check,
    mend,
    "warning",
    ("unsafe",),
    Options,
    suggests=True,
)
