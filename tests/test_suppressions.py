"""Suppressions as they are used: in every kind of document, by the configuration, and written by the tool itself."""

from pathlib import Path

import pytest

from tests.conftest import Invoke, codes, contents, read_report, run_tool, write

TWICE = "related_article1: {id: 2}\nrelated_article2: {id: 2}\n"
SONG = "\n".join(
    f"Verse {number}: the newts of the pond sing to the toads of the marsh at dusk, all of them." for number in range(9)
)


def found(invoke: Invoke, *options: str) -> list[str]:
    return codes(read_report(invoke("check", ".", "--no-cache", "--output-format", "json", *options).stdout))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\n# content-audit: file-ignore[REL001]\n{TWICE}---\n", id="YAML, the file"),
        pytest.param(
            "---\nrelated_article1: {id: 2}\nrelated_article2: # content-audit: ignore[REL001]\n  id: 2\n---\n",
            id="at a key",
        ),
        pytest.param(
            "---\nrelated_article1: {id: 2}\nrelated_article2:\n  id: 2 # content-audit: ignore[REL001]\n---\n",
            id="inside",
        ),
        pytest.param(
            "---\nrelated_article1: {id: 2}\n# content-audit: ignore[REL001]\n\nrelated_article2:\n  id: 2\n---\n",
            id="above",
        ),
        pytest.param(
            "---\nrelated:\n  - /newts\n  # content-audit: ignore[duplicate-related-link]\n  - /newts\n---\n",
            id="an item",
        ),
        pytest.param("+++\nrelated = [\n  '/newts',\n  '/newts', # content-audit: ignore[REL001]\n]\n+++\n", id="TOML"),
        pytest.param(
            f"---\r\n{TWICE}---\r\n<!-- content-audit: file-ignore[REL001] -->\r\n".replace("\n", "\r\n").replace(
                "\r\r", "\r"
            ),
            id="CRLF, from the text",
        ),
        pytest.param('{"related": ["/newts", "/newts"]}\n<!-- content-audit: file-ignore[REL001] -->\n', id="JSON"),
    ],
)
def test_a_repeated_link_is_left(invoke: Invoke, work: Path, text: str) -> None:
    write(work, {"a.md": text})
    assert found(invoke, "--select", "REL001,SUP") == []
    invoke("fix", ".", "--unsafe", "--select", "REL001,SUP")
    assert (work / "a.md").read_bytes().decode() == text
    write(work, {"a.md": text.replace("content-audit:", "content audit:")})
    assert found(invoke, "--select", "REL001,SUP") == ["REL001"]


def test_what_is_suppressed_is_not_removed_with_others(invoke: Invoke, work: Path) -> None:
    text = f"---\n{TWICE}# content-audit: ignore[REL001] -- the campaign\nrelated_article3: {{id: 2}}\n---\n"
    write(work, {"a.md": text})
    assert found(invoke, "--select", "REL001,SUP") == ["REL001"]
    invoke("fix", ".", "--unsafe", "--select", "REL001,SUP")
    assert (work / "a.md").read_text() == text


def test_a_range_and_a_block_of_the_text(invoke: Invoke, work: Path) -> None:
    twice = f"# Songs\n\n{SONG}\n\nA word between.\n\n{SONG}\n"
    write(work, {"a.md": twice})
    assert found(invoke, "--select", "DUP003") == ["DUP003"]
    write(work, {"a.md": f"<!-- content-audit: disable[DUP003] -->\n{twice}<!-- content-audit: enable[DUP003] -->\n"})
    assert found(invoke, "--select", "DUP003,SUP") == []
    write(work, {"a.md": twice.replace("between.\n", "between.\n\n<!-- content-audit: ignore[DUP003] -->")})
    assert found(invoke, "--select", "DUP003,SUP") == []


def test_the_configuration_spares_files(invoke: Invoke, work: Path) -> None:
    files = {"old/a.md": f"---\n{TWICE}---\n", "new/a.md": f"---\n{TWICE}---\n"}
    write(work, {**files, "content-audit.toml": '[per-file-ignores]\n"old/**" = ["REL"]\n'})
    report = read_report(invoke("check", ".", "--output-format", "json", "--select", "REL001").stdout)
    assert [finding["path"] for finding in report["findings"]] == ["new/a.md"]
    invoke("fix", ".", "--select", "REL001")
    assert (work / "old" / "a.md").read_text() == files["old/a.md"]
    assert (work / "new" / "a.md").read_text() != files["new/a.md"]
    write(work, {"content-audit.toml": '[per-file-ignores]\n"old/**" = ["RAL"]\n'})
    done = invoke("check", ".")
    assert done.exit_code == 2
    assert "content-audit.toml:2: per-file-ignores: no rule begins with 'RAL'" in done.stderr


def test_suppressions_written_by_the_tool(invoke: Invoke, work: Path) -> None:
    files = {
        "yaml.md": f"---\ntitle: TODO\n{TWICE}answer: |\n  Call [email protected] now.\n---\nNewts\u200blive.\n",
        "toml.md": "+++\ntitle = 'TODO'\nrelated = ['/newts', '/newts']\n+++\nText",
        "json.md": '{"title": "TODO", "related": ["/newts", "/newts"]}\nText\n',
        "bare.md": "Newts\u200b live here.\n\n```\nso\u200b do toads\n```\n",
        "crlf.md": "---\r\ntitle: TODO\r\n---\r\nNewts.\r\n",
        "break.md": "---\ntitle: Ponds of old\n---\nNewts\u200bx  \nand toads\u200bx\\\nand frogs.\n",
        "page.html": "<!doctype html><title>TODO</title><p\nid='a'>Newts live here, and so do toads.</p>\n",
        "other.html": "<!doctype html><title>TODO</title><p\nid='a'>Newts live here, and so do toads.</p>\n",
        "text.txt": "Newts\u200b live here, and so do toads.\nA second line\u200b of it",
    }
    write(work, files)
    before = found(invoke)
    assert len(before) > 8
    done = invoke(
        "check",
        ".",
        "--add-ignore",
        "--reason",
        "as it was found",
        "--output-format",
        "json",
        "--extend-select",
        "SUP002",
    )
    assert codes(read_report(done.stdout)) == []
    assert found(invoke, "--extend-select", "SUP002") == []
    after = {name: data.decode() for name, data in contents(work).items()}
    assert all("-- as it was found" in text for text in after.values())
    assert "\r\n# content-audit: ignore[FM008, ID003] -- as it was found\r\ntitle" in after["crlf.md"]
    ends = {"Newts\u200bx  ": "x <!-- {0} -->  \n", "and toads\u200bx\\": "x <!-- {0} -->\\\n"}
    for words in ends.values():
        assert words.format("content-audit: ignore[TXT003] -- as it was found") in after["break.md"]
    assert after["page.html"].startswith(files["page.html"])
    for name, text in after.items():
        assert [line for line in files[name].split("\n") if line not in ends and line.rstrip("\r") not in text] == []
    write(work, {name: text.replace("TODO", "Ponds") for name, text in after.items()})
    assert set(found(invoke)) == {"SUP001"}
    invoke("fix", ".")
    assert not any("FM008" in data.decode() for data in contents(work).values())


def test_no_comment_of_html_is_written_where_none_is_known(invoke: Invoke, work: Path) -> None:
    head = "---\ntitle: Ponds\n---\n"
    write(work, {"a.mdx": f"{head}Newts\u200bx live here.\n", "b.mdx": "Newts\u200bx live here, and toads.\n"})
    invoke("check", ".", "--add-ignore", "--select", "TXT003")
    assert (work / "b.mdx").read_text() == "Newts\u200bx live here, and toads.\n"
    rule = "# content-audit: file-ignore[TXT003]\n"
    assert (work / "a.mdx").read_text() == f"{head[:4]}{rule}{head[4:]}Newts\u200bx live here.\n"


def test_what_is_told_beside_furniture_leaves_it_what_it_is(invoke: Invoke, work: Path) -> None:
    page = "Home\nNews\nContact\nAdvertisements\n{0}\nAdvertisements\nRelated articles\n\nTags: newts\n\nHeading\n{0}\n"
    write(work, {"a.txt": page.format(SONG), "b.md": "---\ntitle: Newts\n---\n&nbsp;\n"})
    before = found(invoke)
    assert {"BPL002", "BPL012", "DUP003"} <= set(before)
    assert codes(read_report(invoke("check", ".", "--add-ignore", "--output-format", "json").stdout)) == []
    after = contents(work)
    invoke("check", ".", "--add-ignore")
    invoke("fix", ".", "--unsafe")
    assert contents(work) == after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("``<!-- content-audit: ignore[NOPE] -->``", [], id="shown between two backticks each"),
        pytest.param("` `` <!-- content-audit: ignore[NOPE] -->`", [], id="shown with others inside"),
        pytest.param("` a` <!-- content-audit: ignore[NOPE] --> `", ["SUP003"], id="after what is closed"),
        pytest.param("`` a <!-- content-audit: ignore[NOPE] -->", ["SUP003"], id="after what is never closed"),
        pytest.param("<!-- content-audit: ignroe[REL001] -->", ["SUP003"], id="a slip of the pen is not taken out"),
        pytest.param(
            "<!-- content-audit: ignore[TXT003] until=2020-01-01 -->", ["SUP004"], id="no dashes before a day"
        ),
    ],
)
def test_what_counts_as_told(invoke: Invoke, work: Path, text: str, expected: list[str]) -> None:
    write(work, {"a.md": f"---\ntitle: Newts\n---\nNewts {text} live here.\n"})
    assert found(invoke, "--select", "SUP") == expected


def test_a_reason_stays_inside_its_comment(work: Path) -> None:
    write(work, {"a.md": f"---\n{TWICE}---\n"})
    for reason in ("a --> b", "a\nb"):
        done = run_tool("check", ".", "--add-ignore", "--reason", reason, cwd=work)
        assert done.returncode == 2
    assert (work / "a.md").read_text() == f"---\n{TWICE}---\n"
