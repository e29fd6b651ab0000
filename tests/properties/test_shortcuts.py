"""What is worked out in a shorter way for most texts comes out as its definition has it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit import lines as line_ends
from content_audit import scripts
from content_audit.facts import prose, urls
from content_audit.parse import emit
from content_audit.parse.front_matter import FrontMatter, read_front_matter
from content_audit.rules import escaped_newlines, glued_text, invisible_characters
from content_audit.text import labels, lines, near, openings, repeats, terms
from content_audit.text.apart import apart, table
from content_audit.text.languages import script
from content_audit.text.memory import Remembered
from tests.conftest import examples

ASCII = st.text(st.characters(max_codepoint=127), max_size=60)
TEXT = st.one_of(
    ASCII, st.text(st.sampled_from("aZ0ひカ_'-’ .\n\t²éßи字กคа́`|é\u0301"), max_size=60), st.text(max_size=60)
)


@given(TEXT)
def test_words_are_counted_as_they_are_found(text: str) -> None:
    plain = lines._UNSPACED.sub(" ", text)
    unspaced = len(lines._UNSPACED.findall(text))
    assert lines.count_words(text) == len(lines._WORD.findall(plain)) + (unspaced + 1) // 2


@given(TEXT, st.booleans())
def test_a_text_is_parted_as_its_characters_are(text: str, lower: bool) -> None:
    plain = {code: " " for code in range(128) if not chr(code).isalnum()}
    folded = "".join(letter.lower() if lower and letter.isascii() else letter for letter in text)
    assert apart(text, table(str.isalnum, lower=lower)) == folded.translate(plain)


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


@given(TEXT)
def test_joins_are_found_as_their_pattern_finds_them(text: str) -> None:
    assert glued_text._may_join(text) == (glued_text._JOINED.search(text) is not None)


@given(TEXT)
def test_labels_of_ascii_are_those_of_any_text(text: str) -> None:
    letters = labels._LETTERS.findall(text.casefold().translate(labels._SPELLINGS))
    assert labels.normalised(text) == " ".join(letters).replace("’", "'")


@given(st.text(st.sampled_from("a\n\r\u2028é"), max_size=20))
def test_lines_start_after_their_ends(text: str) -> None:
    assert line_ends.line_starts(text) == [0, *(match.end() for match in line_ends.LINE_END.finditer(text))]


@given(
    st.sampled_from(re.findall(r"[\w ]{9,}", openings._RIGHTS.pattern)),
    st.sampled_from((str.lower, str.upper, str.title)),
    st.text(st.sampled_from("a .©é"), max_size=4),
)
def test_rights_are_found_as_their_pattern_finds_them(phrase: str, cased: Callable[[str], str], around: str) -> None:
    for text in (cased(phrase), f"{around} {cased(phrase)} {around}", phrase[1:], around):
        assert openings.reserves_rights(text) == (openings._RIGHTS.match(text) is not None)


@examples(2000)
@given(st.sampled_from(openings.OPENINGS).flatmap(lambda of: st.from_regex(rf"(?i)\A(?:{of[1].pattern})")))
def test_openings_begin_as_is_told(text: str) -> None:
    found = [kind for kind, pattern in openings.OPENINGS if pattern.match(text)]
    assert set(found) <= {kind for kind, _ in openings.fitting(text[:1], ())}


@given(ASCII)
def test_slugs_of_ascii_are_those_of_any_text(text: str) -> None:
    def plain(given: str) -> str:
        return urls.NOT_WORD.sub("-", given.lower()).strip("-")

    spellings = [text, text.replace("&", " and "), urls.APOSTROPHE.sub("", text)]
    assert urls.slug(text) == plain(text)
    assert urls.letters(text) == plain(text).replace("-", "")
    assert set(map(plain, spellings)) <= set(urls.slugs(text))
    assert urls.slugs(text)[0] == plain(text)


@given(st.text(st.sampled_from("a \t\x0b\x0c\r\n\x1c\x85\u2003é"), max_size=30))
def test_white_space_is_folded_as_words_are_parted(text: str) -> None:
    assert prose.folded(text) == " ".join(text.split())


@given(st.text() | st.text(st.sampled_from("a’é中क\u0e01\uf900\ufaff\ufb00\u200b\u00ad\ufeff\u2069 "), max_size=9))
def test_bytes_tell_what_a_text_has_none_of(text: str) -> None:
    assert scripts.has_unspaced(text) == (re.search(f"[{scripts.UNSPACED}]", text) is not None)
    rest = text.encode("utf-8", "surrogatepass").translate(None, invisible_characters._OTHERS)
    assert rest or not invisible_characters.INVISIBLE.search(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_a_block_is_of_what_can_be_printed(text: str) -> None:
    unprintable = emit.UNPRINTABLE.search(text.rstrip("\n").replace("\n", "").replace("\t", ""))
    assert emit.literal_block(text, "  ", "\n") is None or not unprintable
    assert unprintable or emit.literal_block(f"a{text}b", "  ", "\n") is not None


@given(st.text(st.sampled_from("a \t\n\r"), max_size=30), st.integers(0, 3))
def test_lines_without_cr_are_those_of_any_text(text: str, start: int) -> None:
    assert lines.cut(text, start) == lines._LINE.findall(text, start)
    assert "".join(lines.cut(text, start)) == text[start:]


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


@given(st.text(st.sampled_from("\\nrx "), max_size=14))
def test_escaped_line_breaks_are_those_that_the_pattern_finds(text: str) -> None:
    found = [match.span(1) for match in re.finditer(r"(?<!\\)(?:\\\\)*((?:\\r)?\\n)", text)]
    assert list(escaped_newlines._sequences(text)) == found


@given(st.lists(st.sampled_from(["---", "--- ", "...", "+++", "a: b", " ---", "", "----"]), max_size=6), st.booleans())
def test_fences_are_found_among_all_lines(body: list[str], ended: bool) -> None:
    text = "\n".join(["---", *body]) + "\n" * ended
    windows = read_front_matter(text.replace("\n", "\r\n"))
    found = read_front_matter(text)
    if not isinstance(found, FrontMatter):
        assert type(windows) is type(found)
    else:
        assert isinstance(windows, FrontMatter)
        assert text[: found.region.end] == windows_text(text, windows.region.end)


def windows_text(text: str, end: int) -> str:
    """The beginning of the text that stands before `end` where its lines end in CRLF."""
    return text.replace("\n", "\r\n")[:end].replace("\r\n", "\n")


@given(st.lists(SENTENCES, min_size=2, max_size=8), st.integers(1, 12))
def test_no_copy_is_passed_over(paragraphs: list[list[str]], words: int) -> None:
    text = "".join(" ".join(each) + "\n\n" for each in paragraphs)
    spoken = [line for line in lines.split(text, 0, markdown=False) if line.words]
    said = [tuple(line.text.split()) for line in spoken]
    twice = any(said.count(each) > 1 and spoken[i].words >= words for i, each in enumerate(said))
    assert twice <= bool(repeats.find_repeats(text, spoken, words))


def test_what_is_remembered_is_bounded() -> None:
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    known = Remembered(upper, 2)
    assert [known[text] for text in "abacab"] == list("ABACAB")
    assert len(known) <= 2
    assert asked == list("abcab")
