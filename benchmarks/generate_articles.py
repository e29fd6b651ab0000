"""Sound test documents of the published article schema: composed, linked to each other, and rendered."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generate_prose import DESCRIPTIONS, TITLES, Topic, Writer, vocabulary

LEAVES = 0.4
"""Share of documents that no other links to. Damage falls on these, so that it stays where it was done."""

IDS_PER_DOCUMENT = 200
"""Room for ids: so sparse that links rarely lead to a neighbouring number by chance."""

DOCUMENTS_PER_TOPIC = 25
"""Small collections take up fewer topics, so that each document finds something to link to."""

CHOICE = 20
"""Targets that links are chosen from, of each term: enough for five links, and as quick however many there are."""


@dataclass(frozen=True)
class Link:
    """A related article as another document shows it."""

    id: int
    title: str
    subject: str
    url: str


@dataclass(frozen=True)
class Article:
    """A document before it is written. `terms` are what it is about, the first two above all."""

    path: str
    topic: Topic
    terms: tuple[str, ...]
    id: int
    date: str
    title: str
    article_title: str
    seo_title: str
    description: str
    keywords: str
    question: str
    answer: str
    subject: str
    file_name: str
    url: str
    score: float | None
    body: str
    links: tuple[Link, ...] = ()

    @property
    def link(self) -> Link:
        """The record by which others link here."""
        return Link(self.id, self.title, self.subject, self.url)


def slug(text: str) -> str:
    """The text as it stands in a url."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def compose(rng: random.Random, topic: Topic, article_id: int, taken: set[str]) -> Article:
    """A sound article without links, on two terms of the topic; its slug is new and then taken."""
    while True:
        first = topic.terms.draw(rng)
        terms = (first, *rng.sample([t for t in topic.terms.words if t != first], 5))
        writer = Writer(rng, topic, terms)
        title, description = writer.about(TITLES), writer.about(DESCRIPTIONS)
        name = slug(title)
        if name not in taken and 50 <= len(description) <= 160:
            break
    taken.add(name)
    heading = f"### {terms[2][0].upper()}{terms[2][1:]} and {terms[3]}"
    middle, last = (writer.paragraph(rng.randint(2, 7)) for _ in range(2))
    answer = [writer.paragraph(rng.randint(3, 6)), heading, writer.listing(3), middle, last]
    section = slug(topic.subject)
    return Article(
        path=f"content/learn/{section}/{name}.md",
        topic=topic,
        terms=terms,
        id=article_id,
        date=str(date(2023, 1, 2) + timedelta(days=rng.randrange(1000))),
        title=title,
        article_title=title,
        seo_title=f"{title.rstrip('?')} | Fieldnotes",
        description=description,
        keywords=", ".join((topic.name, *terms)),
        question=title,
        answer="\n\n".join(answer),
        subject=topic.subject,
        file_name=f"{name}.md",
        url=f"/learn/{section}/questions/{name}",
        score=round(rng.uniform(1, 5), 1) if rng.random() < 0.7 else None,
        body=f"{writer.paragraph(rng.randint(3, 7))}\n\n{writer.paragraph(rng.randint(3, 7))}\n",
    )


def connect(rng: random.Random, articles: list[Article], targets: list[Article]) -> list[Article]:
    """The articles, each with two to five links to targets of its topic, on one of its terms where there are any."""
    by_topic: dict[Topic, list[Article]] = defaultdict(list)
    by_term: dict[tuple[Topic, str], list[Article]] = defaultdict(list)
    for target in targets:
        by_topic[target.topic].append(target)
        for term in target.terms[:2]:
            by_term[target.topic, term].append(target)

    def some(those: list[Article]) -> list[Article]:
        return those if len(those) <= CHOICE else rng.sample(those, CHOICE)

    connected = []
    for article in articles:
        alike = [some(by_term[article.topic, term]) for term in article.terms[:2]]
        near = {t.id: t.link for those in alike for t in those if t.id != article.id}
        if len(near) < 2:
            near = {t.id: t.link for t in some(by_topic[article.topic]) if t.id != article.id}
        links = rng.sample(list(near.values()), min(len(near), rng.randint(2, 5)))
        connected.append(replace(article, links=tuple(links)))
    return connected


def render(article: Article) -> str:
    """The document as it is written: the fields in the published order, long text in block scalars."""
    lines = ["---", "_schema: default", f"id: {article.id}", f"date: {article.date}"]
    lines += [f"title: >-\n    {article.title}", f"article_title: >-\n    {article.article_title}"]
    lines += ["date_format: MMM DD, YYYY", "post_on_text: Posted on"]
    lines += ["seo:", f"  title: {article.seo_title}", f"  page_description: >-\n    {article.description}"]
    lines += [f"  page_keywords: >-\n    {article.keywords}", "author: Fieldnotes"]
    lines += [f"question: >-\n    {article.question}", "answer: |-"]
    lines += [f"    {line}" if line else "" for line in article.answer.split("\n")]
    lines += [f"subject: {article.subject}", f"file_name: {article.file_name}", f"url: {article.url}"]
    lines += [] if article.score is None else [f"score: {article.score}"]
    for number, link in enumerate(article.links, 1):
        lines += [f"related_article{number}:", f"    id: {link.id}", f"    title: >-\n        {link.title}"]
        lines += [f"    subject: {link.subject}", f"    url: {link.url}"]
    return "\n".join([*lines, "---", "", article.body])


def collection(documents: int, rng: random.Random) -> tuple[list[Article], list[Article]]:
    """So many sound articles: those that others may link to, and the leaves."""
    known = vocabulary()[1]
    topics = rng.sample(known, max(1, min(len(known), documents // DOCUMENTS_PER_TOPIC)))
    ids = rng.sample(range(10_000, 10_000 + documents * IDS_PER_DOCUMENT), documents)
    taken: set[str] = set()
    articles = [compose(rng, rng.choice(topics), article_id, taken) for article_id in ids]
    targets = articles[: documents - int(documents * LEAVES)]
    connected = connect(rng, articles, targets)
    return connected[: len(targets)], connected[len(targets) :]
