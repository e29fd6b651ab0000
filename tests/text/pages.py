"""A page around a document, for the tests of what `clean` leaves of it."""

from content_audit.text.judge import judge

HEAD = "Skip to main content\nHome\nTides\nLog in\nSubscribe"
FOOT = "About us\nContact\nPrivacy policy\n© 2024 The Landing. All rights reserved."
PROSE = (
    "The ferry at Holm has a new cable. The old one was drawn in the winter of the flood, and for two years the boat "
    "was rowed across by whoever was awake, which was seldom the ferryman.",
    "The cable is as thick as a wrist and was laid in one night, so that the fishermen should not notice how much of "
    "their water it takes. They noticed in the morning, when the first net came up in two parts.",
)


def page(*parts: str, head: str = HEAD, foot: str = FOOT) -> str:
    """These parts of a document between a page's head and foot, blank lines between all."""
    return "\n\n".join(part for part in (head, *parts, foot) if part) + "\n"


def left(text: str, *, markdown: bool = False) -> list[str]:
    """The lines that are no furniture, blank ones left out."""
    places = [block.place for block in judge(text, markdown=markdown).blocks]
    at, found = 0, []
    for line in text.splitlines(keepends=True):
        if line.strip() and not any(start <= at < end for start, end in places):
            found.append(line.strip())
        at += len(line)
    return found


def lines(*parts: str) -> list[str]:
    """The lines of these parts, blank ones left out."""
    return [line.strip() for part in parts for line in part.splitlines() if line.strip()]
