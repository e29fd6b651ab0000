"""After any changes a run says what a first one would, although it asks again about the documents near them alone."""

import json
import os
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from content_audit import audit
from content_audit.cli import cli
from content_audit.index import Index
from content_audit.report import Report
from content_audit.run import Run
from tests.conftest import MULTIPLY, read_report, without_seconds

WORDS = (
    "loom warp weft shuttle heddle reed treadle bobbin selvedge spindle carding dye vat hem cloth thread twill satin "
    "felt wool linen hemp silk cotton yarn knit purl gauge needle stitch row seam fold press steam iron board"
).split()
SUBJECTS = ("Weaving", "Dyeing", "Spinning")
FOOT = """
Subscribe to our letter for weavers and spinners all over the country

Contact the guild at the old mill by the river any day of the week

All rights of this site belong to the guild of weavers and its members since 1871
"""
TOPICS = 5
"""Each with some words of its own: links between two of them are strangers."""

DOCUMENTS = 80
OLD = 10**9
"""Seconds since 1970: files as old as that are believed to be what they were."""


@dataclass
class Page:
    """One document of the collection: what its front matter says, and its text."""

    topic: int
    id: int
    title: str
    subject: str
    slug: str
    host: str
    language: str = ""
    seo_title: str = ""
    text: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    foot: bool = False
    ignored: str = ""

    def render(self) -> str:
        section = f"/learn/{self.subject.lower()}/questions/"
        head = {"id": self.id, "title": self.title, "subject": self.subject, "url": self.host + section + self.slug}
        head |= {"lang": self.language} if self.language else {}
        head |= {"seo_title": self.seo_title} if self.seo_title else {}
        head |= {f"related_article{number}": link for number, link in enumerate(self.links, 1)}
        matter = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        if self.ignored:
            matter = f"# content-audit: file-ignore[{self.ignored}] -- it is so\n{matter}"
        return f"---\n{matter}---\n\n# {self.title}\n\n" + "\n\n".join(self.text) + "\n" + FOOT * self.foot


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


class Collection:
    """Pages in files below `content`, made and changed by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pages: dict[str, Page] = {}
        for number in range(DOCUMENTS):
            self.put(f"content/{random.choice('abc')}/{number}.md", self.page(number))

    def put(self, path: str, page: Page) -> None:
        put(path, page.render())
        moment = OLD + self.random.randrange(OLD)
        os.utime(path, (moment, moment))
        self.pages[path] = page

    def often(self, number: int) -> int:
        """This number, and now and then that of another page."""
        return number if self.random.random() < 0.9 else self.random.randrange(DOCUMENTS)

    def word(self, topic: int) -> str:
        """A word that all documents have, or more often one of its topic."""
        own = WORDS[topic * 6 : topic * 6 + 6]
        return self.random.choice(own) + ("ed", "er", "s")[topic % 3] if self.random.random() < 0.7 else "craft"

    def title(self, number: int) -> str:
        return f"What is a {WORDS[number % TOPICS * 6 + number % 6]} of kind {number % 7}?"

    def sentence(self, topic: int) -> str:
        return " ".join(self.word(topic) for _ in range(12)).capitalize() + f" {self.random.randrange(60, 99)}."

    def link(self, topic: int) -> dict[str, Any]:
        number, subject = self.random.randrange(DOCUMENTS + 4), self.random.choice(SUBJECTS)
        if self.random.random() < 0.8:
            number = number // TOPICS * TOPICS + topic
        found = {"id": number, "title": self.title(self.often(number)), "subject": subject}
        found["url"] = f"/learn/{subject.lower()}/questions/page-{number}"
        return {name: value for name, value in found.items() if self.random.random() < 0.9}

    def page(self, number: int) -> Page:
        random = self.random
        topic = number % TOPICS
        page = Page(
            topic, self.often(number), self.title(self.often(number)), random.choice(SUBJECTS), f"page-{number}", ""
        )
        page.host = random.choice(("", "https://guild.example.org"))
        page.seo_title = random.choice(("", "Answers of the guild", "Answers of the guild", f"Kind {number}"))
        page.text = [self.sentence(topic) for _ in range(random.randrange(3, 9))]
        page.links = [self.link(topic) for _ in range(random.randrange(6))]
        page.foot = random.random() < 0.6
        if random.random() < 0.1:
            page.ignored = random.choice(("ID003", "REL006, ID001", "REL008", "BPL010", "DUP002", "SEO001, DUP001"))
        return page

    def change(self) -> None:
        """One change of one page, or a page more, less, or elsewhere."""
        random = self.random
        path = random.choice(sorted(self.pages))
        page, other = self.pages[path], self.pages[random.choice(sorted(self.pages))]
        what = random.choice(("text", "front matter", "links", "copy", "add", "remove", "move"))
        if what in ("remove", "move"):
            Path(path).unlink()
            del self.pages[path]
        if what == "text":
            page.text[random.choice((0, -1))] = self.sentence(page.topic)
            page.foot = page.foot != (random.random() < 0.3)
        elif what == "front matter":
            name = random.choice(("title", "id", "slug", "subject", "host", "language", "seo_title"))
            setattr(page, name, random.choice(("", "de")) if name == "language" else getattr(other, name))
        elif what == "links":
            page.links = random.choice(([*page.links, self.link(page.topic)], page.links[1:]))
        elif what == "copy":
            page.text = [*other.text, *([self.sentence(page.topic)] if random.random() < 0.5 else [])]
        elif what == "add":
            page = self.page(random.randrange(DOCUMENTS + 5))
        if what != "remove":
            self.put(f"content/d/{random.random()}.md" if what in ("add", "move") else path, page)


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["check", "content", "--jobs", "1", "--output-format", "json", *arguments])
    assert result.exit_code in (0, 1), result.output
    return without_seconds(read_report(result.stdout))


@pytest.mark.parametrize("seed", range(3 * MULTIPLY))
def test_what_changes_have_nothing_to_do_with_stays_as_it_was(work: Path, seed: int) -> None:
    random = Random(seed)
    amended: list[Report | None] = []
    found: set[str] = set()
    original = audit._amended

    def amending(run: Run, index: Index, rules: str) -> Report | None:
        amended.append(original(run, index, rules))
        return amended[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "_amended", amending)
        collection = Collection(random)
        run()
        for _ in range(6):
            for _ in range(random.randrange(1, 4)):
                collection.change()
            report = run()
            assert report == run("--no-cache")
            found.update(finding["code"] for finding in report["findings"])
    assert any(amended)
    assert found >= {"SUP001", "BPL010", "ID001", "ID003", "SEO001", "REL003", "REL005", "REL006", "REL007", "REL008"}


def test_a_collection_that_loses_its_last_links_has_no_strangers(work: Path) -> None:
    """Then nothing is known of what is like what, and nothing need be: what was said of links goes with them."""
    random = Random(1)
    collection = Collection(random)
    for path, page in [*collection.pages.items()]:
        page.links, page.id = [], int(Path(path).stem)
        collection.put(path, page)
    path, page = next(each for each in collection.pages.items() if each[1].id == 5)
    page.links = [{"id": number, "title": collection.title(number)} for number in (6, 7, 8, 9)]
    collection.put(path, page)
    assert "REL008" in {finding["code"] for finding in run()["findings"]}
    page.links = []
    collection.put(path, page)
    assert run() == run("--no-cache")


def test_furniture_is_held_against_the_words_of_what_has_no_lines(work: Path) -> None:
    """In a document that has little else it is left: code beside it counts, although it is none of its lines."""
    collection = Collection(Random(1))
    for path, page in [*collection.pages.items()]:
        page.foot = True
        collection.put(path, page)
    path = min(collection.pages)
    for words in (1, 200, 1):
        put(path, f"---\ntitle: A loom\n---\n{FOOT}\n```\n{'loom ' * words}\n```\n")
        report = run()
        assert report == run("--no-cache")
        assert (words > 1) == any(each["path"] == path and each["code"] == "BPL010" for each in report["findings"])


def test_copies_may_be_found_where_what_they_were_not_held_against_goes(work: Path) -> None:
    """Of a band that many share by chance each document is held against the first few that are unlike each other."""
    words = [f"{stem}{end}" for stem in WORDS for end in ("", "ed", "er", "ing", "s")]
    common = " ".join(Random(4).choices(words, k=100))
    for number in range(90):
        own, copied = Random(number), Random(1000 + (number // 2 if number > 30 else number + 100))
        text = " ".join((common, *copied.choices(words, k=12), *own.choices(words, k=8)))
        put(f"content/{number:02}.md", text)
    copies = []
    for gone in range(4):
        report = run()
        copies.append([each["path"] for each in report["findings"] if each["code"] == "DUP002"])
        assert report == run("--no-cache")
        for number in range(4):
            Path(f"content/{gone * 4 + number:02}.md").unlink()
    assert any(len(more) > len(less) for less, more in pairwise(copies))
