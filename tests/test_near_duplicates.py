"""Clusters of near-duplicates, and the lines of a site, as the rules see them over many documents."""

import random
from itertools import pairwise
from pathlib import Path
from textwrap import fill

import pytest

from content_audit.config import load_config
from content_audit.examine import check_document
from content_audit.facts.lines import exact_key, line_key, site_of
from content_audit.index import Index
from content_audit.model import Problem
from content_audit.parse import parse
from content_audit.repair import repair
from content_audit.rules import near_duplicate_document, repeated_across_site
from content_audit.rules.components import components
from content_audit.run import make_run
from content_audit.sources import Source


def ask(texts: dict[str, str], rule_module: object, **options: float) -> list[Problem]:
    """What one collection rule says of these documents."""
    rule = near_duplicate_document.RULE if rule_module is near_duplicate_document else repeated_across_site.RULE
    task = make_run(load_config(None, Path()), []).task
    with Index(None, "") as index:
        index.store([(check_document(parse(path, text.encode()), "", task), None) for path, text in texts.items()])
        return list(rule.check(index.query(rule.query), rule.options(**options)))


def prose(rng: random.Random, number: int) -> list[str]:
    """Words that no two texts share in runs."""
    return [f"w{rng.randrange(50_000)}" for _ in range(number)]


def varied(rng: random.Random, words: list[str], number: int) -> list[str]:
    """The words with so many of them replaced, each far from the others."""
    result = list(words)
    for place in rng.sample(range(0, len(words), 5), number):
        result[place] = f"new{rng.randrange(50_000)}"
    return result


@pytest.mark.parametrize("length", [2, 3, 50, 1000])
def test_a_chain_is_one_component(length: int) -> None:
    names = [f"{i:04}" for i in range(length)]
    random.Random(length).shuffle(names)
    found = components(pairwise(names))
    assert found == {name: "0000" for name in names if name != "0000"}


def test_components_are_those_that_edges_join() -> None:
    assert components([]) == {}
    assert components([("a", "a")]) == {}
    assert components([("c", "b"), ("e", "d"), ("b", "c"), ("f", "e")]) == {"c": "b", "e": "d", "f": "d"}


def test_a_cluster_names_its_first_and_how_many() -> None:
    rng = random.Random(7)
    words = prose(rng, 300)
    texts = {f"{name}.txt": " ".join(varied(rng, words, 4)) for name in "cab"}
    found = ask(texts, near_duplicate_document)
    assert [(p.span.path, p.evidence["like"], p.evidence["cluster"]) for p in found] == [
        ("b.txt", "a.txt", 3),
        ("c.txt", "a.txt", 3),
    ]


def test_the_end_of_a_chain_names_the_one_it_is_like_and_is_not_represented_by_its_beginning() -> None:
    rng = random.Random(3)
    chain = [prose(rng, 400)]
    for _ in range(4):
        chain.append(varied(rng, chain[-1], 11))
    found = ask({f"{i}.txt": " ".join(words) for i, words in enumerate(chain)}, near_duplicate_document)
    assert [p.span.path for p in found] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    last = found[-1]
    assert found[0].evidence["representative"] == "0.txt"
    assert last.evidence["representative"] == last.evidence["like"] == "3.txt"
    assert last.evidence["cluster"] == 5
    assert last.evidence["similarity"] >= near_duplicate_document.Options().similarity - near_duplicate_document.ERROR


def test_like_documents_meet_among_thousands_that_share_a_template() -> None:
    rng = random.Random(5)
    template = prose(rng, 60)
    texts = {f"{i:04}.txt": " ".join(template + prose(rng, 200)) for i in range(400)}
    first = template + prose(rng, 200)
    texts["x.txt"], texts["y.txt"] = " ".join(first), " ".join(varied(rng, first, 4))
    found = ask(texts, near_duplicate_document)
    assert [(p.span.path, p.evidence["like"]) for p in found] == [("y.txt", "x.txt")]


def test_equal_texts_are_not_near() -> None:
    words = " ".join(prose(random.Random(1), 100))
    assert ask({"a.txt": words, "b.txt": words}, near_duplicate_document) == []


@pytest.mark.parametrize(
    ("path", "url", "site"),
    [
        pytest.param("shop/a.txt", "", "shop", id="the folder that holds it"),
        pytest.param("x/shop/a.txt", "/learn/a", "x/shop", id="a url without host names no site"),
        pytest.param("a.txt", "", "", id="no folder"),
        pytest.param(
            "x/a.txt", "https://WWW.Example.org:8080/a", "example.org", id="host in lower case, no www, no port"
        ),
        pytest.param("x/a.txt", "//example.org/a", "example.org", id="no scheme"),
        pytest.param("x/a.txt", "http://[broken/a", "x", id="no url at all"),
    ],
)
def test_sites(path: str, url: str, site: str) -> None:
    assert site_of(path, url) == site


def test_lines_are_folded() -> None:
    assert line_key("s", "Page 3 of 12 – Harbour News!") == line_key("s", "page 14 of 15: harbour  news")
    assert line_key("s", "Harbour News") != line_key("t", "Harbour News")
    assert line_key("s", "12 / 2024") == -1
    assert line_key("s", "&nbsp;") == -1


def test_lines_that_differ_in_their_numbers_have_other_exact_keys() -> None:
    def key(text: str) -> int:
        return exact_key(line_key("s", text), text)

    assert key("Page 3 of 12 – Harbour News!") == key("page 3 of 12: harbour  news")
    assert key("Page 3 of 12") != key("Page 4 of 12")
    assert key("12 pages of 3") != key("1 pages of 23")
    assert key("Harbour News") == line_key("s", "Harbour News")
    assert key("12 / 2024") == -1


FOOTER = "The mill by the weir grinds what farmers of this valley bring to it between August and the first frost\n" * 2


def page(number: int, own: str) -> str:
    """A page of the mill's site; the second line of its footer differs by a number only."""
    return f"Page {number}\n\n{own}\n\n{FOOTER}"


OWN = (
    "Rye wants a cold night before it is cut, and a dry morning; whoever cuts it wet turns it for a week.",
    "Oats are rolled, not ground, between two stones that are set a hair's breadth apart and never touch each other.",
    "Spelt has a husk, and the husk has to come off first in a mill of its own that was built for nothing else.",
)


def test_lines_in_code_and_tables_stay() -> None:
    code = "```\n" + FOOTER + "```\n"
    texts = {f"s/{i}.md": f"{own} {own}\n\n{code}" for i, own in enumerate(OWN)}
    assert ask(texts, repeated_across_site) == []


def test_few_pages_need_nearly_all_and_large_sites_a_share() -> None:
    texts = {f"s/{i}.txt": page(i, OWN[i % 3]) for i in range(3)}
    others = {f"s/x{i}.txt": f"{i} {OWN[i % 3]} Nothing else is known of it, and nobody asks." for i in range(4)}
    assert len(ask(texts, repeated_across_site)) == 3
    assert ask({**texts, **others}, repeated_across_site) == []
    assert len(ask({**texts, **others}, repeated_across_site, share=0.4)) == 3


def test_evidence_tells_how_many_and_where() -> None:
    problem = ask({f"s/{i}.txt": page(i, own) for i, own in enumerate(OWN)}, repeated_across_site)[1]
    assert problem.evidence == {
        "documents": 3,
        "numbers_differ": False,
        "site": "s",
        "site_documents": 3,
        "lines": 2,
        "words": 40,
        "others": ["s/0.txt", "s/2.txt"],
    }
    many = ask({f"s/{i}.txt": page(i, f"{OWN[i % 3]} {i}") for i in range(7)}, repeated_across_site)
    assert next(p.evidence["others"] for p in many) == [f"s/{i}.txt" for i in range(1, 6)]
    assert "in 7 of 7 documents of s, s/1.txt, s/2.txt, s/3.txt, s/4.txt and s/5.txt among them" in many[0].message


def letters(rng: random.Random, number: int) -> str:
    """Words without digits: numbers do not tell lines apart."""
    return " ".join("".join(rng.choices("abcdefgh", k=7)) for _ in range(number))


CLAUSE = (
    "The rent is due on the first working day of each month and is paid to the account that the owner has named in "
    "writing.",
    "Either side may end the agreement with three months' notice to the end of a quarter; no reason has to be given.",
)


@pytest.mark.parametrize("broken", [False, True], ids=["one line each", "broken at a column"])
@pytest.mark.parametrize(
    ("folder", "url", "with_it", "others", "found"),
    [
        pytest.param("leases", "", 9, 0, 0, id="a folder is no site for its prose"),
        pytest.param("leases", "https://mill.example/", 4, 0, 0, id="a host with few pages"),
        pytest.param("leases", "https://mill.example/", 5, 0, 5, id="a host with many"),
        pytest.param("leases", "https://mill.example/", 6, 3, 0, id="two thirds of a host"),
        pytest.param("x/mill.example", "", 5, 0, 5, id="a folder named like a host"),
    ],
)
def test_prose_is_the_site_s_where_a_host_says_it_on_most_of_many_pages(
    folder: str, url: str, with_it: int, others: int, found: int, *, broken: bool
) -> None:
    rng = random.Random(2)
    shared = "\n\n".join(fill(part, 60) if broken else part for part in CLAUSE)
    texts = {}
    for i in range(with_it + others):
        own = letters(rng, 60)
        front = f"---\nurl: {url}{i}\n---\n" if url else ""
        texts[f"{folder}/{i}.md"] = f"{front}{own}\n\n{shared if i < with_it else own[::-1]}\n\nThat is all.\n"
    assert len(ask(texts, repeated_across_site)) == found


LABELS = "The mill by the weir\nOpen from Easter on\nFlour and bran by the sack\n"
NOTICE = "\n\n".join(CLAUSE) + "\n"


@pytest.mark.parametrize(
    ("layout", "goes"),
    [
        pytest.param("{own}\n\n{notice}\n{more}\n", False, id="in the middle"),
        pytest.param("{notice}\n{own}\n", False, id="alone at the head"),
        pytest.param("{own}\n\n{notice}", False, id="alone at the foot"),
        pytest.param("{own}\n\nWhat holds for all\n\n{notice}", False, id="under a title of its own"),
        pytest.param("{own}\n\n{labels}\n{notice}\n{more}\n", False, id="beside labels in the middle"),
        pytest.param("{own}\n\n{labels}\n{notice}", True, id="beside labels at the foot"),
        pytest.param("{notice}\n{labels}\n{own}\n", True, id="beside labels at the head"),
        pytest.param("{menu}\n{own}\n\n{notice}\n{more}\n", True, id="on a page with all that was around it"),
    ],
)
def test_prose_goes_from_its_place_as_furniture_only(layout: str, *, goes: bool) -> None:
    rng = random.Random(8)
    menu = "".join(f"{letters(rng, 2)}\n" for _ in range(repeated_across_site.CHROME))
    texts = {}
    for i in range(5):
        own, more = letters(rng, 150), letters(rng, 60)
        texts[f"mill.example/{i}.md"] = layout.format(own=own, more=more, notice=NOTICE, labels=LABELS, menu=menu)
    problems = ask(texts, repeated_across_site)
    told = [p for p in problems if CLAUSE[0] in texts[p.span.path][p.span.start : p.span.end]]
    assert len(told) == 5
    assert {p.fix is not None for p in told} == {goes}
    assert {"of prose" in p.message for p in told} == {not goes}


def test_labels_go_from_beside_prose_that_stays() -> None:
    rng = random.Random(8)
    menu = "".join(f"{letters(rng, 5)}\n" for _ in range(8))
    texts = {f"mill.example/{i}.md": f"{letters(rng, 150)}\n\n{menu}\n{NOTICE}\n{letters(rng, 60)}\n" for i in range(5)}
    problems = ask(texts, repeated_across_site)
    assert [(p.evidence["lines"], p.fix is not None) for p in problems] == [(8, True), (2, False)] * 5


def test_versions_of_one_text_are_one_witness_of_their_lines() -> None:
    rng = random.Random(4)
    verses = "\n".join(letters(rng, 6) for _ in range(20))
    texts = {f"s/{i}.txt": letters(rng, 30) + "\n\n" + verses for i in range(3)}
    strangers = {f"s/x{i}.txt": letters(rng, 160) for i in range(2)}
    assert ask({**texts, **strangers}, repeated_across_site) == []
    longer = {path: text + "\n" + "\n".join(letters(rng, 6) for _ in range(60)) for path, text in texts.items()}
    assert len(ask({**longer, **strangers}, repeated_across_site)) == 3


def test_a_heading_stays_above_text_of_its_own() -> None:
    rng = random.Random(6)
    menu = "\n\n".join(letters(rng, 12) for _ in range(3))
    ends = (
        "## Next\n\nOnly {} says so.\n",
        "## Next\n\nbefore one begins\n\n### Own\n\nOnly {} says so.\n",
        "## Next\n",
    )
    for end, kept in zip(ends, ("## Next", "## Next", ""), strict=True):
        texts = {f"s/{i}.md": f"# A{i}\n\n{letters(rng, 90)}\n\n{menu}\n\n{end.format(OWN[i])}" for i in range(3)}
        for problem in ask(texts, repeated_across_site):
            text = texts[problem.span.path]
            assert problem.fix is not None
            (edit,) = problem.fix.edits
            assert kept in text[: edit.start] + text[edit.end :]
            assert ("## Next" in text[edit.start : edit.end]) == (not kept)


MENU = "Home\nPrivacy policy\nTerms of service\n"


def test_what_a_document_gives_away_alone_is_reported_once() -> None:
    notice = FOOTER.replace("\n", ".\n")
    rng = random.Random(9)
    texts = {f"mill.example/{i}.txt": f"{MENU}\n{letters(rng, 90)}.\n\n{notice}\n{MENU}" for i in range(5)}
    task = make_run(load_config(None, Path()), []).task
    found = ask(texts, repeated_across_site)
    assert [p.evidence["lines"] for p in found] == [2] * 5
    for problem in found:
        text = texts[problem.span.path]
        assert text[problem.span.start : problem.span.end] == notice.strip()
        alone = check_document(parse(problem.span.path, text.encode()), "", task).problems
        named = [p.span for code, p in alone if code in ("BPL001", "BPL007")]
        assert named
        assert all(span.end <= problem.span.start or problem.span.end <= span.start for span in named)


def test_every_copy_goes_in_the_first_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sources = []
    for i, own in enumerate(OWN):
        file = tmp_path / f"{i}.txt"
        file.write_text(f"{MENU}\n{i} {own} {' '.join(OWN) * 6}\n\n{FOOTER}\n{MENU}", encoding="utf-8")
        sources.append(Source(str(file), file.name, file.name))
    run = make_run(load_config(None, tmp_path), sources)
    with Index(None, run.task.key) as index:
        outcome = repair(run, index, unsafe=True)
    for i in range(3):
        assert "weir" not in outcome.changed[f"{i}.txt"].data.decode()
