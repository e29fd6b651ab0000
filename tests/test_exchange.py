"""Better links in the place of strangers: over a collection of five topics, in every shape, and as a command."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_audit.facts.links import related_links
from content_audit.fixes import apply
from content_audit.model import Fields
from content_audit.parse import parse_text
from content_audit.presets import PRESETS
from content_audit.rules.exchange import exchange
from tests.conftest import Invoke, contents, read_report, run_tool, write
from tests.topics import Page, pages, written

FIX = ("fix", "--select", "REL", "--ignore", "REL011", "--unsafe", "--replace")


def collection(strangers: dict[int, list[int]]) -> tuple[list[Page], dict[str, str]]:
    """A hundred pages, some of them with other lists of links."""
    made = pages()
    for number, links in strangers.items():
        made[number].links = [*links]
    return made, written(made)


def links_of(text: str, fields: Fields | None = None) -> list[Any]:
    return [link.record for link in related_links(parse_text("a.md", text, fields or Fields()))]


def record(page: Page) -> dict[str, Any]:
    """A link to a page, as the collection writes it."""
    return {"id": page.number + 1000, "title": page.title, "url": f"/learn/{page.number}"}


def test_each_stranger_makes_room_for_another_of_the_topic(work: Path) -> None:
    made, texts = collection({7: [8, 12, 14, 21, 28], 40: [41, 45, 50, 55]})
    write(work, texts)
    done = run_tool(*FIX, cwd=work)
    assert done.returncode == 0, done.stdout
    after = {name: data.decode() for name, data in contents(work).items()}
    assert {name for name, text in after.items() if text != texts[name]} == {"007.md", "040.md"}
    for number, strangers in {7: (0, 2, 3, 4), 40: (0,)}.items():
        page = made[number]
        now = links_of(after[page.path])
        targets = [link["id"] - 1000 for link in now]
        assert now == [record(made[target]) for target in targets]
        assert len(set(targets)) == len(page.links)
        assert {made[target].topic for target in targets} == {page.topic}
        assert number not in targets
        kept = [place for place in range(len(page.links)) if place not in strangers]
        assert [targets[place] for place in kept] == [page.links[place] for place in kept]
        head, tail = texts[page.path].split("related_article1")[0], texts[page.path].split("\n---\n")[1]
        assert after[page.path].startswith(head)
        assert after[page.path].endswith("\n---\n" + tail)
    again = run_tool(*FIX, "--diff", cwd=work)
    assert (again.stdout, again.returncode) == ("", 0)


def test_where_candidates_run_out_the_rest_goes(invoke: Invoke, work: Path) -> None:
    made, texts = collection({3: [4, 5, 6, 7, 9, 10, 11, 12]})
    write(work, texts)
    (finding, *_) = read_report(invoke("check", "--select", "REL008", "--output-format", "json").stdout)["findings"]
    invoke(*FIX)
    now = links_of((work / "003.md").read_text())
    assert [link["id"] for link in now] == [offered["id"] for offered in finding["evidence"]["suggestions"]]
    assert {made[link["id"] - 1000].topic for link in now} == {made[3].topic}


def test_without_the_option_strangers_go_and_diff_writes_nothing(invoke: Invoke, work: Path) -> None:
    _, texts = collection({7: [8, 12, 14, 21, 28]})
    write(work, texts)
    shown = invoke(*FIX, "--diff").stdout
    assert "+  title: " in shown
    assert "-  id: 1008\n-  title: " in shown
    assert contents(work) == {name: text.encode() for name, text in texts.items()}
    invoke("fix", "--select", "REL008", "--unsafe")
    assert [link["id"] for link in links_of((work / "007.md").read_text())] == [1012]


def test_replace_alone_is_an_error_of_use(work: Path) -> None:
    _, texts = collection({7: [8, 12, 14, 21, 28]})
    write(work, texts)
    done = run_tool("fix", "--replace", cwd=work)
    assert done.returncode == 2
    assert "Error: --replace needs --unsafe" in done.stderr
    assert contents(work) == {name: text.encode() for name, text in texts.items()}


@pytest.mark.parametrize(("option", "left"), [((), 1), (("--replace",), 5)])
def test_clean_removes_or_replaces(invoke: Invoke, work: Path, option: tuple[str, ...], left: int) -> None:
    _, texts = collection({7: [8, 12, 14, 21, 28]})
    write(work / "in", texts)
    assert invoke("clean", "in", "--output", "out", *option).exit_code == 0
    assert len(links_of((work / "out" / "007.md").read_text())) == left
    ledger = json.loads((work / "out" / "ledger.json").read_text())
    (edited,) = (each for each in ledger["documents"] if each["path"] == "in/007.md")
    assert {edit["code"] for edit in edited["edits"]} == {"REL008"}
    assert (work / "in" / "007.md").read_text() == texts["007.md"]


def test_missing_targets_are_replaced_in_a_complete_collection_alone(invoke: Invoke, work: Path) -> None:
    made = pages()
    made[7].links[1] = made[7].title + " " + made[12].title
    texts = written(made)
    write(work, texts)
    invoke("fix", "--select", "REL007", "--unsafe", "--replace")
    assert (work / "007.md").read_text() == texts["007.md"]
    write(work, {"content-audit.toml": "complete = true\n"})
    invoke("fix", "--select", "REL007", "--unsafe", "--replace")
    now = links_of((work / "007.md").read_text())
    assert len(now) == 4
    assert now[1] == record(made[now[1]["id"] - 1000])
    assert read_report(invoke("check", "--select", "REL", "--output-format", "json").stdout)["findings"] == []


def test_suggestions_are_a_line_each(invoke: Invoke, work: Path) -> None:
    made, texts = collection({7: [8, 12, 14, 21, 28]})
    write(work, texts)
    lines = invoke("check", "--select", "REL008").stdout.splitlines()
    place = lines.index("  = suggestions:")
    for line in lines[place + 1 : place + 6]:
        number, title, subject, url, score = line.strip().split(", ")
        page = made[int(number) - 1000]
        assert (title, subject, url) == (page.title, page.topic, f"/learn/{page.number}")
        assert 0 < float(score) <= 1


@pytest.mark.parametrize("way", ["title", "stem", "/posts/{}/", "posts/{}.md", "./{}.md", "{}.md"])
def test_links_that_only_name_their_targets(invoke: Invoke, work: Path, way: str) -> None:
    made = pages()
    made[7].links = [8, 12, 14, 21, 28]
    stems = [page.title.lower().replace(" ", "-") for page in made]
    names = [page.title if way == "title" else way.replace("stem", "{}").format(stems[page.number]) for page in made]
    texts = {
        f"content/posts/{stems[page.number]}.md": f"+++\ntitle = '{page.title}'\n"
        f"related = {[names[link] for link in page.links if isinstance(link, int)]}\n+++\n\n{page.text}\n"
        for page in made
    }
    write(work, {**texts, "content-audit.toml": 'preset = "hugo"\n'})
    name = f"content/posts/{stems[7]}.md"
    assert invoke(*FIX).exit_code == 0
    after = contents(work)
    now = [names.index(record) for record in links_of(after[name].decode(), PRESETS["hugo"].fields)]
    assert len(set(now)) == 5
    assert now[1] == 12
    assert {made[number].topic for number in now} == {"Beekeeping"}
    assert {each for each in texts if after[each].decode() != texts[each]} == {name}


SHAPES = {
    "urls": ("related:\n- /old/a # a\n- '/old/b'\n", "related:\n- /posts/bees # a\n- '/old/b'\n"),
    "urls with a host": ('related: ["https://x.org/old/a"]\n', 'related: ["https://x.org/posts/bees"]\n'),
    "slugs": ("related: [old-a, old-b]\n", "related: [bees, old-b]\n"),
    "titles": ("related:\n  - Old a\n  - Old b\n", "related:\n  - 'Bees: wild'\n  - Old b\n"),
    "folded titles": (
        "related:\n  - >-\n    Old\n    and a\n  - Old b\n",
        "related:\n  - >-\n    Bees: wild\n  - Old b\n",
    ),
    "ids": ("related: [12, 13]\n", "related: [77, 13]\n"),
    "paths from the folder": ("related:\n  - ./old.md\n", "related:\n  - ./bees.md\n"),
    "paths from a folder beside": ("related:\n  - ../news/old.md\n", "related:\n  - ./bees.md\n"),
    "paths from the top": ("related:\n  - posts/old.md\n", "related:\n  - posts/bees.md\n"),
    "paths with a slash": ("related:\n  - /news/old.md\n", "related:\n  - /posts/bees.md\n"),
    "files": ("related:\n  - old.md\n", "related:\n  - bees.md\n"),
    "slug records": (
        "related:\n  - slug: old\n    title: Old\n",
        "related:\n  - slug: bees\n    title: 'Bees: wild'\n",
    ),
    "one link": ("see_also: /old/a\n", "see_also: /posts/bees\n"),
    "records of other keys": (
        "related1: {name: Old, date: 2001-02-03, permalink: /old/a}\n",
        "related1: {name: 'Bees: wild', permalink: /posts/bees}\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), SHAPES.values(), ids=SHAPES)
def test_every_shape_of_a_link(before: str, after: str) -> None:
    extra = {"link_title": ("name", "title"), "hosts": ("x.org",)}
    fields = Fields(**{name: getattr(PRESETS["hugo"].fields, name) for name in Fields.__dataclass_fields__} | extra)
    document = parse_text("content/posts/a.md", f"---\ntitle: A\n{before}---\n", fields)
    other = parse_text("content/posts/bees.md", "---\ntitle: 'Bees: wild'\nid: 77\nurl: /posts/bees\n---\n", fields)
    start = related_links(document)[0].node.key_start
    fix = exchange(document, {start}, (), [other], lambda link, target: target is other)
    assert fix is not None
    assert apply(document.text, fix.edits) == f"---\ntitle: A\n{after}---\n"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("<em>Bees</em> &amp; wasps", "Bees & wasps", id="as a reader sees it"),
        pytest.param("The &lt;bee&gt; tag", "The &lt;bee&gt; tag", id="as its source has it, where it would be markup"),
    ],
)
def test_the_title_of_the_new_link(title: str, written: str) -> None:
    document = parse_text("a.md", "---\nrelated_article1: {id: 1, title: Old}\n---\n", Fields())
    other = parse_text("b.md", f"---\nid: 2\ntitle: '{title}'\n---\n", Fields())
    start = related_links(document)[0].node.key_start
    fix = exchange(document, {start}, (), [other], lambda link, target: True)
    assert fix is not None
    assert apply(document.text, fix.edits) == f"---\nrelated_article1: {{id: 2, title: {written}}}\n---\n"


LISTS = {
    "slashes, the list has none": ("/p/one, /p/two, /old/", "/p/one, /p/two, /posts/bees"),
    "no slashes, the list has some": ("/p/one/, /p/two/, /old", "/p/one/, /p/two/, /posts/bees/"),
    "a host among paths": ("/p/one/, /p/two/, https://x.org/old", "/p/one/, /p/two/, /posts/bees/"),
    "a path among hosts": (
        "https://x.org/p/one, https://x.org/p/two, /old/",
        "https://x.org/p/one, https://x.org/p/two, 'https://x.org/posts/bees'",
    ),
    "other sites say nothing": (
        "https://n.example/one/, https://n.example/two/, /p/one, https://x.org/old/",
        "https://n.example/one/, https://n.example/two/, /p/one, /posts/bees",
    ),
    "another site's gives way": ("https://n.example/old/", "/posts/bees/"),
    "a url among files": ("posts/one.md, posts/two.md, /old/", "posts/one.md, posts/two.md, posts/bees.md"),
    "a file among urls": ("/p/one/, /p/two/, posts/old.md", "/p/one/, /p/two/, /posts/bees/"),
    "files from their folder": ("./one.md, ../posts/two.md, ./old", "./one.md, ../posts/two.md, ./bees.md"),
    "most of them": ("/p/one/, /p/two, /p/three, /old/", "/p/one/, /p/two, /p/three, /posts/bees"),
    "slugs beside it": ("one, two, /old/", "one, two, /posts/bees/"),
}


@pytest.mark.parametrize(("before", "after"), LISTS.values(), ids=LISTS)
def test_a_url_is_written_as_its_list_has_them(before: str, after: str) -> None:
    fields = replace(PRESETS["hugo"].fields, hosts=("x.org",))
    document = parse_text("content/posts/a.md", f"---\ntitle: A\nrelated: [{before}]\n---\n", fields)
    other = parse_text("content/posts/bees.md", "---\ntitle: Bees\n---\n", fields)
    start = related_links(document)[-1].node.key_start
    fix = exchange(document, {start}, (), [other], lambda link, target: target is other)
    assert fix is not None
    assert apply(document.text, fix.edits) == f"---\ntitle: A\nrelated: [{after}]\n---\n"


def test_of_a_site_s_documents_with_a_suffix_the_list_may_leave_it_out() -> None:
    fields = PRESETS["jekyll"].fields
    other = parse_text("docs/bees.md", "---\ntitle: Bees\n---\n", fields)
    for before, after in (("/docs/one", "/docs/bees"), ("/docs/one.html", "/docs/bees.html")):
        document = parse_text("docs/a.md", f"---\nrelated: [{before}, /old/]\n---\n", fields)
        fix = exchange(document, {related_links(document)[1].node.key_start}, (), [other], lambda link, target: True)
        assert fix is not None
        assert apply(document.text, fix.edits) == f"---\nrelated: [{before}, {after}]\n---\n"


def test_records_with_ids_keep_the_host_that_the_list_has() -> None:
    """Documents that give paths do not say whose host it is; the id tells where the link leads."""
    listed = "related_article1: {id: 2, title: B, url: https://www.x.org/b}\n"
    document = parse_text("a.md", f"---\nid: 1\n{listed}related_article2: {{id: 3, title: C, url: /c/}}\n---\n")
    other = parse_text("d.md", "---\nid: 4\ntitle: D\nurl: /d/\n---\n")
    fix = exchange(document, {related_links(document)[1].node.key_start}, (), [other], lambda link, target: True)
    assert fix is not None
    assert "related_article2: {id: 4, title: D, url: 'https://www.x.org/d'}\n" in apply(document.text, fix.edits)
