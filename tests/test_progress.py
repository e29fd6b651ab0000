"""How far a run is: told of the documents that are examined, up to the last of them."""

from pathlib import Path

import pytest

from content_audit import audit as audit_module
from content_audit import files
from content_audit.audit import refresh
from content_audit.config import load_config
from content_audit.discover import discover
from content_audit.index import Index
from content_audit.run import make_run
from content_audit.walk import Selection
from tests.conftest import write


@pytest.mark.parametrize("pool_from", [pytest.param(1_000, id="few"), pytest.param(8, id="many")])
def test_it_ends_where_all_are_done(work: Path, pool_from: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "POOL_FROM", pool_from)
    monkeypatch.setattr(audit_module, "CHUNK", 4)
    monkeypatch.setattr(files, "RACY_NS", -(10**9))
    told: list[tuple[int, int]] = []
    with Index(None, "") as index:
        for first, added in ((0, 10), (10, 23)):
            write(work, {f"content/{number:02}.md": f"# Page {number}\n" for number in range(first, first + added)})
            told.clear()
            config = load_config(None, work)
            sources = discover([Path("content")], Selection(work, config.include, config.exclude), work)
            refresh(make_run(config, sources, jobs=1, progress=lambda done, all_: told.append((done, all_))), index)
            assert told[-1] == (added, added)
            assert [done for done, _ in told] == [*range(4, added, 4), added]
            assert all(number == added for _, number in told)
