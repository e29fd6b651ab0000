"""A document of very many links takes time and space in proportion to them."""

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from content_audit.audit import audit
from content_audit.config import Config, load_config
from content_audit.discover import discover
from content_audit.examine import check_document
from content_audit.facts.links import related_links
from content_audit.fixes import apply
from content_audit.index import Index
from content_audit.model import Document, Fields, Problem
from content_audit.parse import parse, parse_text
from content_audit.resolution import resolve
from content_audit.rule import NoOptions
from content_audit.rules import COLLECTION_RULES, RELEVANCE_RULES, off_topic_related_link, related_link_count
from content_audit.rules import duplicate_related_link as duplicates
from content_audit.rules import self_related_link as own
from content_audit.rules.exchange import exchange
from content_audit.run import make_run
from content_audit.walk import Selection
from tests.growth import LINEAR, growth

FIELDS = replace(Fields(), links=("see", "see#"))
MANY = 500
RATIO = 8
"""Four times the links take four times as long, or sixteen times where each is compared with each."""


def urls(number: int, each: int = 2) -> list[str]:
    """So many urls, some times each."""
    return [f"/bees/{n // each}" for n in range(number)]


SHAPES: dict[str, Callable[[list[str]], str]] = {
    "json": lambda urls: "---json\n" + repr({"title": "Bees", "see": urls}).replace("'", '"') + "\n---\n",
    "flow": lambda urls: f"---\nsee: [{', '.join(urls)}]\n---\n",
    "block": lambda urls: "---\nsee:\n" + "".join(f"- {url}\n" for url in urls) + "---\n",
    "anchors": lambda urls: "---\nsee:\n" + "".join(f"- url: &a{n} {u}\n" for n, u in enumerate(urls)) + "---\n",
    "numbered": lambda urls: "---\n" + "".join(f"see{n}: {u}\n" for n, u in enumerate(urls, 1)) + "---\n",
    "tables": lambda urls: "+++\n" + "".join(f'[see{n}]\nurl = "{u}"\n' for n, u in enumerate(urls, 1)) + "+++\n",
    "array": lambda urls: "+++\n" + "".join(f'[[see]]\nurl = "{url}"\n' for url in urls) + "+++\n",
}


def document(shape: str, number: int, each: int = 2) -> Document:
    read = parse_text("a.md", SHAPES[shape](urls(number, each)), FIELDS)
    assert len(related_links(read)) == number
    return read


def mended(read: Document) -> list[Problem]:
    places = [Problem(read.entry_span(link.pointer), "") for link in related_links(read)[::2]]
    assert off_topic_related_link.mend(read, {each.span.start for each in places})
    return places


def seconds(work: Callable[[Document], object], shape: str, number: int) -> float:
    """The least processor time of several tries, each on a document that nothing is remembered of."""
    times = []
    for _ in range(3):
        read = document(shape, number)
        started = time.process_time()
        work(read)
        times.append(time.process_time() - started)
    return min(times)


@pytest.fixture
def no_pauses() -> object:
    gc.disable()
    yield
    gc.enable()


WORKS: dict[str, Callable[[Document], object]] = {
    "repeats": lambda read: [*duplicates.check(read, NoOptions())],
    "count": lambda read: [*related_link_count.check(read, related_link_count.Options())],
    "strangers": mended,
}


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.usefixtures("no_pauses")
def test_time_grows_with_the_links(shape: str, work: str) -> None:
    few, many = (seconds(WORKS[work], shape, number) for number in (MANY, 4 * MANY))
    assert many < RATIO * few + 0.002


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - {"anchors"}))
def test_a_fix_of_very_many_edits_stands_at_one_problem(shape: str) -> None:
    read = document(shape, MANY)
    first, *others = duplicates.check(read, NoOptions())
    assert len(others) == MANY // 2 - 1
    assert {other.fix for other in others} == {None}
    assert all(other.related[-1].span == first.span for other in others)
    assert first.fix
    after = parse_text("a.md", apply(read.text, first.fix.edits), FIELDS)
    assert [link.url for link in related_links(after)] == urls(MANY // 2, 1)


def test_the_collection_is_asked_in_time_that_grows_with_a_document_s_links() -> None:
    def index(links: int) -> Index:
        rows = "".join(f"[[related]]\nurl = '/u{number}/'\n" for number in range(links))
        made = Index(None, "")
        task = make_run(load_config(None, Path()), []).task
        made.store([(check_document(parse("a.md", f"+++\nid = 1\n{rows}+++\n".encode()), "", task), None)])
        made.collection(["a.md"])
        return made

    def ask(made: Index) -> None:
        resolve(made)
        queries = [rule.query for rule in COLLECTION_RULES] + [rule.query for rule in RELEVANCE_RULES]
        for query in queries:
            list(made.query(query))

    assert growth(ask, index, 1_000) < LINEAR


def test_few_problems_have_the_fix_each() -> None:
    assert all(problem.fix for problem in duplicates.check(document("block", 20), NoOptions()))


def test_a_document_that_links_to_itself_many_times() -> None:
    text = "---\nid: 7\n" + "".join(f"see{n}: {{id: 7, url: /bees/{n}}}\n" for n in range(1, MANY)) + "---\n"
    first, *others = own.check(parse_text("a.md", text, FIELDS), NoOptions())
    assert first.fix
    assert first.fix.safety == "unsafe"
    assert len(first.fix.edits) == MANY - 1
    assert not any(other.fix for other in others)


def test_records_are_tried_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content_audit.rules.exchange.MAX_REREAD", 100_000)
    read = document("block", MANY, 1)
    others = [parse_text(f"{n}.md", f"---\nurl: /wasps/{n}\n---\n", FIELDS) for n in range(5)]
    asked = count()
    missing = [link.node.key_start for link in related_links(read)]
    assert exchange(read, (), missing, others, lambda link, other: next(asked) < 0) is None
    assert 0 < next(asked) <= 1 + 100_000 // len(read.text)


def test_the_report_of_very_many_repeats_has_the_fix_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(SHAPES["block"](urls(MANY)).replace("see:", "related:"), "utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    run = make_run(Config(tmp_path), discover([Path()], Selection(tmp_path), tmp_path))
    with Index(None, run.task.key) as index:
        repeats = [found.problem for found in audit(run, index).findings if found.code == "REL001"]
    assert len(repeats) == MANY // 2
    assert sum(len(problem.fix.edits) for problem in repeats if problem.fix) == MANY // 2


@pytest.mark.parametrize("shape", ["json", "block", "tables"])
def test_front_matter_beyond_the_bounds_is_said_to_be_so_and_is_no_body(shape: str) -> None:
    read = parse_text("a.md", SHAPES[shape](urls(100_000)) + "# Bees\n", FIELDS)
    ((rule, problem),) = read.problems
    assert rule == "invalid-front-matter"
    assert "1,048,576" in problem.message
    assert read.body == "# Bees\n"


def test_front_matter_of_many_lines_is_read() -> None:
    read = parse_text("a.md", "---\nid: 7\n" + "# a note\n" * 30_000 + "---\nBees\n", FIELDS)
    assert read.problems == ()
    assert read.metadata == {"id": 7}
    assert read.body == "Bees\n"


def test_two_thematic_breaks_far_apart_are_no_front_matter() -> None:
    read = parse_text("a.md", "---\n# Bees\n" + "They fly.\n" * 30_000 + "---\nThe end.\n", FIELDS)
    assert read.front_matter is None
    assert read.problems == ()


def test_a_long_object_on_one_line_is_no_body() -> None:
    read = parse_text("a.md", '{"see": ["' + '", "'.join(urls(100_000)) + '"]}\n# Bees\n', FIELDS)
    assert "1,048,576" in read.problems[0][1].message
    assert read.body == "# Bees\n"
