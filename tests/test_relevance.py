"""What is like what in a collection: strangers among related links, what is not judged, and what is suggested."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.audit import audit
from content_audit.config import load_config
from content_audit.discover import discover
from content_audit.examine import check_document
from content_audit.facts.topics import STRONGEST, topic_row, unpack_weights
from content_audit.index import Index
from content_audit.model import Document, Problem
from content_audit.parse import parse
from content_audit.relevance import TOPICS, Judge, Space, candidates, whole
from content_audit.render.text import render_statistics
from content_audit.repair import repair
from content_audit.report import Report
from content_audit.resolution import resolve
from content_audit.rule import Unjudged
from content_audit.rules import off_topic_related_link
from content_audit.run import Run, make_run
from content_audit.text.languages import guess_language, language_code
from content_audit.text.terms import term_counts, terms
from content_audit.walk import Selection
from tests import topics
from tests.conftest import examples, write
from tests.topics import Page, pages, written


@contextmanager
def indexed(texts: dict[str, str]) -> Iterator[Index]:
    """An index of these documents."""
    task = make_run(load_config(None, Path()), []).task
    with Index(None, "") as index:
        index.store([(check_document(parse(path, text.encode()), "", task), None) for path, text in texts.items()])
        index.collection([*texts])
        yield index


def found(texts: dict[str, str]) -> list[Problem | Unjudged]:
    """All that the rule says of these documents."""
    rule = off_topic_related_link.RULE
    with indexed(texts) as index:
        resolve(index)
        return list(rule.check(index.query(rule.query), lambda: whole(index), rule.options()))


def reported(texts: dict[str, str]) -> set[tuple[str, str]]:
    """Path and name of each link that is reported."""
    return {(p.span.path, p.message.split(" ")[0]) for p in found(texts) if isinstance(p, Problem)}


def spoilt(made: list[Page], every: int, link: int | str | None = None) -> set[tuple[str, str]]:
    """Put a stranger in place of the second link of every so many pages; the places where they are."""
    places = set()
    for page in made[::every]:
        page.links[1] = (page.number + 2) % len(made) if link is None else link
        places.add((page.path, "related_article2"))
    return places


def test_lists_on_topic_are_left_alone() -> None:
    assert reported(written(pages())) == set()


def test_a_stranger_in_a_good_list_is_found_by_its_target() -> None:
    made = pages()
    strangers = spoilt(made, 3)
    assert reported(written(made)) == strangers


def test_a_stranger_that_is_nowhere_is_found_by_its_title() -> None:
    made = pages()
    for page in made:
        page.links = [made[link].title for link in page.links if isinstance(link, int)]
    strangers = spoilt(made, 3, "Premium tariffs for commercial landlords")
    assert reported(written(made)) == strangers


def test_a_list_of_strangers_among_good_ones_is_found_but_for_the_one_that_belongs() -> None:
    made = pages()
    made[7].links = [8, 7 + 5, 14, 21, 28]
    assert reported(written(made)) == {("007.md", f"related_article{n}") for n in (1, 3, 4, 5)}


def test_the_subject_says_nothing() -> None:
    made = [replace(page, topic="Hobbies") for page in pages()]
    strangers = spoilt(made, 3)
    assert reported(written(made)) == strangers


def test_what_is_called_the_same_is_no_stranger() -> None:
    made = pages()
    for page in made:
        page.title = "News of the week"
    spoilt(made, 3)
    assert reported(written(made)) == set()


GERMAN = "Und so ist das auch mit dem, was wir nicht mehr und noch nicht haben, wenn es so ist. " * 30
ABROAD = [
    pytest.param("000.md", "  url: /learn/2", "  lang: fr\n  url: /learn/2", 0, id="the link says so"),
    pytest.param("000.md", "  url: /learn/2", "  url: /fr/learn/2", 0, id="the link's url says so"),
    pytest.param("002.md", "url: /learn/2\n", "url: /learn/2\nlang: fr\n", 0, id="the target says so"),
    pytest.param("002.md", "\n---\n\n", f"\n---\n\n{GERMAN}", 0, id="the target is written in it"),
    pytest.param("000.md", "related_article2", "related_article2", 1, id="nothing says so"),
]


@pytest.mark.parametrize(("path", "old", "new", "strangers"), ABROAD)
def test_links_into_another_language_are_not_judged(path: str, old: str, new: str, strangers: int) -> None:
    made = pages()
    made[0].links[1] = 2
    texts = written(made)
    texts["000.md"] = texts["000.md"].replace("id: 1000\n", "id: 1000\nlang: en\n")
    texts[path] = texts[path].replace(old, new)
    assert len([place for place in reported(texts) if place[0] == "000.md"]) == strangers


def test_a_small_collection_is_judged_by_central_terms_alone() -> None:
    made = [replace(page, title=f"{page.topic} {page.title}") for page in pages(per_topic=9)]
    made[7].links = [made[link].title for link in (8, 14, 11)]
    problems = [p for p in found(written(made)) if isinstance(p, Problem)]
    assert {p.evidence["measured_by"] for p in problems} == {"central terms"}
    assert {p.span.path for p in problems} == {"007.md"}


@pytest.mark.parametrize(("numbers", "strangers"), [(30, {"007.md"}), (3, set())])
def test_in_a_small_collection_targets_have_to_say_enough(numbers: int, strangers: set[str]) -> None:
    made = pages(per_topic=9)
    for page in made:
        page.text = " ".join([topics.TOPICS[page.topic], *map(str, range(10, 10 + numbers))])
    made[7].links = [8, 14, 11]
    assert {path for path, _ in reported(written(made))} == strangers


def test_what_can_not_be_told_is_counted_and_shown(work: Path) -> None:
    made = pages()
    made[0].links[0] = "About the same"
    made[1].text = made[1].title = made[1].topic = "..."  # four pages link to it
    write(work, written(made))
    report = run_audit(work)
    assert report.unjudged == {
        ("REL008", "links whose title has no terms"): 5,
        ("REL008", "lists of documents without terms"): 1,
    }
    assert "        5  REL008  not judged: links whose title has no terms\n" in render_statistics(report)


def make(work: Path) -> Run:
    config = replace(load_config(None, work), select=("REL007", "REL008", "REL011"))
    return make_run(config, discover([Path()], Selection(work, config.include, config.exclude), work))


def run_audit(work: Path) -> Report:
    run = make(work)
    with Index(None, run.task.key) as index:
        return audit(run, index)


def test_suggestions_are_of_the_topic_and_not_listed(work: Path) -> None:
    made = pages()
    spoilt(made, 3)
    made[4].links[2] = "Scoring a loaf before the oven"
    write(work, written(made))
    findings = run_audit(work).findings
    assert {f.code for f in findings} >= {"REL007", "REL008"}
    for finding in findings:
        page = made[int(finding.problem.span.path[:3])]
        offered = finding.problem.evidence["suggestions"]
        assert len(offered) == 5
        assert [o["score"] for o in offered] == sorted((o["score"] for o in offered), reverse=True)
        assert {o["subject"] for o in offered} == {page.topic}
        numbers = {int(o["id"]) - 1000 for o in offered}
        assert numbers.isdisjoint({page.number, *page.links})
        assert all(o["title"] == made[int(o["id"]) - 1000].title for o in offered)


STARTER = "A sourdough starter is flour and water, rye or wheat, that ferments until dough rises and bread bakes."
VORTEIG = "Ein Vorteig ist Mehl und Wasser, die zusammen reifen, bis der Teig aufgeht und das Brot gebacken wird."
SHELF = {
    "starter.md": ("1", "Keeping a starter", "Bread", "id: 77, title: Gone", STARTER),
    "bio/starter.md": ("1", "A starter and its yeasts", "Biology", "id: 78, title: Gone", STARTER),
    "feeding.md": ("2", "Feeding a starter", "Bread", "", STARTER),
    "bio/feeding.md": ("2", "What a starter eats", "Biology", "", STARTER),
    "bio/drying.md": ("3", "Drying a starter", "Biology", "", STARTER),
    "home/drying.md": ("3", "How a starter is dried at home", "Home", "", STARTER),
    "fr/smell.md": ("", "Odeurs", "Bread", "", STARTER),
    "smell.md": ("", "The smell of a starter", "Bread", "", STARTER),
    "de/vorteig.md": ("4", "Vorteig, dough and flour", "Bread", "", f"{VORTEIG} {VORTEIG} {STARTER}"),
}


def shelf(*links: str) -> dict[str, str]:
    """Documents of which several are one article, the first with these links."""
    found = {}
    for path, (number, title, subject, link, text) in SHELF.items():
        listed = [*links] if links and path == "starter.md" else [link] if link else []
        head = [f"id: {number}"] * bool(number) + [f"title: {title}", f"subject: {subject}"]
        head += [f"related_article{at}: {{{each}}}" for at, each in enumerate(listed, 1)]
        found[path] = "\n".join(["---", *head, "---", "", text, ""])
    return found


@pytest.mark.parametrize(
    ("links", "path", "titles"),
    [
        pytest.param((), "starter.md", {"Feeding a starter", "The smell of a starter", "Drying a starter"}, id="twins"),
        pytest.param(
            (), "bio/starter.md", {"What a starter eats", "Drying a starter", "The smell of a starter"}, id="bio"
        ),
        pytest.param(
            ("id: 77, title: Gone", "id: 2, title: What a starter eats, subject: Biology"),
            "starter.md",
            {"The smell of a starter", "Drying a starter"},
            id="a twin is listed",
        ),
        pytest.param(
            ("id: 77, title: Gone", "id: 3, title: How a starter is dried at home, subject: Home"),
            "starter.md",
            {"Feeding a starter", "The smell of a starter"},
            id="another twin is listed",
        ),
    ],
)
def test_suggestions_have_no_twins_or_translations(
    work: Path, links: tuple[str, ...], path: str, titles: set[str]
) -> None:
    write(work, shelf(*links))
    problems = [f.problem for f in run_audit(work).findings if f.code == "REL007" and f.problem.span.path == path]
    offered = problems[0].evidence["suggestions"]
    drying = {"Drying a starter", "How a starter is dried at home"}
    assert {o["title"] for o in offered} - drying == titles - drying
    assert len({o["title"] for o in offered} & drying) == len(titles & drying)


@pytest.mark.parametrize(
    "mark",
    [
        "draft: true",
        "published: no",
        "expiryDate: 2001-02-03",
        "_build: {render: never}",
        "robots: noindex, follow",
        "unlisted: true",
    ],
)
def test_no_draft_and_no_hidden_page_is_suggested(work: Path, mark: str) -> None:
    made = pages()
    made[4].links[2] = "Scoring a loaf before the oven"
    texts = written(made)

    def offered() -> set[int]:
        write(work, texts)
        problems = [f.problem for f in run_audit(work).findings if f.problem.span.path == made[4].path]
        return {int(each["id"]) - 1000 for p in problems for each in p.evidence.get("suggestions", ())}

    before = offered()
    for number in before:
        texts[made[number].path] = texts[made[number].path].replace("---\n", f"---\n{mark}\n", 1)
    assert len(before) == 5
    after = offered()
    assert after
    assert after.isdisjoint(before)


def test_a_fix_takes_all_strangers_of_a_list(work: Path) -> None:
    made = pages()
    made[7].links = [8, 7 + 5, 14, 21, 28]
    write(work, written(made))
    run = make(work)
    run = replace(run, codes=frozenset({"REL008"}))
    with Index(None, run.task.key) as index:
        outcome = repair(run, index, unsafe=True)
        kept = repair(run, index, unsafe=False)
    made[7].links = [12]
    assert {path: each.data.decode() for path, each in outcome.changed.items()} == {"007.md": written(made)["007.md"]}
    assert kept.changed == {}


def test_an_incremental_run_says_what_a_first_one_says(work: Path) -> None:
    made = pages()
    write(work, written(made))
    run = make(work)
    with Index(None, run.task.key) as index:
        audit(run, index)
        spoilt(made, 3)
        write(work, written(made))
        again = audit(make(work), index)
    first = run_audit(work)
    assert again.findings == first.findings
    assert again.fingerprints == first.fingerprints
    assert {f.code for f in first.findings} == {"REL008"}


@examples(5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(rng: random.Random) -> None:
    made = pages(per_topic=12)
    strangers = spoilt(made, 3)
    items = list(written(made).items())
    rng.shuffle(items)
    assert reported(dict(items)) == strangers


@given(st.text(), st.text(), st.text())
def test_any_text_has_a_row(title: str, keywords: str, text: str) -> None:
    row = topic_row(Document("a.md", "", "text", metadata={"title": title, "keywords": [keywords]}), 1, text)
    names = row.terms.split(" ") if row.terms else []
    assert len(names) == len(row.weights) == len(set(names)) <= STRONGEST
    assert sorted(unpack_weights(row.weights), reverse=True) == unpack_weights(row.weights)
    space = Space(
        [
            {
                **row._asdict(),
                "path": "a.md",
                "id": "",
                "title": title,
                "subject": "",
                "url": "",
                "url_key": "",
                "marked": "",
                "standing": 0,
                "title_terms": row.title,
            }
        ]
    )
    assert Judge(space).score(1, [(title, -1), (text, 1)]) is not None
    assert candidates(space, 1, ()) == []


@examples(20)
@given(st.randoms(use_true_random=False))
def test_likeness_is_the_same_in_both_directions(rng: random.Random) -> None:
    with indexed(written(pages(per_topic=5))) as index:
        space, other = Space(index.query(TOPICS)), Space(index.query(TOPICS))
    for doc in rng.sample(list(space.entries), len(space)):
        for near, score in space.nearest(doc).items():
            assert score == other.likeness(other.vector(near), doc) == other.likeness(other.vector(doc), near)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("The bakers' ovens were heated again", "en", {"baker", "oven", "heat"}, id="English"),
        pytest.param("Die Häuser der Bäcker", "de", {"haus", "back"}, id="German"),
        pytest.param("东京塔", "ja", {"东京", "京塔"}, id="pairs of characters"),
        pytest.param(r"Rest.\nStir \nabla", "en", {"rest", "stir", "nabla"}, id="an escaped line break is no letter"),
        pytest.param("of and the 7", "en", set(), id="nothing that carries meaning"),
        pytest.param("Zelte klettern", "xx", {"zelte", "klettern"}, id="a language that is not known"),
    ],
)
def test_terms(text: str, language: str, expected: set[str]) -> None:
    assert terms(text, language) == expected


def test_terms_are_counted_by_stem() -> None:
    assert term_counts("Sailing boats: a boat sails.") == {"sail": 2, "boat": 2}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The kiln is heated before the pots are put in, and it cools for a day.", "en", id="English"),
        pytest.param(
            "Der Ofen wird geheizt, bevor die Töpfe in ihn kommen, und er kühlt einen Tag.", "de", id="German"
        ),
        pytest.param(
            "Le four est chauffé avant que les pots y soient mis, et il refroidit un jour.", "fr", id="French"
        ),
        pytest.param("Kiln glaze raku engobe", "en", id="no language in it"),
        pytest.param("窯は火を入れる前に温める", "ja", id="Japanese"),
        pytest.param("窑炉要先加热", "zh", id="Chinese"),
        pytest.param("가마는 먼저 데운다", "ko", id="Korean"),
        pytest.param("The sign says 出口, and it is lit at night.", "en", id="English with a foreign word"),
        pytest.param("", "en", id="nothing"),
    ],
)
def test_the_language_is_told_by_stop_words(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("given_code", "code"),
    [("en-GB", "en"), ("pt_BR.UTF-8", "pt"), ("no", "nb"), ("English", "en"), ("Klingon", ""), ("", "")],
)
def test_language_codes(given_code: str, code: str) -> None:
    assert language_code(given_code) == code
