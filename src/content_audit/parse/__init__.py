"""Bytes to documents. Reading never raises on content: what it meets is kept as problems of the document."""

import re
from pathlib import PurePath

from content_audit.lines import line_of, line_starts
from content_audit.model import Document, Fields, Format, Problem, Span
from content_audit.parse.errors import NodeError
from content_audit.parse.front_matter import BOM, read_front_matter

TEXT_SUFFIXES = (".txt", ".text")
OPENING = 16_384
"""Code points that tell a page from Markdown: what comments, styles and scripts may stand before its first tags."""
CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?\b(?:charset|encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
BYTE_ORDER_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))

DEFAULT_FIELDS = Fields()


def parse(path: str, data: bytes, fields: Fields = DEFAULT_FIELDS) -> Document:
    """The document that these bytes are; `path` names it in every span."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(path, data, error, fields)
    return parse_text(path, text, fields)


def parse_text(path: str, text: str, fields: Fields = DEFAULT_FIELDS) -> Document:
    """The document that this text is. Front matter makes it Markdown whatever its ending, tags on top make it HTML."""
    found = read_front_matter(text)
    if isinstance(found, NodeError):
        return Document(path, text, _plain_format(path), problems=(_problem(path, text, found),), fields=fields)
    if found is None:
        return _without_front_matter(path, text, fields)
    return Document(
        path,
        text,
        "markdown",
        body_start=found.region.end,
        front_matter=found.region,
        metadata=found.metadata,
        nodes=found.nodes,
        problems=(_problem(path, text, found.error),) if found.error else (),
        fields=fields,
    )


def is_page(data: bytes) -> bool:
    """Are these bytes an HTML page? The first 64 KiB tell."""
    return _is_html(data[: 4 * OPENING].decode("utf-8", "ignore"))


def _is_html(text: str) -> bool:
    if not text[:OPENING].removeprefix(BOM).lstrip().startswith("<"):
        return False
    from content_audit.parse.html import looks_like_html

    return looks_like_html(text)


def _without_front_matter(path: str, text: str, fields: Fields) -> Document:
    start = 1 if text.startswith(BOM) else 0
    if _is_html(text):
        from content_audit.parse.html import read_html

        metadata, nodes = read_html(text)
        return Document(path, text, "html", start, metadata=metadata, nodes=nodes, fields=fields)
    return Document(path, text, _plain_format(path), start, fields=fields)


def _plain_format(path: str) -> Format:
    return "text" if PurePath(path).suffix.lower() in TEXT_SUFFIXES else "markdown"


def _problem(path: str, text: str, error: NodeError) -> tuple[str, Problem]:
    starts = line_starts(text)
    line = line_of(starts, error.offset)
    end = starts[line] if line < len(starts) else len(text)
    end = max(error.offset, error.offset + len(text[error.offset : end].rstrip()))
    evidence = {"line": line, "column": error.offset - starts[line - 1] + 1}
    return error.kind, Problem(Span(path, error.offset, end), error.message, evidence)


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError, fields: Fields) -> Document:
    """A document that is not UTF-8 is named and left alone: its text stands in with replacement characters."""
    text = data.decode("utf-8", errors="replace")
    offset = len(data[: error.start].decode("utf-8"))
    declared = CHARSET.search(data, 0, OPENING)
    guess = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None) or (
        declared[1].decode("ascii") if declared else None
    )
    evidence = {"byte": error.start, "value": f"0x{data[error.start]:02X}", **({"looks_like": guess} if guess else {})}
    message = f"not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start} ({error.reason})"
    problem = Problem(
        Span(path, offset, min(offset + 1, len(text))), message + (f", looks like {guess}" if guess else ""), evidence
    )
    return Document(path, text, "text", len(text), problems=(("invalid-encoding", problem),), fields=fields)
