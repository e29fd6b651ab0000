"""The main text of a page: what is its furniture, which of two readings it is, and what stands in it once."""

import pytest

from content_audit.parse.html import MAX_TAGS, main_markdown
from content_audit.parse.html.block import Block, document
from content_audit.parse.html.choice import count, falls_short, in_blocks
from content_audit.parse.html.copies import without_copies
from content_audit.parse.html.furniture import without_furniture
from content_audit.parse.html.headings import with_headings, without_title
from content_audit.parse.html.kind import PageKind, page_kind
from content_audit.parse.html.markdown import blocks
from content_audit.parse.html.tree import tree

WORDS = "oats barley wheat millet sorghum rye spelt teff maize rice farro quinoa emmer durum bulgur fonio".split()


def prose(number: int, words: int = 40) -> Block:
    """A paragraph of its own: no row of four of its words stands in another."""
    text = " ".join(f"{WORDS[i % len(WORDS)]}{number}" for i in range(words))
    return Block(text, text, 0)


def links(number: int, words: int = 20) -> Block:
    return prose(1_000 + number, words)._replace(linked=words)


def kept(page: str) -> str:
    root = tree(page)
    assert root is not None
    return document(blocks(without_furniture(root), None, {}))


TEXT = "<p>" + "word " * 60 + "</p>"


@pytest.mark.parametrize(
    "node",
    [
        pytest.param("<nav>gone</nav>", id="navigation"),
        pytest.param("<footer>gone</footer>", id="footer"),
        pytest.param("<header>gone</header>", id="page header"),
        pytest.param("<div role=contentinfo>gone</div>", id="role"),
        pytest.param('<div class="site-cookie-banner">gone</div>', id="consent"),
        pytest.param("<div id=relatedArticles>gone</div>", id="camel case"),
        pytest.param("<ul class=breadcrumb><li>gone</ul>", id="breadcrumb"),
        pytest.param("<p aria-hidden=true>gone</p>", id="hidden from readers"),
        pytest.param('<div style="color: red; Display: none">gone</div>', id="not displayed"),
        pytest.param("<button>gone</button>", id="button"),
    ],
)
def test_furniture_goes_and_the_text_after_it_stays(node: str) -> None:
    found = kept(f"<body>{TEXT}<p>before</p>{node} after</body>")
    assert "gone" not in found
    assert found.endswith("before\n\nafter\n")


@pytest.mark.parametrize(
    "node",
    [
        pytest.param("<article><header>kept</header></article>", id="header of the article"),
        pytest.param("<header><h1>kept</h1></header>", id="header with the title"),
        pytest.param("<div class=shared-adventures>kept</div>", id="a word that begins like one"),
        pytest.param("<div class=comments>kept " + "word " * 60 + "</div>", id="most of the page"),
        pytest.param("<main class=sidebar>kept</main>", id="main element"),
    ],
)
def test_no_furniture(node: str) -> None:
    assert "kept" in kept(f"<body>{TEXT}{node}</body>")


def test_what_is_there_for_readers_without_scripts() -> None:
    assert kept("<body><div id=app></div><noscript><p>A reply</p></noscript></body>") == "A reply\n"
    assert "Enable" not in kept(f"<body>{TEXT}<noscript>Enable scripts</noscript></body>")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param("<meta property=og:type content=article>", "article", id="og:type"),
        pytest.param('<script type=application/ld+json>{"@type": ["NewsArticle"]}</script>', "article", id="JSON-LD"),
        pytest.param('<div itemscope itemtype="http://schema.org/BlogPosting">', "article", id="microdata"),
        pytest.param('<script type=application/ld+json>{"@type": "Product"}</script>', "product", id="product"),
        pytest.param(
            '<script type=application/ld+json>{"@type": "ItemList", "x": {"@type": "Product"}}</script>',
            "other",
            id="list of products",
        ),
        pytest.param("<meta name=generator content='Discourse 3.1'>", "discussion", id="generator"),
        pytest.param("<meta property=og:type content=website>", "other", id="website"),
        pytest.param('<script>x = {"@type": "Product"}</script>', "other", id="other scripts"),
    ],
)
def test_kinds(head: str, kind: PageKind) -> None:
    root = tree(f"<html>{head}<p>x</html>")
    assert root is not None
    assert page_kind(root) == kind


def label(text: str) -> Block:
    return Block(text, text, 0)


ARTICLE = [prose(i) for i in range(10)]


@pytest.mark.parametrize(
    ("found", "whole", "kind", "expected"),
    [
        pytest.param(ARTICLE, ARTICLE, "article", False, id="the same"),
        pytest.param(ARTICLE[:2] + ARTICLE[6:], ARTICLE, "article", True, id="article with a gap"),
        pytest.param(ARTICLE[:4], ARTICLE, "article", True, id="article cut off"),
        pytest.param(ARTICLE[:7], ARTICLE, "article", False, id="teasers below an article"),
        pytest.param(ARTICLE[5:], ARTICLE, "article", False, id="what stands above an article"),
        pytest.param(ARTICLE[:4], [*ARTICLE, *map(links, range(9))], "article", False, id="article among links"),
        pytest.param(ARTICLE[:2], ARTICLE[:3], "article", False, id="too little to tell"),
        pytest.param(ARTICLE[:4], ARTICLE, "product", False, id="product among reviews"),
        pytest.param(ARTICLE[:1], ARTICLE, "product", True, id="nearly nothing of a product"),
        pytest.param(ARTICLE[:7], ARTICLE, "other", True, id="sections of another page"),
        pytest.param(ARTICLE, [*ARTICLE, *map(links, range(30))], "other", False, id="menus around it"),
        pytest.param([*ARTICLE, *map(prose, range(20, 22))], ARTICLE, "article", True, id="furniture within it"),
        pytest.param([*ARTICLE, *map(prose, range(20, 22))], ARTICLE, "discussion", False, id="replies within it"),
        pytest.param([label("Shut on Friday")], [label("Shut on Friday"), label("A note")], "other", True, id="a note"),
        pytest.param(ARTICLE[:2], [label("Loading")], "other", False, id="text that only a script has"),
    ],
)
def test_which_reading(found: list[Block], whole: list[Block], kind: PageKind, expected: bool) -> None:
    assert falls_short(found, whole, kind) is expected


def test_a_text_in_one_line_gets_its_blocks_back() -> None:
    whole = [Block("# Grain", "Grain", 0), *ARTICLE[:4], prose(99)]
    line = " ".join(block.text for block in whole[:5])
    assert in_blocks([Block(line, line, 0)], whole) == whole[:5]
    assert in_blocks([Block(line, line, 0)], whole[:2]) == [Block(line, line, 0)]
    assert in_blocks(ARTICLE, whole) == ARTICLE
    menus = f"Home News Sign in {line}"
    assert in_blocks([Block(menus, menus, 0)], whole[:5]) == whole[:5]
    assert in_blocks(ARTICLE[:1], whole) == ARTICLE[:1]


def test_words_of_scripts_without_spaces_are_characters() -> None:
    assert count([Block("", "小麦粉 and rye, カモ", 0)]) == 7


def paragraph(number: int) -> str:
    return f"<p>{prose(number).text}.</p>"


def test_headings_that_a_reading_lost_are_put_back_from_the_second_block_on() -> None:
    title, first, second = (Block(f"{'#' * n} Part {n}", f"Part {n}", 0) for n in (1, 2, 3))
    whole = [title, first, ARTICLE[0], ARTICLE[1], second, ARTICLE[2]]
    assert with_headings([ARTICLE[0], ARTICLE[1], ARTICLE[2]], whole) == [ARTICLE[0], ARTICLE[1], second, ARTICLE[2]]
    assert with_headings([ARTICLE[0], second, ARTICLE[2]], whole) == [ARTICLE[0], second, ARTICLE[2]]
    assert with_headings([ARTICLE[1], ARTICLE[0]], whole) == [ARTICLE[1], first, ARTICLE[0]]
    assert with_headings([ARTICLE[0], ARTICLE[1]], [ARTICLE[0], title, ARTICLE[1]]) == ARTICLE[:2]


@pytest.mark.parametrize(
    ("heading", "title", "stays"),
    [
        pytest.param("# Rye bread", "Rye bread", False, id="the title"),
        pytest.param("# Rye *bread*", "Rye bread | The Mill", False, id="with the site's name"),
        pytest.param("# Rye bread", "Breads", True, id="another heading"),
        pytest.param("# Rye bread", "", True, id="no title"),
        pytest.param("## Rye bread", "Rye bread", True, id="a section's heading"),
    ],
)
def test_the_title_that_front_matter_has(heading: str, title: str, stays: bool) -> None:
    block = Block(heading, "Rye bread", 0)
    assert without_title([ARTICLE[0], block, ARTICLE[1]], title) == [ARTICLE[0], *[block] * stays, ARTICLE[1]]
    assert without_title([block], title) == [block]
    assert without_title([], title) == []


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<title>Rye</title><h1>Rye</h1>{}", id="no body"),
        pytest.param("<html><title>Rye | Mill</title><body><nav>Menu</nav><h1>Rye</h1>{}</body></html>", id="body"),
        pytest.param("<html><title>Rye</title><body><article><h1>Rye</h1>{}</article></body></html>", id="article"),
    ],
)
def test_an_article_is_the_same_however_it_is_marked_up(page: str) -> None:
    text = "".join(paragraph(i) for i in range(4))
    assert main_markdown(page.format(text), None) == "\n\n".join(f"{prose(i).text}." for i in range(4)) + "\n"


def test_sections_that_stand_side_by_side_are_all_kept() -> None:
    sections = "".join(f"<section><h2>Part {i}</h2>{paragraph(i)}</section>" for i in range(8))
    page = f"<html><body><nav>Menu</nav>{sections}<footer>Imprint</footer></body></html>"
    found = main_markdown(page, None)
    assert [prose(i).text in found for i in range(8)] == [True] * 8
    assert [f"## Part {i}\n" in found for i in range(1, 8)] == [True] * 7
    assert "Menu" not in found
    assert "Imprint" not in found


def heading(text: str) -> Block:
    return Block(f"## {text}", text, 0)


LONG = [prose(i, 30) for i in range(90, 93)]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([heading("A dog?"), prose(1), heading("A cat?"), prose(1)], id="an answer given twice"),
        pytest.param([heading("A dog?"), *LONG, heading("A cat?"), *LONG], id="a long answer given twice"),
        pytest.param([label("A dog?"), *LONG, label("A cat?"), *LONG], id="under a question that is no heading"),
        pytest.param([prose(1, 30), prose(2), prose(1, 30), prose(3), prose(1, 30)], id="a refrain"),
        pytest.param([Block("- ", prose(i, 20).text, 0, "item") for i in (1, 2, 1, 3, 1)], id="steps"),
        pytest.param([Block("", prose(1, 90).text, 0, "code")] * 2, id="code"),
        pytest.param([Block("", prose(1, 90).text, 0, "table")] * 2, id="table"),
        pytest.param([heading("Rent"), prose(1), prose(2), heading("Rent"), prose(1), prose(3)], id="a short section"),
    ],
)
def test_what_is_said_twice_in_its_own_right_stays(written: list[Block]) -> None:
    assert without_copies(written) == written


def test_rows_of_blocks_for_wide_and_for_narrow_screens_stand_once() -> None:
    section = [heading("Rye"), *LONG]
    assert without_copies([*section, prose(1), *section, prose(2)]) == [*section, prose(1), prose(2)]
    assert without_copies([prose(1), *LONG, prose(2), *LONG]) == [prose(1), *LONG, prose(2)]
    assert without_copies([*section, *section, *section]) == section


def test_a_copy_ends_before_the_heading_of_something_new() -> None:
    oats = heading("Oats")
    written = [*LONG, oats, prose(1), *LONG, oats, prose(2)]
    assert without_copies(written) == [*LONG, oats, prose(1), oats, prose(2)]


def test_an_answer_that_a_page_gives_to_two_questions_is_under_both() -> None:
    answer = f"<p>{prose(7, 14).text}.</p>"
    asked = [f"May I bring a {animal}?" for animal in ("dog", "cat", "parrot", "goat")]
    text = "".join(f"<h2>{question}</h2>{answer}" for question in asked)
    found = main_markdown(f"<html><body><article><h1>Visits</h1>{paragraph(1)}{text}</article></body></html>", None)
    assert [question in found for question in asked] == [True] * 4
    assert found.count(prose(7, 14).text) == 4


def test_lines_of_links_at_the_end_and_lines_above_the_title_go() -> None:
    tiles = "".join(f"<li><a href=/{i}>{prose(i, 8).text}</a> {prose(i + 50, 10).text}" for i in range(30))
    head = "<head><meta property=og:title content=Shop></head>"
    page = (
        f"<html>{head}<body><p>Up here</p><h1>Tiles</h1><ul>{tiles}</ul><p><a href=/x>Down there</a></p></body></html>"
    )
    found = main_markdown(page + "<i></i>" * MAX_TAGS, None)  # too much of a page for the first reading
    assert found.startswith("# Tiles\n")
    assert found.endswith(prose(79, 10).text + "\n")


@pytest.mark.parametrize("text", ["<p>" + "long " * 2_100_000, "<p>" + "x" * 10_500_000], ids=["words", "one word"])
def test_a_text_of_ten_megabytes_is_no_empty_page(text: str) -> None:
    assert len(main_markdown(text, None)) > 10_000_000


SHARES = (
    "The nominal capital is divided into ten thousand parts, each of which gives its holder one vote "
    "at the yearly meeting and an equal part of what the board decides to pay out."
)


@pytest.mark.parametrize(
    ("section", "stays"),
    [
        pytest.param(f'<section id="share"><h2>Share capital</h2><p>{SHARES}</p></section>', True, id="a chapter"),
        pytest.param(
            f'<div class="newsletter"><h2>Stay in touch</h2><p>{SHARES}</p><input name="mail"></div>',
            False,
            id="a form",
        ),
        pytest.param(
            f'<div class="related"><h3><a href="/x">Ten thousand parts</a></h3><p>{SHARES}</p></div>',
            False,
            id="a teaser",
        ),
    ],
)
def test_a_section_is_judged_by_what_it_holds_where_its_name_only_sounds_like_furniture(
    section: str, stays: bool
) -> None:
    prose = "".join(
        f"<p>Chapter {n} tells how the company was founded by {n} merchants, who met in the hall of the guild, "
        f"and what each of them had brought to the table that evening.</p>"
        for n in range(3, 12)
    )
    more = prose.replace("Chapter", "Part")
    page = f"<html><body><article><h1>The company</h1>{prose}{section}{more}</article></body></html>"
    assert ("nominal capital" in main_markdown(page, None)) is stays
