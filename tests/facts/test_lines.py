"""The rows of lines that site-wide repetition is told from."""

from content_audit.facts.lines import line_rows
from content_audit.model import Fields
from content_audit.parse import parse

PAGE = """<html><body><article><h1>Roots</h1>
<p>Carrots keep for half a year in sand that is hardly moist, in a box that stands on the floor of a cellar.</p>
<ul><li>Sand from a river is the best.</li><li>Peat from a moor will do.</li></ul>
<p>Beetroots need less care than that, and parsnips may stay where they grew until the snow has gone.</p>
</article></body></html>"""


def test_a_page_gives_a_row_for_each_line_of_its_main_text_at_its_place_in_the_page() -> None:
    rows = line_rows(parse("roots.html", PAGE.encode(), Fields()), 1, "site")
    shown = [PAGE[row.start_at : row.end_at] for row in rows]
    assert [text.split()[0] for text in shown] == ["Carrots", "Sand", "Peat", "Beetroots"]
    assert [row.number for row in rows] == sorted({row.number for row in rows})


def test_a_copy_within_a_document_gives_no_rows() -> None:
    words = " ".join(f"word{n} grows" for n in range(40))
    text = f"Opening words of the page.\n\n{words}\n\nWords between.\n\n{words}\n"
    rows = line_rows(parse("twice.md", text.encode(), Fields()), 1, "site")
    assert [text[row.start_at : row.end_at] for row in rows] == ["Opening words of the page.", words, "Words between."]


def test_a_list_of_phrases_under_a_heading_is_prose_and_one_of_labels_or_links_is_not() -> None:
    lists = "## Take along\n\n- Boots with thick soles\n- A map of paper\n\n## More\n\n- Contact\n- Terms of use\n\n"
    text = "- Boots with thick soles, oiled\n\n" + lists + "## See\n\n- [The walk along the ridge](/ridge)\n"
    rows = line_rows(parse("walk.md", text.encode(), Fields()), 1, "site")
    said = [text[row.start_at : row.end_at] for row in rows if row.prose]
    assert said == ["- Boots with thick soles", "- A map of paper"]
    assert not any(row.prose for row in line_rows(parse("walk.txt", text.encode(), Fields()), 1, "site"))
