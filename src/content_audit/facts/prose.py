"""What a document has to say: its own text, its words, and how many of them are page furniture or repetition."""

import re
from functools import lru_cache

from content_audit.model import Document
from content_audit.text import judged

PLACEHOLDER = re.compile(r"&nbsp;|&#160;|\u00a0")
SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4)
def body_text(document: Document) -> str:
    """The document's body; of an HTML page its main text."""
    if document.format != "html":
        return document.body
    from content_audit.parse.html import main_markdown

    return main_markdown(document.text, None)


def own_text(document: Document) -> str:
    """All that the document has to say, spaces folded: its front matter's text fields and its body, no placeholders."""
    fields = [value for name in document.fields.text if isinstance(value := document.metadata.get(name), str)]
    return SPACE.sub(" ", PLACEHOLDER.sub(" ", " ".join([*fields, body_text(document)]))).strip()


def word_counts(document: Document) -> tuple[int, int]:
    """The words of the document, text fields included, and how many of them are furniture or repetition."""
    if document.format == "html":
        return len(body_text(document).split()), 0
    fields = [value for name in document.fields.text if isinstance(value := document.metadata.get(name), str)]
    found = judged(document)
    return found.words + sum(len(value.split()) for value in fields), found.removed_words
