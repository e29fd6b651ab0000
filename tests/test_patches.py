"""The diff made of edits: patch makes of the old text what the edits make of it, and it is no longer than need be."""

import difflib
import re
import shutil
import subprocess
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit.fixes import apply, sound
from content_audit.model import Edit
from content_audit.patches import unified_diff
from tests.conftest import examples
from tests.growth import LINEAR, growth

TEXTS = st.text(alphabet="ab\n\r\u2028é", max_size=40)
EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(alphabet="ac\n", max_size=5)), max_size=4)


@given(TEXTS, EDITS)
@examples(200)
def test_it_says_what_changed(text: str, given_edits: list[tuple[int, int, str]]) -> None:
    edits = [Edit(start, min(start + size, len(text)), new) for start, size, new in given_edits if start <= len(text)]
    if sound(edits):
        assert patched(text, "".join(unified_diff(text, edits, "a/x", "b/x"))) == apply(text, edits)


def patched(text: str, diff: str) -> str:
    """What a unified diff makes of a text."""
    old = re.findall(r"[^\n]*\n|[^\n]+", text)
    new: list[str] = []
    at = 0
    for line in re.sub(r"\n\\ No newline at end of file\n", "\0", diff).replace("\0", "\0\n").split("\n")[2:-1]:
        whole = line[1:].removesuffix("\0") + "\n" * (not line.endswith("\0"))
        if line.startswith("@@"):
            first, count = ([*line.split()[1][1:].split(","), "1"])[:2]
            start = int(first) - bool(int(count))
            new += old[at:start]
            at = start
        elif line.startswith("+"):
            new.append(whole)
        else:
            assert old[at] == whole
            new += [whole] if line.startswith(" ") else []
            at += 1
    return "".join([*new, *old[at:]])


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch here")
@pytest.mark.parametrize(
    ("text", "edits"),
    [
        pytest.param("a\nb\nc\n", [Edit(2, 4, "")], id="a line goes"),
        pytest.param("a\nb\nc", [Edit(4, 5, "d\n")], id="the last, without an end"),
        pytest.param("a\nb\nc", [Edit(5, 5, "\n")], id="a last line end comes"),
        pytest.param("", [Edit(0, 0, "a\n")], id="from nothing"),
        pytest.param("a\n", [Edit(0, 2, "")], id="to nothing"),
        pytest.param("a\r\nb\r\n", [Edit(1, 4, "")], id="over a line's end"),
        pytest.param("a\n" * 30, [Edit(4, 6, ""), Edit(40, 41, "é\u2028")], id="two places"),
    ],
)
def test_patch_reads_it(tmp_path: Path, text: str, edits: list[Edit]) -> None:
    (tmp_path / "x").write_bytes(text.encode())
    shown = "".join(unified_diff(text, edits, "a/x", "b/x"))
    subprocess.run(["patch", "-p1", "--binary", "-s"], input=shown.encode(), cwd=tmp_path, check=True)
    left = (tmp_path / "x").read_bytes() if (tmp_path / "x").exists() else b""
    assert left.decode() == apply(text, edits)


def test_it_is_the_usual_one() -> None:
    text = "".join(f"line {number}\n" for number in range(40))
    edits = [
        Edit(text.index("line 7"), text.index("line 8"), ""),
        Edit(text.index("line 30"), text.index(" 30"), "row"),
    ]
    old, new = (each.splitlines(keepends=True) for each in (text, apply(text, edits)))
    assert list(unified_diff(text, edits, "a/x", "b/x")) == list(difflib.unified_diff(old, new, "a/x", "b/x"))


def test_the_work_grows_with_the_changes() -> None:
    def repeats(count: int) -> tuple[str, list[Edit]]:
        text = "".join(f"[[related]]\nurl = {number // 2}\n" for number in range(2 * count))
        length = [len(f"[[related]]\nurl = {number // 2}\n") for number in range(2 * count)]
        starts = [0, *accumulate(length)]
        return text, [Edit(starts[number], starts[number + 1], "") for number in range(1, 2 * count, 2)]

    assert growth(lambda made: list(unified_diff(*made, "a/x", "b/x")), repeats, 500) < LINEAR
