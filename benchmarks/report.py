"""Opens the HTML report of so many findings in Chromium and prints how long a reader waits for it.

    python benchmarks/report.py [10000 100000]

The findings are made up, of the rules and lengths that a real collection's have; the times are the browser's own, the
worst of three pages. It needs Chromium and Playwright.
"""

import argparse
import random
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from content_audit.render.html import detailed_findings, render_html
from content_audit.render.html_text import Excerpt
from content_audit.rules import CATALOGUE

RUNS = 3
KINDS = {
    "REL001": 10,
    "REL003": 6,
    "REL006": 3,
    "ID001": 5,
    "DUP001": 5,
    "REL008": 20,
    "ID003": 6,
    "REL011": 10,
    "FM008": 28,
}
"""Rules and how often each of them fires, in some of a hundred findings."""

WORDS = (
    "orchard pear apple plum quince graft prune cellar press cider barrel frost blossom harvest ladder basket".split()
)

ACTED = """async (act) => {
  const started = performance.now();
  eval(act)();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - started;
}"""

ACTIONS = {
    "filter": "() => document.querySelector('[data-filter=rule][data-value=REL008]').click()",
    "filter off": "() => document.querySelector('[data-drop=rule]').click()",
    "sort": "() => document.querySelector('[data-sort=message]').click()",
    "search": "() => go({ q: 'quince lists' })",
    "open": "() => document.querySelector('#rows button').click()",
}


def made_up(size: int) -> dict[str, Any]:
    """A report of so many findings, two of each document's."""
    rng = random.Random(1)
    findings = [_finding(rng, n) for n in range(size)]
    paths = sorted({finding["path"] for finding in findings})
    document = {"format": "markdown", "subject": "Orchards", "words": 800, "removed_words": 40, "findings": 2}
    severities = [finding["severity"] for finding in findings]
    return {
        "version": 1,
        "tool": {"name": "content-audit", "version": "0"},
        "summary": {
            "documents": len(paths),
            **{f"{name}s": severities.count(name) for name in ("error", "warning", "info")},
            "fixable": sum(1 for finding in findings if finding["fix"]),
            "seconds": 1.0,
        },
        "findings": findings,
        "documents": [{**document, "path": path, "title": path[:70]} for path in paths],
    }


def _finding(rng: random.Random, number: int) -> dict[str, Any]:
    (code,) = rng.choices([*KINDS], [*KINDS.values()])
    rule = CATALOGUE[code]
    title = " ".join(rng.choices(WORDS, k=10))
    line = rng.randrange(20, 60)
    return {
        "code": code,
        "name": rule.name,
        "severity": rule.severity,
        "path": f"content/learn/subject-{number % 44}/{'-'.join(rng.choices(WORDS, k=8))}-{number // 2}.md",
        "start": {"line": line, "column": 1, "offset": 40 * line},
        "end": {"line": line + 5, "column": 60, "offset": 40 * line + 260},
        "message": f"related_article{number % 5} {title!r} lists what {number} others list",
        "evidence": {"title": title, "terms": rng.choices(WORDS, k=8), "score": rng.random()},
        "fix": {"safety": rule.fixes[0], "title": f"remove it, {number}", "edits": []} if rule.fixes else None,
        "related": [],
        "fingerprint": f"{number:016x}",
    }


def excerpts(report: Mapping[str, Any]) -> dict[int, Excerpt]:
    """Ten lines of source and six changed ones for each finding that may have them."""
    lines = tuple(f"  title: {' '.join(WORDS[n:])}" for n in range(10))
    before = "\n".join(lines[:6])
    return {n: Excerpt(20, lines, ((before, before.replace("pear", "fig")),)) for n in detailed_findings(report)}


def measured(browser: Browser, page: Path) -> Iterator[tuple[str, float]]:
    """What the reader does, each with its milliseconds; then the number of elements."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    tab = context.new_page()
    started = time.perf_counter()
    tab.goto(page.as_uri())
    tab.wait_for_selector("#rows .row")
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    yield "usable", 1000 * (time.perf_counter() - started)
    nodes = tab.evaluate("document.querySelectorAll('*').length")
    for name, act in ACTIONS.items():
        yield name, tab.evaluate(ACTED, act)
    yield "elements", nodes
    context.close()


def main() -> None:
    """Read the sizes, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    arguments = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    print(
        "| findings | page, MB | written, s | usable, s |",
        *(f" {name}, s |" for name in ACTIONS),
        " elements |",
        sep="",
    )
    print("|" + "---|" * (5 + len(ACTIONS)))
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size in arguments.sizes:
            report, page = made_up(size), Path(folder, f"{size}.html")
            started = time.perf_counter()
            page.write_text(render_html(report, excerpts(report)), "utf-8")
            written = time.perf_counter() - started
            worst: dict[str, float] = {}
            for _ in range(RUNS):
                for name, value in measured(browser, page):
                    worst[name] = max(value, worst.get(name, 0))
            elements = worst.pop("elements")
            times = " | ".join(f"{value / 1000:.2f}" for value in worst.values())
            print(
                f"| {size:,} | {page.stat().st_size / 1e6:.0f} | {written:.1f} | {times} | {elements:.0f} |", flush=True
            )
        browser.close()


if __name__ == "__main__":
    main()
