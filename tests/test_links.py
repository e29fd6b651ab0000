"""The command `links`, as a process: its figures, its formats, and how it ends."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import networkx
import pydot
import pytest

from tests.conftest import ROOT, contents, run_tool, write

SCHEMA = jsonschema_rs.Draft202012Validator(
    json.loads((ROOT / "schemas" / "links.schema.json").read_text(encoding="utf-8")), validate_formats=True
)


def page(number: int, title: str, subject: str, *links: str) -> str:
    """A document with these related links, each the inside of a YAML mapping."""
    head = [f"id: {number}", f"title: {title}", f"subject: {subject}", f"url: /learn/{subject.lower()}/{title.lower()}"]
    head += [f"related_article{n}: {{{link}}}" for n, link in enumerate(links, 1)]
    return "\n".join(["---", *head, "---", "", f"About {title.lower()}.", ""])


ORCHARD = {
    "a/apples.md": page(
        1, "Apples", "Fruit", "id: 2, url: /learn/fruit/pears", "id: 3", "id: 2", "id: 1", "id: 99, title: Quinces"
    ),
    "a/pears.md": page(2, "Pears", "Fruit", "url: /learn/fruit/apples/", "id: 99, title: Quince"),
    "b/cider.md": page(3, "Cider", "Drinks", "id: 1", "url: /elsewhere, subject: Tools"),
    "b/press.md": page(4, "Press", "Tools"),
}
ORCHARD_TEXT = """\
        4  documents
        1  without links
        1  that no other links to (orphans)
        2  components, the largest of 3 documents
        9  links
        6  found (2 by url, 4 by id)
        3  not found, to 2 missing targets
        1  repeated in their document
        1  to their own document
        4  within a section
        5  across sections
        5  distinct targets
        2  pairs of documents linked both ways
        0  pairs of documents linked one way

documents most linked to
        2  a/apples.md  Apples
        1  a/pears.md  Pears

missing targets most linked to
        2  missing://99  Quinces
        1  missing:///elsewhere

links from section to section
        2  Fruit → (none)
        1  Drinks → Fruit
"""


def graph(cwd: Path, *arguments: str) -> dict[str, Any]:
    """The graph as JSON, held against its schema."""
    data = json.loads(run_tool("links", "--format", "json", *arguments, cwd=cwd).stdout)
    assert [f"{error.instance_path}: {error.message}" for error in SCHEMA.iter_errors(data)] == []
    assert isinstance(data, dict)
    return data


def ends(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(edge["source"], edge["target"]) for edge in data["edges"]]


def test_the_figures(work: Path) -> None:
    write(work, ORCHARD)
    result = run_tool("links", "--top", "2", cwd=work)
    assert (result.returncode, result.stdout, result.stderr) == (0, ORCHARD_TEXT, "")
    assert run_tool("links", "--top", "2", cwd=work).stdout == ORCHARD_TEXT, "from the index"
    assert run_tool("links", "--top", "0", cwd=work).stdout == ORCHARD_TEXT.split("\n\n")[0] + "\n"


def test_json_is_a_graph_of_networkx(work: Path) -> None:
    write(work, ORCHARD)
    data = graph(work)
    found = networkx.node_link_graph(data, edges="edges")
    assert found.is_directed()
    assert found.is_multigraph()
    assert found.number_of_edges() == data["graph"]["statistics"]["links"] == 9
    assert found.nodes["missing://99"] == {
        "document_id": "99",
        "title": "Quinces",
        "subject": "",
        "url": "",
        "path": "",
        "resolved": False,
        "linked_from": 2,
    }
    assert found.nodes["b/press.md"]["linked_from"] == 0
    assert [edge["found_by"] for edge in data["edges"] if edge["source"] == "a/apples.md"] == ["url", *["id"] * 3, ""]


def test_graphml_and_dot_have_the_same_links(work: Path) -> None:
    write(work, ORCHARD)
    expected = sorted(ends(graph(work)))
    result = run_tool("links", "--format", "graphml", "--output", "out.graphml", cwd=work)
    assert (result.returncode, result.stdout) == (0, "")
    assert sorted(networkx.read_graphml(work / "out.graphml").edges(keys=False)) == expected
    graphs: Any = pydot.graph_from_dot_data(run_tool("links", "--format", "dot", cwd=work).stdout)
    (dot,) = graphs
    assert sorted((e.get_source().strip('"'), e.get_destination().strip('"')) for e in dot.get_edges()) == expected


def test_paths_named_limit_the_graph_to_links_that_touch_them(work: Path) -> None:
    write(work, {"content-audit.toml": 'roots = ["a", "b"]\n', **ORCHARD})
    data = graph(work, "b")
    assert ends(data) == [
        ("a/apples.md", "b/cider.md"),
        ("b/cider.md", "a/apples.md"),
        ("b/cider.md", "missing:///elsewhere"),
    ]
    assert [node["id"] for node in data["nodes"]] == [
        "a/apples.md",
        "b/cider.md",
        "b/press.md",
        "missing:///elsewhere",
    ]
    assert data["graph"]["statistics"]["documents"] == 2
    assert data["graph"]["statistics"]["orphans"] == 1


@pytest.mark.parametrize(
    ("link", "target"),
    [
        pytest.param("id: 7, subject: Music", "music.md", id="the link's subject"),
        pytest.param("id: 7", "physics.md", id="the document's subject"),
        pytest.param("id: 7, url: /learn/music/sound", "music.md", id="the url before all"),
        pytest.param("id: 8, url: /learn/music/sound", "music.md", id="the url where no id agrees"),
        pytest.param("id: 7, subject: Dance", "music.md", id="the first path where nothing settles it"),
        pytest.param("id: 7, title: Tone, url: /learn/music/sound", "music.md", id="the url, where no title is told"),
        pytest.param(
            "id: 7, title: Sound, subject: Physics, url: /learn/music/noise",
            "physics.md",
            id="the subject, the url lost",
        ),
    ],
)
def test_of_several_documents_with_one_id(work: Path, link: str, target: str) -> None:
    twins = {"music.md": page(7, "Sound", "Music"), "physics.md": page(7, "Sound", "Physics")}
    write(work, {**twins, "waves.md": page(9, "Waves", "Physics", link)})
    assert ends(graph(work)) == [("waves.md", target)]


def test_of_twins_the_one_that_most_parts_of_a_link_name(work: Path) -> None:
    """Its id, title and subject are those of one, and only the url is the other's."""
    twins = {"music.md": page(7, "Sound", "Music"), "physics.md": page(7, "Waves of sound", "Physics")}
    link = "id: 7, title: Waves of sound, subject: Physics, url: /learn/music/sound"
    write(work, {**twins, "b.md": page(9, "Waves", "Music", link)})
    assert ends(graph(work)) == [("b.md", "physics.md")]


def test_a_url_that_is_another_document_s_leads_nowhere_for_the_graph_and_for_the_rules(work: Path) -> None:
    strayed = "id: 77, title: Steel bridges over wide rivers, url: /learn/fruit/pears of southern orchards"
    pears = page(2, "Pears of southern orchards", "Fruit")
    write(work, {"a.md": page(1, "Apples", "Fruit", strayed), "pears.md": pears})
    assert ends(graph(work)) == [("a.md", "missing://77")]
    found = json.loads(run_tool("check", "--select", "REL006,REL007", "--output-format", "json", cwd=work).stdout)
    assert [finding["code"] for finding in found["findings"]] == ["REL007"]


def test_links_by_name(work: Path) -> None:
    post = "---\ntitle: {}\nrelated: [{}]\n---\n\nA post.\n"
    write(
        work,
        {
            "content-audit.toml": 'preset = "hugo"\n',
            "content/trees/pear.md": post.format("The Pear", "apple, no-such-tree"),
            "content/trees/apple.md": post.format("The Apple", '"The Pear", "/trees/pear/", ../tools/press.md'),
            "content/tools/press.md": post.format("Press", "no-such-tree"),
        },
    )
    data = graph(work)
    assert [(edge["source"], edge["target"], edge["found_by"]) for edge in data["edges"]] == [
        ("content/tools/press.md", "missing://slug no-such-tree", ""),
        ("content/trees/apple.md", "content/trees/pear.md", "name"),
        ("content/trees/apple.md", "content/trees/pear.md", "url"),
        ("content/trees/apple.md", "content/tools/press.md", "name"),
        ("content/trees/pear.md", "content/trees/apple.md", "name"),
        ("content/trees/pear.md", "missing://slug no-such-tree", ""),
    ]
    assert "4  found (1 by url, 3 by name)" in run_tool("links", cwd=work).stdout
    crossings = data["graph"]["statistics"]["crossings"]
    assert {"source": "trees", "target": "tools", "links": 1} in crossings


def test_what_the_inventory_lists_is_not_missing(work: Path) -> None:
    write(work, {**ORCHARD, "elsewhere.txt": "99\n"})
    data = graph(work, "a", "b", "--inventory", "elsewhere.txt")
    assert [(edge["source"], edge["target"]) for edge in data["edges"] if edge["found_by"] == "inventory"] == [
        ("a/apples.md", "elsewhere://99"),
        ("a/pears.md", "elsewhere://99"),
    ]
    assert {node["id"]: node["resolved"] for node in data["nodes"] if not node["path"]} == {
        "elsewhere://99": True,
        "missing:///elsewhere": False,
    }
    figures = data["graph"]["statistics"]
    assert (figures["found_in_inventory"], figures["unresolved"], figures["missing"]) == (2, 1, 1)
    assert [row["key"] for row in figures["wanted"]] == ["missing:///elsewhere"]
    printed = run_tool("links", "a", "b", "--inventory", "elsewhere.txt", cwd=work).stdout
    assert "8  found (2 by url, 4 by id, 2 in the inventory)" in printed


def test_what_changes_in_a_document_changes_the_graph(work: Path) -> None:
    write(work, ORCHARD)
    assert graph(work)["graph"]["statistics"]["unresolved"] == 3
    write(work, {"b/quinces.md": page(99, "Quinces", "Fruit")})
    assert graph(work)["graph"]["statistics"]["unresolved"] == 1
    assert graph(work, "--no-cache") == graph(work)


def test_the_index_is_the_one_of_check(work: Path) -> None:
    write(work, ORCHARD)
    run_tool("check", cwd=work)
    before = {path: path.stat().st_ino for path in (work / ".content-audit-cache").glob("*.sqlite")}
    graph(work)
    assert {path: path.stat().st_ino for path in (work / ".content-audit-cache").glob("*.sqlite")} == before


def test_a_damaged_index_is_built_anew(work: Path) -> None:
    write(work, ORCHARD)
    run_tool("check", cwd=work)
    (index,) = (work / ".content-audit-cache").glob("*.sqlite")
    index.write_bytes(index.read_bytes()[:8192] + b"\xff" * 20_000)
    assert run_tool("links", "--top", "2", cwd=work).stdout == ORCHARD_TEXT


def test_nothing_there(work: Path) -> None:
    result = run_tool("links", cwd=work)
    assert result.returncode == 0
    assert result.stdout.startswith("        0  documents\n")
    assert "no documents here" in result.stderr
    assert networkx.parse_graphml(run_tool("links", "--format", "graphml", cwd=work).stdout).number_of_nodes() == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "gexf"], "Invalid value for '--format'"),
        (["--top", "-1"], "Invalid value for '--top'"),
        (["--select", "REL"], "No such option"),
        (["nowhere"], "nowhere: no such file or folder"),
        (["--output", "a"], "a: is a folder; name a file in it"),
        (["--output", "a/apples.md"], "a/apples.md: is a document of the collection"),
        (["--config", "wrong.toml"], "unknown key nonsense"),
    ],
)
def test_errors_of_use_end_with_two(work: Path, arguments: list[str], message: str) -> None:
    write(work, {**ORCHARD, "wrong.toml": "nonsense = 1\n"})
    before = contents(work)
    result = run_tool("links", *arguments, cwd=work)
    assert result.returncode == 2
    assert message in result.stderr
    assert contents(work) == before


def test_quiet_writes_only_the_file(work: Path) -> None:
    write(work, ORCHARD)
    assert run_tool("links", "--quiet", cwd=work).stdout == ""
    assert run_tool("links", "--quiet", "--top", "2", "--output", "out.txt", cwd=work).stdout == ""
    assert (work / "out.txt").read_text(encoding="utf-8") == ORCHARD_TEXT


def test_nothing_in_a_title_reaches_the_terminal_raw(work: Path) -> None:
    title = '"\\e[31m\\u202e\\n\\x07"'
    write(work, {"a.md": page(1, "A", "X\\e", f"id: 2, title: {title}"), "b.md": page(3, title, title, "id: 1")})
    printed = run_tool("links", cwd=work).stdout
    assert not set(printed) & {"\x1b", "\u202e", "\x07"}
    assert "⟨U+202E⟩" in printed
