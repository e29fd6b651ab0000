"""Would a learned line classifier beat the rules? `train_lines.py DATA` answers under cross-validation by site.

A logistic regression over what the rules see of a line and of the lines around it, trained on four fifths of the sites
and tried on the rest, behind the same gate. DATA is as for extraction.py. It is not shipped unless it gains .01 on both
sets; nothing is written. scikit-learn is installed into build/peers, and content-audit is read from src.
"""

import argparse
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import blake2b
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from content_audit.text.furniture import Mark, mark
from content_audit.text.gate import polluted
from content_audit.text.judge import judge
from content_audit.text.labels import MARKS
from content_audit.text.lines import Line, split
from content_audit.text.prose import PROSE, ends_sentence
from content_audit.text.segment import Segments, segment
from extraction import ROOT, python
from extraction_scores import SHINGLE, WORD, Page, columns, load

FOLDS = 5
WINDOWS = (1, 3, 8, 20)
"""Lines on either side whose prose, short lines and furniture a line is seen with."""

THRESHOLDS = (0.3, 0.4, 0.5)
KINDS = tuple(MARKS)


class Seen(NamedTuple):
    """A page as lines: what the classifier is told of each, whether the main text has it, and what the rules keep."""

    texts: list[str]
    features: list[list[float]]
    labels: list[int]
    weights: list[float]
    polluted: bool
    ruled: str


def see(page: Page) -> Seen:
    """Read one page."""
    text = page.read("text")
    lines = [line for line in split(text, 0, markdown=False) if not line.blank]
    marks = [mark(line) for line in lines]
    main = f" {' '.join(WORD.findall(page.main.lower()))} "
    labels = [_belongs(WORD.findall(text[line.start : line.end].lower()), main) for line in lines]
    total = sum(line.words for line in lines)
    weights = [math.sqrt(max(1, line.words)) / max(20, total) ** 0.8 for line in lines]
    features = _features(lines, marks, segment(lines, marks)) if lines else []
    return Seen(
        [text[line.start : line.end] for line in lines], features, labels, weights, polluted(lines, marks), _ruled(text)
    )


def _belongs(words: Sequence[str], main: str) -> int:
    """Does the main text have this line, or most of its runs of four words?"""
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
    return int(bool(words) and 2 * sum(f" {run} " in main for run in runs) > len(runs))


def _ruled(text: str) -> str:
    found = judge(text)
    parts, at = [], 0
    for start, end in sorted([(b.start, b.end) for b in found.blocks] + [(r.start, r.end) for r in found.repeats]):
        parts.append(text[at:start])
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _features(lines: Sequence[Line], marks: Sequence[Mark | None], seen: Segments) -> list[list[float]]:
    count = len(lines)
    prose = [min(line.words, 80) if score >= PROSE else 0 for line, score in zip(lines, seen.scores, strict=True)]
    sums = [[0.0, *accumulate(of)] for of in (
        prose, [float(line.words <= 3) for line in lines], [float(m is not None) for m in marks]
    )]  # fmt: skip
    said = sums[0][-1] or 1.0
    rows = []
    for i, (line, named) in enumerate(zip(lines, marks, strict=True)):
        row = [math.log1p(line.words), seen.scores[i], seen.values[i] / 60, float(ends_sentence(line.text))]
        row += [float(line.shape == "item"), i / count, math.log1p(i), math.log1p(count - i), sums[0][i] / said]
        row += [float(named is not None and named.weak), float(named is not None and named.opens)]
        row += [float(named is not None and named.kind == kind) for kind in KINDS]
        row += [float(i in seen.kept), float(any(a <= i < b for a, b in seen.runs)), float(bool(seen.runs))]
        for width in WINDOWS:
            a, b = max(0, i - width), min(count, i + width + 1)
            row += [math.log1p(sums[0][i] - sums[0][a]), math.log1p(sums[0][b] - sums[0][i + 1])]
            row += [(of[b] - of[a]) / (b - a) for of in sums[1:]]
        rows.append(row)
    return rows


def predictions(pages: Sequence[Page], seen: Sequence[Seen]) -> list[list[float]]:
    """How surely each line belongs to the main text, said by a model that has not met its site."""
    linear, scale = import_module("sklearn.linear_model"), import_module("sklearn.preprocessing")
    folds = [blake2b((page.site or page.key).encode()).digest()[0] % FOLDS for page in pages]
    found: list[list[float]] = [[] for _ in pages]
    for fold in range(FOLDS):
        known = [each for each, of in zip(seen, folds, strict=True) if of != fold]
        scaler: Any = scale.StandardScaler()
        rows = scaler.fit_transform([row for each in known for row in each.features])
        labels = [label for each in known for label in each.labels]
        weights = [weight for each in known for weight in each.weights]
        mean = sum(weights) / len(weights)
        model: Any = linear.LogisticRegression(C=0.3, max_iter=300)
        model.fit(rows, labels, sample_weight=[weight / mean for weight in weights])
        for number, of in enumerate(folds):
            if of == fold and seen[number].features:
                found[number] = model.predict_proba(scaler.transform(seen[number].features))[:, 1].tolist()
    return found


def report(data: Path) -> None:
    """Print a table: the rules, and the classifier at each threshold."""
    pages = load(data)
    seen = [see(page) for page in pages]
    scores = columns(pages)
    print(f"|  | {' | '.join(scores)} |\n|---|{'---|' * len(scores)}")
    rows = {"rules": {page.key: each.ruled for page, each in zip(pages, seen, strict=True)}}
    sure = predictions(pages, seen)
    for least in THRESHOLDS:
        rows[f"line classifier, from {least}"] = {
            page.key: "".join(t for t, p in zip(each.texts, by, strict=True) if p > least or not each.polluted)
            for page, each, by in zip(pages, seen, sure, strict=True)
        }
    for name, got in rows.items():
        print(f"| {name} | {' | '.join(f'{score(got):.3f}' for score in scores.values())} |")


def main() -> None:
    """Read the arguments; go on in the environment that has scikit-learn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="a folder of pages with their main texts")
    data = parser.parse_args().data
    if os.environ.get("CONTENT_AUDIT_TRAIN"):
        report(data)
        return
    binary, failed = python(["scikit-learn"])
    if failed:
        parser.error(f"scikit-learn: {failed['scikit-learn']}")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CONTENT_AUDIT_TRAIN": "1"}
    sys.exit(subprocess.run([binary, __file__, str(data.resolve())], check=False, env=env).returncode)


if __name__ == "__main__":
    main()
