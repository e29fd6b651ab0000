"""English to fill test documents with: sentence templates, and words from `vocabulary.txt` drawn by Zipf's law.

Names of people and places, and compounds, make the long tail that text has: in 2,000 documents 23,000 different words,
as many as in as many real documents.
"""

import configparser
import itertools
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TITLES = (
    "How can {a} affect {b} and the rest of {topic} {place}?",
    "What should {people} know about {a}, {b} and {topic}?",
    "Why did {topic} once depend on {a} and {b} {place}?",
    "In {topic}, how do {people} tell {a} from {b}?",
    "What happens to {topic} when {a} and {b} are missing {place}?",
    "What is the connection between {a} and {b} in {topic} {place}?",
    "When do {people} prefer {a} to {b} in matters of {topic}?",
    "Can {a} {infinitive} {b} and with it {topic} {place}?",
    "Which signs of {a} point to {b} in {topic} {place}?",
    "Should {people} who care about {topic} worry about {a} and {b}?",
    "How did {a} and {b} change {topic} {place}?",
    "What makes {a} and {b} matter to {topic} {when}?",
)

DESCRIPTIONS = (
    "What {a} and {b} have to do with each other and with {topic} {place}, and what {people} make of it {when}.",
    "An answer on {topic} for {people}: how {a} can {infinitive} {b} {place}, and where the {noun} lies.",
    "On {topic}, {a}, {b} and the {adjective} {noun} between them, as {people} know it {place}.",
    "Why {people} look at {a} before they turn to {b} and to {topic}, {when} and {place}.",
)

SENTENCES = (
    "The {noun} of {a} {past} {b} {adverb} {when}.",
    "{people} {adverb} describe {a} as the {adjective} {noun} behind {b}.",
    "{when}, {a} can {infinitive} the {noun} that {b} would need.",
    "It takes a {adjective} {noun} and some {noun} to see how {a} may {infinitive} {b}.",
    "Without {a}, the {noun} of {b} would {adverb} be lost {place}.",
    "Some {people} hold that {b} {past} {a}, and not the other way round.",
    "What {people} call {a} has {adverb} been mistaken for {b}.",
    "Much depends on the {noun}: with the {adjective} one {a} will {infinitive} {b}, with the other nothing happens.",
    "{place}, the {adjective} {noun} of {a} {past} everything else.",
    "Nobody who has seen {a} {when} will forget the {noun}.",
    "A {noun} between {a} and {b} can be measured, although few {people} do so {when}.",
    "The first {people} to write about {a} {past} their {noun} with {b}.",
    "If {b} should {infinitive} too {adverb}, {people} reach for {a}.",
    "There is a {adjective} {noun} for this: {a} {past} whatever {b} left behind.",
    "{a} and {b} belong together {place}, as every {noun} shows.",
    "For {b}, the {noun} matters less than the {noun} {when}.",
    "Older accounts mention {a} only in passing and give {b} a whole chapter.",
    "Between {a} and {b} lies the {noun} that most {people} have to find for themselves.",
    "Whether {a} will {infinitive} {b} {when} is a question of {noun}.",
    "One {adjective} {noun} is enough to {infinitive} {a}; two will {adverb} {infinitive} {b}.",
    "Even {adjective} {people} took years before they trusted {a} {place}.",
    "The {topic} of today would be hard to imagine without {a}.",
    "In matters of {topic}, {a} came first and {b} {past} it.",
    "So {people} watch {b} and keep a {noun} of it {when}.",
    "Compared with {b}, {a} asked for a {adjective} {noun} and gave more in return.",
    "That is why {a} {past} the {noun} that {people} had expected of {b}.",
    "{name} was the first to say so of {b}, and {name} of {a}.",
    "At {name} and {name} the {noun} of {b} is known by the name of its {noun}.",
    "What {name} writes on {a} {when} has been doubted by {name}, {name} and others.",
    "From {name} to {name}, {a} and {b} are told apart by their {noun}.",
    "The {noun} that {name} found in {b} lies with the papers of {name}.",
    "Not so in {name}, where the {adjective} {noun} of {a} {past} {b} {when}.",
    "{name}, who {past} {b} {when}, left a {noun} to {name}.",
    "Two {people}, {name} and {name}, {adverb} went to {name} for the {noun} of {a}.",
    "The {name} school of {topic} has {a} {infinitive} {b}; that of {name} denies it.",
    "According to {name}, the {noun} came from {name} and {past} {b}.",
)

POINTS = (
    "a {adjective} {noun}, which {b} {past} {when}.",
    "the {noun} that {people} notice {adverb}.",
    "{adverb} the {noun} of {b} {place}.",
    "enough to {infinitive} {b} {when}.",
    "a {noun} for {people} and a {noun} for {b}.",
)

SLOT = re.compile(r"\{(\w+)\}")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiou])")

COMPOUNDS = 0.3
"""Share of nouns that are compounds of two words."""

NAME_PARTS = (
    "al ash bar bel bren brom car chal cold cran crow dal dun ed el fair fen gar glen had hal har hol hun ing kel kin "
    "lang lin mar mel nor oak pem quin rad ros sal sel stan thorn tur ul vern wal wes win wyn yar".split(),
    " a be bri co de der di e en er fa fi ga gra i in is la le li ling ma man mar me min mon na ne o or ra re ri ro sa "
    "se ster su ta ter ti to u va ver vi".split(" "),
    "bourne bridge bury by church cliff combe cote dale den don field ford gate grave ham hill holm hurst land ley "
    "low marsh mere more ness port shaw stead stoke ston thorpe ton vale well wick wold wood worth".split(),
)
"""What places and families are named by: a start, sometimes a middle, an end. Each topic has an equal share of them."""

NAMES_SHIFT = 100
"""No name is much more frequent than all others."""


class Words:
    """A list of words in order of frequency: the word of rank r is drawn with a weight of 1/(r + shift).

    Without a shift that is G. K. Zipf's law (1949), with one B. Mandelbrot's (1953), which is flatter at the top.
    """

    def __init__(self, words: Iterable[str], shift: int = 0) -> None:
        self.words = tuple(words)
        self.weights = tuple(itertools.accumulate(1 / rank for rank in range(1 + shift, len(self.words) + 1 + shift)))

    def draw(self, rng: random.Random) -> str:
        """One word."""
        return rng.choices(self.words, cum_weights=self.weights)[0]


@dataclass(frozen=True)
class Topic:
    """A topic of a subject: its name, its terms, the subject's people and places, and who and what it tells of."""

    subject: str
    name: str
    terms: Words
    people: Words
    places: Words
    names: Words


@cache
def vocabulary() -> tuple[dict[str, Words], tuple[Topic, ...]]:
    """The common words by their part of speech, and every topic of every subject."""
    config = configparser.ConfigParser()
    config.read(Path(__file__).with_name("vocabulary.txt"), encoding="utf-8")
    lists = {name: {k: Words(re.split(r",\s*", v)) for k, v in config.items(name)} for name in config.sections()}
    common = lists.pop("english")
    known = sorted({"".join(parts).capitalize() for parts in itertools.product(*NAME_PARTS)})
    random.Random(1).shuffle(known)
    count = sum(len(entries) - 2 for entries in lists.values())
    names = (Words(known[at::count], NAMES_SHIFT) for at in range(count))
    topics = (
        Topic(subject, name, terms, entries["people"], entries["places"], next(names))
        for subject, entries in lists.items()
        for name, terms in entries.items()
        if name not in ("people", "places")
    )
    return common, tuple(topics)


@cache
def _parts(template: str) -> tuple[str, ...]:
    """What stands between the slots, and in every second place a slot's name."""
    return tuple(SLOT.split(template))


class Writer:
    """Writes about one topic and, in it, about a few of its terms: the first two are what the document is about."""

    def __init__(self, rng: random.Random, topic: Topic, terms: tuple[str, ...]) -> None:
        self.rng, self.topic, self.terms = rng, topic, terms

    def fill(self, templates: tuple[str, ...]) -> str:
        """One of these templates with its slots filled, its first letter a capital one."""
        first, second = self.pair()
        fixed = {"a": first, "b": second, "topic": self.topic.name}

        own = {"people": self.topic.people, "place": self.topic.places, "name": self.topic.names}

        def word(name: str) -> str:
            if name in fixed:
                return fixed[name]
            drawn = (own.get(name) or vocabulary()[0][name]).draw(self.rng)
            compound = name == "noun" and self.rng.random() < COMPOUNDS
            return vocabulary()[0]["noun"].draw(self.rng) + drawn if compound else drawn

        parts = _parts(self.rng.choice(templates))
        text = "".join(word(part) if i % 2 else part for i, part in enumerate(parts))
        text = ARTICLE.sub(r"\1n ", text)
        return text[0].upper() + text[1:]

    def pair(self) -> tuple[str, str]:
        """Two of the terms: mostly the document's own two, otherwise any of its others."""
        if self.rng.random() < 0.6 or len(self.terms) < 3:
            return self.terms[0], self.terms[1]
        return self.rng.choice(self.terms[:2]), self.rng.choice(self.terms[2:])

    def paragraph(self, sentences: int) -> str:
        """So many sentences."""
        return " ".join(self.fill(SENTENCES) for _ in range(sentences))

    def listing(self, items: int) -> str:
        """A Markdown list, one item a term."""
        picked = self.rng.sample(self.terms, min(items, len(self.terms)))
        points = (self.fill(POINTS) for _ in picked)
        return "\n".join(
            f"- **{t[0].upper()}{t[1:]}**: {p[0].lower()}{p[1:]}" for t, p in zip(picked, points, strict=True)
        )

    def about(self, templates: tuple[str, ...]) -> str:
        """Like `fill`, of the document's own two terms."""
        return Writer(self.rng, self.topic, self.terms[:2]).fill(templates)
