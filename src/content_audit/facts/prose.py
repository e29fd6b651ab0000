"""What a document has to say: its own text, its words, and how many of them are page furniture or repetition."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from content_audit.expressions import expression
from content_audit.model import Document
from content_audit.text import judged, left
from content_audit.text.apart import table
from content_audit.text.fields import field_texts, field_words
from content_audit.text.lines import TOLD

TELLING = 15
"""Characters from which on a line is looked for in its page's source: shorter ones stand in menus and scripts too."""
MOST_MISSED = 100
"""Lines of a page looked for in vain after which no more are: each of them is a search through the whole source."""
_SPACED = table(lambda letter: not letter.isspace())
_PLAIN = expression(r"[\w ,.;:!?()-]+")


@lru_cache(maxsize=4)
def body_text(document: Document) -> str:
    """The document's body; of an HTML page its main text."""
    if document.format != "html":
        return document.body
    from content_audit.parse.html import main_markdown

    return main_markdown(document.text, None)


def page_places(document: Document, lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where an HTML page says these lines of its main text, in their order.

    A line that the source breaks up or writes otherwise stands where the one before it does, the first of them in the
    page's first line.
    """
    first = document.first_line()
    place, missed = (first.start, first.end), 0
    for line in lines:
        said = max(_PLAIN.findall(line), key=len, default="").strip()
        if len(said) >= TELLING and missed < MOST_MISSED:
            start = document.text.find(said, place[1] if place[0] else 0)
            missed += start < 0
            place = place if start < 0 else (start, start + len(said))
        yield place


def own_text(document: Document) -> str:
    """All that the document has to say, spaces folded: its front matter's text fields and its body.

    Placeholders say nothing, nor does what is told to the audit: an exception made of one of two texts does not part
    them.
    """
    fields = [value for name in document.fields.text if isinstance(value := document.metadata.get(name), str)]
    return _folded([*fields, body_text(document)])


def unplaced(text: str) -> str:
    """The text with spaces for its placeholders."""
    text = text.replace("\u00a0", " ")
    return text.replace("&nbsp;", " ").replace("&#160;", " ") if "&" in text else text


def _folded(texts: Iterable[str]) -> str:
    text = unplaced(" ".join(texts))
    return folded(TOLD.sub(" ", text) if "<!--" in text else text)


def folded(text: str) -> str:
    """The text with one space for each stretch of white space, none at its ends."""
    if not text.isascii():
        return " ".join(text.split())
    said = text.encode().translate(_SPACED)  # no word is made a text of its own, which takes twice as long
    while b"  " in said:
        said = said.replace(b"  ", b" ")
    return said.strip(b" ").decode()


def told_text(document: Document) -> str:
    """As `own_text`, without what is furniture or repetition: pages of one site are alike in that."""
    if document.format == "html":
        return own_text(document)
    return _folded([*field_texts(document), left(document)])


def has_copies(document: Document) -> bool:
    """Does it say a passage again? What is pasted twice is not said with more weight."""
    return document.format != "html" and bool(judged(document).repeats)


def word_counts(document: Document) -> tuple[int, int]:
    """The words of the document, those of its front matter's texts among them, and how many are furniture or
    repetition."""
    if document.format == "html":
        return len(body_text(document).split()), 0
    words, removed = field_words(document)
    found = judged(document)
    return found.words + words, found.removed_words + removed
