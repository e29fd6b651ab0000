"""The page in a real browser: it filters, searches, opens, pages and prints, and runs and fetches nothing."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from content_audit.graph import MISSING, Edge
from content_audit.render.html import ALONE, Beside, Part, render_html
from content_audit.render.html_pictures import links
from content_audit.render.html_text import Excerpt
from content_audit.render.shown import visible
from content_audit.report.earlier import with_run
from tests.render import beside_samples
from tests.render import html_samples as samples

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("no chromium on this machine", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

Open = Callable[..., Any]

OPENED = """async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  await new Promise((done) => setTimeout(done, 100));
}"""
"""Opens what is folded, and waits for what is only there when it is."""

ELEMENTS = "document.querySelectorAll('*').length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a report; afterwards, holds the page to having logged nothing and asked for nothing but itself."""
    context = browser.new_context()
    page = context.new_page()
    logged: list[str] = []
    requested: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    address = (tmp_path / "index.html").as_uri()

    def opened(
        report: Mapping[str, Any],
        excerpts: Mapping[int, Excerpt] | None = None,
        beside: Beside = ALONE,
        hash_: str = "",
    ) -> Any:
        (tmp_path / "index.html").write_text(render_html(report, excerpts or {}, beside), "utf-8")
        page.goto(address + hash_)
        return page

    yield opened
    context.close()
    assert logged == []
    assert {url.partition("#")[0] for url in requested if not url.startswith("data:")} == {address}


def codes(page: Any) -> list[str]:
    texts: list[str] = page.locator("#rows .row > code").all_inner_texts()
    return texts


def test_filter_by_rule_leaves_only_that_rule(show: Open) -> None:
    page = show(*samples.small())
    assert len(codes(page)) == 9
    page.click("[data-filter=rule][data-value=FM007]")
    assert codes(page) == ["FM007"]
    assert page.locator("#status").inner_text() == "1 of 9 findings"
    assert page.url.endswith("#rule=FM007")
    page.go_back()
    assert len(codes(page)) == 9


def test_filters_combine_and_stand_in_the_address(show: Open) -> None:
    page = show(*samples.small(), hash_="#severity=warning&folder=scraped")
    assert sorted(codes(page)) == ["BPL001", "TXT003"]
    page.click("[data-filter=fix][data-value=safe]")
    assert codes(page) == ["TXT003"]
    assert page.locator("#chips button").count() == 3
    page.click("[data-drop=folder]")
    assert codes(page) == ["TXT003"]
    page.click("[data-drop=fix]")
    assert len(codes(page)) == 4


def test_counts_say_what_choosing_them_leaves(show: Open) -> None:
    page = show(*samples.small(), hash_="#severity=warning")
    counts = {
        button.get_attribute("data-value"): button.locator(".count").inner_text()
        for button in page.locator(".by-folder button").all()
    }
    assert counts == {"scraped": "2", "orchards": "2"}
    assert page.locator("[data-filter=severity][data-value=error] .count").inner_text() == "3"


def test_search_takes_every_word(show: Open) -> None:
    page = show(*samples.small())
    page.fill("#search", "ROUTER apples off-topic")
    playwright.expect(page.locator("#rows .row")).to_have_count(1)
    assert codes(page) == ["REL008"]
    assert page.url.endswith("#q=ROUTER+apples+off-topic")
    page.fill("#search", "no such words")
    page.wait_for_selector("[data-clear]")
    assert not page.locator("#table").is_visible()
    page.click("[data-clear]")
    assert len(codes(page)) == 9


def test_a_click_opens_evidence_source_and_difference(show: Open) -> None:
    page = show(*samples.small(), hash_="#rule=REL008")
    assert not page.locator("#panel").is_visible()
    page.click("#rows .message button")
    assert page.locator(".evidence .words").first.inner_text().split() == ["apple", "orchard", "harvest", "storage"]
    assert page.locator(".evidence table td").first.inner_text() == "15"
    assert page.locator(".source:not(.diff) mark").all_inner_texts()[0] == "related_article1:"
    assert page.locator(".diff .added mark").all_inner_texts() == ["15", "Which apples keep longest?"]
    page.click("#panel .folding summary")
    playwright.expect(page.locator("#panel .folding h4").first).to_have_text("Why")
    assert "## " not in page.locator("#panel .folding").inner_text()
    assert "content-audit fix --unsafe --select REL008 ." in page.locator("#panel").inner_text()


def test_beside_a_finding_the_list_has_the_room_of_filters_and_places(show: Open) -> None:
    page = show(*samples.small())
    page.click("#rows .message button >> nth=1")
    assert page.locator("#facets *").count() == page.locator("#rows .location").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("#facets [data-filter]").count() > 9
    assert page.locator("#rows .location").count() == len(codes(page))


def test_an_address_opens_one_finding(show: Open) -> None:
    page = show(*samples.small(), hash_="#finding=DUP003-scraped/cider.txt")
    assert page.locator("#panel-title").inner_text() == "lines 48–87 repeat lines 3–42 (612 words)"
    assert page.locator("#rows [aria-current]").count() == 1
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.dataset.finding") == "DUP003-scraped/cider.txt"


def test_invisible_characters_are_seen(show: Open) -> None:
    page = show(*samples.small(), hash_="#finding=TXT003-scraped/cider.txt")
    assert page.locator(".diff .removed .unseen").all_inner_texts() == ["U+200B", "U+202E", "U+000D"]
    assert page.locator(".diff .added .unseen").all_inner_texts() == ["U+000D"]


def test_everything_is_reached_by_keyboard(show: Open) -> None:
    page = show(*samples.small())
    page.keyboard.press("/")
    page.keyboard.type("repeats")
    playwright.expect(page.locator("#rows .row")).to_have_count(1)
    page.keyboard.press("Escape")
    assert len(codes(page)) == 9
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() == "related_article3 repeats related_article2 (id 12)"
    page.keyboard.press("j")
    assert page.locator("#panel-title").inner_text() == "/date: “next week” is not a date"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_columns_sort(show: Open) -> None:
    page = show(*samples.small())
    page.click("#heads [data-sort=rule]")
    assert codes(page) == sorted(codes(page))
    assert page.evaluate("document.activeElement.textContent") == "Rule ↑"
    page.click("#heads button:has-text('Rule')")
    assert codes(page) == sorted(codes(page), reverse=True)
    assert page.url.endswith("#sort=-rule")


def test_documents_are_sorted_and_lead_to_their_findings(show: Open) -> None:
    page = show(*samples.small())
    page.click("nav [data-view=documents]")
    assert page.locator("#rows .row").count() == 8
    page.click("#heads button:has-text('Removed')")
    first = page.locator("#rows .row").first
    assert "612 words, 68.0 %" in first.inner_text()
    first.locator("button").click()
    assert sorted(codes(page)) == ["DUP003", "TXT003"]


def test_documents_are_filtered_by_what_they_have(show: Open) -> None:
    page = show(*samples.small(), hash_="#view=documents&severity=error")
    assert sorted(page.locator("#rows .path button").all_inner_texts()) == [
        "orchards/apples.md",
        "orchards/pears.md",
        "scraped/cider.txt",
    ]


def test_headings_stay_and_another_filter_begins_at_the_top(show: Open) -> None:
    page = show(samples.large(3_000))
    page.evaluate("scrollTo(0, 20000)")
    assert page.locator("#heads").bounding_box()["y"] < 80
    page.evaluate("go({ rule: 'SEO002' })")
    assert page.locator("#rows [aria-rowindex='2']").bounding_box()["y"] < 200


def test_a_search_leads_back_to_the_list(show: Open) -> None:
    page = show(*samples.small(), hash_="#view=collection")
    page.keyboard.press("/")
    page.keyboard.type("router")
    playwright.expect(page.locator("#rows .row")).to_have_count(1)
    assert not page.locator("#collection").is_visible()


def test_a_row_with_the_focus_goes_with_its_finding(show: Open) -> None:
    page = show(*samples.small(), hash_="#rule=FM007")
    page.evaluate("go({ rule: 'REL001' })")
    page.keyboard.press("j")
    page.go_back()
    assert codes(page) == ["FM007"]


def test_hostile_values_run_nothing_and_link_nowhere(show: Open) -> None:
    report, excerpts = samples.hostile()
    page = show(report, excerpts, beside_samples.hostile(report))
    for row in range(len(samples.HOSTILE)):
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        assert page.locator("#panel .detail").count() == 1, row
        assert page.locator("main img, main script, main a").count() == 0
        assert "⟨" not in page.locator("main").inner_text()
    page.click("nav [data-view=documents]")
    assert page.locator("#rows .row").count() == len(samples.HOSTILE)
    page.click("nav [data-view=collection]")
    assert (page.locator(".drawing").count(), page.locator(".heat").count()) == (1, 1)
    for document in report["documents"]:
        page.evaluate("path => go({view: 'document', document: path})", visible(document["path"]))
        assert page.locator(".text").count() == 2
        assert page.locator("main img, main script, main a").count() == 0
    assert page.evaluate("window.ran") is None


def test_hostile_addresses_of_the_page_itself_run_nothing(show: Open) -> None:
    page = show(
        *samples.small(),
        hash_="#rule=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E&view=__proto__&sort=constructor&finding=x",
    )
    assert page.evaluate("window.ran") is None
    assert page.locator("[data-clear]").is_visible()


@pytest.mark.parametrize(
    "hash_",
    [
        "#finding=%E0%A4%A",
        "#finding=" + "x" * 100_000,
        "#view=document&document=../../etc/passwd",
        "#view=document",
        "#&&==&finding",
        "#sort=-&q=%00",
        "#folder=__proto__&subject=toString",
    ],
)
def test_an_address_that_says_nothing_shows_the_page_all_the_same(show: Open, hash_: str) -> None:
    page = show(*samples.small(), hash_=hash_)
    assert not page.locator("#panel").is_visible()
    page.evaluate("go({ ...NO_FILTER, view: 'findings', sort: '', finding: '' })")
    assert len(codes(page)) == 9


def test_a_page_that_may_not_change_its_address_works(show: Open) -> None:
    page = show(*samples.small())
    page.evaluate("() => { history.pushState = history.replaceState = () => { throw new Error() } }")
    page.click("[data-filter=rule][data-value=FM007]")
    assert codes(page) == ["FM007"]
    page.click("#rows .message button")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("Escape")
    page.click("nav [data-view=collection]")
    assert page.locator(".heat").is_visible()


def test_names_and_messages_without_end(show: Open) -> None:
    long = "x" * 1_000_000
    findings = [
        samples.finding(
            "FM004",
            "schema-violation",
            "error",
            f"a\n{n}/b\r\n.md",
            long,
            evidence={long: long, "all": [long] * 50},
            fix=samples.fix("unsafe", long),
            related=[{"path": "c\nd.md", "start": samples.place(1), "end": samples.place(2), "message": long}],
        )
        for n in range(3)
    ]
    report = samples.report(findings, title=long, subject=long)
    lines = {n: Excerpt(1, (long, long), ((long, long + "y"),)) for n in range(3)}
    edges = [Edge(findings[0]["path"], MISSING + long, 1, "related_article1", "")]
    page = show(report, lines, Beside(links=links(edges, report)))
    assert len(page.content()) < 500_000
    page.click("#rows .message button >> nth=0")
    assert page.locator("#panel .path").first.inner_text() == "aU+000A0/bU+000DU+000A.md:2:1"
    assert "content-audit fix" not in page.locator("#panel").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for view in ("documents", "collection"):
        page.click(f"nav [data-view={view}]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_thousands_of_folders_and_subjects(show: Open) -> None:
    findings = [samples.finding("FM004", "schema-violation", "error", f"f{n}/a.md", f"m{n}") for n in range(5_000)]
    report = samples.report(findings, [f"f{n}/b.md" for n in range(5_000)])
    for n, document in enumerate(report["documents"]):
        document["subject"] = f"Subject {n}"
    page = show(report)
    assert page.evaluate(ELEMENTS) < 500
    page.click("[data-more=folder]")
    assert page.locator(".by-folder [data-filter]").count() == 46
    assert page.locator("[data-more=folder]").inner_text() == "4,954 more"
    page.click(".by-folder [data-filter] >> nth=45")
    assert len(codes(page)) == 1
    page.click("nav [data-view=collection]")
    assert page.evaluate(ELEMENTS) < 500


def test_documents_without_a_subject_are_a_choice_of_their_own(show: Open) -> None:
    findings = [samples.finding("FM004", "schema-violation", "error", f"{n}.md", f"m{n}") for n in range(5)]
    report = samples.report(findings)
    for n, document in enumerate(report["documents"]):
        document["subject"] = "" if n < 3 else "Pears"
    page = show(report)
    assert page.locator(".by-subject [aria-pressed=true]").count() == 0
    page.click(".by-subject [data-value='(none)']")
    assert len(codes(page)) == 3
    page.reload()
    assert len(codes(page)) == 3


def test_an_address_of_a_finding_that_is_gone_says_so(show: Open) -> None:
    page = show(*samples.small(), hash_="#finding=0000000000000000")
    assert "is not here" in page.locator("#status").inner_text()


@pytest.mark.parametrize("many", [0, 1])
def test_a_report_of_nothing_and_of_one(show: Open, many: int) -> None:
    page = show(samples.report([samples.finding("REL001", "duplicate", "error", "a.md", "m")][:many], ["a.md"]))
    assert len(codes(page)) == many
    assert page.locator("#empty").is_visible() == (not many)
    for view in ("documents", "collection"):
        page.click(f"nav [data-view={view}]")
        assert page.locator("#empty").is_visible() is False
    page.keyboard.press("j")
    page.evaluate("for (const name of ['beforeprint', 'afterprint']) dispatchEvent(new Event(name))")


def test_only_web_addresses_are_links(show: Open) -> None:
    values = ["https://example.org/a", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"]
    evidence = {str(i): value for i, value in enumerate(values)}
    page = show(
        samples.report([samples.finding("REL007", "unresolved-related-link", "info", "a.md", "x", evidence=evidence)])
    )
    page.click("#rows .message button")
    links = page.locator("#panel a")
    assert links.count() == 1
    assert links.get_attribute("href") == "https://example.org/a"
    assert "noopener" in links.get_attribute("rel")


def test_of_a_long_list_only_what_is_in_sight_is_there(show: Open) -> None:
    page = show(samples.large(10_000))
    assert page.locator("#status").inner_text() == "4,334 findings on this page"
    for _ in range(3):
        assert page.evaluate(ELEMENTS) < 500
        page.evaluate("scrollBy(0, 40000)")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    playwright.expect(page.locator("#rows [aria-rowindex='4335']")).to_have_count(1)


def test_a_row_stays_the_same_element_while_it_is_in_sight(show: Open) -> None:
    page = show(samples.large(1_000))
    page.evaluate("document.querySelectorAll('#rows .row')[8].mine = true")
    page.evaluate("scrollBy(0, 72)")
    page.click("#heads [data-sort=severity]")
    assert page.evaluate("[...document.querySelectorAll('#rows .row')].filter((row) => row.mine).length") == 1


def test_properties_stand_once_and_lead_to_their_examples(show: Open) -> None:
    page = show(samples.large(3_000))
    page.click("header [data-view=collection]")
    assert "100.0 % of all" in page.locator(".cards article").inner_text()
    page.click(".cards button[data-filter]")
    assert codes(page) == ["BPL012"] * 3


def test_a_document_is_read_with_its_findings_and_beside_it_the_cleaned_one(show: Open) -> None:
    report, excerpts = samples.small()
    page = show(report, excerpts, beside_samples.beside(report), "#document=scraped/market-day.txt")
    page.click("#chips [data-view=document]")
    before, after = page.locator(".text").all_inner_texts()
    assert after == beside_samples.PRESSED[10:].replace("\u200b", "U+200B")
    assert page.locator(".text .unseen").count() == 2
    assert page.locator(".text del").count() > 0
    assert before.startswith("Home\nShop\n")
    page.click(".spot")
    assert page.locator("#panel-title").inner_text() == "9 lines of site navigation"


def test_links_of_a_document_are_told_apart_by_more_than_colour(show: Open) -> None:
    report, excerpts = samples.small()
    page = show(report, excerpts, beside_samples.beside(report), "#view=document&document=orchards/apples.md")
    drawn = page.locator(".picture .drawing")
    assert {kind: drawn.locator(f"path.{kind}").count() for kind in ("mutual", "off-topic", "unresolved")} == {
        "mutual": 1,
        "off-topic": 1,
        "unresolved": 1,
    }
    assert drawn.locator("path.cross").count() == 1
    page.click(".picture summary")
    rows = [row.split("\t") for row in page.locator(".picture tbody tr").all_inner_texts()]
    assert sorted(rows) == [
        ["/orchards/medlars", "from here, not found"],
        ["On cider", "from here, off topic"],
        ["On pears", "both ways"],
    ]


def test_what_is_new_and_fixed_since_the_earlier_report(show: Open) -> None:
    report, excerpts = samples.small()
    page = show(report, excerpts, beside_samples.beside(report))
    assert "2 new, 1 fixed, 7 unchanged" in page.locator(".lead").inner_text()
    page.click("[data-filter=status][data-value=new]")
    assert sorted(codes(page)) == ["REL001", "REL008"]
    page.click("nav [data-view=collection]")
    page.click(".since summary")
    playwright.expect(page.locator(".since")).to_contain_text("SEO002 description-length")
    assert page.locator("polyline.trend").count() == 3
    assert page.locator("section.picture svg.drawing[role=img]").count() == 3


def test_each_picture_has_a_table_which_is_there_while_it_is_open(show: Open) -> None:
    report = samples.crowded()
    page = show(report, {}, beside_samples.crowded(report), "#view=collection")
    pictures = page.locator("section.picture:has(svg)")
    assert pictures.count() == pictures.locator("summary").count() == 4
    for picture in pictures.all():
        assert picture.locator("table").count() == 0
        picture.locator("summary").click()
        playwright.expect(picture.locator("table").first).to_be_visible()
        assert picture.locator("tbody tr").count() > 2
        picture.locator("summary").click()
        playwright.expect(picture.locator("table")).to_have_count(0)


def test_a_long_table_is_turned_over(show: Open) -> None:
    report = samples.crowded()
    page = show(report, {}, beside_samples.crowded(report), "#view=collection")
    links = page.locator("section.picture:has(.link-line)").last
    links.locator("summary").click()
    first = links.locator("tbody tr").first.inner_text()
    assert links.locator(".pager").inner_text().split()[1:4] == ["1–15", "of", "252"]
    assert links.locator("button:has-text('Back')").is_disabled()
    links.locator("button:has-text('Next')").click()
    assert links.locator(".pager").inner_text().split()[1:4] == ["16–30", "of", "252"]
    links.locator("button:has-text('Back')").click()
    assert links.locator("tbody tr").first.inner_text() == first


def test_a_number_of_the_picture_of_rules_leads_to_its_findings(show: Open) -> None:
    page = show(*samples.small(), hash_="#view=collection")
    page.click(".heat [data-rule=REL008]")
    assert codes(page) == ["REL008"]
    assert page.url.endswith("#rule=REL008&folder=orchards")
    page.go_back()
    page.click(".heat [data-value=orchards]")
    assert page.url.endswith("#folder=orchards")


@pytest.mark.parametrize(
    "view", ["findings", "documents", "collection", "document&document=folder-0/document-000000.md"]
)
def test_no_view_is_more_than_a_browser_draws_at_once(show: Open, view: str) -> None:
    report = samples.crowded()
    page = show(report, {}, beside_samples.crowded(report), f"#view={view}")
    assert page.evaluate(ELEMENTS) < 500
    for other in ("documents", "findings", "collection"):
        page.evaluate("view => go({ view, document: '', finding: F.print[0] })", other)
        page.evaluate("go({ finding: '' })")
        page.evaluate("scrollBy(0, 400)")
    page.evaluate("hash => (location.hash = hash)", f"#view={view}")
    playwright.expect(page.locator("body")).to_have_attribute("data-view", view.partition("&")[0])
    assert page.evaluate(ELEMENTS) < 500


def test_the_trend_goes_over_reports_that_were_named(show: Open) -> None:
    report, excerpts = samples.small()
    named = [{"name": name, **report["summary"]} for name in ("2030\u202e.json", "2031.json")]
    runs = with_run([], "2032-05-01T10:00:00+00:00", report["summary"])
    page = show(report, excerpts, Beside(history=[*named, *runs]), "#view=collection")
    trend = page.locator("section.picture:has(.trend)")
    assert "2 earlier reports, the one written to this folder:" in trend.inner_text()
    assert trend.locator("polyline").first.get_attribute("points").count(",") == 3
    trend.locator("summary").click()
    playwright.expect(trend.locator("tbody td:first-child")).to_have_text(
        ["2030U+202E.json", "2031.json", "2032-05-01 10:00"]
    )


def test_first_steps_lead_to_their_findings(show: Open) -> None:
    page = show(*samples.small())
    page.click(".first li >> nth=1 >> [data-step]")
    assert codes(page) == ["REL001"]
    assert page.url.endswith("#fix=safe&rule=REL001")


def test_a_command_is_copied(show: Open) -> None:
    page = show(*samples.small())
    page.evaluate("document.addEventListener('copy', () => (window.copied = String(document.activeElement.value)))")
    page.context.grant_permissions([])
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject()}})")
    page.click(".first [data-copy] >> nth=0")
    playwright.expect(page.locator(".first [data-copy] >> nth=0")).to_have_text("Copied")
    assert page.evaluate("window.copied") == "content-audit fix --select DUP003 ."


def test_print_shows_more_rows(show: Open) -> None:
    page = show(samples.large(3_000), {})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#rows .row").count() == 500
    assert "first 500 of 1,300" in page.locator("#status").inner_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#rows .row").count() < 60
    assert page.locator("#status").inner_text() == "1,300 findings on this page"


def test_on_paper_rows_say_where_and_an_open_finding_stands_alone(show: Open) -> None:
    page = show(*samples.with_property())
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#rows .location").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.evaluate("go({ view: 'collection' })")
    assert page.locator(".cards li button").first.is_visible()
    assert not page.locator(".cards article > button").is_visible()
    page.evaluate("go({ view: 'findings', finding: 'FM007-orchards/pears.md' })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#panel").is_visible()
    assert not page.locator("#rows").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("#rows .row").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_reader(browser: Any, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "index.html").write_text(render_html(*samples.small()), "utf-8")
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]")
    assert (shade > 200) is (scheme == "light")


def test_what_a_page_says_of_itself_stands_in_no_reader_s_way(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    monkeypatch.setattr("content_audit.render.html_data.MAX_LISTED", 5)
    page_text = render_html(*samples.small(), parts=[Part("folders/0.html", "a", 9)], above="..", most_detailed=1)
    (tmp_path / "index.html").write_text(page_text, "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        assert page.locator("#truncated, #undetailed, .parts, .notice a").count() == 4
        found = axe.run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "#finding=REL008-orchards/apples.md",
        "#finding=TXT003-scraped/cider.txt&q=nobody",
        "#q=nothing+has+these+words",
        "#view=documents",
        "#view=collection",
        "#view=document&document=scraped/market-day.txt",
        "#view=document&document=orchards/apples.md",
    ],
)
def test_nothing_stands_in_the_way_of_any_reader(browser: Any, tmp_path: Path, scheme: str, address: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    report, excerpts = samples.with_property()
    (tmp_path / "index.html").write_text(render_html(report, excerpts, beside_samples.beside(report)), "utf-8")
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri() + address)
        page.evaluate(OPENED)
        found = axe.run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
