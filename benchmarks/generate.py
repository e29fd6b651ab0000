"""Writes a collection of test documents with known damage: `python benchmarks/generate.py --seed 1 OUT`.

OUT/content/learn/<subject>/<slug>.md are documents of the published article schema; OUT/truth.json lists what is wrong
with them, complete for findings of severity error. The same arguments give the same bytes.
"""

import argparse
import json
import random
from pathlib import Path

from generate_articles import collection, render
from generate_defects import Bench, damage


def generate(documents: int, seed: int, damaged: float, out: Path) -> None:
    """Write so many documents into `out`, a share of them damaged, and the truth beside them."""
    rng = random.Random(seed)
    targets, leaves = collection(documents, rng)
    files = {article.path: render(article).encode() for article in (*targets, *leaves)}
    bench = Bench(rng, targets, leaves)
    damage(bench, round(documents * damaged))
    for path, data in (files | bench.files).items():
        place = out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    truth = sorted(bench.truth, key=lambda entry: (entry["path"], entry["line"], entry["code"]))
    (out / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments and write the collection."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, help="a folder that has no collection yet")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", type=float, default=0.2, help="share of the documents, 0 for a sound collection")
    arguments = parser.parse_args()
    if (arguments.out / "content").exists():
        parser.error(f"{arguments.out} has a collection already")
    generate(arguments.documents, arguments.seed, arguments.damaged, arguments.out)


if __name__ == "__main__":
    main()
