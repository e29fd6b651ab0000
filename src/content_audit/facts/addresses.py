"""Where a document is found: its url, given or made from its path, and the names that links may call it by.

A path's pattern, as "content/{folders}/{slug}", fits the end of a path without its suffix, from a folder on;
`{folders}` may stand for several folders or none, at the pattern's start for all of them, any other name for one part.
A url's template takes what the pattern found, and other names from the front matter, where the items of a list are
folders. `{slug}` (not `{file}`) and the date's `{year}`, `{month}` and `{day}` come from the front matter first.
`{name:lower}` is in lower case, `{name:hyphens}` has hyphens for spaces besides. `{lang}` fits the code of a language
alone, as pt-BR.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from content_audit.expressions import expression
from content_audit.facts.languages import TAG, named_language
from content_audit.facts.urls import PAGE_SUFFIX, resolved, slug, slugs, url_key
from content_audit.facts.wording import wording
from content_audit.model import Document, Pointer, lookup

PAGE_FILE = expression(r"\.(?:mdx?|markdown)(?:[?#].*)?$", re.IGNORECASE)
DAY_BEFORE = expression(r"\d{4}-\d{1,2}-\d{1,2}-")
"""The day that Jekyll's posts have before their names."""

FOLDER_PAGES = ("index", "_index")
DATE = expression(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
PLACEHOLDER = expression(r"\{(\w+)(?::(lower|hyphens))?\}")
COLON_PLACEHOLDERS = expression(r"(?<=[/_.-])(?::[a-z_]+)+")
"""Jekyll's: after a separator, or after one another, as in /:title:output_ext."""

ON_OWN_HOST = "own "
"""What an inventory's keys have before the path of a page that is on any document's own host."""

TEMPLATED = expression(r"\{\{|\{%|\[\[|<%")
"""What a site's generator fills in: the url is not known here."""

SPACE = expression(r"\s+")
OPTIONAL = ("folders", "categories")
TAXONOMIES = ("tags", "categories")
STYLES = ("date", "pretty", "ordinal", "weekdate", "none")
"""What Jekyll's permalinks may say in place of a url."""


class Address(NamedTuple):
    """A document's url and its key, "" where it has none; `pointer` is where it says so, None where its path does."""

    url: str
    key: str
    pointer: Pointer | None


@lru_cache(maxsize=16)
def address(document: Document) -> Address:
    """The document's url as its front matter gives it, else as the configured patterns make it from its path."""
    fields = document.fields
    found = lookup(document, fields.url)
    is_text = found is not None and isinstance(found[1], str | int | float) and not isinstance(found[1], bool)
    given = str(found[1]).strip() if found and is_text else ""
    if TEMPLATED.search(given):
        return Address("", "", None)
    if not fields.path_urls:
        return Address(given, url_key(given, fields.hosts) if given else "", found[0] if found and given else None)
    template, values = _by_path(document)
    if not found or not given or given in STYLES:
        url = _filled(template, document, values)
        return Address(url, url_key(url, fields.hosts) if url else "", None)
    given = _from_top(given, values.get("lang", ""))
    template = COLON_PLACEHOLDERS.sub(lambda found: "".join(f"{{{name}}}" for name in found[0].split(":")[1:]), given)
    url = given if template == given else _filled(template, document, values)
    return Address(url, url_key(url, fields.hosts) if url else "", found[0] if url else None)


def _from_top(url: str, lang: str) -> str:
    """A url as it stands below the site's top, or below that of the language, where it has no slash in front."""
    key = url_key(url)
    is_whole = key.startswith("/") or urlsplit(key).scheme
    return url if is_whole else f"/{lang.lower()}/{url}" if lang else f"/{url}"


def link_key(document: Document, url: str) -> str:
    """The key of a url in this document: a path alone is one of the document's own host, where that has one.

    A relative url is resolved against the document's own, else against its path.
    """
    base, own, _ = address(document)
    hosts = document.fields.hosts
    if url[:1] != "/":
        url = resolved(url, base or _path_url(document), hosts)
    key = url_key(url)
    if own.startswith("//") and key.startswith("/") and not key.startswith("//"):
        return "/".join(own.split("/", 3)[:3]) + key.rstrip("/")
    return url_key(url, hosts) if hosts else key


@lru_cache(maxsize=16)
def known_names(document: Document) -> tuple[str, ...]:
    """What links may call the document besides its id and url, none where no link of this site does."""
    fields, (url, key, _) = document.fields, address(document)
    found = [f"url {url_key(alias, fields.hosts)}" for alias in _texts(document, fields.aliases)]
    if not url:  # what relative links lead to
        path = _path_url(document)
        found += [f"url {url_key(each)}" for each in (path, PAGE_SUFFIX.sub("", path))]
    elif key.endswith(".html"):  # a site's settings, unread here, or its server may leave the suffix out
        found.append(f"url {key.removesuffix('.html')}")
    if fields.by_name:
        file = _plain_path(document.path)
        tail = PAGE_SUFFIX.sub("", unquote(_url_path(url).rstrip("/").rpartition("/")[2]))
        stem = posixpath.basename(file)
        words = (*_texts(document, fields.slug), tail, stem, DAY_BEFORE.sub("", stem, 1))
        found += [slug_name(word) for word in words if word]
        found += [title_name(title) for name in fields.title for title in _texts(document, (name,))]
        if fields.link_items == "auto":  # what a mere text is, it doesn't say: an id may look like any of the others
            found += [
                name(each) for each in _texts(document, fields.id)[:1] for name in (slug_name, title_name, _as_path)
            ]
        found += [_as_path(url)] if url else []
        parts = file.split("/")
        found += [f"path {'/'.join(parts[at:])}" for at in range(len(parts))]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16)
def other_names(document: Document) -> tuple[str, ...]:
    """What links may call a document whose url its path tells, where no other document is called so.

    The path may be read by another pattern: what looks like a language's code may be a part of the name, the folder
    above one of the site's sources. The site's main language has no folder in its urls.
    """
    _, key, pointer = address(document)
    if pointer:
        return ()
    readings = list(_readings(document))
    urls = [_filled(template, document, values) for template, values in readings[1:]]
    keys = [url_key(url, document.fields.hosts) for url in urls if url]
    found = [f"url {each}" for one in keys for each in (one, one.removesuffix(".html")) if each != key]
    top, _, below = key.lstrip("/").partition("/")
    found += [f"url /{below}"] if not key.startswith("//") and named_language([top]) else []
    lang = readings[0][1].get("lang", "") if readings else ""
    if lang:
        folder, _, last = (file := _plain_path(document.path).removesuffix(f".{lang}")).rpartition("/")
        parts = (folder if last in FOLDER_PAGES else file).split("/")
        found += [f"path {'/'.join(parts[at:])}" for at in range(len(parts))]
    return tuple(found)


def made_urls(document: Document) -> tuple[str, ...]:
    """The keys of the pages that a site's software makes of the document's tags and categories, and of their lists."""
    if not document.fields.path_urls:
        return ()
    terms = {name: _texts(document, (name,)) for name in TAXONOMIES}
    lists = [f"/{name}" for name, texts in terms.items() if texts]
    return (*lists, *(f"/{name}/{each}" for name, texts in terms.items() for text in texts for each in slugs(text)))


def slug_name(text: str) -> str:
    """The name of a document with this slug."""
    return f"slug {slug(text)}"


def title_name(text: str) -> str:
    """The name of a document with this title."""
    return f"title {wording(text)}"


def _as_path(text: str) -> str:
    return f"path {_plain_path(unquote(_url_path(text)))}"


def path_name(file: str, source: str) -> str:
    """The name of the document in this file, as the one at `source` writes it: from the site's top, or "./", "../"."""
    path = re.sub(r"[?#].*", "", file)
    if path.startswith("."):
        path = posixpath.join(posixpath.dirname(source), path)
    return f"path {_plain_path(path)}"


def _plain_path(path: str) -> str:
    """A path without suffix; a folder's own page is the folder."""
    plain = PAGE_SUFFIX.sub("", posixpath.normpath(unicodedata.normalize("NFC", path)).lstrip("/"))
    folder, _, last = plain.rpartition("/")
    return folder if last in FOLDER_PAGES and folder else plain


def _path_url(document: Document) -> str:
    """What stands for the url of a document that has none."""
    return "/" + quote(unicodedata.normalize("NFC", document.path).lstrip("/"))


def _url_path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _texts(document: Document, fields: tuple[str, ...]) -> list[str]:
    """The texts that a field holds: one, or those of its list."""
    found = lookup(document, fields)
    values = (found[1] if isinstance(found[1], list) else [found[1]]) if found else []
    return [str(value).strip() for value in values if isinstance(value, str | int | float) and str(value).strip()]


def _by_path(document: Document) -> tuple[str, dict[str, str]]:
    """The url template of the first pattern that fits the document's path, and what the pattern found; "" for none."""
    return next(_readings(document), ("", {}))


def _readings(document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    """The same of all patterns that fit."""
    path = unicodedata.normalize("NFC", document.path)
    for pattern, template in document.fields.path_urls if PAGE_SUFFIX.search(path) else ():
        match = _path_pattern(pattern).fullmatch(PAGE_SUFFIX.sub("", path))
        found = {name: value or "" for name, value in match.groupdict().items()} if match else {}
        if match and ("lang" not in found or named_language([found["lang"]])):
            yield template, found


@lru_cache(maxsize=64)
def _path_pattern(pattern: str) -> re.Pattern[str]:
    regex = re.sub(r"\\\{folders\\\}/", r"(?:(?P<folders>.+)/)?", re.escape(pattern.strip("/")))
    before = "" if pattern.startswith("{folders}/") else r"(?:.*?/)?"
    regex = regex.replace(r"\{lang\}", f"(?P<lang>(?i:{TAG.pattern}))")
    return re.compile(before + re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+?)", regex))


def _filled(template: str, document: Document, values: dict[str, str]) -> str:
    """The url that a template makes; "" where the document lacks something that it needs."""
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        value = _value(match[1], document, values)
        missing = missing or (not value and match[1] not in OPTIONAL)
        value = value.lower() if match[2] else value
        return SPACE.sub("-", value) if match[2] == "hyphens" else value

    url = PLACEHOLDER.sub(fill, template)
    return "" if missing else re.sub(r"/{2,}", "/", url)


def _value(name: str, document: Document, values: dict[str, str]) -> str:
    plain = name.removeprefix("i_").removeprefix("short_")
    if plain in ("year", "month", "day"):
        day = DATE.match("".join(_texts(document, ("date",))))
        given = day[plain] if day else values.get(plain, "")
        given = given.zfill(2) if given else ""
        return given if plain == name else given[2:] if plain == "year" else given.lstrip("0")
    if name == "output_ext":
        return ".html"
    if name in ("slug", "title"):
        return "".join(_texts(document, document.fields.slug)) or values.get("slug", "") or values.get("file", "")
    if name == "path":
        return posixpath.join(values.get("folders", ""), values.get("file", ""))
    if name in ("name", "basename"):
        return values.get("file", "") or values.get("slug", "")
    return values.get(name) or "/".join(_categories(document) if name == "categories" else _texts(document, (name,)))


def _categories(document: Document) -> list[str]:
    """Jekyll's categories: a list, a text with spaces between them, or one."""
    found = lookup(document, ("categories",))
    if found and isinstance(found[1], str):
        return found[1].split()
    return _texts(document, ("categories",)) or _texts(document, ("category",))
