"""The folders that programs are measured in: documents committed in a repository, and their front matter cut out."""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from speed_runs import quiet

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "speed"
CACHE = ".content-audit-cache"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
COMMIT = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost", "-c", "gc.auto=0")


@dataclass(frozen=True)
class Place:
    """A folder with so many documents below `content`, and the front matter of each in `yaml/NUMBER.yaml`."""

    folder: Path
    documents: int

    @property
    def files(self) -> list[Path]:
        """The documents, in the order of their paths."""
        return sorted(file for file in (self.folder / "content").rglob("*") if file.is_file())


def schema(text: str) -> str:
    """The schema as every peer reads it: it says the same in draft 7, which is all that one of them knows."""
    return text.replace(DRAFT_2020, DRAFT_7)


def front_matter(data: bytes) -> bytes:
    """What stands between the fences; all that follows the first where there is no second."""
    end = data.find(b"\n---\n", 3)
    return data[4 : end + 1] if end >= 0 else data[4:]


def generated(documents: int, seed: int) -> Place:
    """A place with generated documents, one in five of them damaged."""
    sources = (*sorted(Path(__file__).parent.glob("generate*.py")), Path(__file__).with_name("vocabulary.txt"))
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    script = Path(__file__).with_name("generate.py")

    def fill(folder: Path) -> None:  # by a process of its own: the documents of a large place take gigabytes
        quiet([sys.executable, script, "--documents", str(documents), "--seed", str(seed), folder], folder)

    return _place(str(documents), f"{key} {seed}", fill)


def copied(collection: Path) -> Place:
    """A place with a copy of a folder's documents: nothing is ever written beside the originals."""

    def copy(folder: Path) -> None:
        shutil.copytree(collection, folder / "content", ignore=shutil.ignore_patterns(".*"))

    return _place("collection", str(collection.resolve()), copy)


def _place(name: str, key: str, fill: Callable[[Path], None]) -> Place:
    """The place as an earlier run left it where it is of the same key, else made anew."""
    folder, sign = HOME / name, HOME / f"{name}.key"
    if not sign.exists() or sign.read_text() != key:
        sign.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        fill(folder)
        _furnish(folder)
        sign.write_text(key)
    return Place(folder, len(Place(folder, 0).files))


def _furnish(folder: Path) -> None:
    (folder / "yaml").mkdir()
    for number, file in enumerate(Place(folder, 0).files):
        (folder / "yaml" / f"{number:06}.yaml").write_bytes(front_matter(file.read_bytes()))
    text = (ROOT / "schemas" / "article.schema.json").read_text(encoding="utf-8")
    (folder / "schema.json").write_text(schema(text), encoding="utf-8")
    (folder / "content-audit.toml").write_text('roots = ["content"]\n')
    quiet(["git", "init", "--quiet"], folder)
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "exclude").write_text("/*\n!/content\n")
    quiet(["git", "add", "content"], folder)
    quiet(["git", *COMMIT, "commit", "--quiet", "--message", "as generated"], folder)


def probe(name: str, documents: dict[str, str]) -> Place:
    """A small place with just these documents, by name; made anew each time."""
    key = json.dumps(documents)

    def fill(folder: Path) -> None:
        (folder / "content").mkdir()
        for title, text in documents.items():
            (folder / "content" / title).write_text(text, encoding="utf-8", newline="")

    return _place(f"probe-{name}", hashlib.sha256(key.encode()).hexdigest(), fill)
