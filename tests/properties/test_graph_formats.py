"""Whatever titles and urls say, the formats of the link graph give back what they were given, and the figures agree."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import networkx
import pydot
from hypothesis import given
from hypothesis import strategies as st

from content_audit.facts import DocumentRow, Facts, doc_key
from content_audit.facts.tables import LinkRow
from content_audit.graph import LINKED, LINKS, Edge, LinkGraph, Node, link_graph, statistics
from content_audit.index import FileResult, Index
from content_audit.render.graphs import dot_chunks, graphml_chunks, node_link_chunks, text_only
from content_audit.resolution import resolve
from tests.conftest import examples

NASTY = [
    '"',
    "\\",
    '\\"',
    "\\N",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\x00",
    "\x07",
    "\ufffe",
    "\U0001f350",
    "]]>",
    "&amp;",
    "<b>",
]
NASTY += ["-->", "é", "\u202e", "\u2028", "};", "//", "#", " ", "ab", "\x85"]
TEXT = st.lists(st.sampled_from(NASTY), max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)
LINK = st.tuples(st.sampled_from(["", "1", "2", "3", "8", "9"]), st.sampled_from(["", "/a", "/b", "/c", "/z"]))
DOCUMENT = st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", "/a", "/b", "/c"]), TEXT, TEXT)
COLLECTIONS = st.lists(st.tuples(DOCUMENT, TEXT, st.lists(st.tuples(LINK, TEXT), max_size=4)), max_size=6)

Collection = list[tuple[tuple[str, str, str, str], str, list[tuple[tuple[str, str], str]]]]


def with_graph(collection: Collection) -> Iterator[LinkGraph]:
    """The graph of documents that have these names, fields and links, while its index is open."""
    with Index(None, "key") as index:
        paths = []
        for number, ((id_, url, title, subject), name, links) in enumerate(collection):
            path = f"{number}{name.replace('/', '')}.md"
            doc = doc_key(path)
            paths.append(path)
            row = DocumentRow(doc, path, "markdown", "yaml", id_, url, url, title, subject, 0, 0, 0)
            rows = tuple(
                LinkRow(doc, n, f"link{n}", i, said, "", u, u, "", 0, 0, "{}")
                for n, ((i, u), said) in enumerate(links)
                if i or u
            )
            index.store([(FileResult(path, "", b"", Facts((row,), (), rows), b""), None)])
        index.collection(paths, ["8", "/z"])
        resolve(index)
        index.keep(LINKS, LINKED)
        yield link_graph(index.query, paths, ())


def attributes(row: Node | Edge) -> dict[str, Any]:
    """What XML can hold of a node or an edge, but for what says which it is; nothing that is empty."""
    values = {name: text_only(v) if isinstance(v, str) else v for name, v in row._asdict().items()}
    return {name: v for name, v in values.items() if v != "" and name not in ("key", "source", "target")}


def expected_edges(graph: LinkGraph) -> list[tuple[str, str, dict[str, Any]]]:
    return [(text_only(edge.source), text_only(edge.target), attributes(edge)) for edge in graph.edges()]


def in_order(edges: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(edges, key=lambda edge: (edge[0], int(edge[2]["number"])))


@given(COLLECTIONS)
def test_graphml_is_read_back(collection: Collection) -> None:
    for graph in with_graph(collection):
        text = "".join(graphml_chunks(graph))
        ElementTree.fromstring(text.encode())
        found = networkx.parse_graphml(text)
        assert dict(found.nodes(data=True)) == {text_only(node.key): attributes(node) for node in graph.nodes()}
        edges = [(a, b, {k: v for k, v in data.items() if k != "id"}) for a, b, data in found.edges(data=True)]
        assert in_order(edges) == in_order(expected_edges(graph))


@given(COLLECTIONS)
@examples(40)
def test_dot_is_read_back(collection: Collection) -> None:
    for graph in with_graph(collection):
        graphs: Any = pydot.graph_from_dot_data("".join(dot_chunks(graph)))
        (found,) = graphs
        nodes = {}
        for node in found.get_nodes():
            values = {name: unquoted(value) for name, value in node.get_attributes().items()}
            label, style = values.pop("label"), values.pop("style", "")
            assert label == values.get("title", unquoted(node.get_name()))
            assert style == ("" if values["resolved"] == "true" else "dashed")
            nodes[unquoted(node.get_name())] = values
        assert nodes == {one_break(node.key): lined(attributes(node)) for node in graph.nodes()}
        edges = [
            (unquoted(edge.get_source()), unquoted(edge.get_destination()), unquoted_all(edge.get_attributes()))
            for edge in found.get_edges()
        ]
        expected = [(one_break(a), one_break(b), lined(data)) for a, b, data in expected_edges(graph)]
        assert in_order(edges) == in_order(expected)


def unquoted(text: str) -> str:
    """What a quoted string of DOT says once a label's escapes are read."""
    assert text[0] == text[-1] == '"'
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text[1:-1])


def unquoted_all(values: dict[str, str]) -> dict[str, str]:
    return {name: unquoted(value) for name, value in values.items()}


def one_break(text: str) -> str:
    return text_only(text).replace("\r\n", "\n").replace("\r", "\n")


def lined(values: dict[str, Any]) -> dict[str, str]:
    return {k: one_break(str(v).lower() if isinstance(v, bool) else str(v)) for k, v in values.items()}


@given(COLLECTIONS)
def test_json_is_read_back_and_the_figures_are_networkx_s(collection: Collection) -> None:
    for graph in with_graph(collection):
        figures = statistics(graph, 3)
        data = json.loads("".join(node_link_chunks(graph, figures)))
        found = networkx.node_link_graph(data, edges="edges")
        assert {key: {"key": key, **rest} for key, rest in found.nodes(data=True)} == {
            node.key: node._asdict() for node in graph.nodes()
        }
        assert [Edge(**edge) for edge in data["edges"]] == list(graph.edges())
        documents = [key for key, rest in found.nodes(data=True) if rest["path"]]
        simple = networkx.DiGraph(found)
        simple.remove_edges_from(networkx.selfloop_edges(simple))
        sizes = [len(each) for each in networkx.weakly_connected_components(simple.subgraph(documents))]
        assert (figures.components, figures.largest_component) == (len(sizes), max(sizes, default=0))
        assert figures.documents == len(documents)
        assert figures.missing == sum(1 for _, rest in found.nodes(data=True) if not rest["resolved"])
        assert figures.orphans == sum(1 for key in documents if not simple.in_degree(key))
        assert figures.without_links == sum(1 for key in documents if not found.out_degree(key))
        assert figures.to_itself == networkx.number_of_selfloops(found)
        assert figures.repeated == found.number_of_edges() - figures.to_itself - simple.number_of_edges()
        linked = simple.subgraph(documents)
        assert 2 * figures.mutual + figures.one_way == linked.number_of_edges()
        assert 2 * figures.mutual == sum(1 for a, b in linked.edges if linked.has_edge(b, a))
        assert dict(simple.in_degree) == {key: rest["linked_from"] for key, rest in found.nodes(data=True)}
        best = sorted((simple.in_degree(key) for key in documents), reverse=True)[:3]
        assert [hub.links for hub in figures.hubs] == [links for links in best if links]
