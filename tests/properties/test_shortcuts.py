"""What is worked out in a shorter way for most texts comes out as its definition has it."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.facts import urls
from content_audit.text import lines, near, terms
from content_audit.text.languages import script

ASCII = st.text(st.characters(max_codepoint=127), max_size=60)
TEXT = st.one_of(
    ASCII, st.text(st.sampled_from("aZ0ひカ_'-’ .\n\t²éßи字กคа́`|é\u0301"), max_size=60), st.text(max_size=60)
)


@given(TEXT)
def test_words_are_counted_as_they_are_found(text: str) -> None:
    plain = lines._UNSPACED.sub(" ", text)
    unspaced = len(lines._UNSPACED.findall(text))
    assert lines.count_words(text) == len(lines._WORD.findall(plain)) + (unspaced + 1) // 2


@given(TEXT)
def test_terms_are_counted_as_they_are_found(text: str) -> None:
    folded = terms.ESCAPED.sub(" ", text).lower().replace("’", "'")
    found: Counter[str] = Counter()
    for run in terms.RUN.findall(folded):
        found.update([run[at : at + 2] for at in range(len(run) - 1)] or [run])
    for word in terms.WORD.findall(terms.RUN.sub(" ", folded)):
        found.update([term] if (term := terms.stem(word, "en")) else [])
    assert list(terms.term_counts(text).items()) == list(found.items())


@given(TEXT)
def test_a_text_has_the_script_of_most_of_its_letters(text: str) -> None:
    names = Counter(re.split("[ -]", unicodedata.name(letter, ""))[0] for letter in text if letter.isalpha())
    names["CJK"] += names.pop("HIRAGANA", 0) + names.pop("KATAKANA", 0)
    assert script(text) == (names.most_common(1)[0][0] if names.total() else "")


@given(ASCII)
def test_slugs_of_ascii_are_those_of_any_text(text: str) -> None:
    def plain(given: str) -> str:
        return urls.NOT_WORD.sub("-", given.lower()).strip("-")

    spellings = [text, text.replace("&", " and "), urls.APOSTROPHE.sub("", text)]
    assert urls.slug(text) == plain(text)
    assert set(map(plain, spellings)) <= set(urls.slugs(text))
    assert urls.slugs(text)[0] == plain(text)


@given(st.text(st.sampled_from("a \t\n\r"), max_size=30), st.integers(0, 3))
def test_lines_without_cr_are_those_of_any_text(text: str, start: int) -> None:
    assert lines.spans(text, start) == [found.span() for found in lines._LINE.finditer(text, start)]


@given(st.lists(st.sampled_from(["a", "B-2", "index", "Index", "x.html", "..", "é", "%41", ""]), max_size=5))
def test_a_url_has_the_key_that_its_parts_give_it(parts: list[str]) -> None:
    path = "/" + "/".join(parts)
    assert urls.url_key(path) == urls.url_key(f"{path}?").removesuffix("?")
    assert urls.resolved(path, "https://example.org/a/b") == path


SENTENCES = st.lists(
    st.sampled_from("the old mill by the river grinds rye of 12 farms and 7 barns".split()), max_size=14
)


@given(st.lists(SENTENCES, min_size=2, max_size=12), st.integers(1, 20))
def test_no_near_copy_is_passed_over(paragraphs: list[list[str]], words: int) -> None:
    text = "".join(" ".join(each) + "\n\n" for each in paragraphs)
    found = near.near_repeats(text, lines.split(text, 0, markdown=True), words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near, "OWN", 1.0)
        assert near.near_repeats(text, lines.split(text, 0, markdown=True), words) == found
