"""Id and url of documents that can't be read: links to them lead somewhere, and their numbers count."""

import sys
import time
from pathlib import Path

import pytest

from content_audit.facts.extract import extract
from content_audit.facts.tables import TopicRow
from content_audit.facts.topics import topic_row
from content_audit.model import Document
from content_audit.parse import parse
from tests.conftest import Invoke, codes, read_report, write

BROKEN = [
    pytest.param("---\nid: 7\nurl: /bees # ours\ntags: [a\n---\n", "7", "/bees", id="YAML"),
    pytest.param("---\r\nid: '7'\r\nurl: \"/bees\"\r\ntags: [a\r\n---\r\n", "7", "/bees", id="quotes and CRLF"),
    pytest.param("---\nid: 007\nurl: /bees\na: [\n---\n", "7", "/bees", id="a number, as it is read elsewhere"),
    pytest.param("---\nid: '007'\nurl: /bees\na: [\n---\n", "007", "/bees", id="digits in quotes"),
    pytest.param("---\nid: 7\nurl: /bees\nid: 8\n---\n", "7", "/bees", id="a key given twice"),
    pytest.param("---\nid: 7\nurl: /bees\n\nNever closed.\n", "7", "/bees", id="a fence that is never closed"),
    pytest.param("+++\nid = 7\nurl = '/bees'\ntags = [\n+++\n", "7", "/bees", id="TOML"),
    pytest.param('{\n  "id": 7,\n  "url": "/bees",\n  "a": {\n    "id": 9\n  },,\n}\n', "7", "/bees", id="JSON"),
    pytest.param("---\n{id: 7, url: /bees\n---\n", "7", "/bees", id="YAML on one line"),
    pytest.param("--- {id: 7, url: /bees ---\n", "7", "/bees", id="YAML on the fence's line"),
    pytest.param("---\n{id: 7, tags: [a, b}, url: /bees]\n---\n", "7", "", id="brackets that cross"),
    pytest.param("---\n{ 'id': '007', url: \"/bees\", tags: [a\n---\n", "007", "/bees", id="quotes on one line"),
    pytest.param("---\n{a: {id: 9, url: /wasps}, id: 7,\n  url: /bees, b: [\n---\n", "7", "/bees", id="braces within"),
    pytest.param('{"id": 7, "url": "/bees"\n\nText.\n', "7", "/bees", id="JSON without its brace"),
    pytest.param('{"id": 7, "url": "/bees",, "a": 1}\nText.\n', "7", "/bees", id="JSON on one line"),
    pytest.param('{"id": 7 "url": "/bees"}\n\nText.\n', "7", "/bees", id="JSON without a comma"),
    pytest.param('{"id": 7,\n "url": "/bees",\n "a": \n}\n', "7", "/bees", id="JSON that opens beside its brace"),
    pytest.param('---json\n{"id": 7, "url": "/bees", "a": }\n---\n', "7", "/bees", id="JSON within a fence"),
    pytest.param("+++\nid = 007\nurl = /bees\n+++\n", "7", "/bees", id="TOML without quotes"),
    pytest.param('+++\nid = 7\nurl = "/bees\n+++\n', "7", "/bees", id="a quote that is never closed"),
    pytest.param("+++\nid: 7\nurl: /bees\n+++\n", "7", "/bees", id="TOML that is YAML"),
    pytest.param("+++\na = [\n[b]\nid = 9\nurl = '/wasps'\n+++\n", "", "", id="not what is in TOML's tables"),
    pytest.param("{% include bees, id: 7, url: /bees %}\n", "", "", id="not what a template is given"),
    pytest.param("---\na: [\nsub:\n  id: 9\n  url: /wasps\n---\nid: 9\n", "", "", id="not what is nested or below"),
    pytest.param("---\na: [\nid: {b: 1}\nurl: |\n  /bees\n---\n", "", "", id="not what is no plain value"),
    pytest.param("id: 7\nurl: /bees\n", "", "", id="not without a fence"),
    pytest.param("---\nid: 7\nurl: /bees\ntitle: \udcff\n---\n", "7", "/bees", id="bytes that are no text"),
]


@pytest.mark.parametrize(("text", "identity", "url"), BROKEN)
def test_lines_that_say_who_a_document_is(text: str, identity: str, url: str) -> None:
    facts = extract(parse("a.md", text.encode("utf-8", "surrogateescape")))
    (row,) = facts.documents
    assert (row.id, row.url, row.title) == (identity, url, "")
    named = {field.field: text[field.start_at : field.end_at] for field in facts.fields if field.field in ("id", "url")}
    assert set(named) == {name for name, value in (("id", identity), ("url", url)) if value}
    assert all(value in named[name] for name, value in (("id", identity), ("url", url)) if value)  # as written


def test_a_broken_document_is_no_hole_in_the_collection(invoke: Invoke, work: Path) -> None:
    write(
        work,
        {
            "broken.md": "---\nid: 7\nurl: /bees\ntags: [a\n---\n",
            "linking.md": "---\nid: 8\nrelated_article1: {id: 7, title: Bees}\nrelated_article2: /bees/\n---\n",
            "twin.md": "---\nid: 7\n---\n",
        },
    )
    data = read_report(invoke("check", "--select", "REL,ID,FM002", "--output-format", "json").stdout)
    assert codes(data) == ["ID001", "FM002", "ID001"]
    assert [finding["path"] for finding in data["findings"]] == ["broken.md", "broken.md", "twin.md"]


def test_twins_are_named_once_on_each(invoke: Invoke, work: Path) -> None:
    """One article under three subjects: each page names the others, and a link keeps to its own subject's copy."""
    subjects = ("Beekeeping", "Biology", "Gardening")
    for subject in subjects:
        name = subject.lower()
        copy = f"---\nid: 7\ntitle: Bees\nsubject: {subject}\nurl: /learn/{name}/bees\n---\n"
        entries = f"subject: {subject}\nrelated_article1: {{id: 7, title: Be, subject: {subject}}}"
        link = f"---\nid: 1{len(name)}\n{entries}\n---\n"
        write(work, {f"{name}/bees.md": copy, f"{name}/links.md": link})
    data = read_report(invoke("check", "--select", "ID001,REL", "--output-format", "json").stdout)
    found = [(f["code"], f["path"]) for f in data["findings"]]
    assert found == [
        entry
        for name in ("beekeeping", "biology", "gardening")
        for entry in (("ID001", f"{name}/bees.md"), ("REL006", f"{name}/links.md"))
    ]
    for finding in data["findings"]:
        if finding["code"] == "ID001":
            assert len(finding["evidence"]["others"]) == 2
        else:
            assert finding["evidence"]["target"] == finding["path"].replace("links", "bees")
            assert finding["fix"]["safety"] == "safe"


@pytest.mark.parametrize("harm", ["size", "front matter", "time", "crash"])
def test_a_document_lost_to_its_limits_is_no_hole_in_the_collection(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    """Where it says who it is among its first lines, links to it lead somewhere and its id can't be given twice."""

    def slow(document: Document, doc: int, text: str) -> TopicRow:
        while document.path == "lost.md" and document.body:
            assert harm == "time"
            time.sleep(0.01)
        return topic_row(document, doc, text)

    more = "x: " + "y" * 1_100_000 + "\n" if harm == "front matter" else ""
    text = "Words, and more of them.\n" * (2_000 if harm == "size" else 1)
    if harm not in ("size", "front matter"):
        monkeypatch.setattr(sys.modules["content_audit.facts.extract"], "topic_row", slow)
    write(
        work,
        {
            "lost.md": f"---\nid: 7\nurl: /bees\n{more}---\n{text}",
            "linking.md": "---\nid: 8\nrelated_article1: {id: 7, title: Bees}\nrelated_article2: /bees/\n---\n",
            "twin.md": "---\nid: 7\n---\n",
            "content-audit.toml": f"complete = true\nmax-seconds = 1\nmax-size = {20_000 if harm == 'size' else 10**7}",
        },
    )
    found = read_report(invoke("check", "--select", "REL007,ID001,RUN,FM002", "--output-format", "json").stdout)[
        "findings"
    ]
    lost = {"size": "RUN002", "front matter": "FM002", "time": "RUN002"}.get(harm, "RUN003")
    assert sorted((f["path"], f["code"]) for f in found) == sorted(
        [("lost.md", lost), ("lost.md", "ID001"), ("twin.md", "ID001")]
    )
