"""The pieces that a main text is made of, and the Markdown text that they make."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from content_audit.expressions import expression

Shape = Literal["text", "item", "table", "code"]

_NUMBERED = expression(r" +(?!1\. )\d+\. ")
_HASHES = expression(r"(#{1,6}) ")


class Block(NamedTuple):
    """A paragraph, heading, table or fence: as Markdown, its words as read, and how many of them are links."""

    markdown: str
    text: str
    linked: int
    shape: Shape = "text"

    @property
    def words(self) -> int:
        """Its words, which white space parts."""
        return len(self.text.split())

    @property
    def level(self) -> int:
        """One to six for a heading; 0 for what is none, or stands in a list or a quotation."""
        hashes = _HASHES.match(self.markdown)
        return len(hashes[1]) if hashes else 0


def document(written: Iterable[Block]) -> str:
    """These blocks as one Markdown text: items of a list in a row, all else apart by a blank line."""
    pieces: list[str] = []
    before = None
    for block in written:
        if before is not None:
            pieces.append("\n" if before.shape == block.shape == "item" and not _is_sudden(before, block) else "\n\n")
        pieces.append(block.markdown)
        before = block
    return "".join([*pieces, "\n"]) if pieces else ""


def _is_sudden(before: Block, block: Block) -> bool:
    """Whether an inner list begins with another number than 1, which in Markdown goes on the line above it."""
    found = _NUMBERED.match(block.markdown)
    return found is not None and not before.markdown.startswith(block.markdown[: found[0].index(found[0].strip()[0])])
