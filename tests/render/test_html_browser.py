"""The page in a real browser: it filters, searches, opens, pages and prints, and runs and fetches nothing."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from content_audit.render.html import render_html
from content_audit.render.html_text import Excerpt
from tests.render import html_samples as samples

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("no chromium on this machine", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

Open = Callable[..., Any]


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

    def opened(report: Mapping[str, Any], excerpts: Mapping[int, Excerpt] | None = None, hash_: str = "") -> Any:
        (tmp_path / "index.html").write_text(render_html(report, excerpts or {}), "utf-8")
        page.goto(address + hash_)
        return page

    yield opened
    context.close()
    assert logged == []
    assert {url.partition("#")[0] for url in requested if not url.startswith("data:")} == {address}


def codes(page: Any) -> list[str]:
    texts: list[str] = page.locator(".finding .origin > code").all_inner_texts()
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


def test_search_looks_into_evidence(show: Open) -> None:
    page = show(*samples.small())
    page.fill("#search", "ROUTER harvest")
    playwright.expect(page.locator(".finding")).to_have_count(1)
    assert codes(page) == ["REL008"]
    assert page.url.endswith("#q=ROUTER+harvest")
    page.fill("#search", "no such words")
    page.wait_for_selector(".empty")
    page.click("[data-clear]")
    assert len(codes(page)) == 9


def test_a_click_opens_evidence_source_and_difference(show: Open) -> None:
    page = show(*samples.small(), hash_="#rule=REL008")
    assert page.locator(".detail").count() == 0
    page.click(".finding summary")
    page.wait_for_selector(".detail")
    assert page.locator(".evidence .words").first.inner_text().split() == ["apple", "orchard", "harvest", "storage"]
    assert page.locator(".evidence table td").first.inner_text() == "15"
    assert page.locator(".source:not(.diff) mark").all_inner_texts()[0] == "related_article1:"
    assert page.locator(".diff .added mark").all_inner_texts() == ["5", "Which apples keep longest?"]


def test_everything_is_reached_by_keyboard(show: Open) -> None:
    page = show(*samples.small())
    page.keyboard.press("/")
    page.keyboard.type("repeats")
    playwright.expect(page.locator(".finding")).to_have_count(1)
    page.keyboard.press("Escape")
    assert len(codes(page)) == 9
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".detail")
    assert page.locator(".finding[open] .origin > code").all_inner_texts() == ["REL001"]


def test_skipping_to_the_findings_keeps_the_filters(show: Open) -> None:
    page = show(*samples.small(), hash_="#rule=FM007")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    assert codes(page) == ["FM007"]


def test_a_place_leads_to_the_findings_of_its_document(show: Open) -> None:
    page = show(*samples.small(), hash_="#rule=DUP003")
    page.click("#toggle")
    page.click(".places button")
    assert sorted(codes(page)) == ["DUP003", "TXT003"]


def test_documents_are_sorted_by_a_heading_and_lead_to_their_findings(show: Open) -> None:
    page = show(*samples.small())
    page.click("nav [data-view=documents]")
    page.click("th:has-text('Removed') button")
    assert page.locator("th:has-text('Removed')").get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.textContent") == "Removed ↓"
    first = page.locator(".documents tbody tr").first
    assert "612 words, 68.0 %" in first.inner_text()
    first.locator("button").click()
    assert sorted(codes(page)) == ["DUP003", "TXT003"]


def test_hostile_values_run_nothing_and_link_nowhere(show: Open) -> None:
    page = show(*samples.hostile())
    page.click("#toggle")
    playwright.expect(page.locator(".detail")).to_have_count(len(samples.HOSTILE))
    assert page.evaluate("window.ran") is None
    assert page.locator("#list img, #list script, #list a").count() == 0
    assert "⟨" not in page.locator("#list").inner_text()
    page.click("nav [data-view=documents]")
    assert page.locator(".documents tbody tr").count() == len(samples.HOSTILE)
    assert page.evaluate("window.ran") is None


def test_hostile_addresses_of_the_page_itself_run_nothing(show: Open) -> None:
    page = show(
        *samples.small(), hash_="#rule=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E&page=-3&order=__proto__&sort=x"
    )
    assert page.evaluate("window.ran") is None
    assert page.locator(".empty").count() == 1


def test_only_web_addresses_are_links(show: Open) -> None:
    values = ["https://example.org/a", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"]
    evidence = {str(i): value for i, value in enumerate(values)}
    page = show(
        samples.report([samples.finding("REL007", "unresolved-related-link", "info", "a.md", "x", evidence=evidence)])
    )
    page.click(".finding summary")
    page.wait_for_selector(".detail")
    links = page.locator("#list a")
    assert links.count() == 1
    assert links.get_attribute("href") == "https://example.org/a"
    assert "noopener" in links.get_attribute("rel")


def test_a_large_report_is_paged(show: Open) -> None:
    page = show(samples.large(3_000))
    assert page.locator(".finding").count() <= 200
    assert page.locator("#status").inner_text() == "1,300 findings on this page"
    page.click("#pager button:has-text('Next')")
    assert page.locator("#pager").inner_text().split("\n")[0].startswith("Previous")
    assert "Page 2 of 26" in page.locator("#pager").inner_text()
    page.click(".cards button")
    assert codes(page) == ["BPL012"] * 3


def test_print_opens_what_the_list_shows(show: Open) -> None:
    page = show(samples.large(3_000), {})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".finding[open] .detail").count() == 200
    assert "first 200 of 1,300" in page.locator("#status").inner_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".finding").count() == 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_reader(browser: Any, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "index.html").write_text(render_html(*samples.small()), "utf-8")
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]")
    assert (shade > 200) is (scheme == "light")
