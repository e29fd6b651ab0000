"""Puts back the headings that a reading of a page lost above the paragraphs that it kept."""

from collections.abc import Sequence

from content_audit.parse.html.markdown import Block

LEAST = 4
"""Words from which on a block is known by its text: shorter ones stand on a page more than once."""


def with_headings(found: Sequence[Block], whole: Sequence[Block]) -> list[Block]:
    """The blocks found, each with the page's headings that stand right above it, in time linear in both.

    Trafilatura leaves headings out where it falls back on paragraphs alone. What stands above the first block is left
    out, as is a page's title: mostly a deck or a section's name, which the metadata have. Putting them back cost .003.
    """
    above: dict[str, list[Block]] = {}
    headings: list[Block] = []
    for block in whole:
        if block.markdown.startswith("#"):
            headings = [*headings, block] if block.markdown.startswith("##") else []
            continue
        if headings and len(block.text.split()) >= LEAST:
            above.setdefault(block.text, headings)
        headings = []
    seen = {block.text for block in found}
    kept: list[Block] = []
    for block in found:
        lost = [heading for heading in above.get(block.text, ()) if kept and heading.text not in seen]
        seen.update(heading.text for heading in lost)
        kept += [*lost, block]
    return kept
