"""Reports to render: one like a small collection's, one with every hostile value in every place, and large ones."""

from collections.abc import Iterable
from typing import Any

from content_audit.render.html_text import Excerpt
from content_audit.report.earlier import Former

HOSTILE = (
    "</script><script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<!--<script>",
    "javascript:window.ran=1",
    "https://example.org/\" onclick='window.ran=1'",
    "{{ 7 * 7 }}{% raw %}",
    "right\u202eto left\u2066",
    "bell\x07 null\x00 escape\x1b[31m c1\x9b",
    "lines\u2028and\u2029paragraphs",
    "alone\ud800surrogate\ufeff\u200b",
    "' \" ` & &amp; &lt;",
)


def place(line: int, column: int = 1) -> dict[str, int]:
    return {"line": line, "column": column, "offset": 40 * line + column}


def finding(code: str, name: str, severity: str, path: str, message: str, **fields: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "start": place(2),
        "end": place(2, 8),
        "evidence": {},
        "fix": None,
        "related": [],
        "fingerprint": f"{code}-{path}",
    }
    return {"code": code, "name": name, "severity": severity, "path": path, "message": message} | base | fields


def report(findings: list[dict[str, Any]], paths: Iterable[str] = (), **document: Any) -> dict[str, Any]:
    """A report of these findings; its documents are theirs and those of `paths`."""
    severities = [each["severity"] for each in findings]
    in_path: dict[str, int] = dict.fromkeys(paths, 0)
    for each in findings:
        in_path[each["path"]] = in_path.get(each["path"], 0) + 1
    base = {"format": "markdown", "title": "A title", "subject": "Orchards", "words": 200, "removed_words": 0}
    return {
        "version": 1,
        "tool": {"name": "content-audit", "version": "1.2.3"},
        "summary": {
            "documents": len(in_path),
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "infos": severities.count("info"),
            "fixable": sum(1 for each in findings if each["fix"]),
            "seconds": 0.42,
        },
        "findings": findings,
        "documents": [base | {"path": path, "findings": count} | document for path, count in in_path.items()],
    }


def fix(safety: str, title: str) -> dict[str, Any]:
    return {"safety": safety, "title": title, "edits": [{"start": 80, "end": 120, "text": ""}]}


def small() -> tuple[dict[str, Any], dict[int, Excerpt]]:
    """Eight documents about fruit, with findings of the main kinds, their evidence and their fixes."""
    pears = ("related_article2:", "  id: 12", "  title: How long do pears keep?", "  url: /learn/orchards/pears")
    plums = ("related_article4:", "  id: 14", "  title: When are plums ripe?", "  url: /learn/orchards/plums")
    again = ("related_article3:", *pears[1:])
    findings = [
        finding(
            "REL001",
            "duplicate-related-link",
            "error",
            "orchards/apples.md",
            "related_article3 repeats related_article2 (id 12)",
            start=place(31),
            end=place(34, 30),
            evidence={"id": 12, "first": "related_article2", "records_equal": True},
            fix=fix("safe", "Remove related_article3 and renumber related_article4"),
            related=[
                {"path": "orchards/apples.md", "start": place(27), "end": place(30), "message": "first listed here"}
            ],
        ),
        finding(
            "REL008",
            "off-topic-related-link",
            "warning",
            "orchards/apples.md",
            "related_article1 “Resetting a router password” shares no central term with this document",
            start=place(23),
            end=place(26, 44),
            evidence={
                "central_terms": ["apple", "orchard", "harvest", "storage"],
                "link_terms": ["router", "password", "reset"],
                "score": 0.01234567,
                "candidates": [
                    {"id": 15, "title": "Which apples keep longest?", "score": 0.61},
                    {"id": 19, "title": "Building a cool store", "score": 0.44},
                ],
            },
            fix=fix("unsafe", "Replace it by “Which apples keep longest?”"),
        ),
        finding(
            "FM004",
            "schema-violation",
            "error",
            "orchards/pears.md",
            "/date: “next week” is not a date",
            start=place(4, 7),
            end=place(4, 16),
            evidence={"pointer": "/date", "keyword": "format", "expected": "date, as in 2024-05-31", "schema": None},
        ),
        finding(
            "FM007",
            "escaped-newlines",
            "warning",
            "orchards/pears.md",
            "answer has 3 literal \\n where line breaks are meant",
            start=place(9),
            end=place(9, 74),
            evidence={"count": 3},
            fix=fix("unsafe", "Write answer as a block with real line breaks"),
        ),
        finding(
            "BPL001",
            "site-navigation",
            "warning",
            "scraped/market-day.txt",
            "9 lines of site navigation",
            start=place(1),
            end=place(9, 8),
            evidence={
                "class": "navigation",
                "lines": 9,
                "score": -1.8,
                "decided_by": {"line": 3, "text": "Home | Shop"},
            },
            fix=fix("unsafe", "Remove 9 lines"),
        ),
        finding(
            "DUP003",
            "repeated-block",
            "error",
            "scraped/cider.txt",
            "lines 48–87 repeat lines 3–42 (612 words)",
            start=place(48),
            end=place(87, 20),
            evidence={"words": 612, "source": "https://example.org/cider?page=2"},
            fix=fix("safe", "Remove the second copy"),
            related=[{"path": "scraped/cider.txt", "start": place(3), "end": place(42), "message": "the first copy"}],
        ),
        finding(
            "TXT003",
            "invisible-characters",
            "warning",
            "scraped/cider.txt",
            "2 characters that nobody sees: U+200B, U+202E",
            start=place(5, 9),
            end=place(5, 10),
            evidence={"characters": ["U+200B", "U+202E"]},
            fix=fix("safe", "Remove them"),
        ),
        finding(
            "TXT001",
            "missing-final-newline",
            "info",
            "notes/grafting.md",
            "no newline at the end",
            fix=fix("safe", "Add it"),
        ),
        finding("BPL012", "placeholder-body", "info", "orchards/apples.md", "the body is only &nbsp;", start=place(40)),
    ]
    words = "One waits until the stalk parts by itself."
    escaped = f"answer: Ripe pears give at the neck.\\n\\n{words}\\nThen they keep a week."
    excerpts = {
        0: Excerpt(
            29,
            (*pears[2:], *again, *plums[:2]),
            (("\n".join((*pears, *again, *plums)), "\n".join((*pears, "related_article3:", *plums[1:]))),),
        ),
        1: Excerpt(
            22,
            (
                "subject: Orchards",
                "related_article1:",
                "  id: 11",
                "  title: Resetting a router password",
                "  url: /learn/orchards/resetting-a-router-password",
            ),
            (
                (
                    "  id: 11\n  title: Resetting a router password\n",
                    "  id: 15\n  title: Which apples keep longest?\n",
                ),
            ),
        ),
        2: Excerpt(3, ("id: 12", "date: next week", "title: How long do pears keep?")),
        3: Excerpt(
            8,
            ("title: How long do pears keep?", escaped, "subject: Orchards"),
            (
                (
                    escaped + "\n",
                    f"answer: |-\n  Ripe pears give at the neck.\n\n  {words}\n  Then they keep a week.\n",
                ),
            ),
        ),
        4: Excerpt(
            1,
            (
                "Home",
                "Shop",
                "Home | Shop",
                "Visit",
                "About us",
                "Basket (0)",
                "Log in",
                "Register",
                "Search",
                "",
                "Market day",
            ),
            (
                ("Home\nShop\nHome | Shop\nVisit\nAbout us\nBasket (0)\nLog in\nRegister\nSearch\n", ""),
                ("Market day\n", "Market day\n"),
            ),
        ),
        5: Excerpt(47, ("", *(f"Sentence {i} of how cider is pressed." for i in range(40)), "The end.")),
        6: Excerpt(
            4,
            ("", "Pressing\u200b is \u202eslow work.", "Cloths and racks."),
            (("Pressing\u200b is \u202eslow work.\r\n", "Pressing is slow work.\r\n"),),
        ),
        7: Excerpt(2, ("The graft takes in May.",), (("The graft takes in May.", "The graft takes in May.\n"),)),
    }
    made = report(findings, ["orchards/quinces.md", "notes/pruning.md", "notes/bees.md"])
    removed = {"scraped/market-day.txt": 310, "scraped/cider.txt": 612}
    for document in made["documents"]:
        name = document["path"].rpartition("/")[2].partition(".")[0]
        document |= {"words": 900, "removed_words": removed.get(document["path"], 0), "title": f"On {name}"}
    return made, excerpts


def hostile() -> tuple[dict[str, Any], dict[int, Excerpt]]:
    """Every hostile value wherever a document can put one."""
    findings = [
        finding(
            "FM004",
            "schema-violation",
            "error",
            f"in/{value}.md",
            value,
            evidence={value: value, "nested": [{value: [value]}, value], "url": value},
            fix=fix("unsafe", value),
            related=[{"path": value, "start": place(1), "end": place(2), "message": value}],
        )
        for value in HOSTILE
    ]
    excerpts = {i: Excerpt(1, ("a", value, value), ((f"{value}\n", f"b{value}"),)) for i, value in enumerate(HOSTILE)}
    made = report(findings)
    for document, value in zip(made["documents"], HOSTILE, strict=True):
        document |= {"title": value, "subject": value, "format": "text"}
    return made, excerpts


def large(documents: int) -> dict[str, Any]:
    """Every body a placeholder, a third of the documents with an error, a tenth with a warning."""
    paths = [f"folder-{i % 7}/document-{i:06}.md" for i in range(documents)]
    findings = []
    for i, path in enumerate(paths):
        findings.append(finding("BPL012", "placeholder-body", "info", path, "the body is only &nbsp;"))
        if i % 3 == 0:
            findings.append(finding("REL001", "duplicate-related-link", "error", path, f"link {i} is listed twice"))
        if i % 10 == 0:
            findings.append(finding("SEO002", "description-length", "warning", path, f"{160 + i} characters"))
    return report(findings)


def crowded() -> dict[str, Any]:
    """Twenty subjects, three properties, lots of equal documents, and a document with two hundred findings."""
    made = large(2_000)
    paths = [document["path"] for document in made["documents"]]
    worst = [
        finding("BPL001", "site-navigation", "error", paths[0], f"line {n}", start=place(n) | {"offset": 40 * n})
        | {"end": place(n) | {"offset": 40 * n + 20}, "fingerprint": f"worst-{n}"}
        for n in range(200)
    ]
    alike = [
        finding("DUP002", "near-duplicate-document", "warning", paths[n], "alike", fingerprint=f"alike-{n}")
        | {"related": [{"path": paths[n - n % 24], "start": place(1), "end": place(1), "message": "nearly the same"}]}
        | {"evidence": {"similarity": 0.9}}
        for n in range(300)
        if n % 24
    ]
    everywhere = [
        finding(code, name, "info", path, "as in all")
        for code, name in (("FM008", "placeholder-value"), ("SEO002", "description-length"))
        for path in paths
    ]
    crowd = report([*made["findings"], *worst, *alike, *everywhere], paths)
    for n, document in enumerate(crowd["documents"]):
        document |= {"subject": f"Subject {n % 20}", "removed_words": n % 150}
    return crowd


def with_property() -> tuple[dict[str, Any], dict[int, Excerpt]]:
    """The small report with a hundred documents more, all of them without a body."""
    made, excerpts = small()
    more = [
        finding("BPL012", "placeholder-body", "info", f"bare/{i}.md", "the body is only &nbsp;") for i in range(100)
    ]
    return report([*made["findings"], *more]), excerpts


def former(code: str, name: str, severity: str, path: str) -> Former:
    return Former(code, name, severity, path)
