"""Configuration and schemas: what is taken, and that each mistake is one line that names its place."""

import json
from pathlib import Path

import pytest

from content_audit.config import Config, ConfigError, load_config
from content_audit.config_schema import CONFIG_SCHEMA
from content_audit.model import Fields
from content_audit.place import find_config
from content_audit.presets import PRESETS
from tests.conftest import Invoke, codes, read_report, run_tool, write

ARTICLE = "---\nid: 1\nkind: post\ntitle: Apples\n---\n\nApples keep until spring.\n"


def schema(body: str) -> str:
    return '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", ' + body + "}"


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(None, tmp_path) == Config(folder=tmp_path)


def test_all_that_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "content-audit.toml"
    file.write_text(
        'roots = ["content"]\ninclude = ["*.md"]\nexclude = ["drafts/**"]\nselect = ["REL"]\nextend-select = ["FM"]\n'
        'ignore = ["REL008"]\nfail-on = "warning"\ncomplete = true\nmax-size = 5\n[severity]\nREL008 = "error"\n'
        '[fields]\nid = ["key"]\nlinks = "see#"\nseo-title = ["meta.title"]\n[rules.SEO002]\nmax = 170\n'
        '[[schemas]]\nfile = "s.json"\ninclude = ["a/*.md"]\nwhere = { kind = "post" }\n',
        encoding="utf-8",
    )
    write(tmp_path, {"content/a.md": "", "s.json": "{}"})
    config = load_config(file, tmp_path)
    assert config.roots == ("content",)
    assert (config.fail_on, config.complete, config.max_size) == ("warning", True, 5)
    assert config.severity == {"REL008": "error"}
    assert config.fields == Fields(id=("key",), links=("see#",), seo_title=("meta.title",))
    assert config.rules == {"SEO002": {"max": 170}}
    (use,) = config.schemas
    assert (use.file, use.include, use.where) == (tmp_path / "s.json", ("a/*.md",), (("kind", "post"),))


def test_the_shape_of_a_site(tmp_path: Path) -> None:
    text = (
        'preset = "hugo"\nexclude = ["drafts/**"]\n[fields]\nlinks = ["see", "meta.see#"]\nlink-items = "slug"\n'
        'hosts = ["hive.example"]\n[fields.path-urls]\n"b/{slug}" = "/{slug}/"\n"a/{slug}" = "/a/{slug}/"\n'
    )
    write(tmp_path, {"content-audit.toml": text})
    config = load_config(tmp_path / "content-audit.toml", tmp_path)
    assert config.fields.path_urls == (("b/{slug}", "/{slug}/"), ("a/{slug}", "/a/{slug}/"))
    assert (config.fields.links, config.fields.link_items) == (("see", "meta.see#"), "slug")
    assert config.fields.aliases == PRESETS["hugo"].fields.aliases
    assert config.exclude == (*PRESETS["hugo"].exclude, "drafts/**")


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.other]\n", "a/pyproject.toml": "[tool.content-audit]\n"})
    write(tmp_path, {"a/b/content-audit.toml": "", "a/b/pyproject.toml": "[tool.content-audit]\n", "a/c/d/x": ""})
    assert find_config(tmp_path / "a" / "b") == tmp_path / "a" / "b" / "content-audit.toml"
    assert find_config(tmp_path / "a" / "c" / "d") == tmp_path / "a" / "pyproject.toml"
    write(tmp_path, {"a/c/.git/HEAD": ""})
    assert find_config(tmp_path / "a" / "c" / "d") is None


MISTAKES = [
    pytest.param("a = \n", ":1: ", id="no TOML"),
    pytest.param('select = ["REL"]\nselect = ["FM"]\n', ":2: ", id="a key twice"),
    pytest.param('x = "' + "[" * 9, "content-audit.toml", id="never closed"),
    pytest.param("a = " + "[" * 5_000, "content-audit.toml", id="nested without end"),
    pytest.param('\nselct = ["REL"]\n', ":2: unknown key selct; did you mean select?", id="a misspelt key"),
    pytest.param("[fields]\nheading = []\n", ":2: unknown key fields.heading", id="a key of another table"),
    pytest.param('\n\nselect = "REL"\n', ":3: select: ", id="a string for a list"),
    pytest.param('preset = "huga"\n', ":1: preset: ", id="no preset"),
    pytest.param('[fields]\nlinks = "see#also#"\n', ":2: fields.links: 'see#also#' may have one #", id="two numbers"),
    pytest.param('[fields]\nlinks = ["see#.also"]\n', ":2: fields.links: ", id="a number in the middle"),
    pytest.param('[fields]\nlink-items = "name"\n', ":2: fields.link-items: ", id="no kind of link"),
    pytest.param('[fields]\nhosts = ["https://hive.example"]\n', ":2: fields.hosts: ", id="a url for a host"),
    pytest.param('[fields.path-urls]\n"a/{b" = "/"\n', ":2: fields.path-urls: ", id="a pattern never closed"),
    pytest.param('[fields.path-urls]\n"a" = "/{b:upper}/"\n', ":2: fields.path-urls: ", id="a case that is none"),
    pytest.param('[fields.path-urls]\n"{a}/{a}" = "/"\n', ":2: fields.path-urls: ", id="a name twice in a pattern"),
    pytest.param('\ninventory = ["none.txt"]\n', "none.txt: No such file or directory", id="no inventory"),
    pytest.param("max-size = 0\n", ":1: max-size: ", id="too small"),
    pytest.param("max-size = inf\n", ":1: ", id="no number that JSON knows"),
    pytest.param("max-size = 2025-01-01\n", ":1: ", id="a date"),
    pytest.param('fail-on = "fatal"\n', ":1: fail-on: ", id="no severity"),
    pytest.param(
        'select = ["REL001"]\nignore = ["REL999"]\n', ":2: ignore: no rule begins with 'REL999'", id="no rule"
    ),
    pytest.param('select = [""]\n', ":1: select: ", id="an empty code"),
    pytest.param('[severity]\nREL999 = "error"\n', ":2: severity: no rule 'REL999'", id="severity of no rule"),
    pytest.param("[rules.REL999]\n", ":1: rules: no rule 'REL999'", id="options of no rule"),
    pytest.param("[rules.SEO002]\nmaximum = 1\n", ":2: rules.SEO002: no option 'maximum'", id="no option"),
    pytest.param('[rules.SEO002]\nmax = "long"\n', ":2: rules.SEO002.max: expected int", id="an option's type"),
    pytest.param("[rules.SEO002]\nmax = true\n", ":2: rules.SEO002.max: expected int", id="a boolean is no number"),
    pytest.param("[rules.SEO002]\nmax = 2025-01-01\n", ":2: ", id="an option that is a date"),
    pytest.param("[[schemas]]\ninclude = []\n", "file", id="a schema without its file"),
    pytest.param('[[schemas]]\nfile = "none.json"\n', "none.json", id="a schema that is not there"),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_is_one_line_with_its_place(invoke: Invoke, work: Path, text: str, expected: str) -> None:
    write(work, {"content-audit.toml": text, "a.md": ARTICLE})
    result = invoke("check")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert expected in result.stderr
    assert any(name in result.stderr for name in ("content-audit.toml", ".json", ".txt"))


def test_a_mistake_in_pyproject_names_its_line(invoke: Invoke, work: Path) -> None:
    write(work, {"pyproject.toml": '[project]\nname = "x"\n\n[tool.content-audit]\nselct = ["REL"]\n'})
    result = invoke("check")
    assert result.exit_code == 2
    assert "pyproject.toml:5: unknown key selct; did you mean select?" in result.stderr


@pytest.mark.parametrize("text", ["tool = 1\n", "[tool]\ncontent-audit = 1\n", "[tool.content-audit-other]\na = 1\n"])
def test_a_pyproject_of_another_shape_is_no_traceback(invoke: Invoke, work: Path, text: str) -> None:
    write(work, {"pyproject.toml": text, "a.md": ARTICLE})
    result = invoke("check", "--config", "pyproject.toml")
    assert result.exit_code == 0 or result.stderr.count("\n") == 1


def test_configuration_that_is_no_text(invoke: Invoke, work: Path) -> None:
    write(work, {"content-audit.toml": b"a = '\xff'"})
    result = invoke("check")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "not UTF-8" in result.stderr


def test_isolated_reads_no_configuration(invoke: Invoke, work: Path) -> None:
    write(work, {"content-audit.toml": "nonsense", "a.md": ARTICLE})
    assert invoke("check", "--isolated").exit_code == 0


def test_severity_and_options_are_the_configured_ones(invoke: Invoke, work: Path) -> None:
    text = ARTICLE.replace("title:", "description: Apples keep until spring where it is cool, dark and airy.\ntitle:")
    write(work, {"a.md": text})
    assert invoke("check", "--select", "SEO002").exit_code == 0
    write(work, {"content-audit.toml": '[severity]\nSEO002 = "error"\n[rules.SEO002]\nmin = 100\n'})
    data = read_report(invoke("check", "--select", "SEO002", "--output-format", "json").stdout)
    assert [(finding["code"], finding["severity"]) for finding in data["findings"]] == [("SEO002", "error")]


def test_roots_are_what_documents_are_held_against(invoke: Invoke, work: Path) -> None:
    write(work, {"content-audit.toml": 'roots = ["content"]\n', "content/a.md": ARTICLE, "content/sub/b.md": ARTICLE})
    data = read_report(invoke("check", "content/sub", "--select", "ID001", "--output-format", "json").stdout)
    assert [(finding["code"], finding["path"]) for finding in data["findings"]] == [("ID001", "content/sub/b.md")]
    assert data["findings"][0]["related"][0]["path"] == "content/a.md"
    assert [document["path"] for document in data["documents"]] == ["content/sub/b.md"]


def doubling(times: int) -> str:
    """Definitions, each of which asks twice for the next one."""
    chain = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(times)}
    return json.dumps({**chain, f"a{times}": {"type": "object"}})


BAD_SCHEMAS = [
    pytest.param("{", "s.json:1:2: not JSON", id="no JSON"),
    pytest.param("[" * 100_000, "s.json", id="nested without end"),
    pytest.param('{"not": ' * 2_000 + "{}" + "}" * 2_000, "s.json", id="schemas nested without end"),
    pytest.param("5", "s.json", id="no schema at all"),
    pytest.param(
        schema('"properties": {"d": {"format": "dat"}}'),
        "#/properties/d/format: unknown format 'dat' (did you mean 'date'?)",
        id="an unknown format",
    ),
    pytest.param(
        schema('"properties": {"d": {"format": ["date"]}}'), "#/properties/d/format", id="a format that is no word"
    ),
    pytest.param(
        schema('"properties": {"d": {"minLenght": 1}}'),
        "#/properties/d/minLenght: unknown keyword 'minLenght' (did you mean 'minLength'?)",
        id="a misspelt keyword",
    ),
    pytest.param(schema('"properties": {"d": {"type": "text"}}'), "#/properties/d/type", id="an unknown type"),
    pytest.param(schema('"properties": {"d": {"pattern": "("}}'), "s.json", id="a pattern that is none"),
    pytest.param(
        schema('"$ref": "http://localhost:9/x.json"'),
        "#/$ref: $ref http://localhost:9/x.json leaves",
        id="out to the network",
    ),
    pytest.param(
        schema('"$ref": "file:///etc/hostname"'), "#/$ref: $ref file:///etc/hostname leaves", id="out to another file"
    ),
    pytest.param(
        schema('"allOf": [{"$ref": "../x.json"}]'), "#/allOf/0/$ref: $ref ../x.json leaves", id="up out of the folder"
    ),
    pytest.param(schema('"$ref": "http://[x"'), "#/$ref", id="an address that is none"),
    pytest.param(schema('"$ref": "file:///a%00b"'), "#/$ref", id="a path with a nought"),
    pytest.param(schema('"$ref": "none.json"'), "none.json", id="to a file that is not there"),
    pytest.param(schema('"$ref": "#/$defs/none"'), "s.json", id="to a part that is not there"),
    pytest.param(
        schema('"items": {"$id": "http://localhost:9/", "$ref": "x.json"}'), "x.json", id="out by another base"
    ),
    pytest.param('{"$schema": "http://localhost:9/meta", "type": "object"}', "s.json", id="a meta-schema elsewhere"),
    pytest.param(schema('"$ref": "#"'), "leads back to itself", id="itself"),
    pytest.param(
        schema('"properties": {"d": {"anyOf": [{"not": {"$ref": "#/properties/d"}}]}}'),
        "#/properties/d: leads back to itself",
        id="a circle at one value",
    ),
    pytest.param(schema(f'"$ref": "#/$defs/a0", "$defs": {doubling(24)}'), "holds over 100,000", id="doubled 24 times"),
    pytest.param(schema(f'"$ref": "#/$defs/a0", "$defs": {doubling(500)}'), "too deeply", id="doubled 500 times"),
    pytest.param('{"not":' * 5_000 + "{}" + "}" * 5_000, "nested too deeply", id="nested 5,000 times"),
    pytest.param('{"enum": [' + "1, " * 1_500_000 + "1]}", "over 4,194,304 bytes", id="a large file"),
    pytest.param(
        schema('"properties": {"d": {"pattern": "((a{1000}){1000}){1000}"}}'), "pattern", id="a large pattern"
    ),
]


@pytest.mark.parametrize(("text", "expected"), BAD_SCHEMAS)
def test_a_schema_that_cannot_be_used_is_one_line(invoke: Invoke, work: Path, text: str, expected: str) -> None:
    write(
        work, {"content-audit.toml": '[[schemas]]\nfile = "schemas/s.json"\n', "schemas/s.json": text, "a.md": ARTICLE}
    )
    write(work, {"x.json": "{}"})
    result = invoke("check")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("content-audit: ")
    assert expected in result.stderr


def test_a_schema_that_only_refers_to_itself_is_survived(invoke: Invoke, work: Path) -> None:
    write(work, {"s.json": '{"$ref": "#"}', "a.md": ARTICLE})
    assert invoke("check", "--schema", "s.json").exit_code in (0, 1, 2)


def test_several_schemas_side_by_side(invoke: Invoke, work: Path) -> None:
    write(
        work,
        {
            "content-audit.toml": '[[schemas]]\nfile = "s/post.json"\nwhere = { kind = "post" }\n'
            '[[schemas]]\nfile = "s/page.json"\ninclude = ["pages/**"]\n',
            "s/post.json": schema('"properties": {"title": {"$ref": "parts/text.json#/$defs/text"}}'),
            "s/parts/text.json": '{"$defs": {"text": {"type": "string", "minLength": 10}}}',
            "s/page.json": '{"$schema": "http://json-schema.org/draft-07/schema#", "required": ["layout"]}',
            "a.md": ARTICLE,
            "pages/b.md": ARTICLE.replace("post", "page"),
            "c.md": ARTICLE.replace("post", "other"),
        },
    )
    data = read_report(invoke("check", "--select", "FM004,FM005", "--output-format", "json").stdout)
    assert [(finding["path"], finding["code"]) for finding in data["findings"]] == [
        ("a.md", "FM004"),
        ("c.md", "FM005"),
        ("pages/b.md", "FM004"),
    ]


def test_a_changed_schema_is_noticed_in_spite_of_the_index(work: Path) -> None:
    given = {
        "content-audit.toml": '[[schemas]]\nfile = "s.json"\n',
        "a.md": ARTICLE,
        "s.json": schema('"required": []'),
    }
    write(work, given)
    arguments = ("check", "--select", "FM004", "--output-format", "json")
    assert codes(read_report(run_tool(*arguments, cwd=work).stdout)) == []
    write(work, {"s.json": schema('"required": ["date"]')})
    assert codes(read_report(run_tool(*arguments, cwd=work).stdout)) == ["FM004"]


def test_the_configuration_schema_is_closed() -> None:
    assert CONFIG_SCHEMA["additionalProperties"] is False
    with pytest.raises(ConfigError, match="known are"):
        Config(folder=Path()).fail("known are")
