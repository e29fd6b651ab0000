"""What a page keeps of its structure, short or long, and the small things of it that are no text."""

import pytest

from content_audit.parse.html import main_markdown
from content_audit.parse.html.block import Block
from content_audit.parse.html.controls import without_controls
from content_audit.parse.html.headings import with_lists
from content_audit.parse.html.tree import tree

WORDS = "oats barley wheat millet sorghum rye spelt teff maize rice farro quinoa emmer durum bulgur fonio".split()


def prose(number: int, words: int = 40) -> str:
    """A sentence of its own: no row of four of its words stands in another."""
    return " ".join(f"{WORDS[i % len(WORDS)]}{number}" for i in range(words)) + "."


def paragraph(number: int) -> str:
    return f"<p>{prose(number)}</p>"


SHORT = """<html><body><header><nav><ul><li><a href="/">Start</a><li><a href="/shop">Shop</a></ul></nav></header>
<main><h1>Ferry</h1>{}</main><aside><h3>See more</h3><a href="/a">Trams</a></aside></body></html>"""


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        pytest.param(
            "<table><tr><th>Pier<th>Leaves<tr><td>North<td>7:10<tr><td>South<td>7:25</table>",
            "| Pier | Leaves |\n| --- | --- |\n| North | 7:10 |\n| South | 7:25 |\n",
            id="a table",
        ),
        pytest.param(
            "<p>Ring the bell:</p><pre>bell --ring\nbell --stop</pre>",
            "Ring the bell:\n\n```\nbell --ring\nbell --stop\n```\n",
            id="code",
        ),
        pytest.param(
            "<p>No ferry on Friday.<ul><li>Take the bus.<li>It is free.</ul>",
            "No ferry on Friday.\n\n- Take the bus.\n- It is free.\n",
            id="a note",
        ),
        pytest.param(
            "<table><tr><th>Pier<th>Leaves"
            + "".join(f"<tr><td>Pier number {i}<td>7:{i}" for i in range(10, 40))
            + "</table>",
            "| Pier | Leaves |\n| --- | --- |\n" + "".join(f"| Pier number {i} | 7:{i} |\n" for i in range(10, 40)),
            id="a longer table",
        ),
    ],
)
def test_a_short_page_keeps_its_structure_and_leaves_its_menus_out(main: str, expected: str) -> None:
    assert main_markdown(SHORT.format(main), None) == expected


def around(middle: str) -> str:
    return (
        f"<html><body><article><h1>Rye</h1>{paragraph(1)}{middle}{paragraph(2)}{paragraph(3)}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        pytest.param(
            "<table><caption>Yields</caption><tr><th>Field<th>Tons<tr><td>Upper<td>4</table>",
            "Yields\n\n| Field | Tons |\n| --- | --- |\n| Upper | 4 |",
            id="caption of a table",
        ),
        pytest.param(
            "<figure><img src=/r.jpg><figcaption>Rye in <b>May</b>, on the upper field.</figcaption></figure>",
            "Rye in **May**, on the upper field.",
            id="caption of a figure",
        ),
        pytest.param(
            "<dl><dt>Ear<dd>where the grains are<dt>Awn<dd>its beard</dl>",
            "- Ear\n  - where the grains are\n- Awn\n  - its beard",
            id="terms",
        ),
        pytest.param("<ol start=3><li>Sow it.<li>Wait.</ol>", "3. Sow it.\n4. Wait.", id="first number"),
        pytest.param(
            "<ol><li>Sow it:<pre>sow --rye</pre></li><li>Wait for <code>rain</code></ol>",
            "1. Sow it:\n\n   ```\n   sow --rye\n   ```\n\n2. Wait for `rain`",
            id="one line of code in an item",
        ),
        pytest.param('<div class="anzeige">Anzeige</div>', "", id="label of an advertisement"),
    ],
)
def test_what_stands_amid_an_article(middle: str, expected: str) -> None:
    pieces = [prose(1), expected, prose(2), prose(3)]
    assert main_markdown(around(middle), None) == "\n\n".join(filter(None, pieces)) + "\n"


def test_the_caption_of_a_picture_above_an_article_stays_out() -> None:
    page = around("").replace("</h1>", "</h1><div><figure><img><figcaption>A field</figcaption></figure></div><hr>")
    assert "A field" not in main_markdown(page, None)


def test_posts_of_a_forum_keep_names_and_dates_apart_and_lose_their_buttons() -> None:
    post = '<div><span class="user">ada{0}</span><span class="date">{0} May</span><p>{1}</p><a href="#">Reply</a></div>'
    posts = "".join(post.format(i, prose(i, 12)) for i in range(1, 4))
    found = main_markdown(f"<html><body><main><h1>Rye</h1>{posts}</main></body></html>", None)
    assert "Reply" not in found
    assert "ada1 1 May\n" in found


@pytest.mark.parametrize(
    "link",
    [
        pytest.param('<h3><a href="#">Open</a></h3>', id="of a heading"),
        pytest.param('<ul><li><a href="#">Open</a></ul>', id="of an item"),
        pytest.param('<p>Press <a href="#">Open</a></p>', id="in a line"),
        pytest.param('<p><a href="/open">Open</a></p>', id="with a target"),
    ],
)
def test_links_that_say_something_stay(link: str) -> None:
    root = tree(f"<html><body>{link}{link}</body></html>")
    assert root is not None
    without_controls(root)
    assert "".join(root.itertext()).count("Open") == 2


def test_lists_in_each_of_several_articles_stay() -> None:
    tools = "".join(
        f"<article><h2>Tool {i}</h2>{paragraph(i)}<ul><li>Weighs {i} kilograms net</ul>{paragraph(i + 10)}</article>"
        for i in range(1, 4)
    )
    found = main_markdown(f"<html><body><main><h1>Tools</h1>{tools}</main></body></html>", None)
    assert [f"- Weighs {i} kilograms net\n" in found for i in range(1, 4)] == [True] * 3


def test_what_stands_between_two_blocks_that_were_found_comes_back_unless_it_has_links_or_text_beside_it() -> None:
    one, two = (Block(prose(i), prose(i), 0) for i in (1, 2))
    item = Block("- Oil it", "Oil it", 0, "item")
    table = Block("| a |", "a", 0, "table")
    teaser = Block("More to read", "More to read", 0)
    assert with_lists([one, two], [one, item, table, two]) == [one, item, table, two]
    assert with_lists([one, two], [one, item, teaser, two]) == [one, two]
    assert with_lists([one, two], [one, item._replace(linked=2), two]) == [one, two]
    assert with_lists([two, one], [one, item, two]) == [two, one]
    assert with_lists([one, item, two], [one, item, two]) == [one, item, two]
