"""The document keeps every word, the page around it goes, whatever the language, the line endings or the noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.text import Judgement, split
from content_audit.text.judge import judge

ENGLISH = (
    "How tides shape a harbour",
    "Twice a day the sea lifts every boat in the harbour and sets it down again, a little to the left of where it lay. "
    "The masters of the port have measured this for two hundred years, and their tables still hang in the office.",
    "What the tables do not say is how the silt moves. It comes in with the flood, settles while the water stands, and "
    "most of it leaves with the ebb; what stays has to be dredged every spring.",
    "Dredging is dear, so the town built a basin above the lock. When the gates open at low water, the basin "
    "empties in "
    "a quarter of an hour and takes the silt of a week along.",
)
OTHERS = {
    "German": (
        "Warum Brücken im Sommer länger sind",
        "Stahl dehnt sich aus, wenn er warm wird. Eine Brücke von einem Kilometer Länge wächst zwischen Januar "
        "und Juli um "
        "mehr als einen halben Meter, und dieser halbe Meter muss irgendwo bleiben.",
        "Darum liegt sie auf Rollen, und darum hat die Fahrbahn Fugen, über die die Reifen klappern. Wer im "
        "Winter genau "
        "hinsieht, kann eine Hand hineinlegen; im August passt kaum ein Blatt Papier hinein.",
    ),
    "Russian": (
        "Почему река меняет русло",
        "Вода подмывает внешний берег каждой излучины и оставляет песок у внутреннего. Поэтому излучина растёт, "
        "пока её "
        "концы не сойдутся, и тогда река в одно половодье прорывает себе короткий путь.",
        "Старое русло остаётся в стороне и зарастает. На картах такие озёра похожи на подкову, и по ним можно "
        "прочесть, "
        "где река текла сто, триста и пятьсот лет назад.",
    ),
    "Japanese": (
        "潮の満ち引きについて",
        "海の水は一日に二度、岸へ寄せては返していく。港の人びとは昔からその時刻を表にまとめ、船を出す時を決めてきた。表は今でも"
        "役所の壁に掛けられており、毎朝、誰かがそれを確かめている。",
        "しかし、表には泥の動きまでは書かれていない。泥は満ち潮とともに入り、水が止まるあいだに沈み、引き潮とともに出ていく。"
        "残ったものは、春になると人の手で掘り出さなければならない。",
    ),
    "Arabic": (
        "لماذا يتغير مجرى النهر",
        "يحفر الماء الضفة الخارجية لكل منعطف ويترك الرمل عند الضفة الداخلية. ولهذا يكبر المنعطف عاما بعد عام، حتى "
        "يلتقي "
        "طرفاه، فيشق النهر لنفسه طريقا قصيرا في فيضان واحد.",
        "ويبقى المجرى القديم بعيدا عن الماء حتى تغطيه الأعشاب. وعلى الخرائط تشبه هذه البحيرات حدوة الحصان، ومنها "
        "نعرف أين "
        "كان النهر يجري قبل مئة سنة.",
    ),
}
MENU = "Skip to content\nHome\nTides\nHarbours\nShop\nLog in"
WIDGETS = "Related posts\n\nA lock for every boat\n\n02/03/2024\n\nThe price of sand\n\nLeave a reply\n\nFirst!"
FOOTER = "Privacy Policy\nTerms of Use\nCopyright © 2024 The Harbour Page. All rights reserved."


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def kept(text: str, found: Judgement) -> str:
    """What is left once every block and every later copy is taken out."""
    places = sorted([(b.start, b.end) for b in found.blocks] + [(r.start, r.end) for r in found.repeats])
    parts, at = [], 0
    for start, end in places:
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def words(text: str) -> list[str]:
    return text.split()


ARTICLES = [pytest.param(ENGLISH, id="English"), *(pytest.param(text, id=name) for name, text in OTHERS.items())]


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_without_a_page_is_not_touched(article: tuple[str, ...], markdown: bool) -> None:
    found = judge(paragraphs(*article), markdown=markdown)
    assert found.blocks == ()
    assert found.removed_words == 0
    assert found.words > 30


@pytest.mark.parametrize("article", ARTICLES)
def test_the_page_around_an_article_goes(article: tuple[str, ...]) -> None:
    text = paragraphs(MENU, *article, WIDGETS, FOOTER)
    found = judge(text)
    assert words(kept(text, found)) == words(paragraphs(*article))
    assert found.removed_words == sum(block.words for block in found.blocks)


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_endings_change_nothing(ending: str) -> None:
    text = paragraphs(MENU, *ENGLISH, WIDGETS, FOOTER)
    found = judge(text.replace("\n", ending))
    assert [(b.kind, b.lines, b.reason) for b in found.blocks] == [
        (b.kind, b.lines, b.reason) for b in judge(text).blocks
    ]


def test_each_block_tells_its_kind_and_what_decided() -> None:
    text = paragraphs(
        MENU, ENGLISH[0], ENGLISH[1], "Advertisements", *ENGLISH[2:], "Next Post\n\nSand", WIDGETS, FOOTER
    )
    assert [(block.kind, block.reason) for block in judge(text).blocks] == [
        ("site-navigation", "it says “Skip to content”"),
        ("advertisement-marker", "it says “Advertisements”"),
        ("previous-next-navigation", "it says “Next Post”"),
        ("related-posts-widget", "it says “Related posts”"),
        ("page-furniture", "it says “Leave a reply”"),
        ("page-footer", "it says “Privacy Policy”"),
    ]


def test_comments_longer_than_the_article_do_not_replace_it() -> None:
    comments = [f"Reader {i} on March {i} said:\n\n{ENGLISH[1 + i % 3][: 150 - i]}." for i in range(1, 12)]
    text = paragraphs(MENU, *ENGLISH, "Comments", *comments, FOOTER)
    assert words(kept(text, judge(text))) == words(paragraphs(*ENGLISH))


def test_only_the_body_is_judged() -> None:
    head = "---\ntitle: Skip to content\nmenu: Home\n---\n"
    text = head + paragraphs(MENU, *ENGLISH, FOOTER)
    found = judge(text, len(head), markdown=True)
    assert found.blocks[0].start == len(head)


def test_markdown_code_tables_and_html_stay_whole() -> None:
    island = "<figure>Log in</figure>"
    code = "```html\nHome\n\nRelated posts\nLog in\n```"
    table = "| Home | Log in |\n| --- | --- |\n| Share | Tags |"
    text = paragraphs("[Skip to content](#main)", "# " + ENGLISH[0], *ENGLISH[1:], code, table, island, FOOTER)
    left = kept(text, judge(text, markdown=True))
    assert code in left
    assert table in left
    assert island in left
    assert "Skip to content" not in left


def test_a_row_of_markdown_links_is_a_menu_however_long() -> None:
    links = " | ".join(
        f"[the harbour in year {year}, as it was seen from the mole](/{year})" for year in range(1990, 2000)
    )
    text = paragraphs("[Skip to content](#main)", links, "# " + ENGLISH[0], *ENGLISH[1:], FOOTER)
    assert words(kept(text, judge(text, markdown=True))) == words(paragraphs("# " + ENGLISH[0], *ENGLISH[1:]))


def test_headings_that_sound_like_buttons_stay_above_their_paragraphs() -> None:
    article = (*ENGLISH[:2], "Instagram", ENGLISH[2], "News", ENGLISH[3])
    text = paragraphs(MENU, *article, FOOTER)
    assert words(kept(text, judge(text))) == words(paragraphs(*article))


def test_a_table_of_aligned_columns_stays_with_its_article() -> None:
    table = "\n".join(f"{hour:02}:10    {hour / 10:.1f} m    flood" for hour in range(3, 21))
    text = paragraphs(MENU, *ENGLISH[:2], table, *ENGLISH[2:], FOOTER)
    assert table in kept(text, judge(text))


def test_a_page_that_is_all_furniture_is_not_emptied() -> None:
    assert judge(MENU.replace("Tides\nHarbours\n", "") + "\n" + FOOTER).blocks == ()


def test_a_listing_loses_only_what_names_itself() -> None:
    listing = "Boats for sale\n\nDinghy, 3 m\n\nCutter, 9 m\n\nKetch, 12 m"
    text = paragraphs(MENU, listing, FOOTER)
    left = kept(text, judge(text))
    assert "Ketch, 12 m" in left
    assert "Skip to content" not in left


noise = st.text(st.sampled_from("aA .,:\n\r\t#|`-*<>[]()©\u2028\u00a0あ"), max_size=200) | st.text(max_size=100)
pieces = st.lists(st.one_of(noise, st.sampled_from([*ENGLISH, MENU, WIDGETS, FOOTER, "```", "Tags"])), max_size=8)


@given(pieces, st.sampled_from(["\n\n", "\n", "\r\n", "\r"]), st.booleans(), st.integers(0, 30))
def test_any_text_gives_sorted_disjoint_blocks_of_whole_lines(
    parts: list[str], glue: str, markdown: bool, start: int
) -> None:
    text = glue.join(parts)
    begins = {line.start for line in split(text, start, markdown=markdown)}
    at = start
    for block in judge(text, start, markdown=markdown).blocks:
        assert at <= block.start < block.end <= len(text)
        assert block.start in begins
        assert block.end in begins | {len(text)}
        at = block.end


def test_the_copy_in_the_document_stays_where_the_first_one_stands_in_the_page_around_it() -> None:
    passage = " ".join(f"{name} moors at berth {i}" for i, name in enumerate(["Cutter", "Ketch", "Sloop", "Yawl"] * 4))
    article = paragraphs(*ENGLISH, passage + ".")
    text = paragraphs(MENU, "Related posts", passage + ".", "More stories", "Log in") + "\n" + article + FOOTER
    found = judge(text)
    assert words(kept(text, found)) == words(article)
