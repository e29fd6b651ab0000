"""A rule's page as a test: its documents, the findings it expects, and the documents as its fixes leave them.

A page is tests/rules/CODE.md. Its `##` sections are cases. In a case, fences with `path=` are the documents of a
collection, a `findings` fence has one line for each finding, and fences with `fixed=` are the documents once every fix
of the rule, safe and unsafe, is made, those with `replaced=` once better links stand in place of those that
would go. A `toml config` fence is the case's content-audit.toml; what its `extend-select` names runs beside the rule.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=ticks)[ \t]*$\n?", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
FOLDER = Path(__file__).parent / "rules"


@dataclass
class Case:
    """One section of a page."""

    code: str
    title: str
    documents: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    config: str = ""


def read_page(file: Path) -> list[Case]:
    """The cases of a page, in order; text outside of fences is for people."""
    text = file.read_text(encoding="utf-8")
    fences = list(FENCE.finditer(text))
    inside = [(match.start(), match.end()) for match in fences]
    heads = [match for match in SECTION.finditer(text) if not any(a <= match.start() < b for a, b in inside)]
    cases = []
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        case = Case(file.stem, head[1].strip())
        for fence in fences:
            if head.end() <= fence.start() < end:
                _take(case, fence["info"].strip(), fence["text"])
        if case.documents:
            cases.append(case)
    return cases


def _take(case: Case, info: str, text: str) -> None:
    if match := re.search(r"\bpath=(\S+)", info):
        case.documents[match[1]] = text
    elif match := re.search(r"\bfixed=(\S+)", info):
        case.fixed[match[1]] = text
    elif match := re.search(r"\breplaced=(\S+)", info):
        case.replaced[match[1]] = text
    elif info == "findings":
        case.findings = [line for line in text.split("\n") if line]
    elif info == "toml config":
        case.config = text
    else:
        raise ValueError(f"{case.code}, {case.title}: a fence of an unknown kind: {info!r}")
