"""What a document costs is told by calls, which no busy machine changes: more of them need a reason.

A bound is what was counted, with a few percent of room. Only the program's own functions are counted, and no
comprehensions: what libraries do is theirs, and from Python 3.12 on comprehensions are no calls.
"""

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import content_audit
from content_audit import files
from content_audit.config import load_config
from content_audit.examine import Job, Task, examine
from content_audit.parse import parse
from content_audit.run import make_run
from content_audit.sources import Source
from tests.conftest import Invoke, write

PARAGRAPH = (
    "A loom holds the warp taut while the weaver passes the weft from side to side, and the cloth grows by a thread "
    "with each pass. Number {number} of these notes is about {what}, which every weaver learns by hand."
)
SUBJECTS = (
    "shuttles",
    "heddles",
    "reeds",
    "treadles",
    "bobbins",
    "selvedges",
    "spindles",
    "carding",
    "dye vats",
    "hems",
)


def document(number: int) -> bytes:
    """An article as collections have them: text in the front matter and below it, and two related links."""
    what, near, far = (SUBJECTS[(number + step) % len(SUBJECTS)] for step in range(3))
    links = "".join(
        f"related_article{place}:\n  id: {100 + number + place}\n  title: >-\n    What are {other} for?\n"
        f"  subject: Weaving\n  url: /learn/weaving/what-are-{other.replace(' ', '-')}-for\n"
        for place, other in enumerate((near, far), 1)
    )
    text = PARAGRAPH.format(number=number, what=what)
    return (
        f"---\nid: {100 + number}\ntitle: What are {what} for?\nsubject: Weaving\ndate: 2024-05-{number % 10 + 10}\n"
        f"url: /learn/weaving/what-are-{what.replace(' ', '-')}-for\nanswer: |-\n  {text}\n\n"
        f"  - **{near}**: what holds the thread\n  - **{far}**: what beats the weft\n\n  So much for {what}.\n"
        f"{links}---\n\n# What are {what} for?\n\n{text}\n\nMore of {near} stands under {far}.\n"
    ).encode()


PACKAGE = str(Path(content_audit.__file__).parent)
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>")
DOCUMENTS = [(f"weaving/{number}.md", document(number)) for number in range(10)]


def calls(work: Callable[[], object]) -> int:
    """How often the program's functions are called, and its generators resumed."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        code = frame.f_code
        counted += event == "call" and code.co_filename.startswith(PACKAGE) and code.co_name not in COMPREHENSIONS

    work()  # what is compiled, imported and remembered once
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@lru_cache(maxsize=1)
def task() -> Task:
    """What documents are examined by where nothing is configured."""
    return make_run(load_config(None, Path()), []).task


def parsed() -> None:
    """All documents read."""
    for path, data in DOCUMENTS:
        parse(path, data)


def examined() -> None:
    """All documents read, held against all rules, and their facts taken."""
    for path, data in DOCUMENTS:
        result = examine(Job(Source(path, path, path), data), task())
        assert result is not None
        assert result.facts.documents


@pytest.mark.parametrize(
    ("work", "most"),
    [pytest.param(parsed, 26, id="read"), pytest.param(examined, 650, id="examined")],
)
def test_a_document_costs_no_more_calls_than_it_did(work: Callable[[], None], most: int) -> None:
    assert calls(work) <= most * len(DOCUMENTS)


NAMED = ["content/0.md", "content/1.md", "content/2.md"]


@pytest.mark.parametrize(
    ("named", "most"), [pytest.param([], 420, id="all documents"), pytest.param(NAMED, 545, id="three of them")]
)
def test_a_document_that_has_not_changed_costs_no_calls(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch, named: list[str], most: int
) -> None:
    monkeypatch.setattr(files, "RACY_NS", 0)
    write(
        work, {"content-audit.toml": "roots = ['content']\n", **{name: document(at) for at, name in enumerate(NAMED)}}
    )
    counted = []
    for size in (20, 100):
        write(work, {f"content/sub/{number}.txt": f"Number {number}.\n" for number in range(size)})
        first, again = (invoke("check", "--output-format", "concise", *named) for _ in range(2))
        assert first.exit_code == again.exit_code
        counted.append(calls(lambda: invoke("check", "--output-format", "concise", *named)))
    assert counted[1] <= counted[0] + 2
    assert counted[1] <= most
