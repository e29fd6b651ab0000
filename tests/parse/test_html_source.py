"""The source of a page before it is parsed: what goes, that nothing moves, and pages too long for a parser."""

import time

import pytest

from content_audit.parse.html import main_markdown, read_html, to_markdown
from content_audit.parse.html.block import document
from content_audit.parse.html.main_text import DEEP, MAX_TAGS, PIECES
from content_audit.parse.html.markdown import blocks
from content_audit.parse.html.source import ATTRIBUTES, READ, lines, readable, tags
from content_audit.parse.html.tree import tree


def names(page: str) -> list[tuple[str, str]]:
    return [(tag.name, page[tag.start : tag.end]) for tag in tags(page)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("a <B x='>'>b</b >", [("b", "<B x='>'>"), ("b", "</b >")], id="an end in a value"),
        pytest.param("<!doctype html><p>", [("", "<!doctype html>"), ("p", "<p>")], id="doctype"),
        pytest.param("<!-- <p> --><p>", [("", "<!-- <p> -->"), ("p", "<p>")], id="comment"),
        pytest.param("<script>a<b</script ><p>", [("script", "<script>a<b</script >"), ("p", "<p>")], id="script"),
        pytest.param("<p/><p x=y/z>", [("p", "<p/>"), ("p", "<p x=y/z>")], id="slashes"),
        pytest.param("1 < 2 <3 <p", [("p", "<p")], id="signs and an open tag"),
        pytest.param("<style>p{}", [("style", "<style>p{}")], id="styles without an end"),
    ],
)
def test_tags(page: str, expected: list[tuple[str, str]]) -> None:
    assert names(page) == expected


def test_attributes_beyond_those_that_count_are_blank() -> None:
    kept = "<p" + " a='>'" * ATTRIBUTES
    page = f"{kept}\n b=c\n hidden>one</p><script>x<p {'d ' * 999}</script>"
    assert readable(page) == f"{kept}\n    \n       >one</p><script>x<p {'d ' * 999}</script>"
    assert readable(kept + ">one") == kept + ">one"
    assert main_markdown(page, None) == "one\n"


def test_a_page_of_frames_is_what_it_says_to_readers_without() -> None:
    said = "The boat leaves at nine, and it comes back when the last sheep is in."
    page = (
        "<html><head><title>Ferry</title></head><frameset cols='20%,80%'><frame src=menu.html><frame src=times.html>"
        f"<noframes><body><p>{said}</p></body></noframes></frameset></html>"
    )
    assert to_markdown(page) == f"---\ntitle: Ferry\n---\n\n{said}\n"
    assert len(readable(page)) == len(page)
    root = tree("<body><p>Nine</p><noframes>No <b>frames</b></noframes></body>")
    assert root is not None
    assert document(blocks(root, None, {})) == "Nine\n"


def test_lines_of_a_page_that_is_too_long_to_be_parsed() -> None:
    page = "<title>No</title><h1>Ferry &amp;\nboat</h1>It <b>le</b>aves<br>1. at nine<!-- no --><script>no</script><p>*"
    assert lines(page) == ["Ferry & boat", "It leaves", "1. at nine", "*"]
    assert lines("<p>&#" + "9" * 5_000 + ";") == ["&#" + "9" * 5_000 + ";"]
    long = "<html lang=en><meta name=author content=Ann>" + page + "<i></i>" * READ
    assert main_markdown(long, None) == "Ferry & boat\n\nIt leaves\n\n1\\. at nine\n\n\\*\n"
    assert read_html(long)[0] == {"title": "Ferry & boat", "author": "Ann", "language": "en"}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<p " + " ".join(f"a{n}" for n in range(500_000)) + ">x", id="attributes"),
        pytest.param(("<p " + " ".join(f"a{n}" for n in range(200)) + ">x") * 4_000, id="attributes of many tags"),
        pytest.param("<a b=\"<a b='" * 300_000, id="quotation marks"),
        pytest.param("<a b <a c" * 300_000, id="tags that never end"),
        pytest.param("<script>" * 300_000, id="scripts in a script"),
        pytest.param("<li>x" * 600_000, id="items"),
        pytest.param("<li>x" * (READ - 9), id="items that are still parsed"),
        pytest.param("<tr><td>x" * 300_000, id="rows"),
        pytest.param("<table><tr><td>x" * (MAX_TAGS // 4), id="tables in tables"),
        pytest.param(("<div>x" * DEEP + "</div>" * DEEP) * (MAX_TAGS // DEEP // 3) + "<nav>x</nav>", id="deep nodes"),
        pytest.param("<p>x" * (PIECES + 9) + "<footer>x</footer>", id="short paragraphs"),
    ],
)
def test_pages_made_to_take_long(page: str) -> None:
    started = time.process_time()
    to_markdown(page)
    assert time.process_time() - started < 10  # 1 to 4 s; a minute and more where they are read as all others
