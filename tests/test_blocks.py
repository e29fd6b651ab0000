"""What is nearest to many documents is found at once as it is found for each."""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_audit import shelf
from content_audit.relevance import Space, blocks, space
from content_audit.rule import Row
from tests.conftest import examples

np = pytest.importorskip("numpy", reason="the extra is not installed")


def rows(rng: random.Random, size: int, words: int) -> list[Row]:
    """Topics of so many documents, some of them equal, without terms, or of one id."""
    texts = dict.fromkeys(("path", "title", "subject", "url", "url_key", "marked", "language"), "")
    found: list[Row] = []
    for doc in range(size):
        many = min(words, rng.choice((0, 1, 3, 20, 64)))
        numbers = sorted(rng.sample(range(words), many), key=lambda word: rng.random() ** 3 * word)
        topics = {
            "terms": " ".join(f"w{number}" for number in numbers),
            "weights": "".join(chr(ord("0") + rng.randint(1, 9)) for _ in numbers),
        }
        if found and rng.random() < 0.2:
            topics = {name: found[-1][name] for name in topics}
        named = {"doc": doc * 7, "id": rng.choice(("", f"{doc}", "1")), "standing": 0}
        found.append({**texts, **named, "title_terms": "", "central": "", **topics})
    return found


@given(st.integers(0, 2**32), st.integers(1, 200), st.integers(1, 300), st.integers(1, 20))
@examples(30)
def test_what_is_nearest_to_many_is_what_is_nearest_to_each(seed: int, size: int, words: int, most: int) -> None:
    rng = random.Random(seed)
    made = rows(rng, size, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(space, "POSTINGS", most)
        patch.setattr(space, "TRIED", rng.randint(1, 20))
        patch.setattr(space, "worth", lambda documents: True)
        patch.setattr(blocks, "TABLE", rng.choice((blocks.TABLE, 1)))
        patch.setattr(shelf, "AHEAD", rng.choice((shelf.AHEAD, 2_000)))
        each, whole = Space(made), Space(made)
        each.blocks = None
        for doc in whole.entries:
            assert [*whole.nearest(doc).items()] == [*each.nearest(doc).items()]
            assert whole.near[doc].cut == each.near[doc].cut
        assert dict(whole.all_holders()) == dict(each.all_holders())


def test_few_documents_are_no_reason_to_import_numpy() -> None:
    assert not blocks.worth(blocks.MANY - 1)
    assert blocks.worth(blocks.MANY)


@pytest.mark.parametrize("source", [None, "raise ImportError", ""])
def test_numpy_that_cannot_be_imported_is_none(
    source: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of that name, as an interrupted removal leaves it, is a package that has nothing."""
    (tmp_path / "numpy").mkdir()
    if source is not None:
        (tmp_path / "numpy/__init__.py").write_text(source, encoding="utf-8")
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert not blocks.worth(blocks.MANY)
    monkeypatch.undo()
    assert blocks.worth(blocks.MANY)
    assert not blocks.worth(blocks.MANY - 1)
