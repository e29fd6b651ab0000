"""A static word model made of a collection's own texts, for the benchmarks: `train_static.py COLLECTION MODEL`.

Words that stand beside the same words come out alike: positive pointwise mutual information of words and their
neighbours, factored (O. Levy, Y. Goldberg, I. Dagan, "Improving Distributional Similarity with Lessons Learned from
Word Embeddings", TACL 2015). Words count the less the more frequent they are (S. Arora, Y. Liang, T. Ma, "A Simple but
Tough-to-Beat Baseline for Sentence Embeddings", ICLR 2017). COLLECTION is a folder of texts, or of the benchmark's
`*.docs.jsonl`; MODEL becomes a folder as model2vec writes it.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Split

WORD = r"[^\W\d_]+"
UNKNOWN = "[UNK]"
WINDOW = 5
"""Words on either side that are a word's neighbours."""

COMMON = 1e-3
"""The share of all words from which on a word counts for less than half."""


def train(texts: Iterable[str], words: int, neighbours: int, dimensions: int) -> tuple[list[str], NDArray[np.float32]]:
    """So many most frequent words with their vectors, known by so many neighbours: always the same for the same texts.

    A word that stands once only has no vector.
    """
    tokens = [re.findall(WORD, text.lower()) for text in texts]
    times = Counter(word for found in tokens for word in found)
    ranked = sorted((word for word in times if times[word] > 1), key=lambda word: (-times[word], word))[:words]
    number = {word: n for n, word in enumerate(ranked)}
    gap = [-1] * WINDOW
    line = np.array([n for found in tokens for n in (*(number.get(word, -1) for word in found), *gap)], dtype=np.int64)
    vectors = _factors(_information(line, len(ranked), min(neighbours, len(ranked))), dimensions)
    share = np.array([times[word] for word in ranked]) / times.total()
    return ranked, (vectors * (COMMON / (COMMON + share))[:, None]).astype(np.float32)


def _information(line: NDArray[np.int64], words: int, neighbours: int) -> NDArray[np.float32]:
    """How much more often than by chance each word and each of the most frequent ones stand together."""
    counts = np.zeros(words * neighbours, dtype=np.float32)
    for step in range(1, WINDOW + 1):
        for one, other in ((line[:-step], line[step:]), (line[step:], line[:-step])):
            there = (one >= 0) & (other >= 0) & (other < neighbours)
            pairs, times = np.unique(one[there] * neighbours + other[there], return_counts=True)
            counts[pairs] += times
    table = counts.reshape(words, neighbours)
    chance = np.maximum(table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / max(table.sum(), 1), 1e-9)
    return np.log(np.maximum(table / chance, 1))  # type: ignore[no-any-return]


def _factors(table: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """The table's rows in so many dimensions, each of the weight that the square root of its singular value gives."""
    values, axes = np.linalg.eigh(table.T @ table)
    kept = axes[:, ::-1][:, :dimensions]
    strength = np.sqrt(np.maximum(values[::-1][:dimensions], 1e-6))
    return table @ kept / np.sqrt(strength)  # type: ignore[no-any-return]


def save(folder: Path, words: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Write the model as model2vec does."""
    from tokenizers import Regex

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(WordLevel({UNKNOWN: 0, **{word: n for n, word in enumerate(words, 1)}}, unk_token=UNKNOWN))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Split(Regex(WORD), "removed", invert=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.vstack([np.zeros((1, vectors.shape[1]), dtype=np.float32), vectors])
    save_file({"embeddings": rows}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"normalize": True}), encoding="utf-8")


def texts_in(folder: Path) -> Iterator[str]:
    """The texts of the documents below a folder, and of the rows of its `*.docs.jsonl`."""
    for file in sorted(folder.rglob("*")):
        if file.name.endswith(".docs.jsonl"):
            rows = map(json.loads, file.read_text(encoding="utf-8").split("\n")[:-1])
            yield from (f"{row['title']}\n{row['summary']}\n{row['text']}" for row in rows)
        elif file.suffix in (".md", ".txt") and file.is_file():
            yield file.read_text(encoding="utf-8", errors="replace")


def main() -> None:
    """Read the arguments and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("collection", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--words", type=int, default=30_000)
    parser.add_argument("--neighbours", type=int, default=2_000)
    parser.add_argument("--dimensions", type=int, default=256)
    given = parser.parse_args()
    words, vectors = train(texts_in(given.collection), given.words, given.neighbours, given.dimensions)
    save(given.model, words, vectors)
    print(f"{len(words):,} words in {vectors.shape[1]} dimensions: {given.model}")


if __name__ == "__main__":
    main()
