"""Collections with related links chosen by editors, and the lists of links that a tool is tried on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

from content_audit.facts.urls import slug

LIST = 5
"""Links of a list, as in most collections that have a fixed number of them."""

Experiment = Literal["curated", "mixed", "whole"]
EXPERIMENTS: tuple[Experiment, ...] = ("curated", "mixed", "whole")


class Page(NamedTuple):
    """One document of a collection, with what stands in its front matter and its text."""

    id: str
    title: str
    subject: str
    slug: str
    summary: str
    text: str


class Link(NamedTuple):
    """A related link as it is written into the document `source`, and whether its editor chose it."""

    source: str
    target: str
    title: str
    subject: str
    slug: str
    good: bool


Lists = Mapping[str, Sequence[Link]]


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents by id, what their editors linked in either direction, and other links by kind and source.

    Kinds are pos (the editors'), easy (a document of another section) and alien (one of another collection).
    """

    name: str
    pages: Mapping[str, Page]
    related: Mapping[str, Set[str]]
    links: Mapping[str, Mapping[str, Sequence[Link]]]
    numbers: Mapping[str, int]


def names(data: Path) -> list[str]:
    """The collections of a data folder."""
    return sorted(file.name.removesuffix(".docs.jsonl") for file in data.glob("*.docs.jsonl"))


def load(data: Path, name: str, split: str) -> Collection:
    """One collection, with the pairs of this split (dev, test or all)."""
    pages = {row["id"]: Page(*(row[field] for field in Page._fields)) for row in _rows(data / f"{name}.docs.jsonl")}
    related: dict[str, set[str]] = defaultdict(set)
    for one, other in _rows(data / f"{name}.rel.jsonl"):
        related[one].add(other)
        related[other].add(one)
    links: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(data / f"{name}.pairs.jsonl"):
        if split in ("all", row["split"]):
            links[row["kind"]][row["src"]].append(_link(row, pages[row["src"]]))
    targets = {link.target for of_kind in links.values() for found in of_kind.values() for link in found}
    numbers = {key: 20_000 + 31 * n for n, key in enumerate(sorted({*pages, *targets}, key=mixed))}
    return Collection(name, pages, related, links, numbers)


def _rows(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _link(row: Mapping[str, Any], page: Page) -> Link:
    """Strangers from elsewhere are stamped with the document's own subject, as batches of wrong links are."""
    target = row["target"]
    subject = page.subject if row["kind"] == "alien" else target["subject"]
    return Link(page.id, row["tgt"], target["title"], subject, target["slug"], row["kind"] == "pos")


def mixed(*parts: str) -> bytes:
    """A key that sorts without regard to what the parts say, always the same."""
    return blake2b("\n".join(parts).encode(), digest_size=8).digest()


def parts(collection: Collection, resolved: bool) -> list[frozenset[str]]:
    """The documents to audit together: all, or each half without the other, so that no target is there."""
    pages = frozenset(collection.pages)
    half = frozenset(key for key in pages if mixed(key)[0] % 2)
    return [pages] if resolved else [half, pages - half]


def lists(collection: Collection, what: Experiment, resolved: bool, present: Set[str]) -> Lists:
    """The links of each of the `present` documents that has any; strangers and own in no telling order.

    curated: up to five that the editor chose. mixed: up to four of them and one stranger. whole: one of them and four
    strangers. Strangers come from another collection, or where targets resolve from another section of this one.
    """
    strangers = collection.links["easy" if resolved else "alien"]
    pool = [link for found in strangers.values() for link in found if resolved or link.target not in present]
    made = {}
    for source, links in collection.links["pos"].items():
        own = [link for link in _distinct(links) if resolved or link.target not in present]
        if source not in present or not own:
            continue
        if what == "curated":
            made[source] = own[:LIST]
        elif what == "mixed":
            odd = [link for link in strangers.get(source, ()) if resolved or link.target not in present]
            if odd:
                made[source] = [*own[: LIST - 1], odd[0]]
        else:
            made[source] = [own[0], *_strangers(collection, collection.pages[source], resolved, pool)]
    return {source: sorted(links, key=lambda link: mixed(source, link.target)) for source, links in made.items()}


def _distinct(links: Iterable[Link]) -> list[Link]:
    return list({link.target: link for link in links}.values())


def _strangers(collection: Collection, page: Page, resolved: bool, pool: Sequence[Link]) -> list[Link]:
    """Four targets of other documents' strangers, none of them near this document."""
    near = {page.id, *collection.related.get(page.id, ())}
    fit = (
        link._replace(source=page.id, subject=link.subject if resolved else page.subject)
        for link in sorted(pool, key=lambda link: mixed(page.id, link.target))
        if link.target not in near and not (resolved and link.subject == page.subject)
    )
    return _distinct(fit)[: LIST - 1]


def write(folder: Path, collection: Collection, present: Iterable[str], links: Lists) -> dict[tuple[str, int], Link]:
    """The present documents as files with these links; each link by the file's name and the lines where it stands."""
    folder.mkdir(parents=True)
    places: dict[tuple[str, int], Link] = {}
    for key in present:
        page, name = collection.pages[key], f"{collection.numbers[key]}.md"
        lines = ["---", *_record(collection, page), "seo:", f"  page_description: {json.dumps(page.summary)}"]
        for number, link in enumerate(links.get(key, ()), 1):
            start = len(lines) + 1
            lines += [f"related_article{number}:", *(f"  {line}" for line in _record(collection, link))]
            places |= {(name, line): link for line in range(start, len(lines) + 1)}
        text = "\n".join([*lines, "---", "", page.text, ""])
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return places


def _record(collection: Collection, of: Page | Link) -> list[str]:
    """The lines of id, title, subject and url; a JSON string is a YAML scalar."""
    key = of.id if isinstance(of, Page) else of.target
    url = f"/learn/{slug(of.subject) or 'x'}/questions/{slug(of.slug) or 'x'}"
    quoted = [f"{name}: {json.dumps(getattr(of, name))}" for name in ("title", "subject")]
    return [f"id: {collection.numbers[key]}", *quoted, f"url: {url}"]
