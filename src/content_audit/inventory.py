"""What exists elsewhere: files with urls or ids, one a line, or sitemaps, for links that leave the collection.

Sitemaps are read as sitemaps.org describes them, gzipped or not. Nothing is fetched: the parts that a sitemap index
names are looked for beside it. A document type, and with it every entity, is refused.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NoReturn
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from content_audit import files
from content_audit.expressions import expression
from content_audit.facts.addresses import ON_OWN_HOST, slug_name
from content_audit.facts.urls import url_key
from content_audit.files import UnreadableError
from content_audit.model import Fields

MAX_BYTES = 50 * 1024 * 1024
"""Of one file, unpacked: what sitemaps.org allows a sitemap."""

MAX_PARTS = 50_000
"""Sitemaps that an index may name, by sitemaps.org."""

MAX_LENGTH = 2_048
"""Characters of one url or id, by sitemaps.org."""

GZIP = b"\x1f\x8b"
NO_KEY = expression(r"[\s\x00-\x1f\x7f<>\"]")
URL = expression(r"(?:https?:)?/")
"""What begins so may have spaces in it."""

REMARK = expression(r"(?:^|\s+)#(?=\s|$).*|^#.*")
HTML = expression(r"\.html?$", re.IGNORECASE)
NAMELESS = expression(r"/dev/(?:stdin|fd/[0-9]+)")
"""What a shell hands over of another program's output, as <(program)."""

KINDS = {"urlset": "url", "sitemapindex": "sitemap"}
"""A sitemap's root, and what each of its entries is called."""

SPACE = " "
"""What parts an element's namespace from its name; neither can hold one."""


class InventoryError(Exception):
    """An inventory that can't be read; the text names file and line."""


def read_inventory(sources: Iterable[Path], fields: Fields) -> frozenset[str]:
    """What these files say exists, as links have it: ids as given, urls by their keys, and names by url where used.

    A path stands for the same path on the host of the document that links to it, told by `ON_OWN_HOST` before its key.
    Where the site's hosts are not configured, a url of any host stands for its path as well, as links have it whose
    documents name no host.
    """
    keys: set[str] = set()
    for file in sources:
        for entry in _entries(file, nested=False):
            keys.update(_keys(entry, fields))
    return frozenset(keys)


def _keys(entry: str, fields: Fields) -> Iterator[str]:
    if "/" not in entry:
        yield entry
        if fields.by_name:
            yield slug_name(entry)
        if not HTML.search(entry):
            return
    key = url_key(entry, fields.hosts)
    key = key if key.startswith("/") or urlsplit(key).scheme else f"/{key}"
    path = "/" + key[2:].partition("/")[2] if key.startswith("//") else key
    yield from _pages(key)
    if not key.startswith("//"):
        yield from (f"{ON_OWN_HOST}{each.rstrip('/')}" for each in _pages(key))
    elif fields.hosts:
        return
    else:
        yield from _pages(path)
    if fields.by_name:
        yield slug_name(unquote(path.rpartition("/")[2].removesuffix(".html")))
        yield f"path {unquote(path.strip('/').removesuffix('.html'))}"


def _pages(key: str) -> Iterator[str]:
    """The key with and without the suffix that a server may leave out."""
    yield key
    if "?" not in key and not key.endswith("/"):
        yield HTML.sub("", key) if HTML.search(key) else f"{key}.html"


def _entries(file: Path, *, nested: bool) -> Iterator[str]:
    data = _unpacked(file)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        sitemap = _Sitemap(file)
        sitemap.read(data)
        if sitemap.kind == "urlset":
            yield from sitemap.found
        elif nested:
            raise InventoryError(f"{file}: a sitemap index that another one names")
        else:
            for part in sitemap.found:
                yield from _entries(_beside(file, part), nested=True)
    else:
        yield from _listed(file, data)


def _unpacked(file: Path) -> bytes:
    try:
        data = _piped(file) if NAMELESS.fullmatch(str(file)) else files.read_named(file, MAX_BYTES)
    except UnreadableError as error:
        raise InventoryError(f"{file}: {error.reason}") from None
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            data = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InventoryError(f"{file}: not gzip: {error}") from None
    if len(data) > MAX_BYTES:
        raise InventoryError(f"{file}: over {MAX_BYTES:,} bytes unpacked")
    return data


def _piped(file: Path) -> bytes:
    """What a pipe that the shell names has to say."""
    try:
        with file.open("rb") as pipe:
            data = b"" if pipe.isatty() else pipe.read(MAX_BYTES + 1)
    except OSError as error:
        raise InventoryError(f"{file}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise InventoryError(f"{file}: over {MAX_BYTES:,} bytes")
    return data


def _listed(file: Path, data: bytes) -> Iterator[str]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        try:
            entry = REMARK.sub("", line.decode("utf-8")).strip()
        except UnicodeDecodeError as error:
            raise InventoryError(f"{file}:{number}: not UTF-8 at byte {error.start}") from None
        if not entry:
            continue
        if NO_KEY.search(entry.replace(" ", "") if URL.match(entry) else entry) or len(entry) > MAX_LENGTH:
            shown = ascii(entry[:60])
            raise InventoryError(f"{file}:{number}: neither a url nor an id: {shown}")
        yield entry


class _Sitemap:
    """Takes a sitemap's elements one by one: its kind, urlset or sitemapindex, and what its entries locate."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.path: list[str] = []
        self.kind = ""
        self.found: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=SPACE)
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def read(self, data: bytes) -> None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise InventoryError(f"{self.file}:{error.lineno}: {expat.errors.messages[error.code]}") from None

    def fail(self, message: str) -> NoReturn:
        raise InventoryError(f"{self.file}:{self.parser.CurrentLineNumber}: {message}")

    def doctype(self, *_: object) -> None:
        self.fail("a sitemap has no document type")

    def start(self, name: str, _: Mapping[str, str]) -> None:
        local = name.rpartition(SPACE)[2]
        if not self.path:
            self.kind = local if local in KINDS else self.fail(f"not a sitemap: <{local[:40]}>")
        self.path.append(local)
        if self.locates():
            self.found.append("")
        if self.kind == "sitemapindex" and len(self.found) > MAX_PARTS:
            self.fail(f"more than {MAX_PARTS:,} sitemaps")

    def end(self, _: str) -> None:
        if self.locates():
            url = self.found[-1] = self.found[-1].strip()
            if not url or len(url) > MAX_LENGTH:
                self.fail("<loc> holds no url")
        self.path.pop()

    def text(self, piece: str) -> None:
        if self.locates():
            self.found[-1] += piece

    def locates(self) -> bool:
        """Does the parser stand in an entry's <loc>? Images and videos have one of their own, further in."""
        return len(self.path) == 3 and self.path[1:] == [KINDS[self.kind], "loc"]


def _beside(file: Path, location: str) -> Path:
    """The file in an index's folder that has the name of the sitemap it locates, packed or not."""
    try:
        name = PurePosixPath(urlsplit(location).path).name
    except ValueError:
        name = ""
    names = (name, name.removesuffix(".gz"), f"{name}.gz") if not {*"\\\0"} & {*name} and name.strip(".") else ()
    part = next((part for each in names if (part := file.with_name(each)).is_file()), None)
    if part is None:
        raise InventoryError(f"{file}: names {location[:200]!r}, which is not beside it and is not fetched")
    return part
