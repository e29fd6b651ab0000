"""Runs one peer over a collection: `python relevance_peers.py NAME < IN > OUT`, in the peers' own environment.

IN is JSON: `documents` (title, summary and text by id), `links` (pairs of a document's id and a target, which is an id
or, for what is not among the documents, `{"title": …}`) and `asked` (ids of documents with the ids not to offer). OUT
has `scores`, one a link, and `offers`, the five documents nearest to each asked. Nothing of content-audit is needed or
imported here.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

OFFERS = 5

Documents = Mapping[str, Sequence[str]]
Target = str | Mapping[str, str]


class Peer(NamedTuple):
    """How alike a document and a link's target are, and how alike a document and all documents are, in their order."""

    score: Callable[[str, Target], float]
    alike: Callable[[str], Sequence[float]]


def tfidf(documents: Documents) -> Peer:
    """Cosine of TF-IDF vectors of full texts (scikit-learn, English stop words, logarithmic counts)."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        stop_words="english", sublinear_tf=True
    )
    matrix = vectorizer.fit_transform([" ".join(parts) for parts in documents.values()])
    row = {key: n for n, key in enumerate(documents)}

    def score(source: str, target: Target) -> float:
        other = matrix[row[target]] if isinstance(target, str) else vectorizer.transform([target["title"]])
        return float((matrix[row[source]] @ other.T).toarray()[0, 0])

    return Peer(score, lambda source: (matrix @ matrix[row[source]].T).toarray()[:, 0].tolist())


def bm25(documents: Documents) -> Peer:
    """BM25 (bm25s, its defaults, English stop words) with what is known of the target as the query.

    That is its title, with its summary where it is a document; the score is divided by the number of words that the
    query has, since long ones would pass for near.
    """
    module = import_module("bm25s")

    def tokens(texts: list[str]) -> Any:
        return module.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)

    index = module.BM25()
    index.index(tokens([" ".join(parts) for parts in documents.values()]), show_progress=False)
    row = {key: n for n, key in enumerate(documents)}

    def against_all(title: str, summary: str) -> list[float]:
        (query,) = tokens([f"{title} {summary}"])
        known = [word for word in query if word in index.vocab_dict]
        return [float(s) / len(query) for s in index.get_scores(known)] if known else [0.0] * len(row)

    def score(source: str, target: Target) -> float:
        known = documents[target][:2] if isinstance(target, str) else (target["title"], "")
        return against_all(*known)[row[source]]

    return Peer(score, lambda source: against_all(*documents[source][:2]))


def rapidfuzz(documents: Documents) -> Peer:
    """Likeness of the two titles (rapidfuzz, token_set_ratio in lower case)."""
    ratio = import_module("rapidfuzz.fuzz").token_set_ratio

    def title(target: Target) -> str:
        return (documents[target][0] if isinstance(target, str) else target["title"]).lower()

    def score(source: str, target: Target) -> float:
        return float(ratio(title(source), title(target)))

    return Peer(score, lambda source: [score(source, other) for other in documents])


PEERS: dict[str, Callable[[Documents], Peer]] = {
    "TF-IDF cosine": tfidf,
    "BM25": bm25,
    "title similarity": rapidfuzz,
}


def main() -> None:
    """Score every link, and offer documents to those asked, with the peer that the argument names."""
    given = json.load(sys.stdin)
    peer = PEERS[sys.argv[1]](given["documents"])
    offers = {}
    for source, unwanted in given["asked"].items():
        found = sorted(zip(peer.alike(source), given["documents"], strict=True), key=lambda each: (-each[0], each[1]))
        offers[source] = [key for _, key in found if key not in (source, *unwanted)][:OFFERS]
    scores = [peer.score(source, target) for source, target in given["links"]]
    json.dump({"scores": scores, "offers": offers}, sys.stdout)


if __name__ == "__main__":
    main()
