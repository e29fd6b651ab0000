"""Urls as a collection compares them: one spelling each, the section they stand in, and slugs."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

DEFAULT_PAGES = ("index.html", "index.htm", "index.php", "index.md", "index")
NOT_WORD = re.compile(r"[\W_]+")
APOSTROPHE = re.compile("['\u2019]")


@lru_cache(maxsize=65_536)
def url_key(url: str) -> str:
    """The url in one spelling: host in lower case, no fragment, no default page, no trailing slash, escapes folded."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")
    head, _, last = path.rpartition("/")
    path = (head if last.lower() in DEFAULT_PAGES else path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    return f"{'//' if host else ''}{host}{path}{query}" or "/"


def slug(text: str) -> str:
    """The text as urls write it: letters and digits in lower case without accents, all else one hyphen."""
    plain = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return NOT_WORD.sub("-", plain).strip("-")


@lru_cache(maxsize=4_096)
def slugs(text: str) -> tuple[str, ...]:
    """The slugs that a name may have, the plain one first.

    Sites read "&" as "and" or leave it out, drop an apostrophe or cut the word at it, and keep accents or not.
    """
    spellings = [text, text.replace("&", " and "), APOSTROPHE.sub("", text)]
    accented = [NOT_WORD.sub("-", unicodedata.normalize("NFC", spelling).lower()).strip("-") for spelling in spellings]
    return tuple(dict.fromkeys([*map(slug, spellings), *accented]))


def letters(text: str) -> str:
    """Only the letters and digits of a slug: what is left when writers differ over apostrophes and hyphens."""
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
    path = url.index(match.string, url.index(urlsplit(url.strip()).netloc))
    return url[: path + match.start("section")] + section + url[path + match.end("section") :]


def _fitting(url: str, patterns: tuple[str, ...]) -> re.Match[str] | None:
    try:
        path = urlsplit(url.strip()).path.rstrip("/")
    except ValueError:
        return None
    return next((match for template in patterns if (match := _pattern(template).fullmatch(path))), None)
