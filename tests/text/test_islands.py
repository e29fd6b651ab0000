"""HTML elements in Markdown go for what they call themselves; what somebody wrote stays, whatever it is called."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.model import Document
from content_audit.parse import parse_text
from content_audit.text import edits, judged, split
from content_audit.text.judge import judge

PROSE = (
    "The lock keeper opens the upper gate at six, and by then four barges lie in the basin with their lamps still lit. "
    "None of them hurries: the water takes eleven minutes, whoever waits for it.",
    "In the dry years the basin was filled twice a day. A painted line on the wall shows how high it stood, and the "
    "children of the keeper were measured against it on their birthdays.",
)


def markdown(*islands: str) -> str:
    return "\n\n".join(["# The upper lock", PROSE[0], *islands, PROSE[1]]) + "\n"


def kinds(text: str) -> list[str]:
    return [block.kind for block in judge(text, markdown=True).blocks]


def cleaned(text: str) -> str:
    document = Document("a.md", text, "markdown")
    for edit in sorted(edits(document).values(), key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("island", "kind"),
    [
        pytest.param("<nav>\n<a href='/'>Start</a>\n</nav>", "site-navigation", id="element"),
        pytest.param('<NAV><A HREF="/">Start</A></NAV>', "site-navigation", id="capitals"),
        pytest.param('<div role="navigation"><a href="/">Start</a></div>', "site-navigation", id="role"),
        pytest.param('<ul id="main-menu"><li><a href="/">Start</a></ul>', "site-navigation", id="id, items left open"),
        pytest.param('<a class="skip-link" href="#main">Skip to content</a>', "site-navigation", id="skip link"),
        pytest.param("<nav>\n[Start](/) | [Locks](/locks)\n</nav>", "site-navigation", id="links in Markdown"),
        pytest.param(
            '<nav title="a > b"><!-- </nav> --><img src=x> <br/><a href="/">x</a></nav>  <!-- nav -->',
            "site-navigation",
            id="quotes, comments and void elements",
        ),
        pytest.param('<div class="x advert">Rope, now cheaper</div>', "advertisement-marker", id="advertisement"),
        pytest.param('<div class="ad">\n<iframe src="/a"></iframe>\n</div>', "advertisement-marker", id="framed"),
        pytest.param("<search><input></search>", "search-widget", id="search element"),
        pytest.param('<div class="search"><form><input></form></div>', "search-widget", id="search form"),
        pytest.param('<aside className="relatedPosts"><a href="/x">x</a></aside>', "related-posts-widget", id="JSX"),
        pytest.param('<div class="pagination">1 2 3</div>'.replace("1", "<a href='/1'>1</a>"),
                     "previous-next-navigation", id="pages"),
        pytest.param('<p class="tag-links"><a href="/t">boats</a></p>', "tag-or-category-cloud", id="tags"),
        pytest.param('<p class="copyright">© The Lock Page</p>', "page-footer", id="copyright"),
        pytest.param('<div class="newsletter">Our letter, every week</div>', "call-to-action", id="newsletter"),
        pytest.param('<div id="cookie-consent">We store. <button>Yes</button></div>', "call-to-action", id="consent"),
        pytest.param(f'<section class="comments">\n<p>First!</p>\n{PROSE[0][:90]}</section>', "call-to-action",
                     id="comments"),
        pytest.param("<script>\ngtag = 'https://www.google-analytics.com/a.js'\n\n    f()\n</script>", "page-furniture",
                     id="tracker"),
        pytest.param('<div class="post">\n<nav>\n<a href="/">x</a>\n</nav>\n</div>', "site-navigation", id="within"),
    ],
)  # fmt: skip
def test_furniture_is_of_the_kind_that_its_name_says(island: str, kind: str) -> None:
    assert kinds(markdown(island)) == [kind]


LINK = '<a href="/">x</a>'


@pytest.mark.parametrize(
    "island",
    [
        pytest.param('<aside class="note">See the menu.</aside>', id="note"),
        pytest.param('<div class="tip share">Share a barge.</div>', id="tip"),
        pytest.param("<details class='share'><summary>Share</summary>x</details>", id="details"),
        pytest.param(f"<details>\n<nav>\n{LINK}\n</nav>\n</details>", id="within details"),
        pytest.param('<blockquote>\nx\n<footer>\nThe keeper\n</footer>\n</blockquote>', id="who is quoted"),
        pytest.param('<figure class="share"><img src="x"></figure>', id="figure"),
        pytest.param('<table class="nav"><tr><td>x</td></tr></table>', id="table"),
        pytest.param(f'<div class="nav">\n\n| a | b |\n| - | - |\n| {LINK} | c |\n\n</div>', id="around a table"),
        pytest.param("<footer>Kept at the lock in May. A cousin read it through.</footer>", id="colophon"),
        pytest.param('<span class="ad">1784</span>', id="year"),
        pytest.param('<div id="cookies">Oat cookies need butter, and a cool place for an hour.</div>', id="recipe"),
        pytest.param('<div class="newsletter">The newsletter of the lock appears in spring.</div>', id="sentence"),
        pytest.param('<iframe src="https://video.example/1"></iframe>', id="video"),
        pytest.param('<div class="share"><iframe src="https://video.example/1"></iframe></div>', id="around a video"),
        pytest.param(f"<Nav>{LINK}</Nav>", id="component"),
        pytest.param(f"<Tabs>\n<nav>\n{LINK}\n</nav>\n</Tabs>", id="within a component"),
        pytest.param('<div class="ad"><Slot /></div>', id="around a component"),
        pytest.param(f"export const Bar = () => (\n<nav>\n{LINK}\n</nav>\n)", id="within a script's expression"),
        pytest.param("<nav>{links}</nav>", id="around an expression"),
        pytest.param(f"{{% raw %}}\n<nav>\n{LINK}\n</nav>\n{{% endraw %}}", id="within a template's tag"),
        pytest.param(f":::tip\n<nav>\n{LINK}\n</nav>\n:::", id="within an admonition"),
        pytest.param('<div align="center"><a href="x"><img src="badge.svg"></a></div>', id="badges"),
        pytest.param(f"```html\n<nav>{LINK}</nav>\n```", id="code"),
        pytest.param(f"    <nav>{LINK}</nav>", id="indented code"),
        pytest.param(f"<pre>\n<nav>{LINK}</nav>\n</pre>", id="preformatted"),
        pytest.param(f"<!--\n<nav>{LINK}</nav>\n-->", id="comment"),
        pytest.param(f"<nav>{LINK}</nav> and more", id="more in its last line"),
        pytest.param(f"See <nav>{LINK}</nav>", id="more in its first line"),
        pytest.param(f"<nav>\n{LINK}", id="never closed"),
        pytest.param(f"<nav>\n<div>\n{LINK}\n</nav>", id="not nested properly"),
        pytest.param(f"<nav>\n</div>\n{LINK}\n</nav>", id="closes what is not open"),
        pytest.param('<nav><a href="#gate">Gate</a> <a href="#basin">Basin</a></nav>', id="contents"),
        pytest.param("<h2 id='comments'>Comments</h2>", id="heading"),
        pytest.param('<a id="footer"></a>', id="place to link to"),
        pytest.param('<div id="cookies"><h2>Cookies</h2><p>They crumble.</p></div>', id="section and its heading"),
        pytest.param('<div class="comment">The keeper disagrees.</div>', id="remark"),
        pytest.param('<div class="menu">Soup, bread, an apple</div>', id="menu without a link"),
        pytest.param('<div class="card"><div class="card-footer">Open</div></div>', id="footer of a card"),
        pytest.param('<div class="post-7 tag-ads has-sidebar no-menu">x</div>', id="state"),
        pytest.param(f'<div class="related">{LINK} {PROSE[0]} {PROSE[1]} {PROSE[0]}</div>', id="prose"),
        pytest.param("<div style='display:none'>The answer</div>", id="hidden until asked for"),
        pytest.param("<script src='https://social.example/embed.js'></script>", id="script"),
        pytest.param("<https://social.example/nav>", id="address"),
    ],
)  # fmt: skip
def test_what_somebody_wrote_stays(island: str) -> None:
    long = markdown(island, *[f"{PROSE[0]} {PROSE[1]} Lock {i} is no other." for i in range(3)])
    assert kinds(long) == []
    assert cleaned(long) == long


def test_an_element_that_the_document_shows_as_code_is_an_example() -> None:
    bar = '<nav class="bar"><a href="/">x</a></nav>'
    assert kinds(markdown(bar, f"```html\n{bar}\n```")) == []
    assert kinds(markdown(bar, "```html\n<div>x</div>\n```")) == ["site-navigation"]


def test_an_element_with_most_of_the_words_is_the_document() -> None:
    bar = '<nav><a href="/">To the locks</a></nav>'
    assert kinds(f"{bar}\n\nA few words.\n") == []
    assert kinds(f"{bar}\n\n{bar}\n\n{bar}\n") == []


def test_plain_text_with_tags_is_left_as_it_is() -> None:
    assert judge(markdown("<nav><a href='/'>x</a></nav>")).blocks == ()


def test_the_element_goes_with_its_lines_and_the_blank_ones_after_it() -> None:
    bar = "<nav>\n\n    <a href='/'>Start</a>\n\n</nav>"
    assert cleaned(markdown(bar)) == markdown()
    assert cleaned(markdown(bar).replace("\n", "\r\n")) == markdown().replace("\n", "\r\n")
    assert cleaned(f"{bar}\n\n{PROSE[0]}\n") == f"{PROSE[0]}\n"


@pytest.mark.parametrize(
    ("island", "certain"),
    [
        ('<div class="ad">Advertisement</div>', True),
        ('<div class="ad"></div>', True),
        ('<div class="ad">Rope, now cheaper</div>', False),
        ('<div class="ad"><img src="rope.png"></div>', False),
        ("<search><input></search>", False),
    ],
)
def test_only_an_advertisement_without_a_word_of_its_own_is_certain(island: str, certain: bool) -> None:
    (block,) = judge(markdown(island), markdown=True).blocks
    assert block.certain == certain


def test_its_words_count_as_removed_and_its_lines_are_no_ones_copy() -> None:
    copy = " ".join(f"Berth {i} is free on odd days, says the keeper." for i in range(12))
    text = markdown(copy, f'<div class="comments">\n{copy}\n</div>', PROSE[0] + PROSE[1] * 4)
    found = judged(parse_text("a.md", text))
    assert [block.words for block in found.blocks] == [found.removed_words]
    assert found.repeats == ()


def test_an_element_beside_a_menu_is_a_block_of_its_own() -> None:
    text = "[Skip to content](#main)\n\nLog in\n\n<nav><a href='/'>x</a></nav>\n\n" + markdown()
    assert [(b.kind, b.reason) for b in judge(text, markdown=True).blocks] == [
        ("site-navigation", "it says “Skip to content”"),
        ("site-navigation", "it is <nav>"),
    ]


tags = st.sampled_from(
    ["<nav>", "</nav>", '<div class="ad">', "</div>", "<p id=menu>", "</p>", "<li>", "<!--", "-->", "<pre>", "</pre>",
     "<script>", "</script>", "<Tabs>", "</Tabs>", "<a href='/'>", "</a>", "<", ">", '"', "'", "`", "```", "{", "](",
     "\n", "\n\n", "\r\n", "    ", "| a |", "| - |", "x", PROSE[0], "<br/>", "<!-- a -->", "&", "\u2028", "#"]
)  # fmt: skip


@given(st.lists(tags, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_gives_whole_lines_sorted_and_disjoint(text: str) -> None:
    begins = {line.start for line in split(text, 0, markdown=True)}
    at = 0
    for block in judge(text, markdown=True).blocks:
        assert at <= block.start < block.end <= len(text)
        assert block.start in begins
        assert block.end in begins | {len(text)}
        at = block.end


FURNITURE = (
    "<nav>\n<a href='/'>Start</a>\n\n    <a href='/locks'>Locks</a>\n</nav><!-- nav -->",
    '<div class="ad">Advertisement</div>',
    '<div class="share-buttons">\n<div>\n<a href="https://social.example/">Post</a>\n</div>\n</div>',
    "<footer>© The Lock Page</footer>",
)
WRITTEN = (
    '<aside class="note">\n\nThe gate sticks.\n\n</aside>',
    "<figure>\n<img src='gate.png'>\n</figure>",
    "<nav>\nnever closed",
    "Some <b>words</b> and `<nav>`, and no more.",
    "```\nplain code\n```",
)


@given(
    st.lists(st.sampled_from([*FURNITURE, *WRITTEN[:2], *WRITTEN[3:]]), max_size=8),
    st.sampled_from(["", WRITTEN[2]]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_all_but_the_furniture_stays_byte_for_byte(parts: list[str], last: str, ending: str) -> None:
    own = [f"{PROSE[0]} So it is at lock {i}. {PROSE[1]}" for i in range(2)]
    text = markdown(*parts, *own, last).replace("\n", ending)
    once = cleaned(text)
    assert once == markdown(*[part for part in parts if part not in FURNITURE], *own, last).replace("\n", ending)
    assert cleaned(once) == once


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(("<div>", "</div>"), id="nested"),
        pytest.param(("<div class=nav>\n", ""), id="never closed"),
        pytest.param(("<nav><!--\n", ""), id="comments never closed"),
        pytest.param(("<nav>\n<script>", ""), id="scripts never closed"),
        pytest.param(("<a \"'", ""), id="quotes never closed"),
        pytest.param(("` `` ", ""), id="backticks"),
        pytest.param(('<nav><a href="/">x</a></nav>\n\n', ""), id="many"),
    ],
)
def test_time_grows_with_length_alone(unit: tuple[str, str]) -> None:
    def seconds(count: int) -> float:
        text = markdown("<nav>\n" + unit[0] * count + unit[1] * count)
        start = process_time()
        judge(text, markdown=True)
        return process_time() - start

    assert min(seconds(8_000), seconds(8_000)) < 8 * min(seconds(2_000), seconds(2_000)) + 0.2
