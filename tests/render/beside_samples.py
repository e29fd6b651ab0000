"""What the page has besides the report, for the small one of `html_samples` and for what is hostile."""

from typing import Any

from content_audit.graph import MISSING, Edge
from content_audit.render.html import Beside
from content_audit.render.html_documents import Text
from content_audit.render.html_pictures import links
from content_audit.report.earlier import compare, with_run
from tests.render import html_samples as samples

PRESSED = "Home\nShop\n\nPressing takes a day, and\u200b a clean cloth.\n" + "Let the juice run slowly.\n" * 4


def beside(report: dict[str, Any]) -> Beside:
    """The text of one document, links of every kind, an earlier report that had one finding more, three runs."""
    apples, pears = "orchards/apples.md", "orchards/pears.md"
    edges = [
        Edge(apples, pears, 1, "related_article2", "id"),
        Edge(pears, apples, 1, "related_article1", "id"),
        Edge(apples, "scraped/cider.txt", 2, "related_article1", "id"),
        Edge(apples, f"{MISSING}/orchards/medlars", 3, "related_article5", ""),
        Edge(pears, "notes/bees.md", 2, "related_article2", "id"),
    ]
    now = [each["fingerprint"] for each in report["findings"]]
    former = samples.former("SEO002", "description-length", "warning", apples)
    earlier = dict.fromkeys((*now[2:], "gone"), former)
    runs: list[dict[str, Any]] = []
    for day in (1, 2, 3):
        runs = with_run(runs, f"2031-05-0{day}T10:00:00+00:00", report["summary"] | {"errors": 9 - day})
    texts = {"scraped/market-day.txt": Text(PRESSED, PRESSED[10:])}
    return Beside(texts, links(edges, report), compare(earlier, now, (), {"SEO002"}), runs)


def hostile(report: dict[str, Any]) -> Beside:
    """Every hostile value in texts, addresses, names of links and what was found earlier."""
    paths = [each["path"] for each in report["documents"]]
    texts = {path: Text(f"a{value}b", value) for path, value in zip(paths, samples.HOSTILE, strict=True)}
    edges = [Edge(path, MISSING + value, 1, value, "") for path, value in zip(paths, samples.HOSTILE, strict=True)]
    edges += [Edge(path, paths[0], 2, "x", "id") for path in paths[1:]]
    earlier = {value: samples.former(value, value, "error", value) for value in samples.HOSTILE}
    return Beside(texts, links(edges, report), compare(earlier, (), (), set(samples.HOSTILE)), ())


def crowded(report: dict[str, Any]) -> Beside:
    """Links from every subject to every other, a long text with many findings, sixty runs."""
    paths = [each["path"] for each in report["documents"]]
    edges = [
        Edge(
            path, paths[(n + step) % len(paths)] if step % 5 else f"{MISSING}{n}", step, f"related_article{step}", "id"
        )
        for n, path in enumerate(paths)
        for step in range(20)
    ]
    runs: list[dict[str, Any]] = []
    for n in range(60):
        runs = with_run(runs, f"2031-05-01T10:00:{n:02}+00:00", report["summary"])
    text = Text("A line about the orchard, as others.\u200b\r\n" * 700, "")
    return Beside({paths[0]: text}, links(edges, report), None, runs)
