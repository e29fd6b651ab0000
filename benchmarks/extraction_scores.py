"""Pages with main texts chosen by hand, and how well an extracted text agrees with them."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Literal

Form = Literal["text", "html"]

SHINGLE = 4
"""Words of a shingle, as article-extraction-benchmark scores (github.com/scrapinghub/article-extraction-benchmark)."""

SITE = 3
"""Pages from which a site counts as one that repeats itself."""

WORD = re.compile(r"\w+")
_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Page:
    """One page: its set, its site ("" where unknown), its kind and its main text; `file` has no ending."""

    set: str
    id: str
    site: str
    kind: str
    main: str
    file: Path

    @property
    def key(self) -> str:
        """Where the page lies in a collection: a folder a site."""
        return f"{self.site or 'none'}/{self.set}-{self.id}"

    def read(self, form: Form) -> str:
        """The page with its tags or as text without them."""
        packed = self.file.with_name(f"{self.file.name}.{'html' if form == 'html' else 'txt'}.gz").read_bytes()
        return gzip.decompress(packed).decode("utf-8", "replace")


def load(folder: Path) -> list[Page]:
    """The pages of a folder with truth.jsonl and, by set, ID.html.gz and ID.txt.gz."""
    pages = []
    with (folder / "truth.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            file = folder / row["set"] / row["id"]
            pages.append(Page(row["set"], row["id"], row["site"] or "", row["page_type"], row["main"], file))
    return pages


def multiple(pages: Iterable[Page]) -> set[str]:
    """The keys of pages whose site has at least three."""
    pages = list(pages)
    count = Counter((page.set, page.site) for page in pages if page.site)
    return {page.key for page in pages if count[page.set, page.site] >= SITE}


def body(cleaned: str, *, markdown: bool) -> str:
    """A cleaned document without its front matter and, in Markdown, without the addresses of its links."""
    text = _FRONT.sub("", cleaned)
    return _TARGET.sub("]", text) if markdown else text


def shingle_f1(pages: Iterable[Page], got: Mapping[str, str]) -> float:
    """F1 of mean precision and mean recall over shingles of four words."""
    precisions, recalls = [], []
    for page in pages:
        truth, found = _shingles(page.main), _shingles(got[page.key])
        both = (truth & found).total()
        if found:
            precisions.append(both / found.total())
        if truth:
            recalls.append(both / truth.total())
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shingles(text: str) -> Counter[Hashable]:
    words = WORD.findall(text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(islice(words, i, None) for i in range(SHINGLE)), strict=False))


def bag_f1(pages: Iterable[Page], got: Mapping[str, str]) -> float:
    """The mean of each page's F1 over its lower-cased words, as WCXB scores."""
    return fmean([words_f1(page.main, got[page.key]) for page in pages] or [0.0])


def words_f1(truth: str, found: str) -> float:
    """F1 of two texts as bags of lower-cased words; two texts without a word agree."""
    a, b = (Counter(WORD.findall(text.lower())) for text in (truth, found))
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


def untouched(pages: Iterable[Page], got: Mapping[str, str]) -> float:
    """The share of main texts that came out with the very same words; invisible characters do not count."""
    return fmean([_seen(page.main) == _seen(got[page.key]) for page in pages] or [0.0])


def _seen(text: str) -> list[str]:
    return _INVISIBLE.sub("", text).split()


def columns(pages: list[Page]) -> dict[str, Callable[[Mapping[str, str]], float]]:
    """The names of the scored columns, and how each follows from the texts found."""
    several = multiple(pages)
    aeb = [page for page in pages if page.set == "aeb"]
    wcxb = [page for page in pages if page.set == "wcxb"]
    articles = [page for page in wcxb if page.kind == "article"]
    sites = [page for page in wcxb if page.key in several]
    return {
        "aeb": lambda got: shingle_f1(aeb, got),
        "wcxb": lambda got: bag_f1(wcxb, got),
        "wcxb articles": lambda got: bag_f1(articles, got),
        f"wcxb sites ≥ {SITE}": lambda got: bag_f1(sites, got),
    }
