"""Runs one peer over JSON lines of pages: `python extraction_peers.py NAME < IN > OUT`, in the peers' own environment.

Each line in is `[key, text]`, each line out the text found; the last is the seconds that the calls took. Nothing of
content-audit is needed or imported here.
"""

import html
import json
import logging
import re
import sys
import time
from collections.abc import Callable
from importlib import import_module

Extractor = Callable[[str], str]

_POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


def trafilatura() -> Extractor:
    """Trafilatura, without comments."""
    extract = import_module("trafilatura").extract
    return lambda page: extract(page, include_comments=False) or ""


def readability() -> Extractor:
    """readability-lxml: the text of its summary."""
    document = import_module("readability").Document
    fromstring = import_module("lxml.html").fromstring
    return lambda page: "\n".join(fromstring(document(page).summary()).itertext()) if page.strip() else ""


def resiliparse() -> Extractor:
    """Resiliparse's plain text of the main content."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: str(extract(page, main_content=True))


def justext() -> Extractor:
    """jusText with the stop words of all its languages: the pages are of many."""
    module = import_module("justext")
    stop = frozenset().union(*(module.get_stoplist(name) for name in module.get_stoplists()))

    def extract(page: str) -> str:
        found = module.justext(page.encode("utf-8", "replace"), stop, encoding="utf-8") if page.strip() else ()
        return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    return extract


def justext_lines() -> Extractor:
    """jusText on text without tags: every line as a paragraph."""
    extract = justext()
    return lambda page: extract(paragraphs(page))


def c4() -> Extractor:
    """The line rules of C4 (C. Raffel et al., Exploring the Limits of Transfer Learning, 2020, section 2.2).

    A line stays when it ends in a terminal punctuation mark, has at least five words and speaks neither of JavaScript
    nor of policies; ellipses are no end. The rules that drop whole pages are left out.
    """
    return lambda page: "\n".join(line for line in page.splitlines() if _c4_keeps(line.strip()))


def _c4_keeps(line: str) -> bool:
    low = line.lower()
    ended = line.endswith((".", "?", "!", '"', "”")) and not line.endswith("...")
    return ended and len(line.split()) >= 5 and "javascript" not in low and not any(p in low for p in _POLICIES)


def raw() -> Extractor:
    """The text as it is."""
    return lambda page: page


PEERS: dict[str, Callable[[], Extractor]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
    "jusText": justext,
    "jusText on lines": justext_lines,
    "C4 line rules": c4,
    "raw text": raw,
}


def paragraphs(text: str) -> str:
    """Text as a page that says nothing but which lines are paragraphs."""
    lines = (line.strip() for line in re.split(r"\r\n|\n|\r", text))
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
    return f"<html><body>\n{body}</body></html>\n"


def _safe(extract: Extractor, page: str) -> str:
    try:
        return extract(page)
    except Exception as error:  # a page that a peer fails on counts as empty, as for a user of it
        print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
        return ""


def main() -> None:
    """Extract every page on standard input with the peer that the argument names."""
    logging.disable(logging.CRITICAL)
    extract = PEERS[sys.argv[1]]()
    seconds = 0.0
    for line in sys.stdin:
        page = json.loads(line)
        started = time.perf_counter()
        found = _safe(extract, page)
        seconds += time.perf_counter() - started
        print(json.dumps(found))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
