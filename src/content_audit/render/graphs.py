"""The link graph for other tools: GraphML, DOT and node-link JSON, piece by piece."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from content_audit import __version__
from content_audit.expressions import expression
from content_audit.graph import Edge, LinkGraph, Node, Statistics
from content_audit.render.as_json import array_chunks

VERSION = 1

NODE_KEYS = {"document_id": "string", "title": "string", "subject": "string", "url": "string", "path": "string"}
NODE_KEYS |= {"resolved": "boolean", "linked_from": "int"}
EDGE_KEYS = {"number": "int", "name": "string", "found_by": "string"}

_NO_TEXT = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the production Char of XML 1.0 leaves out; graphviz ends a file at the first of them, NUL."""
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_MARKUP |= {ord(space): f"&#{ord(space)};" for space in "\t\n\r"}
"""White space goes by number: a reader of XML makes a space of it in an attribute, and a line feed of CR anywhere."""


def text_only(text: str) -> str:
    """The text with the characters that neither XML nor DOT can hold as their names: ⟨U+0007⟩."""
    return _NO_TEXT.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def graphml_chunks(graph: LinkGraph) -> Iterator[str]:
    """GraphML 1.0; an attribute that is empty is left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, of in keys.items():
            yield f'<key id="{name}" for="{kind}" attr.name="{name}" attr.type="{of}"/>\n'
    yield '<graph id="links" edgedefault="directed">\n'
    for node in graph.nodes():
        yield f'<node id="{_xml(node.key)}">{_data(node, NODE_KEYS)}</node>\n'
    for number, edge in enumerate(graph.edges()):
        ends = f'source="{_xml(edge.source)}" target="{_xml(edge.target)}"'
        yield f'<edge id="e{number}" {ends}>{_data(edge, EDGE_KEYS)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(row: Node | Edge, names: Iterable[str]) -> str:
    values = ((name, _plain(getattr(row, name))) for name in names)
    return "".join(f'<data key="{name}">{_xml(value)}</data>' for name, value in values if value)


def _xml(text: str) -> str:
    return text_only(text).translate(_MARKUP)


def _plain(value: str | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def dot_chunks(graph: LinkGraph) -> Iterator[str]:
    """Graphviz's DOT; the label is the title, and what was not found is dashed."""
    yield "digraph links {\n"
    for node in graph.nodes():
        shown = {"label": node.title or node.key, **_values(node, NODE_KEYS)}
        yield f"{_dot(node.key)} [{_list(shown if node.resolved else {**shown, 'style': 'dashed'})}];\n"
    for edge in graph.edges():
        yield f"{_dot(edge.source)} -> {_dot(edge.target)} [{_list(_values(edge, EDGE_KEYS))}];\n"
    yield "}\n"


def _values(row: Node | Edge, names: Iterable[str]) -> dict[str, str]:
    return {name: value for name in names if (value := _plain(getattr(row, name)))}


def _list(values: dict[str, str]) -> str:
    return ", ".join(f"{name}={_dot(value)}" for name, value in values.items())


def _dot(text: str) -> str:
    r"""A quoted string: only the quote needs its backslash to be read, but labels read `\N` and others too."""
    lines = text_only(text).replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\n").replace("\r", "\n")
    return '"' + lines.replace("\n", "\\n") + '"'


def node_link_chunks(graph: LinkGraph, found: Statistics) -> Iterator[str]:
    """JSON as networkx's node_link_graph reads it, the figures among the attributes of the graph."""
    about = {"version": VERSION, "tool": {"name": "content-audit", "version": __version__}}
    head: dict[str, Any] = {"directed": True, "multigraph": True, "graph": {**about, "statistics": _figures(found)}}
    yield json.dumps(head, ensure_ascii=True, indent=1).removesuffix("\n}")
    yield from array_chunks("nodes", ({"id": node.key, **_row(node, NODE_KEYS)} for node in graph.nodes()))
    edges = ({"source": edge.source, "target": edge.target, **_row(edge, EDGE_KEYS)} for edge in graph.edges())
    yield from array_chunks("edges", edges)
    yield "\n}\n"


def _row(row: Node | Edge, names: Iterable[str]) -> dict[str, str | int]:
    return {name: getattr(row, name) for name in names}


def _figures(found: Statistics) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in found.__slots__:
        value = getattr(found, name)
        figures[name] = [row._asdict() for row in value] if isinstance(value, tuple) else value
    return figures
