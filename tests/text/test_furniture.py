"""A line names furniture when it is a label or begins as furniture does; sentences and quotations name none."""

import pytest

from content_audit.text import split
from content_audit.text.furniture import Mark, mark
from content_audit.text.labels import AUTHOR, CONTROLS, MARKS, TITLES, known, normalised


def found(text: str, *, markdown: bool = False) -> Mark | None:
    (line,) = split(text, 0, markdown=markdown)
    return mark(line)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Home", "site-navigation"),
        ("• Log in", "site-navigation"),
        ("Home About Contact", "site-navigation"),
        ("You are here: Boats", "site-navigation"),
        ("ADVERTISEMENT", "advertisement-marker"),
        ("No results found", "search-widget"),
        ("Related articles:", "related-posts-widget"),
        ("More from the landing", "related-posts-widget"),
        ("Lesen Sie auch: Das neue Seil", "related-posts-widget"),
        ("« The old rope", "previous-next-navigation"),
        ("« The old rope | The new rope »", "previous-next-navigation"),
        ("← The old rope", "previous-next-navigation"),
        ("Tags: rope, bell", "tag-or-category-cloud"),
        ("Filed under: Ropes", "tag-or-category-cloud"),
        ("© 2024 The Landing", "page-footer"),
        ("Copyright (c) 2019-2024, Landing Ltd. All rights reserved.", "page-footer"),
        ("© Landing Ltd", "page-footer"),
        ("Facebook Twitter", "call-to-action"),
        ("Join us on the river", "call-to-action"),
        ("3 Comments", "page-furniture"),
        ("Your email address will not be published.", "page-furniture"),
        ("コメントを残す", "page-furniture"),
        ("سياسة الخصوصية", "page-footer"),
        ("تخطي إلى المحتوى", "site-navigation"),
        ("اقرأ أيضًا: الحبل الجديد", "related-posts-widget"),
        ("विज्ञापन", "advertisement-marker"),
        ("ये भी पढ़ें", "related-posts-widget"),
        ("ये भी पढ़ें: नई रस्सी", "related-posts-widget"),
        ("मुख्य सामग्री पर जाएं", "site-navigation"),
        ("© 2024 घाट। सर्वाधिकार सुरक्षित", "page-footer"),
        ("פרסומת", "advertisement-marker"),
        ("כתבות נוספות", "related-posts-widget"),
        ("קראו גם: החבל החדש", "related-posts-widget"),
        ("מדיניות פרטיות", "page-footer"),
        ("โฆษณา", "advertisement-marker"),
        ("บทความที่เกี่ยวข้อง", "related-posts-widget"),
        ("เข้าสู่ระบบ", "site-navigation"),
        ("Quảng cáo", "advertisement-marker"),
        ("Bài viết liên quan", "related-posts-widget"),
        ("Chính sách bảo mật", "page-footer"),
        ("延伸阅读：新绳子", "related-posts-widget"),
        ("延伸閱讀", "related-posts-widget"),
        ("跳到主要内容", "site-navigation"),
        ("あわせて読みたい：新しい綱", "related-posts-widget"),
        ("本文へスキップ", "site-navigation"),
        ("À lire aussi : La nouvelle corde", "related-posts-widget"),
    ],
)
def test_a_line_of_furniture_is_known(text: str, kind: str) -> None:
    named = found(text)
    assert named is not None
    assert named.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Home, home, home.", id="a sentence of labels"),
        pytest.param("Back,", id="a clause"),
        pytest.param("Advertisement?", id="a question"),
        pytest.param("> Advertisement", id="a quotation"),
        pytest.param("3.2 Cookie policy", id="a section's number"),
        pytest.param("1           Previous", id="a column's number"),
        pytest.param("09:00 Sports", id="a time"),
        pytest.param("«Who is there»", id="speech"),
        pytest.param("« Qui est là ? » demanda-t-il", id="speech with its speaker"),
        pytest.param("‹Nobody›", id="thought"),
        pytest.param("Copyright was unknown to them", id="a word of the law"),
        pytest.param("(c) 1784 stands above the door", id="a sign in a sentence"),
        pytest.param("© is a sign", id="a sign that is spoken of"),
        pytest.param("Tags: a list of what they mean", id="a title with a colon"),
        pytest.param("More on this below.", id="a promise"),
        pytest.param("Follow us on the walk to the mill.", id="an invitation"),
        pytest.param("Next entry follows on 1 June.", id="an announcement"),
        pytest.param("See also: Holst, Ropes, chapter nine.", id="a reference"),
    ],
)
def test_what_a_writer_may_say_names_nothing(text: str) -> None:
    assert found(text) is None


def test_a_paragraph_that_begins_like_furniture_is_none() -> None:
    assert found("© 2024 " + "words of a paragraph " * 12) is None


def test_however_many_owners_a_licence_names_they_are_one_sign() -> None:
    owners = [found(text) for text in ("Copyright (c) 2011 Holst", "Copyright (c) 2014 Brandt", "All rights reserved")]
    assert [owner.label for owner in owners if owner] == ["all rights reserved"] * 3


def test_code_and_tables_name_nothing() -> None:
    lines = split("```\nHome\n```\n\n| Home |\n|---|\n| Share |\n", 0, markdown=True)
    assert [mark(line) for line in lines] == [None] * len(lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ज़्यादा पढ़ें", "ज़यादा".replace("य", "्य") + " पढ़ें", id="dots of their own"),
        pytest.param("ताज़ा", "ताजा", id="dots left out"),
        pytest.param("أيضًا", "أيضا", id="Arabic points"),
        pytest.param("תַּגִּיּוֹת", "תגיות", id="Hebrew points"),
    ],
)
def test_a_label_is_the_same_in_each_of_its_spellings(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_a_word_of_hindi_is_one_word() -> None:
    assert normalised("(मुख्य) विज्ञापन 12") == "मुख्य विज्ञापन"
    (line,) = split("मुख्य सामग्री पर जाएँ", 0, markdown=False)
    assert line.words == 4


def test_every_label_has_one_meaning_and_the_form_it_is_looked_up_by() -> None:
    tables = [*TITLES.values(), *MARKS.values(), AUTHOR]
    assert sum(map(len, tables)) == len(frozenset[str]().union(*tables))
    assert all(normalised(label) == label for table in tables for label in table)
    assert all(known(label) for label in CONTROLS)
