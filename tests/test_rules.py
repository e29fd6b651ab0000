"""Rules on what a page can't show: hidden bytes, line ends, files that are no documents, rules that fail."""

import itertools
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import yaml

from content_audit.audit import audit
from content_audit.config import Config
from content_audit.discover import discover
from content_audit.index import Index
from content_audit.model import Document, Fields, Style
from content_audit.parse import parse, parse_text
from content_audit.parse.emit import scalar
from content_audit.parse.scalars import resolve
from content_audit.repair import repair
from content_audit.report import position
from content_audit.rule import DocumentRule, NoOptions
from content_audit.rules import DOCUMENT_RULES, empty_section
from content_audit.rules.ambiguous_scalar import reading_in_doubt
from content_audit.rules.escaped_newlines import escaped_breaks
from content_audit.run import make_run
from content_audit.walk import Selection


@dataclass
class Seen:
    """What a run found, as "path:line:column CODE message", and what all fixes of the selected rules left on disk."""

    findings: list[str]
    fixed: dict[str, bytes]
    safeties: list[str]
    failed: bool


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def look(folder: Path, select: str, documents: Mapping[str, bytes] | None = None, **settings: Any) -> Seen:
    """Write these documents, audit the folder with one rule or family, and make every fix in memory."""
    for name, data in (documents or {}).items():
        (folder / name).write_bytes(data)
    config = replace(Config(folder), select=(select,), **settings)
    run = make_run(config, discover([Path()], Selection(folder), folder))
    with Index(None, run.task.key) as index:
        report = audit(run, index)
        outcome = repair(run, index, unsafe=True)
    lines: list[str] = []
    safeties: list[str] = []
    for finding in report.findings:
        span, fix = finding.problem.span, finding.problem.fix
        at = position(report.starts(span.path), span.start)
        lines.append(f"{span.path}:{at.line}:{at.column} {finding.code} {finding.problem.message}")
        safeties.append(fix.safety if fix else "none")
    fixed = {path: document.data for path, document in outcome.changed.items()}
    return Seen(lines, fixed, safeties, report.internal_errors)


@pytest.mark.parametrize(
    ("link", "safety"),
    [
        pytest.param("/bees", "safe", id="its url"),
        pytest.param("Bees", "unsafe", id="a title, which others may have"),
        pytest.param("/bees#queens", "unsafe", id="a place on the page"),
        pytest.param({"id": 5, "title": "BEES", "url": "/bees"}, "safe", id="its record"),
        pytest.param({"title": "Wasps", "url": "/bees"}, "unsafe", id="its url, another title"),
        pytest.param({"id": 5, "title": "Wasps"}, "unsafe", id="its id, another title"),
        pytest.param({"id": 5, "subject": "Stings"}, "unsafe", id="its id, another subject"),
    ],
)
def test_self_related_link(folder: Path, link: str | dict[str, Any], safety: str) -> None:
    page = f"---\nid: 5\ntitle: Bees\nsubject: Insects\nurl: /bees\nrelated: {json.dumps([link])}\n---\n".encode()
    seen = look(folder, "REL002", {"a.md": page}, fields=Fields(link_items="auto"))
    assert seen.safeties == [safety]


@pytest.mark.parametrize(
    ("links", "safety"),
    [
        pytest.param("/c++, /c++", "safe", id="one spelling"),
        pytest.param("/cats, /%63ats", "safe", id="a letter escaped"),
        pytest.param("/c++, /c%2B%2B", "unsafe", id="a sign escaped that may mean something"),
        pytest.param("/cats/, /cats", "safe", id="a slash at the end"),
        pytest.param("https://a.example/b, https://A.example/b/", "safe", id="a host in capitals"),
        pytest.param("http://a.example/b, https://a.example/b", "unsafe", id="another scheme"),
        pytest.param("/cats/, /cats/index", "unsafe", id="a default page, or a page called so"),
    ],
)
def test_equal_urls_in_a_list(folder: Path, links: str, safety: str) -> None:
    seen = look(folder, "REL001", {"a.md": f"---\nrelated: [{links}]\n---\n".encode()})
    assert seen.safeties == [safety]


@pytest.mark.parametrize(
    ("record", "code", "safety"),
    [
        pytest.param("title: Keeping bees warm, url: /old/bees", "REL006", "safe", id="moved"),
        pytest.param(
            "title: How steel is made in Wales, subject: Farms, url: /no",
            "REL006",
            "unsafe",
            id="only the id is the target's",
        ),
        pytest.param("title: Bees, subject: Food, url: /food/bees", "REL003", "safe", id="a twin"),
        pytest.param("title: Steel, subject: Food, url: /food/steel", "REL003", "unsafe", id="another article's url"),
        pytest.param("title: Steel, subject: Food", "REL003", "unsafe", id="a twin in name alone"),
        pytest.param("subject: Iron, url: /iron/rust", "REL003", "unsafe", id="leads to something else with its id"),
    ],
)
def test_an_id_alone_is_no_proof_of_a_target(folder: Path, record: str, code: str, safety: str) -> None:
    """A slip in a number would turn a link into one to something else."""
    documents = {
        "a.md": f"---\nid: 1\nsubject: Farms\nrelated_article1: {{id: 2, {record}}}\n---\n",
        "bees.md": "---\nid: 2\ntitle: Keeping bees warm\nsubject: Farms\nurl: /farms/bees\n---\n",
        "twin.md": "---\nid: 2\ntitle: Bees\nsubject: Food\nurl: /food/bees\n---\n",
        "steel.md": "---\nid: 3\ntitle: Steel\nsubject: Food\nurl: /food/steel\n---\n",
        "rust.md": "---\nid: 2\ntitle: Rust\nsubject: Iron\nurl: /iron/rust\n---\n",
    }
    seen = look(folder, code, {path: text.encode() for path, text in documents.items()})
    assert seen.safeties == [safety]


@pytest.mark.parametrize(
    ("record", "safety"),
    [
        pytest.param("title: Making steel, url: /no", "unsafe", id="two words of something else"),
        pytest.param("title: Keeping bees, url: /no", "safe", id="two words of the same"),
        pytest.param("title: 蜂の飼い方, url: /no", "unsafe", id="another script"),
        pytest.param("title: Making steel, url: /farms/bees", "unsafe", id="a title of something else"),
        pytest.param("title: Warming up bees in cold times, url: /farms/bees", "safe", id="id and url, another title"),
        pytest.param("title: How steel is made in Wales, url: /farms/bees", "unsafe", id="id and url, something else"),
        pytest.param("url: /crafts/welding", "unsafe", id="a url of something else"),
        pytest.param("url: /old/bees", "safe", id="a url of the same"),
    ],
)
def test_words_of_something_else_wait_to_be_asked(folder: Path, record: str, safety: str) -> None:
    documents = {
        "a.md": f"---\nrelated_article1: {{id: 2, {record}}}\n---\n",
        "bees.md": "---\nid: 2\ntitle: Keeping bees warm\nurl: /farms/bees\n---\n",
    }
    seen = look(folder, "REL006", {path: text.encode() for path, text in documents.items()})
    assert seen.safeties == [safety]


def test_nothing_is_copied_that_is_no_record(folder: Path) -> None:
    """Drafts are not published, redirects say nothing of their target, and templates are filled in elsewhere."""
    targets = {
        "draft.md": "draft: true\ntitle: Bees, old",
        "stub.md": "redirect_to: /bees\ntitle: Redirecting",
        "todo.md": "title: TODO",
        "template.md": 'title: "{{ site.name }}"',
        "marked.md": 'title: "Bees in `code`"',
    }
    documents = {path: f"---\nurl: /{path}\n{lines}\n---\n" for path, lines in targets.items()}
    links = "".join(f"- {{title: Bees, url: /{path}}}\n" for path in targets)
    documents["a.md"] = f"---\nrelated:\n{links}---\n"
    seen = look(folder, "REL006", {path: text.encode() for path, text in documents.items()})
    assert seen.fixed == {}


PASSAGE = (
    "Über das Wehr geht im Frühling das Wasser hinweg, " * 5 + "und im Sommer liegt es trocken, so weit man sieht."
)
PAGE = "\n\n".join(
    PASSAGE.replace("Wehr", place).replace("Wasser", what)
    for place, what in (("Wehr", "Wasser"), ("Feld", "Vieh"), ("Eis", "Kind"))
)


@pytest.mark.parametrize(
    ("later", "safety"),
    [
        pytest.param(PASSAGE, "unsafe", id="a paragraph said twice"),
        pytest.param(f"So the form reads:\n\n{PASSAGE}", "unsafe", id="an example"),
        pytest.param(normalize("NFD", PASSAGE), "unsafe", id="letters in another encoding"),
        pytest.param(PASSAGE.replace(",", ";"), "unsafe", id="other marks"),
    ],
)
def test_repeated_block(folder: Path, later: str, safety: str) -> None:
    assert look(folder, "DUP003", {"a.txt": f"{PASSAGE}\n\n{later}\n".encode()}).safeties == [safety]


def test_furniture_is_no_title_of_a_repeated_block(folder: Path) -> None:
    menu = "Skip to content\nHome\nLog in\n\nSubscribe to our newsletter\n"
    page = f"{menu}\n{PAGE}\n\nClick here to subscribe\n\n{PAGE}\n\nPrivacy policy\nTerms of use\n"
    assert look(folder, "DUP003", {"a.txt": page.encode()}).safeties == ["safe"]


@pytest.mark.parametrize(
    ("data", "fixed"),
    [
        pytest.param(b"Rye\nOat", b"Rye\nOat\n", id="LF"),
        pytest.param(b"Rye\r\nOat", b"Rye\r\nOat\r\n", id="CRLF"),
        pytest.param(b"Rye\rOat", b"Rye\rOat\r", id="CR"),
        pytest.param(b"Rye", b"Rye\n", id="one line has no line end to copy"),
        pytest.param(b"\xef\xbb\xbfRye", b"\xef\xbb\xbfRye\n", id="the byte order mark stays"),
        pytest.param("Rye\u2028".encode(), "Rye\u2028\n".encode(), id="U+2028 ends no line"),
    ],
)
def test_missing_final_newline(folder: Path, data: bytes, fixed: bytes) -> None:
    seen = look(folder, "TXT001", {"a.txt": data})
    assert [finding.partition(" ")[2] for finding in seen.findings] == ["TXT001 the last line is not ended"]
    assert seen.fixed == {"a.txt": fixed}


@pytest.mark.parametrize(
    ("text", "fixed", "safety"),
    [
        pytest.param("sour\u200bdough\n", "sourdough\n", "safe", id="zero-width space between letters"),
        pytest.param("хле\u00adб\n", "хлеб\n", "safe", id="soft hyphen between Cyrillic letters"),
        pytest.param("\u200bRye\n", "Rye\n", "unsafe", id="the first character of a document"),
        pytest.param("a\u202eb\n", "ab\n", "unsafe", id="bidirectional override"),
        pytest.param("Rye\u200d bread\n", "Rye bread\n", "unsafe", id="a joiner that joins nothing"),
        pytest.param("rye\ufeff\n", "rye\n", "unsafe", id="a byte order mark inside"),
    ],
)
def test_invisible_characters(folder: Path, text: str, fixed: str, safety: str) -> None:
    seen = look(folder, "TXT003", {"a.txt": text.encode()})
    assert seen.safeties == [safety]
    assert seen.fixed == {"a.txt": fixed.encode()}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeffRye\n", id="byte order mark at the start"),
        pytest.param("می\u200cخواهم\n", id="Persian"),
        pytest.param("ന്\u200d \n", id="Malayalam at a word's end"),
        pytest.param("👩🏽\u200d🚀\n", id="emoji with a skin tone"),
        pytest.param("abc \u200eעברית\n", id="mark beside Hebrew"),
        pytest.param("ภาษา\u200bไทย\n", id="Thai words"),
    ],
)
def test_invisible_characters_at_work(folder: Path, text: str) -> None:
    assert look(folder, "TXT003", {"a.txt": text.encode()}).findings == []


def test_invalid_encoding_is_named_and_nothing_else_is_said(folder: Path) -> None:
    page = b"<!doctype html>\n<meta charset=iso-8859-1><p>Caf\xe9</p>\n"
    documents = {"latin.md": b"Ein\nCaf\xe9", "page.html": page, "utf16.md": "Rye".encode("utf-16")}
    seen = look(folder, "ALL", documents)
    assert seen.findings == [
        "latin.md:2:4 TXT004 not UTF-8: byte 0xE9 at offset 7 (unexpected end of data)",
        "page.html:2:32 TXT004 not UTF-8: byte 0xE9 at offset 47 (invalid continuation byte), looks like iso-8859-1",
        "utf16.md:1:1 TXT004 not UTF-8: byte 0xFF at offset 0 (invalid start byte), looks like UTF-16",
    ]
    assert seen.fixed == {}


def test_unreadable_documents_are_named(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_bytes(b"Secret.\n")
    (folder / "link.md").symlink_to(outside)
    os.mkfifo(folder / "pipe.md")
    seen = look(folder, "RUN", {"good.md": b"Good.\n"})
    assert seen.findings == [
        "link.md:1:1 RUN001 a symbolic link out of the tree",
        "pipe.md:1:1 RUN001 not a regular file",
    ]
    assert threading.active_count() == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_document_without_permission_is_named(folder: Path) -> None:
    (folder / "a.md").write_bytes(b"Hidden.\n")
    (folder / "a.md").chmod(0)
    assert look(folder, "RUN").findings == ["a.md:1:1 RUN001 Permission denied"]


def test_a_document_that_vanished_is_named(folder: Path) -> None:
    (folder / "a.md").write_bytes(b"Here.\n")
    run = make_run(replace(Config(folder), select=("RUN",)), discover([Path()], Selection(folder), folder))
    (folder / "a.md").unlink()
    with Index(None, run.task.key) as index:
        report = audit(run, index)
    assert [(f.code, f.problem.message) for f in report.findings] == [("RUN001", "No such file or directory")]


def test_a_rule_that_fails_is_named_and_the_rest_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, options: NoOptions) -> Any:
        raise ZeroDivisionError("on purpose")

    rules = tuple(
        DocumentRule(rule.code, rule.name, rule.summary, fail) if rule.code == "SEO002" else rule
        for rule in DOCUMENT_RULES
    )
    monkeypatch.setattr("content_audit.examine.DOCUMENT_RULES", rules)
    seen = look(folder, "TXT001", {"a.txt": b"Rye"})
    assert seen.failed
    assert [finding.split()[1] for finding in seen.findings] == ["RUN003", "TXT001"]
    assert "SEO002 failed on this document: ZeroDivisionError: on purpose" in seen.findings[0]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_link_fixes_keep_line_ends(folder: Path, newline: bytes) -> None:
    """A removal takes one line with its end; what stands around it, and a missing last line end, stay."""
    kept = [b"\xef\xbb\xbf---", b"related_article1: {id: 2}"]
    data = newline.join([*kept, b"related_article2: {id: 2}", b"related_article4: {id: 3}", b"---", b"Text"])
    after = newline.join([*kept, b"related_article2: {id: 3}", b"---", b"Text"])
    assert look(folder, "REL001", {"a.md": data}).fixed == {"a.md": after}


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    "opening", [[b"answer: Dig.\\nRake."], [b"answer: >-", b"  Dig.\\nRake."]], ids=["plain", "folded"]
)
def test_block_scalars_take_the_document_s_line_ends(folder: Path, newline: bytes, opening: list[bytes]) -> None:
    data = newline.join([b"---", *opening, b"id: 1", b"---", b""])
    after = newline.join([b"---", b"answer: |-", b"  Dig.", b"  Rake.", b"id: 1", b"---", b""])
    assert look(folder, "FM007", {"a.md": data}).fixed == {"a.md": after}


def test_trailing_blanks_do_not_become_text(folder: Path) -> None:
    seen = look(folder, "FM007", {"a.md": b"---\nanswer: 'Dig.\\nRake.'  \n---\n"})
    (data,) = seen.fixed.values()
    assert parse("a.md", data).metadata == {"answer": "Dig.\nRake."}


def test_an_emoji_beside_a_line_break_is_written_so_that_yaml_reads_it(folder: Path) -> None:
    seen = look(folder, "FM007", {"a.md": "---\nlist: ['Dig.\\nRake 🌱']\n---\n".encode()})
    (data,) = seen.fixed.values()
    assert parse("a.md", data).metadata == {"list": ["Dig.\nRake 🌱"]}


def test_anchored_values_are_left(folder: Path) -> None:
    """An edit would change every place that repeats the value, or lose what they repeat."""
    target = b"---\nid: 2\ntitle: Mars\n---\n"
    link = b"---\nrelated_article1: {id: 2, title: &t Venus}\nbest: *t\n---\n"
    seen = look(folder, "REL006", {"a.md": link, "mars.md": target})
    assert len(seen.findings) == 1
    assert seen.fixed == {}


def test_a_removal_leaves_other_tables_of_a_toml_document(folder: Path) -> None:
    """A table may be taken up again after another one; what lies between is not its own."""
    tables = [b"[related_article1]\nid = 2", b"[related_article2]\nid = 2", b"[seo]\na = 1"]
    data = b"\n".join([b"+++", *tables, b"[related_article2.more]\nb = 1", b"+++", b""])
    seen = look(folder, "REL001", {"a.md": data})
    assert len(seen.findings) == 1
    assert seen.fixed == {}


def test_escaped_keys_do_not_break_numbering(folder: Path) -> None:
    seen = look(folder, "REL010", {"a.md": b'---\n"related\\u005farticle2": {id: 2}\n---\n'})
    assert not seen.failed
    assert len(seen.findings) == 1
    assert seen.fixed == {}


def test_file_names_are_equal_in_either_normal_form(folder: Path) -> None:
    """Some file systems take names apart into letters and accents."""
    decomposed = "cafe\u0301.md"
    data = "---\nfile_name: caf\u00e9.md\n---\n".encode()
    assert look(folder, "FM009", {decomposed: data}).findings == []


def test_ambiguous_scalars_agree_with_two_readers() -> None:
    """In doubt is what PyYAML (1.1) and our reader (1.2 core) disagree on, for all short words of these letters.

    Signed numbers that begin with the point are left out: PyYAML's pattern misses them, YAML 1.1 does not. What ends
    with a colon is a mapping.
    """
    words = ("".join(letters) for length in range(1, 5) for letters in itertools.product("01789_.:e+", repeat=length))
    disagreed = []
    for text in words:
        if not text.startswith("+.") and not text.endswith(":"):
            (value,) = yaml.load(f"- {text}", Loader=yaml.CSafeLoader)
            differ = type(value) is not type(resolve(text)) or value != resolve(text)
            if differ != (reading_in_doubt(text) is not None):
                disagreed.append(text)
    assert disagreed == []


@pytest.mark.parametrize(
    "value", ["y", "No", "12:30", "089", "1e3", "a: b", "# c", "tab\there", "é 🌱", "\u2028", "'", "~", ""]
)
@pytest.mark.parametrize("style", ["plain", "flow", "single", "double"])
def test_values_are_written_so_that_both_versions_read_them(value: str, style: Style) -> None:
    written = scalar(value, "yaml", style)
    text = f"---\n{{a: {written}, b: 1}}\n---\n" if style == "flow" else f"---\na: {written}\n---\n"
    document = parse("a.md", text.encode())
    assert document.metadata["a"] == value
    assert yaml.load(written, Loader=yaml.CSafeLoader) == value
    assert document.nodes[("a",)].style != "plain" or reading_in_doubt(written) is None


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param(r"a\nb", 1, id="one"),
        pytest.param(r"a\r\nb", 1, id="carriage return and line feed"),
        pytest.param(r"a\\nb", 0, id="an escape that code shows"),
        pytest.param(r"1 \\\n2", 1, id="after the end of a matrix row"),
        pytest.param(r"\nabla f\nis a gradient", 1, id="TeX and a line that begins with i"),
        pytest.param(r"$\nu$ \nu", 1, id="TeX inside a formula only"),
        pytest.param(r"```\nprint()\n```", 2, id="a fence without real lines is escaped as well"),
        pytest.param("```\nprint('\\n')\n```", 0, id="a fence with real lines is code"),
        pytest.param(r"C:\new\notes.txt", 0, id="a path"),
        pytest.param(r"A:\nThe answer is no.", 1, id="a letter and a colon are no drive in prose"),
    ],
)
def test_escaped_breaks(value: str, count: int) -> None:
    assert len(escaped_breaks(value)) == count


@pytest.mark.parametrize(("below", "safety"), [("", "safe"), ("\n<!-- filled by the shop -->\n", "unsafe")])
def test_a_widget_title_above_a_comment_goes_only_when_told(below: str, safety: str) -> None:
    document = parse_text("a.md", f"# Kites\n\nA kite needs wind.\n\n## Related posts\n{below}\n## Knots\n\nTwo.\n")
    (found,) = empty_section.check(document, NoOptions())
    assert found.fix is not None
    assert found.fix.safety == safety
