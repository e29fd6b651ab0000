"""How well the document is told from the page around it, beside known extractors: `extraction.py DATA`.

DATA holds pages whose main texts were chosen by hand: truth.jsonl (a row a page: set, id, site, page_type, main) and,
by set, ID.html.gz and ID.txt.gz, the page with its tags and without them. The sets are those of
article-extraction-benchmark (github.com/scrapinghub/article-extraction-benchmark) and of the Web Content Extraction
Benchmark (WCXB). Nothing of them is part of this project.

The peers are installed into build/peers; one that can't be is named in the table.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from extraction_peers import paragraphs
from extraction_scores import Form, Page, body, columns, load, untouched

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "peers"


class Way(NamedTuple):
    """One row of the table: its name, what it reads, and the package that a peer needs."""

    name: str
    form: Form
    package: str = ""
    peer: str = ""


WAYS = (
    Way("content-audit", "text"),
    Way("C4 line rules", "text", peer="C4 line rules"),
    Way("jusText on lines", "text", "justext", "jusText on lines"),
    Way("raw text", "text", peer="raw text"),
    Way("content-audit", "html"),
    Way("trafilatura", "html", "trafilatura", "trafilatura"),
    Way("readability-lxml", "html", "readability-lxml", "readability-lxml"),
    Way("resiliparse", "html", "resiliparse", "resiliparse"),
    Way("jusText", "html", "justext", "jusText"),
)


class UnavailableError(Exception):
    """A row that can't be measured here; the text says why."""


def python(packages: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The peers' interpreter, and why each package that could not be installed is missing."""
    binary = HOME / "bin" / "python"
    if not binary.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        pip(binary, "--upgrade", "pip")
    failed = {package: pip(binary, package) for package in packages}
    return str(binary), {package: reason for package, reason in failed.items() if reason}


def pip(binary: Path, *what: str) -> str:
    """Install; "" or the last line of what went wrong."""
    command = [str(binary), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    return (run.stderr.strip().splitlines() or ["pip failed"])[-1][:80] if run.returncode else ""


def peer(way: Way, binary: str, pages: Mapping[str, str]) -> tuple[dict[str, str], float]:
    """What a peer finds in each page, and the seconds it took. Raises UnavailableError."""
    script = str(Path(__file__).with_name("extraction_peers.py"))
    given = "".join(json.dumps(text) + "\n" for text in pages.values())
    run = subprocess.run([binary, script, way.peer], check=False, input=given, capture_output=True, text=True)
    if run.returncode:
        raise UnavailableError((run.stderr.strip().splitlines() or ["failed"])[-1][:80])
    *found, seconds = map(json.loads, run.stdout.splitlines())
    return dict(zip(pages, found, strict=True)), float(seconds)


def ours(form: Form, pages: Mapping[str, str]) -> tuple[dict[str, str], float]:
    """What `content-audit clean` leaves of each page, and the seconds of the whole command."""
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name, "in"), Path(name, "out")
        for key, text in pages.items():
            file = source / (key + (".html" if form == "html" else ".txt"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", errors="replace", newline="")
        started = time.perf_counter()
        command = [sys.executable, "-m", "content_audit", "clean", str(source), "--output", str(out), "--jobs", "1"]
        subprocess.run(command, check=True, capture_output=True, cwd=name)
        seconds = time.perf_counter() - started
        return {key: _written(out, key) for key in pages}, seconds


def _written(out: Path, key: str) -> str:
    for ending in (".md", ".txt", ".html"):
        file = out / (key + ending)
        if file.is_file():
            return body(file.read_text(encoding="utf-8", errors="replace"), markdown=ending == ".md")
    return ""


def row(way: Way, pages: list[Page], extract: Callable[[Mapping[str, str]], tuple[dict[str, str], float]]) -> list[str]:
    """The cells of one row."""
    got, seconds = extract({page.key: page.read(way.form) for page in pages})
    cells = [f"{score(got):.3f}" for score in columns(pages).values()]
    articles = [page for page in pages if page.kind == "article" and page.main.strip()]
    # A folder a text: there is nothing to compare them with.
    alone = {f"{i}/{page.set}-{page.id}": page for i, page in enumerate(articles)}
    plain = {key: page.main if way.form == "text" else paragraphs(page.main) for key, page in alone.items()}
    kept, _ = extract(plain)
    by_page = {page.key: kept[key] for key, page in alone.items()}
    rates = [untouched([page for page in articles if page.set == name], by_page) for name in ("aeb", "wcxb")]
    return [*cells, " / ".join(f"{rate:.3f}" for rate in rates), f"{len(pages) / seconds:,.0f}"]


def table(pages: list[Page]) -> Iterable[str]:
    """The lines of the table, one by one as they are measured."""
    heads = ["", "reads", *columns(pages), "untouched aeb / wcxb", "pages/s"]
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    packages = {way.package: None for way in WAYS if way.package}
    binary, failed = python(packages)
    for way in WAYS:
        extract = partial(peer, way, binary) if way.peer else partial(ours, way.form)
        try:
            if reason := failed.get(way.package):
                raise UnavailableError(reason)
            cells = row(way, pages, extract)
        except UnavailableError as error:
            cells = [f"not measured: {error}", *[""] * (len(heads) - 3)]
        yield f"| {' | '.join([way.name, way.form, *cells])} |"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="a folder of pages with their main texts")
    for line in table(load(parser.parse_args().data)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
