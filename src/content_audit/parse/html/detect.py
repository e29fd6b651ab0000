"""Whether a text is HTML, told by its first lines."""

import re

from content_audit.expressions import expression

SAMPLE = 16_384
"""Code points that decide whether a text is HTML: comments and scripts before the first tags are shorter."""

RUN = 3
"""Block tags that make a fragment without <html> HTML. Two are the one element with which much Markdown opens; with
three, one of 7,543 .md, .rst and .txt files of installed packages came out as HTML: a page's template."""

_LEAD = expression(r"(?:[\ufeff\s]++|<!--(?:(?!-->)[\s\S])*+-->|<\?xml[^>]*+>)*+")
_PAGE = expression(r"<!doctype\s+html\b|<(?:html|head)\b[^<>]*+>\s*+(?:<|\Z)|<body\b[^<>]*+>", re.IGNORECASE)
_OPAQUE = expression(
    r"<!--(?:(?!-->)[\s\S])*+(?:-->|\Z)|<(script|style|pre|textarea)\b(?:(?!</\1\b)[\s\S])*+(?:</\1\s*+>|\Z)",
    re.IGNORECASE,
)
_BLOCK_NAMES = """
address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header li link main
meta nav ol p section table tbody td tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_TAG = expression(r"<(/?)([a-z][a-z0-9]*+)\b[^<>]*+>", re.IGNORECASE)
_VOID = {"link", "meta"}
_MARKDOWN = expression(r"^(?:#{1,6} |```|~~~|[-*+] |\d{1,3}[.)] |> |\|.*\|[ \t]*$)|\]\([^()\s]++\)", re.MULTILINE)


def looks_like_html(text: str) -> bool:
    """Whether `text` is HTML by its first lines, in linear time: a page's own tags, or block tags and no Markdown.

    Comments, an XML declaration and white space may come first. Text outside of all elements, or a line that only
    Markdown has, makes it Markdown with some HTML in it.
    """
    sample = text[:SAMPLE]
    lead = _LEAD.match(sample)
    start = lead.end() if lead else 0
    if not sample.startswith("<", start):
        return False
    if _PAGE.match(sample, start):
        return True
    seen = _OPAQUE.sub("", sample[start:]).lstrip()
    return bool(_PAGE.match(seen)) or _is_fragment(seen)


def _is_fragment(sample: str) -> bool:
    first = _TAG.match(sample)
    if not first or first[2].lower() not in _BLOCKS or _MARKDOWN.search(sample):
        return False
    depth = tags = seen = 0
    for tag in _TAG.finditer(sample):
        if depth <= 0 and sample[seen : tag.start()].strip():
            return False
        seen = tag.end()
        name = tag[2].lower()
        if name in _BLOCKS:
            tags += 1
            depth += 0 if name in _VOID else -1 if tag[1] else 1
    return tags >= RUN and (depth > 0 or not sample[seen:].strip())
