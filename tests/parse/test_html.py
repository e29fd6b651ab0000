"""HTML documents: what makes a text one, what it says about itself, its main text, and pages made to hurt."""

import html
import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from content_audit.parse.html import MAX_TAGS, looks_like_html, main_markdown, read_html, to_markdown

PAGE = """<?xml version="1.0" encoding="latin1"?>
<!DOCTYPE html>
<html lang="en-GB">
<head><title>Sharpening &amp; honing | The Shed</title>
<meta name="Author" content="Ida Brook"><meta property="og:title" content="Sharpening &amp; honing">
<meta
  name="description" content="Keep an
  edge."/>
<link rel="canonical" href="https://shed.example/honing">
<meta name="keywords" content="chisel, stone">
<script type="application/ld+json">{"@type": "Article", "datePublished": "2023-11-05"}</script>
</head>
<body><nav><ul><li><a href="/">Start</a></li><li><a href="/tools">Tools</a></li></ul></nav>
<article><h1>Sharpening <i>and</i> honing</h1>
<p>A chisel that tears the grain wants ten minutes on the stone,
and <a href="/stones">the right stone</a> is half of it.
Soak it first, since a dry stone clogs and glazes within a few strokes.</p>
<h2>What to do</h2>
<ul><li>Flatten the back of the blade</li><li>Raise a burr along the <b>whole</b> bevel</li></ul>
<table><tr><th>Grit</th><th>Use</th></tr><tr><td>1000</td><td>the bevel itself</td></tr></table>
<pre><code>angle = 25
</code></pre>
<p>Strop it afterwards on leather, pulling and never pushing, until the edge no longer shows any light at all.</p>
</article>
<section id="comments" class="comments"><p>Buy cheap watches at my shop, friends, you will not regret it.</p></section>
</body></html>
"""


def spans(page: str) -> dict[str, str]:
    _, nodes = read_html(page)
    assert all(node.key_start == node.key_end == node.start <= node.end for node in nodes.values())
    return {str(pointer[0]): page[node.start : node.end] for pointer, node in nodes.items()}


def test_metadata() -> None:
    values, nodes = read_html(PAGE)
    assert values == {
        "title": "Sharpening & honing",
        "date": "2023-11-05",
        "author": "Ida Brook",
        "description": "Keep an edge.",
        "keywords": "chisel, stone",
        "url": "https://shed.example/honing",
        "language": "en-GB",
    }
    assert set(nodes) == {(name,) for name in values}


def test_spans_are_the_tags() -> None:
    found = spans(PAGE)
    assert found["title"] == '<meta property="og:title" content="Sharpening &amp; honing">'
    assert found["author"] == '<meta name="Author" content="Ida Brook">'
    assert found["url"] == '<link rel="canonical" href="https://shed.example/honing">'
    assert found["language"] == '<html lang="en-GB">'


def test_a_tag_over_several_lines_has_one_of_them() -> None:
    assert spans(PAGE)["description"] in ("<meta", 'name="description" content="Keep an', 'edge."/>')


@pytest.mark.parametrize(
    "end", [pytest.param("\r\n", id="CRLF"), pytest.param("\r", id="CR"), pytest.param(" ", id="one line")]
)
def test_line_ends_move_no_span(end: str) -> None:
    page = PAGE.replace("\n", end)
    assert read_html(page)[0] == read_html(PAGE)[0]
    assert {name: span for name, span in spans(page).items() if name != "description"} == {
        name: span for name, span in spans(PAGE).items() if name != "description"
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("<title>A</title><h1>B</h1>", {"title": "B"}, id="heading before window title"),
        pytest.param("<title> A\n b </title><h1> </h1>", {"title": "A b"}, id="empty heading"),
        pytest.param("<h1>B</h1><meta property=og:title content=C>", {"title": "C"}, id="og:title first"),
        pytest.param("<h1>B</h1><h1>C</h1>", {"title": "B"}, id="first of two"),
        pytest.param("<time datetime=2020-01-02>x</time>", {"date": "2020-01-02"}, id="time"),
        pytest.param(
            "<time datetime=2020-01-02>x</time><meta property=article:published_time content=2019-03-04>",
            {"date": "2019-03-04"},
            id="published before any time",
        ),
        pytest.param(
            "<meta name=date content=2024-13-45><time datetime=2019-03-04>", {"date": "2019-03-04"}, id="no such day"
        ),
        pytest.param("<meta property=article:author content=https://x.example/a>", {}, id="an address is no author"),
        pytest.param(
            "<meta property=og:url content=/b><link rel=canonical href=/a>", {"url": "/a"}, id="canonical first"
        ),
        pytest.param("<link rel=stylesheet href=/a>", {}, id="other links"),
        pytest.param("<!-- <title>A</title> -->", {}, id="in a comment"),
    ],
)
def test_which_element_speaks(head: str, expected: dict[str, str]) -> None:
    assert read_html(head)[0] == expected


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-29",
        "2024",
        "2024-02",
        "20240229",
        "2024/02/29",
        "2024-02-29T23:59:59.123456Z",
        "2024-02-29T24:00+0130",
        "2024-02-29 08:00:00 GMT",
        "2024-02-29UTC08:00:00+00:00",
        "Feb. 29, 2024, 8:05 PM EST",
        "february 29th 2024",
        "29 Sept 2024",
        "Thu, 29 Feb 2024 08:00:00 +0000",
    ],
)
def test_dates(value: str) -> None:
    assert read_html(f'<meta name=date content="{value}">')[0] == {"date": value}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("2024-13-45", id="no such month"),
        pytest.param("2023-02-29", id="no leap year"),
        pytest.param("2024-2024", id="two years"),
        pytest.param("20240230", id="no such day"),
        pytest.param("0001-01-01T00:00:00", id="a program's nothing"),
        pytest.param("2024-02-29T25:00", id="no such hour"),
        pytest.param("February 30, 2024", id="no such day in words"),
        pytest.param("3/4/2024", id="in March or in April"),
        pytest.param("2024-02-291", id="more digits"),
        pytest.param("yesterday", id="a word"),
        pytest.param("{{ date }}", id="a template"),
        pytest.param("x", id="a letter"),
    ],
)
def test_no_dates(value: str) -> None:
    assert read_html(f'<meta name=date content="{value}">')[0] == {}


def test_main_text_keeps_structure_and_leaves_the_page_out() -> None:
    found = main_markdown(PAGE, "https://shed.example/honing")
    for kept in (
        "# Sharpening *and* honing",
        "[the right stone](https://shed.example/stones)",
        "\n## What to do\n",
        "\n- Raise a burr along the **whole** bevel\n",
        "| 1000 | the bevel itself |",
        "angle = 25",
    ):
        assert kept in found
    assert "watches" not in found
    assert "Tools" not in found


def test_whole_text_where_there_is_too_much_of_a_page() -> None:
    page = (
        "<title>No</title><p>One <b>bo</b>ld<br>word<p>two<script>three</script><!-- four --><div>five</div>six"
        + "<i></i>" * MAX_TAGS
    )
    assert main_markdown(page, None) == "One **bo**ld  \nword\n\ntwo\n\nfive\n\nsix\n"


def test_to_markdown_is_a_document_with_front_matter() -> None:
    _, front, body = to_markdown(PAGE).split("---\n", 2)
    assert list(yaml.safe_load(front).items()) == [
        ("title", "Sharpening & honing"),
        ("date", "2023-11-05"),
        ("url", "https://shed.example/honing"),
        ("author", "Ida Brook"),
        ("description", "Keep an edge."),
        ("language", "en-GB"),
    ]
    assert body.startswith("\n# Sharpening")
    assert "https://shed.example/stones" in body


@pytest.mark.parametrize(
    "value", ["no", "a: b", "#x", "'", '"', "---", "[1]", "2020-01-02", "\x85y", "é 🌱", "x y " * 99]
)
def test_front_matter_reads_back(value: str) -> None:
    written = html.escape(value)
    page = to_markdown(f'<p>text</p><meta name="author" content="{written}">')
    front, _, body = page.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front) == {"author": " ".join(value.split())}
    assert body == "\ntext\n"


def test_without_metadata_there_are_no_fences() -> None:
    assert to_markdown("<p>Only this") == "Only this\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!doctype html><p>x", id="doctype"),
        pytest.param("\ufeff\n <!-- saved --> \n<HTML>\n<head>", id="mark, blanks, comment, capitals"),
        pytest.param("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", id="XHTML"),
        pytest.param("<body class=x>Text", id="body"),
        pytest.param("<style>\np { color: red }\n</style>\n\n<!DOCTYPE html>\n<html>", id="styles before the page"),
        pytest.param("<div><p>One</p></div>", id="fragment"),
        pytest.param("<p>One<p>Two<h2>Three</h2>Four", id="optional end tags"),
        pytest.param("<script>var a = '\\n# b'</script><div><ul><li>x</ul></div>", id="script first"),
        pytest.param("<h1>A</h1>\n<pre>\n# shell\n- x\n</pre>\n<p>b</p>", id="what looks like Markdown in <pre>"),
        pytest.param("<meta charset=utf-8>\n<title>A</title>\n<p>b", id="page without html and head"),
    ],
)
def test_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Prose\n<div><p>x</p></div>", id="prose first"),
        pytest.param("<a href=x>One</a> two", id="inline tag"),
        pytest.param("<https://x.example> is the place", id="autolink"),
        pytest.param("<3 you", id="no tag"),
        pytest.param("<html> is the root of every page.", id="prose about a tag"),
        pytest.param("<!-- a note -->\n# Title\n\nProse", id="comment, then a heading"),
        pytest.param("<!-- a note -->\nProse", id="comment, then prose"),
        pytest.param("<!-- never closed\n<html>", id="unclosed comment"),
        pytest.param("<details>\n<summary>One</summary>\n\ntwo\n\n</details>\n\nThree", id="details"),
        pytest.param("<p align=center>\n<img src=x>\n</p>\n\n# Title", id="logo over a heading"),
        pytest.param("<div align=center><h1>x</h1></div>\n\nProse here.", id="banner over prose"),
        pytest.param("<div>\n<p>x</p>\n\n* one\n* two\n</div>", id="list inside of a block"),
        pytest.param("<div><p>x</p>See [this](/that).</div>", id="link inside of a block"),
        pytest.param("<p>One paragraph.</p>", id="one element"),
        pytest.param("<style>p { color: red }</style>\n\nProse", id="styles before prose"),
        pytest.param("<table>\n<tr><td>x</td></tr>\n</table>\n\nAfter the table.", id="table over prose"),
    ],
)
def test_no_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<a" * 100_000, id="open tags"),
        pytest.param("</a" * 100_000, id="open end tags"),
        pytest.param("<!--" * 100_000, id="open comments"),
        pytest.param("<![foo[bar", id="marked section"),
        pytest.param("<title>&#" + "9" * 5_000 + ";</title><p>&#x" + "f" * 5_000 + ";", id="digits"),
        pytest.param("<title>a\0b</title><p>\0", id="NUL"),
        pytest.param("<title>a\ud800</title><p>b", id="surrogate"),
        pytest.param("<div>" * 100_000 + "x", id="depth"),
        pytest.param("<li>x" * (MAX_TAGS + 1), id="flat list"),
        pytest.param("<script>" * 50_000, id="scripts"),
        pytest.param("<div>](" + "](" * 100_000, id="halves of Markdown links"),
        pytest.param("<meta name=author content='" + "a " * 300_000 + "&amp;'>", id="long value"),
        pytest.param("<meta name=author content=x>" * 40_000, id="many metas"),
        pytest.param('<script type="application/ld+json">' + '"datePublished": "' * 50_000, id="dates in JSON"),
    ],
)
def test_hostile_pages_end(text: str) -> None:
    started = time.monotonic()
    looks_like_html(text)
    values, nodes = read_html(text)
    main_markdown(text, None)
    assert set(nodes) == {(name,) for name in values}
    assert time.monotonic() - started < 20  # an hour where anything is quadratic


TAGS = st.sampled_from(
    [
        *" \r\n\0\ufeffx>",
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<title>",
        "<meta name=author content='",
        "'>",
        "<!--",
        "-->",
        "<?",
        "<html lang=",
        "<script>",
        "<time datetime=x>",
        "&amp;",
        "&#0;",
        "<![CDATA[",
        "<table><td>",
        "<div>",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(TAGS | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_is_read(text: str) -> None:
    looks_like_html(text)
    values, nodes = read_html(text)
    assert set(nodes) == {(name,) for name in values}
    assert all(0 <= node.start <= node.end <= len(text) for node in nodes.values())
    assert all(isinstance(value, str) and value.strip() == value != "" for value in values.values())
    assert main_markdown(text, None).strip() or not main_markdown(text, None)


def test_libraries_load_where_they_are_used() -> None:
    code = "import sys, content_audit.parse.html; print({'bs4', 'lxml', 'trafilatura'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
