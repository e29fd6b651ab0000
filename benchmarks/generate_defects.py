"""Damage for test documents, each kind with the findings that it must lead to."""

import itertools
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypedDict

from generate_articles import Article, Link, render, slug
from generate_prose import TITLES, Writer

MIN_LINKS = 2
"""Only documents with as many links are damaged, so that every kind of damage fits each of them."""

UNUSED_IDS = 1_000_000_000
"""Ids from here on belong to no document."""


class Entry(TypedDict):
    """One finding to expect; `cause` is the code of the damage that it follows from, None for the damage itself."""

    path: str
    code: str
    line: int
    link: str | None
    note: str
    cause: str | None


class Bench:
    """What damage works on, and what it leaves: `files` by path, and `truth`.

    `leaves` are documents that no others link to; each is damaged once. `targets` stay as they are, but lend what must
    be unique, each of them once.
    """

    def __init__(self, rng: random.Random, targets: Iterable[Article], leaves: Iterable[Article]) -> None:
        self.rng = rng
        self.lenders = list(targets)
        self.victims = [leaf for leaf in leaves if len(leaf.links) >= MIN_LINKS]
        self.files: dict[str, bytes] = {}
        self.truth: list[Entry] = []
        self.ids = itertools.count(UNUSED_IDS, 1009)
        rng.shuffle(self.lenders)
        rng.shuffle(self.victims)

    def lender(self, victim: Article) -> Article | None:
        """A document of the victim's subject to which it does not link."""
        linked = {link.id for link in victim.links}
        fit = (i for i, a in enumerate(self.lenders) if a.subject == victim.subject and a.id not in linked)
        place = next(fit, None)
        return None if place is None else self.lenders.pop(place)

    def fellows(self, victim: Article, count: int) -> list[Article]:
        """So many more documents to damage of the victim's subject; none where there are not as many."""
        fit = (i for i, v in enumerate(self.victims) if v.subject == victim.subject)
        places = list(itertools.islice(fit, count))
        return [self.victims.pop(i) for i in reversed(places)] if len(places) == count else []

    def stranger(self, victim: Article) -> Link:
        """A link to a document outside the collection, on what the victim is about."""
        title = Writer(self.rng, victim.topic, victim.terms).about(TITLES)
        number = next(self.ids)
        return Link(number, title, victim.subject, f"/learn/{slug(victim.subject)}/questions/{slug(title)}-{number}")

    def save(self, article: Article, text: str | None = None) -> None:
        """Keep a damaged document; a lone surrogate stands for the byte that is no UTF-8."""
        text = render(article) if text is None else text
        self.files[article.path] = text.encode("utf-8", "surrogateescape")

    def expect(self, article: Article, code: str, at: str, note: str, cause: str | None = None) -> None:
        """Note a finding in the document as saved, on the line where `at` matches (or its group `at` does)."""
        text = self.files.get(article.path, render(article).encode()).decode("utf-8", "surrogateescape")
        match = re.search(at, text, re.MULTILINE)
        if match is None:
            raise ValueError(f"{code}: nothing matches {at!r} in {article.path}")
        line = text.count("\n", 0, match.start("at" if "at" in match.re.groupindex else 0)) + 1
        link = re.match(r"related_article\d+", match[0])
        self.truth.append(Entry(path=article.path, code=code, line=line, link=link and link[0], note=note, cause=cause))


Kind = Callable[[Bench, Article], None]
Make = Callable[[Bench, Article, Link], Link]
Replacement = str | Callable[[re.Match[str]], str]


def edited(find: str, new: Replacement, note: str, *findings: tuple[str, str]) -> Kind:
    """Replace in the text what matches; the first finding is the damage, the others follow from it."""

    def kind(bench: Bench, victim: Article) -> None:
        text, count = re.subn(find, new, render(victim), count=1, flags=re.MULTILINE)
        if not count:
            raise ValueError(f"nothing matches {find!r} in {victim.path}")
        bench.save(victim, text)
        for i, (code, at) in enumerate(findings):
            bench.expect(victim, code, at, note, findings[0][0] if i else None)

    return kind


def escape_newlines(match: re.Match[str]) -> str:
    """The answer in one line, with a literal `\\n` for each line break."""
    return "answer: >-\n    " + "\\n".join(line.strip() for line in match[1].strip().split("\n")) + "\n"


def leave_gap(match: re.Match[str]) -> str:
    """The number of the last link, raised by one."""
    return f"related_article{int(match[1]) + 1}:"


AUTHOR = r"^author: .*$"
SCORE = r"^(url: .*\n)(?:score: .*\n)?"
DESCRIPTION = r"^(  page_description: >-\n    )(.*)$"
BODY = r"(?s)(\n---\n\n)(.*)\Z"

TEXT_DAMAGE: tuple[Kind, ...] = (
    edited(r"(?s)\A---\n.*?\n---\n\n", "", "there is no front matter", ("FM001", r"\A")),
    edited(r"^subject: ", "subject: Studies: ", "a colon inside a plain scalar", ("FM002", "^subject")),
    edited(r"^    subject: ", "\t", "a tab for indentation", ("FM002", "^\t")),
    edited(AUTHOR, "author: @fieldnotes", "a reserved sign opens a plain scalar", ("FM002", AUTHOR)),
    edited(AUTHOR, r'author: "Field\\q"', "an escape that YAML does not know", ("FM002", AUTHOR)),
    edited(r"^---\n\n", "\n", "the front matter is never closed", ("FM002", r"\A")),
    edited(AUTHOR, r"\g<0>\nauthor: The editors", "a key given twice", ("FM003", "^author: The editors")),
    edited(
        r"^post_on_text.*$", r"\g<0>\n\g<0>", "a line given twice", ("FM003", r"^post_on_text.*\n(?P<at>post_on_text)")
    ),
    edited(SCORE, r"\1scoer: 4.5\n", "a misspelt key", ("FM004", "^scoer")),
    edited(r"^subject: ", r"noindex: true\n\g<0>", "a misspelt key", ("FM004", "^noindex")),
    edited(SCORE, r"\1score: high\n", "a word for a number", ("FM004", "^score")),
    edited(r"^subject: ", r"no_index: maybe\n\g<0>", "a word for a boolean", ("FM004", "^no_index")),
    edited(r"^date_format: .*\n", "", "a required field is missing", ("FM004", r"\A")),
    edited(r"^date: .*$", "date: 2025-02-30", "no such day", ("FM004", "^date:")),
    edited(r"^date: .*$", "date: 14.03.2025", "a date with the day first", ("FM004", "^date:")),
    edited(r"^    url: .*$", r"\g<0>\n    note: see also", "an unknown field in a link", ("FM004", "^    note:")),
    edited(AUTHOR, "author: no", "a boolean to YAML 1.1", ("FM006", AUTHOR)),
    edited(AUTHOR, "author: 012", "ten to YAML 1.1", ("FM006", AUTHOR), ("FM004", AUTHOR)),
    edited(r"^post_on_text: .*$", "post_on_text: 12:30", "750 to YAML 1.1", ("FM006", "^post_on_text")),
    edited(r"^answer: \|-\n((?:    .*\n|\n)+)", escape_newlines, "literal \\n in the answer", ("FM007", "^answer")),
    edited(SCORE, r"\1score: -1.0\n", "a sentinel number", ("FM008", "^score")),
    edited(AUTHOR, "author: TODO", "a placeholder", ("FM008", AUTHOR)),
    edited(r"^file_name: (.*)\.md$", r"file_name: \1-draft.md", "another file's name", ("FM009", "^file_name")),
    edited(r"^url: /learn/[\w-]+", "url: /learn/leisure", "another subject's section", ("FM010", "^url")),
    edited(r"^(url: .*/)\w+-", r"\1", "the url's tail lacks its first word", ("FM011", "^url")),
    edited(
        r"^related_article(\d+):(?!(?s:.*)^related_article)",
        leave_gap,
        "a number left out",
        ("REL010", r"^related_article\d+(?!(?s:.*)^related_article)"),
    ),
    edited(BODY, r"\1\2\n\2", "the body stands twice", ("DUP003", r"(?s)\n---\n\n(.+)\n(?P<at>\1)\Z")),
    edited(DESCRIPTION, r"\1Too short.", "10 characters", ("SEO002", "^  page_description")),
    edited(DESCRIPTION, r"\1\2 \2 \2 \2", "the description four times", ("SEO002", "^  page_description")),
    edited(r"\n\Z", "", "no newline at the end", ("TXT001", r"^.*\Z")),
    edited(r"(\w)(\w+\.\n)\Z", "\\1\u200b\\2", "a zero-width space in a word", ("TXT003", "\u200b")),
    edited(r"(\w)(\w+\.\n)\Z", "\\1\udcff\\2", "a byte that is no UTF-8", ("TXT004", "\udcff")),
    edited(BODY, r"\1&nbsp;\n", "only a placeholder", ("BPL012", "^&nbsp;")),
    edited(BODY, r"\1<!-- content-audit: ignore[FM999] -- agreed -->\n\2", "no such rule", ("SUP003", "^<!--")),
    edited(BODY, r"\1<!-- content-audit: ignore[TXT003] -- agreed -->\n\2", "nothing to ignore", ("SUP001", "^<!--")),
)


def borrowed(code: str, at: str, note: str, *fields: str, follows: tuple[str, str] | None = None) -> Kind:
    """Give the victim these fields of another document; both show the finding."""

    def kind(bench: Bench, victim: Article) -> None:
        lender = bench.lender(victim)
        if lender is None:
            return
        bench.save(replace(victim, **{name: getattr(lender, name) for name in fields}))
        bench.expect(victim, code, at, note)
        bench.expect(lender, code, at, f"the other document: {note}", code)
        if follows:
            bench.expect(victim, *follows, note, code)

    return kind


BORROWED: tuple[Kind, ...] = (
    borrowed("ID001", "^id:", "two documents, one id", "id"),
    borrowed("ID002", "^url:", "two documents, one url", "url", follows=("FM011", "^url:")),
    borrowed("ID003", "^title:", "two documents, one title", "title"),
    borrowed("SEO001", "^  title:", "two documents, one SEO title", "seo_title"),
    borrowed("DUP001", r"\A", "two documents, one text", "question", "answer", "body"),
)


@dataclass(frozen=True)
class Change:
    """How a link is damaged: the new record, what follows from it, and whether it stands beside the old one."""

    code: str
    note: str
    make: Make
    follows: tuple[str, ...] = ()
    added: bool = False


def other_title(bench: Bench, victim: Article, link: Link) -> Link:
    """The link under a title that its document once had."""
    return replace(link, title=f"{link.title.rstrip('?')}, and why?")


def other_subject(bench: Bench, victim: Article, link: Link) -> Link:
    """The link under a subject and a section that are not its own."""
    return replace(link, subject="Leisure", url=re.sub(r"^/learn/[\w-]+", "/learn/leisure", link.url))


def other_section(bench: Bench, victim: Article, link: Link) -> Link:
    """The link with a url in another subject's section."""
    return replace(link, url=other_subject(bench, victim, link).url)


def other_id(bench: Bench, victim: Article, link: Link) -> Link:
    """The link with an id that nobody has."""
    return replace(link, id=next(bench.ids))


def own(bench: Bench, victim: Article, link: Link) -> Link:
    """A link to the document itself."""
    return victim.link


def outside(bench: Bench, victim: Article, link: Link) -> Link:
    """A link out of the collection."""
    return bench.stranger(victim)


def outside_other_section(bench: Bench, victim: Article, link: Link) -> Link:
    """A link out of the collection, with a url in another subject's section."""
    return other_section(bench, victim, bench.stranger(victim))


def relinked(change: Change) -> Kind:
    """Damage the victim's first link, or add a damaged one after the others."""

    def kind(bench: Bench, victim: Article) -> None:
        link = change.make(bench, victim, victim.links[0])
        links = (*victim.links, link) if change.added else (link, *victim.links[1:])
        at = rf"^related_article{len(links) if change.added else 1}:"
        bench.save(replace(victim, links=links))
        bench.expect(victim, change.code, at, change.note)
        for code in change.follows:
            bench.expect(victim, code, at, change.note, change.code)

    return kind


LINK_DAMAGE: tuple[Change, ...] = (
    Change("REL001", "the first link once more", lambda bench, victim, link: link, added=True),
    Change("REL001", "the first link's id under another title", other_title, ("REL006",), added=True),
    Change("REL001", "the first link's url with another id", other_id, ("REL006",), added=True),
    Change("REL002", "the document itself", own, added=True),
    Change("REL003", "the id stands under the document's own subject", other_subject, ("REL006",)),
    Change("REL004", "the url lies in another section", other_section, ("REL006",)),
    Change("REL004", "the url lies in another section", outside_other_section, ("REL007",)),
    Change("REL006", "a title that the document no longer has", other_title),
    Change("REL006", "an id that the document does not have", other_id),
    Change("REL007", "not in the collection", outside),
)


def cited(make: Make, agreeing: int, codes: tuple[str, ...], bench: Bench, victim: Article) -> None:
    """Let so many further documents cite a target outside the collection alike, and the victim differently.

    One against one is a tie, which blames both.
    """
    fellows = bench.fellows(victim, agreeing)
    if not fellows:
        return
    link = bench.stranger(victim)
    note = f"{agreeing} against 1 on {link.id}"
    shared: tuple[str, ...] = ("REL005",) if agreeing == 1 else ()
    told = {fellow.path: (link, shared) for fellow in fellows}
    told[victim.path] = make(bench, victim, link), codes
    for article in (*fellows, victim):
        given, blamed = told[article.path]
        bench.save(replace(article, links=(*article.links, given)))
        at = rf"^related_article{len(article.links) + 1}:"
        bench.expect(article, "REL007", at, note, "REL005")
        for code in blamed:
            bench.expect(article, code, at, note)


CITED: tuple[Kind, ...] = (
    partial(cited, other_title, 3, ("REL005",)),
    partial(cited, other_subject, 1, ("REL005", "REL003")),
)

KINDS: tuple[Kind, ...] = (*TEXT_DAMAGE, *BORROWED, *(relinked(change) for change in LINK_DAMAGE), *CITED)


def damage(bench: Bench, documents: int) -> None:
    """Damage about so many documents, one kind after the other in turn, as long as there are documents to damage."""
    kinds = itertools.cycle(KINDS)
    while len(bench.files) < documents and bench.victims:
        next(kinds)(bench, bench.victims.pop())
