"""The languages of documents, and of what links lead to, as a site marks them: translations are no copies."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from content_audit.expressions import expression
from content_audit.facts.urls import same_site
from content_audit.model import Document, lookup
from content_audit.text.languages import CODES, NAMES, language_code
from content_audit.text.memory import Remembered

FIELDS = ("lang", "language", "locale")
"""What front matter and records of links call the language of a page."""

NAMED = frozenset(CODES) | frozenset(
    "zh ja ko th et lv lt sl hr sr bs mk sq eu gl cy ga is ka hy az kk bn ta te ur".split()
)
"""Languages that a folder may stand for."""

TAG = expression(r"[a-z]{2}(?:[-_](?:[a-z]{2,4}|[0-9]{3}))?", re.IGNORECASE)
"""A language, its script or region after it (RFC 5646, without the rest)."""

STANDING_FOR_ONE = frozenset(("jp", "cn", "tw", "kr", "cz", "dk", "gr", "br", *NAMES))
"""Folders that stand for a language by its name, or by the country's code: another sign is needed that they do."""

VERSION = expression(r"(?:versioned_docs/version-|i18n/[^/]+/docusaurus-plugin-content-docs/(?:version-)?)[^/]+/")
"""Where Docusaurus has the earlier versions of `docs/`, and its translations."""

TOP = "und"
"""The language of pages that stand above the folders of the others (ISO 639-2: undetermined)."""


def document_language(document: Document, url_key: str) -> str:
    """The language that a document is in by its front matter, else by the first folder of its url, else by its path.

    "" where none of them says.
    """
    return _said(document) or _of_url(url_key) or _of_path(document.path)


def link_language(document: Document, own_key: str, record: Any, url_key: str, name_key: str) -> str:
    """The language that a link leads into where that is another than the document's; else "".

    A record may say it; else the folders of both urls tell, or those of both paths.
    """
    said = ""
    if isinstance(record, dict) and not record.keys().isdisjoint(FIELDS):
        given = next((name for name in map(record.get, FIELDS) if isinstance(name, str)), "")
        said = given and language_code(given)
    if not said and url_key and own_key and _top(url_key) == _top(own_key):
        return ""
    own = _said(document)
    if said:
        here = own or _of_url(own_key) or _of_path(document.path)
        return said if here and said != here else ""
    here = _of_url(own_key) if own_key else _of_path(document.path)
    if url_key:
        there = _of_url(url_key)
        if there == here:
            return ""
        top = TOP if same_site(own_key, url_key) else ""  # the languages of other sites have other folders, or none
        return (there or top) if there not in (here, own) or (here and not there) else ""
    kind, _, path = name_key.partition(" ")
    there = _of_path(path) if kind == "path" else ""
    return there if there and here and there != here else ""


def untranslated(path: str) -> str:
    """The path without what names its language or its version: translations and versions of one file have one."""
    folder, _, name = path.rpartition("/")
    first, *rest = name.split(".")
    if len(rest) == 2 and named_language(rest[:1]):
        name = f"{first}.{rest[1]}"
    return _of_any_language(folder) + name if folder else name


@lru_cache(maxsize=1_024)
def _of_any_language(folder: str) -> str:
    folders = PurePosixPath(VERSION.sub("docs/", f"{folder}/")).parts
    kept = (each for each in folders if not named_language([each]) and each.lower() not in STANDING_FOR_ONE)
    return "".join(f"{each}/" for each in kept)


@lru_cache(maxsize=16)
def _said(document: Document) -> str:
    found = lookup(document, FIELDS)
    return language_code(found[1]) if found and isinstance(found[1], str) else ""


def _of_url(key: str) -> str:
    return _OF_FOLDERS[_top(key)]


def _top(key: str) -> str:
    """The first folder of a url."""
    path = key[2:].partition("/")[2] if key.startswith("//") else key.lstrip("/")
    return path.partition("/")[0]


def _of_path(path: str) -> str:
    """The language of a file as page.de.md, or of the folders above it."""
    folders, _, name = path.rpartition("/")
    return (named_language([name.split(".")[1]]) if name.count(".") == 2 else "") or _OF_PATHS[folders]


def named_language(names: Iterable[str]) -> str:
    """The code of the first of these names of folders or files that is a language's; "" where none is."""
    tags = (language_code(name) for name in names if TAG.fullmatch(name))
    return next((code for code in tags if code in NAMED), "")


_OF_FOLDERS: Remembered[str, str] = Remembered(lambda folder: named_language([folder]), 4_096)
_OF_PATHS: Remembered[str, str] = Remembered(lambda folders: named_language(folders.split("/")), 4_096)
