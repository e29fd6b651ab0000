"""HTML elements as Markdown: what is written for each, what is escaped, and how it stays small."""

import pytest

from content_audit.parse.html.block import document
from content_audit.parse.html.code import languages
from content_audit.parse.html.kept import Kept
from content_audit.parse.html.markdown import DEPTH, blocks
from content_audit.parse.html.tei import as_html
from content_audit.parse.html.tree import tree


def written(body: str, url: str | None = None) -> str:
    root = tree(f"<html><body>{body}</body></html>")
    assert root is not None
    return document(blocks(root, url, languages(root)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<h2>Soil\n and <i>sun</i></h2>", "## Soil and *sun*\n", id="heading"),
        pytest.param("<p>One <b> two </b>three", "One **two** three\n", id="spaces stay outside of marks"),
        pytest.param("<p>un<b>believ</b>able", "un**believ**able\n", id="no space within a word"),
        pytest.param("<p><b>x<strong>y</strong></b>", "**xy**\n", id="mark in its like"),
        pytest.param("<b>one<div>two</div></b>", "**one**\n\n**two**\n", id="mark over blocks"),
        pytest.param("<p>One<br>two<br> <br>three", "One  \ntwo\n\nthree\n", id="line breaks"),
        pytest.param("<p>a<br>b<br>c</p>", "a  \nb  \nc\n", id="each of several line breaks"),
        pytest.param("<ul><li>a<br>b<br>c", "- a  \n  b  \n  c\n", id="line breaks in an item"),
        pytest.param("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c\n", id="list in a list"),
        pytest.param("<ol start=9><li>a<li><p>b<p>c</ol>", "9. a\n10. b\n\n    c\n", id="numbers and paragraphs"),
        pytest.param("<ul><li>a<ol start=4><li>b<li>c</ol></ul>", "- a\n\n  4. b\n  5. c\n", id="inner list from 4"),
        pytest.param("<dl><dt>a<dd>b</dd><dd>c</dd><dt>d</dl>", "- a\n  - b\n  - c\n- d\n", id="terms"),
        pytest.param("<dl><dt>a<dd><h2>b</h2><p>c</dl>", "a\n\n## b\n\nc\n", id="terms with sections below"),
        pytest.param("<li>a<li>b", "- a\n- b\n", id="items without a list"),
        pytest.param("<blockquote><p>a</p><ul><li>b</ul></blockquote>", "> a\n\n> - b\n", id="quotation"),
        pytest.param("a<script>b</script><!-- c --><style>d</style> e", "a e\n", id="silent elements"),
        pytest.param("<code>a|b `c`</code>", "`` a|b `c` ``\n", id="ticks in code"),
        pytest.param("<p>&lt;p&gt; &amp;lt; a*b [c] d_e _f", "\\<p> \\&lt; a\\*b \\[c\\] d_e \\_f\n", id="escapes"),
        pytest.param(
            "<p>1. x<p># y<p>- z<p>3.5 m", "1\\. x\n\n\\# y\n\n\\- z\n\n3.5 m\n", id="what would open a block"
        ),
    ],
)
def test_elements(body: str, expected: str) -> None:
    assert written(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("10<sup>6</sup> m<sup>\N{MINUS SIGN}2</sup>", "10⁶ m⁻²", id="powers"),
        pytest.param("CO<sub>2</sub>, x<sub>(1)</sub>", "CO₂, x₍₁₎", id="indices"),
        pytest.param("<b>2<sup>n</sup></b> x<sup>n+1</sup>", "**2ⁿ** xⁿ⁺¹", id="letters that Unicode has"),
        pytest.param(
            "2<sup>2k</sup> (x)<sup>k</sup> a<sub>k</sub>", "2<sup>2k</sup> (x)<sup>k</sup> a<sub>k</sub>", id="HTML"
        ),
        pytest.param(
            "the 21<sup>st</sup>, M<sup>r.</sup>, Acme<sup>TM</sup>", "the 21st, Mr., AcmeTM", id="ends of words"
        ),
        pytest.param("$9<sup>.50</sup> Price<sup>*</sup>", "$9.50 Price\\*", id="signs"),
        pytest.param("rye<sup><a href=/n>3</a></sup>", "rye[3](/n)", id="link to a note"),
        pytest.param("rye<sup><a href=#n>3</a></sup> oats<a href=/n><sup>4</sup></a>", "rye³ oats[⁴](/n)", id="note"),
        pytest.param("<sup>Terms apply</sup> and <sub> so on</sub>", "Terms apply and so on", id="small print"),
        pytest.param("<sup></sup>5", "5", id="nothing"),
    ],
)
def test_raised_and_lowered(body: str, expected: str) -> None:
    assert written(f"<p>{body}</p>") == expected + "\n"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        pytest.param("/b c(d)", "[x](https://a.example/b%20c%28d%29)", id="relative, with what ends an address"),
        pytest.param("https://b.example/", "[x](https://b.example/)", id="absolute"),
        pytest.param("#top", "x", id="within the page"),
        pytest.param("javascript:void(0)", "x", id="script"),
        pytest.param("data:text/html,x", "x", id="data"),
        pytest.param("http://[", "x", id="no address"),
    ],
)
def test_links(href: str, expected: str) -> None:
    assert written(f'<a href="{href}">x</a>', "https://a.example/y") == expected + "\n"


def test_a_link_around_blocks_is_on_each_of_them() -> None:
    assert written('<a href="/x"><h3>Rye</h3><p>Dark.</p></a> end') == "### [Rye](/x)\n\n[Dark.](/x)\n\nend\n"


def test_linked_words_are_counted() -> None:
    root = tree("<p>One <a href=x>two three</a><table><tr><td>a<td>b<tr><td><a href=y>c d</a><td>e</table>")
    assert root is not None
    assert [(block.text, block.linked, block.shape) for block in blocks(root, None, {})] == [
        ("One two three", 2, "text"),
        ("a b c d e", 2, "table"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param('<pre><code class="hljs language-python">{}</code></pre>', id="of the code"),
        pytest.param('<div class="highlight-source-python"><pre>{}</pre></div>', id="of what is around it"),
        pytest.param('<pre data-lang="Python">{}</pre>', id="attribute"),
        pytest.param('<pre class="sourceCode python">{}</pre>', id="pandoc"),
        pytest.param('<pre class="brush: python; gutter: false">{}</pre>', id="brush"),
    ],
)
def test_fences_keep_language_and_blank_lines(page: str) -> None:
    code = "\nif x:\n    y = 1  \n\nz = `2`\n"
    found = written("Before" + page.format(code) + "after")
    assert found == "Before\n\n```python\nif x:\n    y = 1\n\nz = `2`\n```\n\nafter\n"


def test_fences_are_longer_than_those_in_them_and_need_no_language() -> None:
    assert written("<pre class=language-none>````\na</pre>") == "`````\n````\na\n`````\n"


def test_tables_of_data_are_tables_and_tables_for_layout_are_not() -> None:
    data = "<table><caption>Crops</caption><tr><th>a|b<th>c<tr><td>d<br>e<td><a href=/f>f</a><td>g</table>"
    assert written(data) == "Crops\n\n| a\\|b | c |\n| --- | --- |\n| d e | [f](/f) | g |\n"
    assert written("<table><tr><td><h2>A</h2><td><ul><li>b</ul></table>") == "## A\n\n- b\n"
    assert written("<table><tr><td>a<tr><td>b</table>") == "a\n\nb\n"


def test_what_is_nested_too_deep_is_not_indented_without_end() -> None:
    found = written("<blockquote>" * 200 + "<p>x" * 100)
    assert found.count("x") == 100
    assert len(max(found.split("\n"), key=len)) <= 2 * DEPTH + 1


def test_a_wide_row_does_not_widen_all_others() -> None:
    page = "<table><tr>" + "<td>a" * 2_000 + "</tr>" + "<tr><td>b<td>c" * 2_000 + "</table>"
    assert len(written(page)) < 4 * len(page)


def test_elements_named_as_in_tei() -> None:
    from lxml import etree

    body = etree.fromstring(
        '<body><head rend="h3">A</head><p>b<hi rend="#sub">2</hi> <hi rend="#b">c</hi><lb/>'
        '<ref target="/d">d</ref> <code>e</code></p>'
        '<list rend="ol"><item>f</item></list><quote>g</quote><code>h</code>'
        '<table><row><cell role="head">i</cell><cell>j</cell></row><row><cell>k</cell><cell>l</cell></row>'
        "</table></body>"
    )
    assert document(blocks(as_html(body, Kept()), None, {})) == (
        "### A\n\nb₂ **c**  \n[d](/d) `e`\n\n1. f\n\n> g\n\n```\nh\n```\n\n| i | j |\n| --- | --- |\n| k | l |\n"
    )
