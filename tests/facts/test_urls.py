"""Urls that are one, and urls that are not; a key is its own key, whatever is thrown at it."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.facts.urls import on_host_of, resolved, slug, url_key, with_section

ONE = [
    pytest.param("/learn/bees/", "/learn/bees", id="trailing slash"),
    pytest.param("/learn/bees/index.html", "/learn/bees", id="default page"),
    pytest.param("/learn/bees/index.html/", "/learn/bees", id="default page and slash"),
    pytest.param("/index.html", "/", id="the home page's file"),
    pytest.param("", "/", id="nothing"),
    pytest.param("/learn/bees#queen", "/learn/bees", id="fragment"),
    pytest.param("/app/#/", "/app", id="an application's first route"),
    pytest.param("/app#/hives/", "/app/#/hives", id="a route's slash"),
    pytest.param("/learn/bees?", "/learn/bees", id="an empty query"),
    pytest.param("HTTPS://Hive.Example/Bees", "https://hive.example/Bees", id="case of scheme and host"),
    pytest.param("http://hive.example/bees", "https://hive.example/bees", id="http and https"),
    pytest.param("//hive.example/bees", "https://hive.example/bees", id="the page's own scheme"),
    pytest.param("http://hive.example:80/bees", "http://hive.example/bees", id="port of http"),
    pytest.param("https://hive.example:443/", "https://hive.example", id="port of https"),
    pytest.param("https://hive.example./bees", "https://hive.example/bees", id="a host's last dot"),
    pytest.param("https://bücher.example/a", "https://xn--bcher-kva.example/a", id="Punycode"),
    pytest.param("/caf%c3%a9", "/café", id="escaped letters"),
    pytest.param("/%7Ejane/%61", "/~jane/a", id="escapes of what needs none"),
    pytest.param("/a b", "/a%20b", id="a space"),
    pytest.param("/learn/./bees/../wasps", "/learn/wasps", id="dot segments"),
    pytest.param("/../bees", "/bees", id="above the top"),
    pytest.param(" /bees\n", "/bees", id="white space around"),
    pytest.param("www.hive.example/bees", "https://www.hive.example/bees", id="a host without a scheme"),
    pytest.param("WWW.hive.example", "https://www.hive.example/", id="that host's home page"),
    pytest.param("hive.example:8080/bees", "http://hive.example:8080/bees", id="a host with a port alone"),
    pytest.param("localhost:4000/bees/", "//localhost:4000/bees", id="this machine"),
]


@pytest.mark.parametrize(("url", "other"), ONE)
def test_one_url_in_two_spellings(url: str, other: str) -> None:
    assert url_key(url) == url_key(other)


DIFFERENT = [
    pytest.param("/bees?page=2", "/bees", id="query"),
    pytest.param("/Bees", "/bees", id="case of the path"),
    pytest.param("/a%2Fb", "/a/b", id="an escaped slash is no slash"),
    pytest.param("/a%3Fb", "/a?b", id="an escaped question mark opens no query"),
    pytest.param("/%FF", "/%FE", id="bytes that are no UTF-8"),
    pytest.param("https://hive.example:8443/a", "https://hive.example/a", id="another port"),
    pytest.param("https://hive.example/a", "/a", id="a host and none"),
    pytest.param("bees", "/bees", id="relative"),
    pytest.param("mailto:a@hive.example", "a@hive.example", id="no web page"),
    pytest.param("//bees/a", "/bees/a", id="a host that looks like a folder"),
    pytest.param("bees.html/a", "//bees.html/a", id="a folder that looks like a host"),
    pytest.param("urn:80/a", "//urn:80/a", id="a scheme with a number after it"),
    pytest.param("/app/#/hives", "/app/#/queens", id="an application's routes"),
    pytest.param("/#!/hives", "/", id="a route behind a bang"),
    pytest.param("#top", "/", id="a place on the page itself"),
]


@pytest.mark.parametrize(("url", "other"), DIFFERENT)
def test_two_urls(url: str, other: str) -> None:
    assert url_key(url) != url_key(other)


SEEN_FROM = [
    pytest.param("./wasps", "/learn/bees", "/learn/wasps", id="beside the page"),
    pytest.param("wasps", "/learn/bees", "/learn/wasps", id="beside it, without a dot"),
    pytest.param("wasps", "/learn/bees/", "/learn/bees/wasps", id="in the folder that the page is"),
    pytest.param("../wasps#sting", "/learn/insects/bees", "/learn/wasps#sting", id="a folder above"),
    pytest.param("?page=2", "/learn/bees", "/learn/bees?page=2", id="the page itself"),
    pytest.param("./wasps", "https://hive.example/bees", "https://hive.example/wasps", id="on the page's host"),
    pytest.param("/wasps", "/learn/bees", "/wasps", id="from the top"),
    pytest.param("//hive.example/wasps", "/learn/bees", "//hive.example/wasps", id="a host"),
    pytest.param("www.hive.example/wasps", "/learn/bees", "www.hive.example/wasps", id="a bare host"),
    pytest.param("mailto:a@hive.example", "/learn/bees", "mailto:a@hive.example", id="no page"),
    pytest.param("#/hives", "/learn/bees", "#/hives", id="a route"),
    pytest.param("learn/wasps", "learn/bees", "learn/wasps", id="a site that writes no slash in front"),
    pytest.param("./wasps", "learn/bees", "learn/wasps", id="a dot on such a site"),
    pytest.param("http://[", "/learn/bees", "http://[", id="no url"),
]


@pytest.mark.parametrize(("url", "base", "expected"), SEEN_FROM)
def test_relative_urls(url: str, base: str, expected: str) -> None:
    assert resolved(url, base) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        pytest.param("https://hive.example/a", "https://hive.example/bees?a=1", id="scheme and host"),
        pytest.param("//hive.example/a", "//hive.example/bees?a=1", id="a host"),
        pytest.param("www.hive.example/a", "www.hive.example/bees?a=1", id="a bare host"),
        pytest.param("/a", "/bees?a=1", id="a path"),
        pytest.param("../a", "/bees?a=1", id="a relative path"),
        pytest.param("http://[", "/bees?a=1", id="no url"),
    ],
)
def test_a_url_in_another_s_place_keeps_its_host(old: str, expected: str) -> None:
    assert on_host_of("/bees?a=1", old) == expected
    assert on_host_of("https://wasps.example/a", old) == "https://wasps.example/a"


def test_a_bare_host_may_be_the_site_s_own() -> None:
    assert url_key("hive.example/bees", ("hive.example",)) == "/bees"
    assert resolved("hive.example/bees", "/learn/wasps", ("hive.example",)) == "hive.example/bees"


@pytest.mark.parametrize("url", ["https://www.hive.example/bees/", "//WWW.hive.example:443/bees", "/bees"])
def test_the_site_s_own_host_is_no_difference(url: str) -> None:
    assert url_key(url.replace("//WWW", "https://WWW"), ("www.hive.example",)) == "/bees"


@pytest.mark.parametrize("host", ["WWW.Hive.example", "bücher.example", "hive.example."])
def test_the_site_s_own_host_is_configured_in_any_spelling(host: str) -> None:
    assert url_key(f"https://{host.lower()}/bees", (host,)) == "/bees"


def test_another_host_is_one() -> None:
    assert url_key("https://wasps.example/bees", ("hive.example",)) == "//wasps.example/bees"


PIECES = st.sampled_from(
    [
        *"/?#:.@[]%~ -_\t\n\\ab",
        "..",
        "//",
        "http:",
        "https://",
        "index",
        "#/",
        "#!",
        "index.html",
        "%2F",
        "%25",
        "%c3",
        "é",
        "İ",
        "ß",
    ]
)
ADDRESSES = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@given(ADDRESSES)
def test_a_key_is_its_own_key(url: str) -> None:
    assert url_key(url_key(url)) == url_key(url)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_key_of_an_own_host_is_its_own_key(path: str) -> None:
    key = url_key(f"https://hive.example/{path}", ("hive.example",))
    assert url_key(key, ("hive.example",)) == key


@given(st.lists(st.sampled_from(["a", "é", "b c", "index"]), min_size=1, max_size=4).map("/".join))
def test_spellings_of_a_path_have_its_key(path: str) -> None:
    key = url_key(f"/{path}")
    assert {url_key(f"/{path}/"), url_key(f"/{path}/index.html"), url_key(f"/{path}#x"), url_key(f"/./{path}")} == {key}


@pytest.mark.parametrize(
    ("url", "other"),
    [
        pytest.param("/sci\tence/apples", "/maths/apples", id="a tab in the section"),
        pytest.param("https://b\nees.org/sci\r\nence/apples", "https://bees.org/maths/apples", id="and in the host"),
        pytest.param("/science/apples", "/maths/apples", id="none"),
        pytest.param("/sci\tence", "/sci\tence", id="no pattern fits"),
    ],
)
def test_another_section(url: str, other: str) -> None:
    assert with_section(url, ("/{section}/{slug}",), "maths") == other


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Résumé", "resume", True, id="accents"),
        pytest.param("ガラス", "カラス", False, id="voiced kana"),
        pytest.param("мой", "мои", False, id="short i"),
        pytest.param("Ёлка", "елка", True, id="yo"),
        pytest.param("हित", "हात", False, id="vowel signs"),
        pytest.param("한글", "한글", True, id="syllables taken apart"),
        pytest.param("کَتاب", "کتاب", True, id="Arabic vowels"),
    ],
)
def test_letters_that_slugs_tell_apart(one: str, other: str, same: bool) -> None:
    assert (slug(one) == slug(normalize("NFD", other))) is same
