"""The command `links`: the collection's link graph."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from content_audit.audit import refresh
from content_audit.cli.options import DOCUMENTS, options
from content_audit.cli.session import session
from content_audit.graph import LINKED, LINKS, LinkGraph, link_graph, statistics
from content_audit.index import Index
from content_audit.output import write_output
from content_audit.render.graph_text import render_graph
from content_audit.render.graphs import dot_chunks, graphml_chunks, node_link_chunks
from content_audit.resolution import resolve
from content_audit.run import Run


@click.command()
@options(*DOCUMENTS)
@click.option(
    "--format",
    "--output-format",
    "output_format",
    type=click.Choice(("text", "json", "graphml", "dot")),
    default="text",
    show_default=True,
    help="The figures alone, or the graph for other tools; json has both.",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="Rows of each list: documents and missing targets most linked to, sections.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of to stdout.")
def links(output_format: str, top: int, output: Path | None, **given: Any) -> None:
    """Count how the documents at PATHS link to each other, or write their link graph for other tools."""
    with session(given, None) as (run, index, _):
        graph = index.reliably(lambda: _read(run, index))
        chunks = (chunk.encode("utf-8", "backslashreplace") for chunk in _chunks(graph, output_format, top))
        if output is not None:
            write_output(run, output, chunks)
        elif not given["quiet"]:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(chunks)
            sys.stdout.buffer.flush()


def _read(run: Run, index: Index) -> LinkGraph:
    refresh(run, index)
    resolve(index)
    index.keep(LINKS, LINKED)
    named = {*run.sources.reported.paths}
    return link_graph(index.query, named, run.config.fields.url_patterns)


def _chunks(graph: LinkGraph, output_format: str, top: int) -> Iterator[str]:
    if output_format == "graphml":
        return graphml_chunks(graph)
    if output_format == "dot":
        return dot_chunks(graph)
    found = statistics(graph, top)
    return node_link_chunks(graph, found) if output_format == "json" else iter([render_graph(found)])
