"""Inventories: what exists elsewhere, in every form it may be given, and what can't be one."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from content_audit import inventory
from content_audit.facts.addresses import ON_OWN_HOST
from content_audit.inventory import InventoryError, read_inventory
from content_audit.model import Fields
from content_audit.presets import PRESETS
from tests.conftest import Invoke, read_report, run_tool, write

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(*urls: str, root: str = "urlset", entry: str = "url") -> str:
    """A sitemap of these urls."""
    entries = "".join(f"  <{entry}><loc>{url}</loc><lastmod>2024-05-01</lastmod></{entry}>\n" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{entries}</{root}>\n'


def keys(folder: Path, content: str | bytes, fields: Fields | None = None) -> frozenset[str]:
    """The keys that a file of this content gives, but for those of pages on a document's own host."""
    write(folder, {"inventory": content})
    found = read_inventory([folder / "inventory"], fields or Fields())
    return frozenset(key for key in found if not key.startswith(ON_OWN_HOST))


def test_lines(tmp_path: Path) -> None:
    text = "\ufeff# what the other system has\r\n\r\n172028\r\n/learn/bees/\r\nhttps://hive.example/wasps#sting\r\n"
    expected = {"172028", "/learn/bees", "//hive.example/wasps", "/wasps"}
    assert {each for each in keys(tmp_path, text) if not each.endswith(".html")} == expected


def test_urls_of_hosts_that_are_configured(tmp_path: Path) -> None:
    text = "https://hive.example/wasps\nhttps://other.example/bees\n"
    found = keys(tmp_path, text, Fields(hosts=("hive.example",)))
    assert {each for each in found if not each.endswith(".html")} == {"/wasps", "//other.example/bees"}


def test_names_where_links_use_them(tmp_path: Path) -> None:
    found = keys(tmp_path, "old-hives\n/posts/wild-bees.html\n", PRESETS["hugo"].fields)
    assert {"slug old-hives", "slug wild-bees"} <= found


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_sitemaps(tmp_path: Path, packed: bool) -> None:
    image = '<image:image xmlns:image="i"><image:loc>https://hive.example/bee.jpg</image:loc></image:image></url>'
    data = sitemap("https://hive.example/bees?a=1&amp;b=2").replace("</url>", image).encode()
    assert keys(tmp_path, gzip.compress(data) if packed else data) == {"//hive.example/bees?a=1&b=2", "/bees?a=1&b=2"}


def test_an_index_leads_to_the_sitemaps_beside_it(tmp_path: Path) -> None:
    parts = sitemap("https://hive.example/maps/a.xml", root="sitemapindex", entry="sitemap")
    write(tmp_path, {"a.xml": sitemap("https://hive.example/bees")})
    assert "/bees" in keys(tmp_path, parts)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param("/about.html", "/about", id="a page whose suffix the link leaves out"),
        pytest.param("/about", "/about.html", id="a page whose suffix the link gives"),
        pytest.param("about.html", "/about", id="a file's name"),
        pytest.param("about/", "/about", id="a path without the slash in front"),
        pytest.param("/old hives/", "/old%20hives", id="spaces"),
        pytest.param("/old%20hives/", "/old%20hives", id="spaces, escaped"),
        pytest.param("/caf\u00e9", "/caf%C3%A9", id="letters that urls escape"),
        pytest.param("https://hive.example/bees # moved", "//hive.example/bees", id="a remark"),
        pytest.param("/app#/hives", "/app#/hives", id="a route is no remark"),
    ],
)
def test_spellings_of_one_page(tmp_path: Path, line: str, key: str) -> None:
    assert key in keys(tmp_path, f"{line}\n")


@pytest.mark.parametrize("beside", ["a.xml", "a.xml.gz"])
@pytest.mark.parametrize("named", ["a.xml", "a.xml.gz"])
def test_the_parts_of_an_index_may_be_packed_or_not(tmp_path: Path, beside: str, named: str) -> None:
    data = sitemap("https://hive.example/bees").encode()
    write(tmp_path, {beside: gzip.compress(data) if beside.endswith(".gz") else data})
    parts = sitemap(f"https://hive.example/maps/{named}", root="sitemapindex", entry="sitemap")
    assert "/bees" in keys(tmp_path, gzip.compress(parts.encode()))


def test_what_another_program_writes(work: Path) -> None:
    """As a shell hands it over: inventory <(list-pages)."""
    write(work, {"a.md": PAGE})
    reader, writer = os.pipe()
    os.write(writer, b"2\n/learn/bees\n")
    os.close(writer)
    command = [sys.executable, "-m", "content_audit", *CHECK, "--inventory", f"/dev/fd/{reader}"]
    done = subprocess.run(command, cwd=work, pass_fds=(reader,), capture_output=True, text=True, check=False)
    os.close(reader)
    assert [f["evidence"]["url"] for f in read_report(done.stdout)["findings"]] == ["/learn/wasps"]


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<urlset>&b;</urlset>'
MISTAKES = [
    pytest.param("172028\nsee the list\n", ":2: neither a url nor an id: 'see the list'", id="prose"),
    pytest.param("a\x1b[2J\n", ":1: neither a url nor an id", id="control characters"),
    pytest.param("x" * 3_000, ":1: neither a url nor an id", id="a line without end"),
    pytest.param(b"1\n\xff\xfe\n", ":2: not UTF-8", id="no text"),
    pytest.param("<html><body/></html>", ":1: not a sitemap: <html>", id="a page"),
    pytest.param(sitemap("a").replace("</url>", ""), ":4: mismatched tag", id="XML that is none"),
    pytest.param(sitemap(" "), ":3: <loc> holds no url", id="an empty entry"),
    pytest.param(BOMB, ":2: a sitemap has no document type", id="entities"),
    pytest.param(BOMB.replace("<!ENTITY", "<!ENTITY % "), "a sitemap has no document type", id="parameter entities"),
    pytest.param(
        '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd"><urlset/>', "no document type", id="an external document type"
    ),
    pytest.param(
        sitemap("https://hive.example/none.xml", root="sitemapindex", entry="sitemap"), "not beside it", id="no part"
    ),
    pytest.param(sitemap("..", root="sitemapindex", entry="sitemap"), "not beside it", id="a part that is a folder"),
    pytest.param(
        sitemap("inventory", root="sitemapindex", entry="sitemap"), "that another one names", id="an index of itself"
    ),
    pytest.param(gzip.compress(b"1\n")[:-4], "not gzip", id="gzip cut short"),
    pytest.param(gzip.compress(b"\0" * 3_000), "unpacked", id="a gzip bomb"),
]


@pytest.mark.parametrize(("content", "expected"), MISTAKES)
def test_a_mistake_names_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | bytes, expected: str
) -> None:
    monkeypatch.setattr(inventory, "MAX_BYTES", 2_000 if "unpacked" in expected else 5_000)
    with pytest.raises(InventoryError, match="inventory") as caught:
        keys(tmp_path, content)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "none"):
        with pytest.raises(InventoryError):
            read_inventory([file], Fields())


PAGE = "---\nid: 1\nrelated_article1: {id: 2}\nrelated_article2: /learn/bees\nrelated_article3: /learn/wasps\n---\n"
CHECK = ("check", "--select", "REL007", "--output-format", "json")


def test_links_to_what_exists_elsewhere_lead_somewhere(work: Path) -> None:
    write(work, {"a.md": PAGE, "ids": "2\n", "sitemap.xml": sitemap("https://hive.example/learn/bees/")})
    write(work, {"content-audit.toml": 'inventory = ["ids"]\ncomplete = true\n'})
    data = read_report(run_tool(*CHECK, "--inventory", "sitemap.xml", cwd=work).stdout)
    assert [(f["evidence"]["url"], f["severity"]) for f in data["findings"]] == [("/learn/wasps", "error")]
    write(work, {"sitemap.xml": sitemap("https://hive.example/learn/wasps/")})
    data = read_report(run_tool(*CHECK, "--inventory", "sitemap.xml", cwd=work).stdout)
    assert [f["evidence"]["url"] for f in data["findings"]] == ["/learn/bees"]


HOSTED = """---
url: https://hive.example{0}
related_article1: /guides/bees/
related_article2: https://hive.example/guides/bees
related_article3: https://wasps.example/guides/bees
---
"""
PATHS = (
    "---\nurl: /b\nrelated: [/guides/bees, https://hive.example/guides/bees, https://wasps.example/guides/bees]\n---\n"
)
COVERED = [
    pytest.param("/guides/bees", HOSTED, [0, 1], id="a path, on the document's host"),
    pytest.param("guides/bees.html", HOSTED, [0, 1], id="a path with a suffix, on the document's host"),
    pytest.param("https://hive.example/guides/bees/", HOSTED, [0, 1], id="the document's host"),
    pytest.param("https://wasps.example/guides/bees", HOSTED, [2], id="another host"),
    pytest.param("/guides/bees", PATHS, [0], id="a path, for documents that name no host"),
    pytest.param("https://hive.example/guides/bees", PATHS, [0, 1], id="a host, for documents that name none"),
]


@pytest.mark.parametrize(("entry", "document", "covered"), COVERED)
@pytest.mark.parametrize("page", ["/b", ""])
def test_the_document_s_own_host(
    invoke: Invoke, work: Path, entry: str, document: str, covered: list[int], page: str
) -> None:
    write(work, {"a.md": document.replace("{0}", page), "list": f"{entry}\n"})
    missing = read_report(invoke(*CHECK, "--inventory", "list").stdout)["findings"]
    named = [finding["message"].split()[0] for finding in missing]
    first = 1 if document is HOSTED else 0
    assert [int(re.findall(r"\d", name)[0]) - first for name in named] == [n for n in range(3) if n not in covered]


def test_a_host_that_is_configured_is_the_only_one_of_the_site(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PATHS, "content-audit.toml": 'preset = "hugo"\n[fields]\nhosts = ["hive.example"]\n'})
    write(work, {"list": "https://wasps.example/guides/bees\n"})
    missing = read_report(invoke(*CHECK, "--inventory", "list").stdout)["findings"]
    assert [finding["message"].split()[0] for finding in missing] == ["related[0]", "related[1]"]


def test_a_rule_s_own_severity_goes_before_completeness(invoke: Invoke, work: Path) -> None:
    write(work, {"a.md": PAGE, "content-audit.toml": 'complete = true\n[severity]\nREL007 = "warning"\n'})
    assert {f["severity"] for f in read_report(invoke(*CHECK).stdout)["findings"]} == {"warning"}


def test_fixing_knows_the_inventory(invoke: Invoke, work: Path) -> None:
    repeated = PAGE.replace("/learn/wasps", "/learn/bees/")
    write(work, {"a.md": repeated, "all": "2\n/learn/bees\n"})
    result = invoke("fix", "--select", "REL", "--inventory", "all")
    assert result.stdout.endswith("1 fixed, 0 left (0 with --unsafe)\n")
    assert (work / "a.md").read_text() == PAGE.replace("related_article3: /learn/wasps\n", "")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_an_inventory_that_is_none_ends_the_command(invoke: Invoke, work: Path, command: str) -> None:
    write(work, {"a.md": PAGE, "list": "1\ntwo words\n"})
    result = invoke(command, "--inventory", "list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "list:2: neither a url nor an id: 'two words'" in result.stderr
