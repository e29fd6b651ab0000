"""The link graph for people at a terminal: its figures, and who is linked to most."""

from collections.abc import Iterable, Iterator

from content_audit.graph import Crossing, Ranked, Statistics
from content_audit.render.shown import one_line


def render_graph(found: Statistics) -> str:
    """One figure a line, then the hubs, the missing targets and the sections, as many as the statistics have."""
    blocks = ["\n".join(f"{number:>9,}  {label}" for number, label in _figures(found))]
    if found.hubs:
        blocks.append("\n".join(["documents most linked to", *_ranked(found.hubs)]))
    if found.wanted:
        blocks.append("\n".join(["missing targets most linked to", *_ranked(found.wanted)]))
    if found.crossings:
        blocks.append("\n".join(["links from section to section", *_crossings(found.crossings)]))
    return "\n\n".join(blocks) + "\n"


def _figures(found: Statistics) -> Iterator[tuple[int, str]]:
    yield found.documents, "documents"
    yield found.without_links, "without links"
    yield found.orphans, "that no other links to (orphans)"
    yield found.components, f"components, the largest of {_documents(found.largest_component)}"
    yield found.links, "links"
    ways = {"by url": found.found_by_url, "by id": found.found_by_id, "by name": found.found_by_name}
    ways["in the inventory"] = found.found_in_inventory
    named = ", ".join(f"{number:,} {way}" for way, number in ways.items() if number)
    yield sum(ways.values()), f"found ({named})" if named else "found"
    yield found.unresolved, f"not found, to {found.missing:,} missing target{'' if found.missing == 1 else 's'}"
    yield found.repeated, "repeated in their document"
    yield found.to_itself, "to their own document"
    yield found.within_section, "within a section"
    yield found.across_sections, "across sections"
    yield found.targets, "distinct targets"
    yield found.mutual, "pairs of documents linked both ways"
    yield found.one_way, "pairs of documents linked one way"


def _documents(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


def _ranked(rows: Iterable[Ranked]) -> Iterator[str]:
    for row in rows:
        title = f"  {one_line(row.title)}" if row.title else ""
        yield f"{row.links:>9,}  {one_line(row.key)}{title}"


def _crossings(rows: Iterable[Crossing]) -> Iterator[str]:
    for row in rows:
        yield f"{row.links:>9,}  {one_line(row.source) or '(none)'} → {one_line(row.target) or '(none)'}"
