"""Runs again whenever a document changes."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from content_audit.cli.options import fail

FIRST_WAIT_MS = 100
"""The first look for changes begins the watching, and ends after so long without any: two of the steps of 50 ms in
which watchfiles looks anyway."""


def changes(paths: Collection[Path], written: Collection[Path]) -> Iterator[None]:
    """Once at the start, then after each change below these paths; `written` is what the runs themselves write.

    What changes while a run is under way is seen when it is over, from the first run on.
    Ends the command where the package that watches is not installed.
    """
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError:
        fail("--watch needs the extra: pip install 'content-audit[watch]'")

    roots = {(path if path.is_dir() else path.parent).resolve() for path in paths}
    own = {each.resolve() for each in written}

    class Documents(DefaultFilter):
        """Leaves out hidden files and folders, and what the runs write."""

        def __call__(self, change: Change, path: str) -> bool:
            file = Path(path)
            below = next(file.relative_to(root) for root in roots if file.is_relative_to(root))
            hidden = any(part.startswith(".") for part in below.parts)
            if hidden or not own.isdisjoint((file, *file.parents)) or _is_output(file):
                return False
            return super().__call__(change, path)

    seen = watch(*roots, watch_filter=Documents(), rust_timeout=FIRST_WAIT_MS, yield_on_timeout=True)
    next(seen)
    yield
    for changed in seen:
        if changed:
            yield


def _is_output(file: Path) -> bool:
    """Does stdout or stderr go into this file?"""
    try:
        return any(os.path.samestat(os.fstat(stream), file.stat()) for stream in (1, 2))
    except OSError:
        return False
