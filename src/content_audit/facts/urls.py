"""Urls as a collection compares them: one spelling each, the section they stand in, and slugs."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from content_audit.expressions import expression
from content_audit.scripts import SIGNS as VOWEL_SIGNS

DEFAULT_PAGES = ("index.html", "index.htm", "index.php", "index.md", "index")
PLAIN_PATH = expression(r"(?:/[a-zA-Z0-9_-]+)+")
"""Has one spelling only, default pages apart; nine in ten urls of the collections seen are such."""

PATH_SAFE = "!$&'()*+,;=:@-._~"
"""What stands in a path's segment without an escape (RFC 3986, pchar)."""

BARE_HOST = expression(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+(?::\d+)?|(?:[\w-]+(?:\.[\w-]+)+|localhost):\d+)(?=[/?#]|$)", re.IGNORECASE
)
"""A host without a scheme before it, as people write it: one that begins with www., or has a port."""

NOT_HOST = expression(r"[\s\x00-\x20\x7f\\/?#@%\[\]]|^$")
UNREAD = expression(r"[\t\r\n]")
"""What readers of urls leave out wherever it stands (WHATWG URL, 4.4)."""

PAGE_SUFFIX = expression(r"\.(?:mdx?|markdown|html?)$", re.IGNORECASE)
NOT_WORD = expression(rf"(?:(?![{VOWEL_SIGNS}])[\W_])+")
ASCII_NOT_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What `NOT_WORD` does to text in ASCII, in a fifth of the time."""
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())

ACCENT = expression(
    "(?<=[a-z\u00c0-\u02af\u0370-\u03ff])[\u0300-\u036f]+|(?<=\u0435)\u0308|[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
"""Marks that slugs drop, decomposed: accents of Latin and Greek, the dots of Russian's yo, points of Hebrew and Arabic.
Elsewhere, as in kana and in Cyrillic's short i, a mark makes another letter."""

APOSTROPHE = expression("['\u2019]")
SIGNS = expression(r"(?<=\w)[+#]|(?<=\+)\+|(?<!\w)\.(?=\w)")
SIGN_NAMES = ({"+": "p", "#": "sharp", ".": "dot"}, {"+": " plus ", "#": " sharp ", ".": "dot "})
"""Signs that make a name, as C++, C# and .NET, and how urls spell them."""

ROUTE_END = expression(r"[/\s]+$")

PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Latin letters that are no letter and an accent to Unicode, as slugs write them."""

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"})
"""Letters that German, Danish, Norwegian and Serbian sites spell out where others drop the accent."""


@lru_cache(maxsize=65_536)
def url_key(url: str, hosts: tuple[str, ...] = ()) -> str:
    """The url in one spelling (RFC 3986, 6.2): what differs only in spelling has one key, and a key is its own key.

    Host in lower case and Punycode, without the scheme's port; http and https are one; no default page, no trailing
    slash, no dot segments; escapes only where they mean something; the query stays as it is. Of fragments those stay
    that are an application's routes, as #/orders, and one that is all there is: it is no home page. A url of one of
    these `hosts`, the site's own, is the path alone, also where it begins with the bare host, as www.example.org/a
    does. Addresses that are no web pages, as mailto:, stay as they are.
    """
    if PLAIN_PATH.fullmatch(url) and url[-6:].lower() != "/index":
        return url
    url = _with_slashes(url.strip(), hosts)
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:
        return url
    if parts.scheme not in ("", "http", "https"):
        return url
    path = _path(parts.path)
    query = f"?{parts.query.strip()}" if parts.query.strip() else ""
    route = ROUTE_END.sub("", parts.fragment)
    query += f"#{route}" if route.startswith(("/", "!")) else ""
    if url.startswith("#") and route and not query:
        return f"#{route}"
    if host and host not in _host_keys(hosts):
        return f"//{host}{'/' if path and not path.startswith('/') else ''}{path}{query}"
    first, slash, rest = path.partition("/")
    path = "/" + rest.lstrip("/") if slash and not first else first.replace(":", "%3A") + slash + rest
    return f"{path or '/'}{query}" if query.startswith("#") else f"{path}{query}" or "/"


def resolved(url: str, base: str, hosts: tuple[str, ...] = ()) -> str:
    """A relative url as the page at `base` means it (RFC 3986, 5.2); any other as it is.

    Where a site's own urls are written without the slash in front, so is what its links mean from the top; only "./"
    and "../" are relative there.
    """
    if url.startswith(("/", "https://", "http://")):
        return url
    try:
        parts, top = urlsplit(_with_slashes(url.strip(), hosts)), urlsplit(base)
        relative = not (parts.scheme or parts.netloc or parts.path.startswith("/")) and bool(parts.path or parts.query)
        rooted = top.path.startswith("/") or bool(top.netloc)
        return urljoin(base, url.strip()) if relative and (rooted or parts.path.startswith(".")) else url
    except ValueError:
        return url


def same_site(key: str, other: str) -> bool:
    """Do the keys of two urls name one host, or none?"""
    return key[:2] != "//" != other[:2] or _host_of(key) == _host_of(other)


def _host_of(key: str) -> str:
    return key[2:].partition("/")[0] if key[:2] == "//" else ""


def on_host_of(url: str, old: str) -> str:
    """The url with the scheme and the host of an old one, where it has none itself."""
    try:
        now, before = urlsplit(url), urlsplit(_with_slashes(old.strip(), ()))
    except ValueError:
        return url
    if now.scheme or now.netloc or not url.startswith("/") or not before.netloc:
        return url
    return urlunsplit((before.scheme, before.netloc, *now[2:])).removeprefix("" if "//" in old else "//")


def without_host(url: str) -> str:
    """The url from its path on; as it is where it can't be taken apart."""
    try:
        return urlunsplit(("", "", *urlsplit(url)[2:]))
    except ValueError:
        return url


def ending(url: str) -> str:
    """What a url's path ends with: a slash, the suffix of a page, or neither, ""."""
    path = UNREAD.sub("", without_host(url)).strip().partition("#")[0].partition("?")[0]
    suffix = PAGE_SUFFIX.search(path)
    return "/" if path.endswith("/") else suffix[0] if suffix else ""


def with_ending(url: str, wanted: str) -> str:
    """The url with such an end. A site's top has its slash, and no suffix comes to a url that has none."""
    parts = re.match(r"([^?#]*)(.*)", url, re.DOTALL)
    path, rest = parts.groups() if parts else (url, "")
    if not path.strip("/") or wanted == ending(url) or wanted not in ("", "/"):
        return url
    return f"{PAGE_SUFFIX.sub('', path).rstrip('/')}{wanted}{rest}"


def fragment(url: str) -> str:
    """The place on its page that a url names; "" for none, for the top, and where it is part of the url's key."""
    _, _, place = url.strip().partition("#")
    return "" if place.lower() == "top" or place.startswith(("/", "!")) else place


@lru_cache(maxsize=16)
def _host_keys(hosts: tuple[str, ...]) -> frozenset[str]:
    """Hosts as a configuration gives them, in the spelling of keys."""
    found = set()
    for host in hosts:
        with suppress(ValueError):
            found.add(_host(urlsplit(f"//{host}")))
    return frozenset(found)


def _with_slashes(url: str, hosts: tuple[str, ...]) -> str:
    """The url with the two slashes that a bare host lacks."""
    return f"//{url}" if names_host(url, hosts) else url


def names_host(url: str, hosts: tuple[str, ...]) -> bool:
    """Does the url begin with a host as people write it, without the slashes?"""
    is_own = hosts and re.split(r"[/?#]", url, maxsplit=1)[0].lower() in _host_keys(hosts)
    return bool(BARE_HOST.match(url) or is_own)


def _host(parts: SplitResult) -> str:
    """The host with the port where that is not the scheme's own; ValueError for a host or port that is none."""
    if not parts.netloc:
        return ""
    name = (parts.hostname or "").rstrip(".")
    if NOT_HOST.search(name):
        raise ValueError(f"{name!r} is no host")
    with suppress(UnicodeError):
        name = name.encode("idna").decode("ascii").lower()
    own_port = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port is not None and parts.port != own_port else ""
    return (f"[{name}]" if ":" in name else name) + port


def _path(path: str) -> str:
    parts = [quote(unquote_to_bytes(part), safe=PATH_SAFE) for part in path.split("/")]
    kept: list[str] = []
    for part in parts:
        if part == ".." and len(kept) > 1 and kept[-1] != "..":
            kept.pop()
        elif part != "." and not (part == ".." and kept == [""]):
            kept.append(part)
    while kept and (kept[-1] == "" or kept[-1].lower() in DEFAULT_PAGES):
        kept.pop()
    return "/".join(kept)


def slug(text: str) -> str:
    """The text as urls write it: letters and digits in lower case without accents, all else one hyphen."""
    if text.isascii():
        return "-".join(text.lower().translate(ASCII_NOT_WORD).split())
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", text).lower())
    return NOT_WORD.sub("-", unicodedata.normalize("NFC", plain).translate(PLAIN)).strip("-")


@lru_cache(maxsize=4_096)
def slugs(text: str) -> tuple[str, ...]:
    """The slugs that a name may have, the plain one first.

    Sites read "&" as "and" or leave it out, spell the signs of "C++" and "C#" out or drop them, drop an apostrophe or
    cut the word at it, and keep accents, drop them or spell them out.
    """
    spellings = [text, text.replace("&", " and "), APOSTROPHE.sub("", text)]
    if SIGNS.search(text):
        spellings += [SIGNS.sub(partial(_named, names), text) for names in SIGN_NAMES]
    if text.isascii():
        return tuple(dict.fromkeys(map(slug, dict.fromkeys(spellings))))
    composed = [unicodedata.normalize("NFC", spelling).lower() for spelling in spellings]
    accented = [NOT_WORD.sub("-", spelling).strip("-") for spelling in composed]
    spelled_out = [slug(spelling.translate(SPELLED_OUT)) for spelling in composed]
    return tuple(dict.fromkeys([*map(slug, spellings), *accented, *spelled_out]))


def _named(names: Mapping[str, str], sign: re.Match[str]) -> str:
    return names[sign[0]]


@lru_cache(maxsize=4_096)
def may_be_slug(part: str, name: str) -> bool:
    """May this part of a url be the name's slug?

    It may where that can't be told: names without letters have none, and Latin letters stand for another script's in
    as many ways as there are sites.
    """
    wanted = slugs(name)
    return (
        not wanted[0]
        or part in wanted
        or (part.isascii() and not wanted[0].isascii())
        or letters(part) in {letters(each) for each in wanted}
    )


def in_folder(url: str, name: str) -> bool:
    """Has one of the folders above the url's page the name's slug?"""
    try:
        folders = unquote(urlsplit(url.strip()).path).rstrip("/").split("/")[:-1]
    except ValueError:
        return False
    return any(folder and folder in slugs(name) for folder in folders)


def letters(text: str) -> str:
    """Only the letters and digits of a slug: what is left when writers differ over apostrophes and hyphens."""
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    return slug(text).replace("-", "")


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template.rstrip("/"))
    regex = "".join(re.escape(p) if i % 2 == 0 else f"(?P<{p}>[^/]+)" for i, p in enumerate(parts))
    return re.compile(regex)


@lru_cache(maxsize=65_536)
def url_parts(url: str, patterns: tuple[str, ...]) -> dict[str, str]:
    """What the first pattern that fits names in the url's path, as {"section": …, "slug": …}; empty where none fits.

    Escapes are read: "caf%C3%A9" is "café".
    """
    match = _fitting(url, patterns)
    return {name: unquote(part) for name, part in match.groupdict().items()} if match else {}


def with_section(url: str, patterns: tuple[str, ...], section: str) -> str:
    """The url with another section; as it is where no pattern names one."""
    match = _fitting(url, patterns)
    if not match or "section" not in match.groupdict():
        return url
    url = UNREAD.sub("", url)
    path = url.index(match.string, url.index(urlsplit(url.strip()).netloc))
    return url[: path + match.start("section")] + section + url[path + match.end("section") :]


def _fitting(url: str, patterns: tuple[str, ...]) -> re.Match[str] | None:
    try:
        path = url if PLAIN_PATH.fullmatch(url) else urlsplit(url.strip()).path.rstrip("/")
    except ValueError:
        return None
    return next((match for template in patterns if (match := _pattern(template).fullmatch(path))), None)
