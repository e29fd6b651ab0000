"""How many near-duplicates DUP002 finds, how many it makes up, and how its time grows.

`python benchmarks/near_duplicates.py` writes 10,000 and 20,000 documents in memory, of which two in three are copies
with changes, and compares what the rule says with the true likeness of each pair. `--collection PATH` counts what it
says of documents on disk. The same seed gives the same documents.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from content_audit.facts.extract import extract
from content_audit.index import FileResult, Index
from content_audit.model import Problem
from content_audit.parse import parse
from content_audit.rules.near_duplicate_document import RULE
from generate_prose import Topic, Writer, vocabulary

BATCH = 500


class Measured(NamedTuple):
    """One run: seconds for facts and index, seconds for the rule, and what the rule said."""

    facts: float
    rule: float
    found: list[Problem]


def draft(rng: random.Random) -> tuple[Writer, list[str]]:
    """Some sentences on one topic, and who wrote them."""
    topic: Topic = rng.choice(vocabulary()[1])
    terms = tuple(dict.fromkeys(topic.terms.draw(rng) for _ in range(8)))
    if len(terms) < 2:
        terms = topic.terms.words[:2]
    writer = Writer(rng, topic, terms)
    return writer, [writer.paragraph(1) for _ in range(rng.randint(6, 40))]


def changed(rng: random.Random, writer: Writer, sentences: list[str], share: float) -> list[str]:
    """The sentences, some with a word of their own, some written anew, some gone."""
    result = []
    for sentence in sentences:
        if rng.random() >= share:
            result.append(sentence)
            continue
        how = rng.choice(("word", "word", "anew", "gone"))
        words = sentence.split()
        if how == "word":
            words[rng.randrange(len(words))] = rng.choice(sentences).split()[0].lower()
            result.append(" ".join(words))
        elif how == "anew":
            result.append(writer.paragraph(1))
    return result or sentences


def documents(count: int, seed: int) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """So many documents by path, and all pairs of them that were made from one."""
    rng = random.Random(seed)
    texts: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    while len(texts) < count:
        writer, sentences = draft(rng)
        first = f"{len(texts):06}.txt"
        texts[first] = layout(sentences)
        family = [first]
        for _ in range(min(rng.randint(0, 4), count - len(texts))):
            path = f"{len(texts):06}.txt"
            texts[path] = layout(changed(rng, writer, sentences, rng.uniform(0.0, 0.6)))
            family.append(path)
        pairs += combinations(family, 2)
    return texts, pairs


def layout(sentences: list[str]) -> str:
    """Paragraphs of five sentences."""
    return "\n\n".join(" ".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5)) + "\n"


def jaccard(first: str, second: str) -> float:
    """The true share of runs of three words that two texts have in common."""
    a, b = runs(first), runs(second)
    return len(a & b) / len(a | b)


def runs(text: str) -> set[tuple[str, ...]]:
    """A text's runs of three words."""
    words = [word.strip(".,;:") for word in text.lower().split()]
    return set(zip(words, words[1:], words[2:], strict=False))


def measure(sources: Iterable[tuple[str, bytes]]) -> Measured:
    """Read documents, keep their facts, ask the rule."""
    with Index(None, "") as index:
        started = time.process_time()
        batch: list[tuple[FileResult, None]] = []
        for path, data in sources:
            document = parse(path, data)
            batch.append((FileResult(path, "", b"", extract(document), b""), None))
            if len(batch) == BATCH:
                index.store(batch)
                batch = []
        index.store(batch)
        stored = time.process_time()
        found = list(RULE.check(index.query(RULE.query), RULE.options()))
        return Measured(stored - started, time.process_time() - stored, found)


def score(texts: dict[str, str], pairs: list[tuple[str, str]], found: list[Problem]) -> str:
    """The table's row: recall by likeness, findings under .6."""
    # Of equal texts the rule sees one, so that clusters are told by text.
    cluster = {texts[problem.span.path]: texts[str(problem.evidence["representative"])] for problem in found}
    hits: Counter[str] = Counter()
    seeded: Counter[str] = Counter()
    for first, second in pairs:
        if texts[first] == texts[second] or min(len(texts[p].split()) for p in (first, second)) < 50:
            continue
        likeness = jaccard(texts[first], texts[second])
        band = next(
            name for least, name in ((0.9, ".9"), (0.8, ".8"), (0.7, ".7"), (0.0, "under")) if likeness >= least
        )
        seeded[band] += 1
        hits[band] += cluster.get(texts[first], texts[first]) == cluster.get(texts[second], texts[second])
    named = [jaccard(texts[p.span.path], texts[str(p.evidence["like"])]) for p in found]
    hubs = [jaccard(texts[p.span.path], texts[str(p.evidence["representative"])]) for p in found]
    told = [abs(value - float(str(p.evidence["similarity"]))) for value, p in zip(named, found, strict=True)]
    high = (hits[".8"] + hits[".9"]) / (seeded[".8"] + seeded[".9"])
    shares = " ".join(f"{name} {hits[name]}/{seeded[name]}" for name in (".9", ".8", ".7", "under"))
    return f"recall at .8 and over {high:.4f} ({shares}); least likeness named {min(named):.2f}, " + (
        f"{sum(value < 0.6 for value in named)} of {len(named):,} findings under .6, least to the cluster's first "
        f"{min(hubs):.2f}; likeness told wrong by {mean(told):.3f}, at most {max(told):.3f}"
    )


def collection(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The Markdown and text files below a folder."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".md", ".txt"):
            yield str(file), file.read_bytes()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--collection", type=Path)
    arguments = parser.parse_args()
    seconds = []
    for count in (arguments.documents, 2 * arguments.documents):
        texts, pairs = documents(count, arguments.seed)
        result = measure((path, text.encode()) for path, text in texts.items())
        seconds.append(result.facts + result.rule)
        print(f"{count:,} documents: facts {result.facts:.1f} s, rule {result.rule:.2f} s")
        print(f"  {score(texts, pairs, result.found)}")
    print(f"twice the documents take {seconds[1] / seconds[0]:.2f} times as long")
    if arguments.collection:
        result = measure(collection(arguments.collection))
        sizes = Counter(str(problem.evidence["representative"]) for problem in result.found)
        print(f"{arguments.collection}: {len(result.found):,} findings in {len(sizes):,} clusters, ", end="")
        print(f"facts {result.facts:.1f} s, rule {result.rule:.2f} s")


if __name__ == "__main__":
    main()
