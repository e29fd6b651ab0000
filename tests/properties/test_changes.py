"""After any changes a run says what a first one would, although it asks again about the documents near them alone."""

import json
import os
from dataclasses import dataclass, field
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
    text: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    foot: bool = False

    def render(self) -> str:
        section = f"/learn/{self.subject.lower()}/questions/"
        head = {"id": self.id, "title": self.title, "subject": self.subject, "url": self.host + section + self.slug}
        head |= {"lang": self.language} if self.language else {}
        head |= {f"related_article{number}": link for number, link in enumerate(self.links, 1)}
        matter = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        return f"---\n{matter}---\n\n# {self.title}\n\n" + "\n\n".join(self.text) + "\n" + FOOT * self.foot


class Collection:
    """Pages in files below `content`, made and changed by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pages: dict[str, Page] = {}
        for number in range(DOCUMENTS):
            self.put(f"content/{random.choice('abc')}/{number}.md", self.page(number))

    def put(self, path: str, page: Page) -> None:
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.render(), encoding="utf-8")
        moment = OLD + self.random.randrange(OLD)
        os.utime(file, (moment, moment))
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
        page.text = [self.sentence(topic) for _ in range(random.randrange(3, 9))]
        page.links = [self.link(topic) for _ in range(random.randrange(6))]
        page.foot = random.random() < 0.6
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
            name = random.choice(("title", "id", "slug", "subject", "host", "language"))
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
    assert sum(report is not None for report in amended) >= 2
    assert found >= {"BPL010", "ID001", "ID003", "REL003", "REL005", "REL006", "REL007", "REL008"}
