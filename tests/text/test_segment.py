"""The run with the most prose is the document, with its title above it in any script."""

import pytest

from content_audit.text import split
from content_audit.text.headings import furniture
from content_audit.text.segment import best_run, segment

PAGES = {
    "English": (
        "Old bell rings again",
        "The old bell of the landing rings again. It had hung still since the flood, and was oiled for a year.",
        "Whoever hears it may come to the bell on Sunday, where the keeper tells how the rope was found.",
    ),
    "Japanese": (
        "古い鐘がまた鳴る",
        "渡し場の古い鐘がまた鳴り始めた。洪水の年から動かなかった鐘に、番人は一年のあいだ油を差しつづけた。",
        "鐘の音を聞いた人は日曜日に集まり、縄がどこで見つかったのかを番人から聞くことができる。",
    ),
    "Chinese": (
        "渡口的旧钟又响了",
        "渡口的旧钟又响了起来。自从那年发大水，它就再也没有动过，守渡的老人给它上了整整一年的油。",
        "听见钟声的人可以在星期天到渡口来，听老人讲绳子是在哪里找到的，又是怎样接上去的。",
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_the_title_between_menu_and_date_stays(page: tuple[str, ...]) -> None:
    title, *paragraphs = page
    rows = ["Skip to content", "Log in", title, "2024", "Share", *paragraphs, "Privacy policy"]
    text = "\n".join(rows)
    lines = split(text, 0, markdown=False)
    found = segment(lines, furniture(text, lines))
    assert found.article
    assert [rows[i] for i in sorted(found.kept)] == [*page]


def test_a_page_without_an_article_keeps_what_names_no_furniture() -> None:
    text = "Log in\nDinghy\n900 crowns\nKetch\n8000 crowns\nPrivacy policy"
    lines = split(text, 0, markdown=False)
    found = segment(lines, furniture(text, lines))
    assert (found.article, found.kept) == (False, {1, 2, 3, 4})


@pytest.mark.parametrize(
    ("values", "run"),
    [
        pytest.param([-1, 2, -1, 3, -5, 4], (1, 4, 4), id="a gap that pays"),
        pytest.param([4, -5, 3], (0, 1, 4), id="a gap that does not"),
        pytest.param([-1, -2], (0, 0, 0), id="nothing above zero"),
    ],
)
def test_the_best_run_has_the_greatest_sum(values: list[float], run: tuple[int, int, float]) -> None:
    assert best_run(values, 0, len(values)) == run
