"""Runs again whenever a document changes."""

from collections.abc import Collection, Iterator
from pathlib import Path

from content_audit.cli.options import fail


def changes(paths: Collection[Path], written: Collection[Path]) -> Iterator[None]:
    """Once at the start, then after each change below these paths; `written` is what the runs themselves write.

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
            return not hidden and own.isdisjoint((file, *file.parents)) and super().__call__(change, path)

    yield
    for _ in watch(*roots, watch_filter=Documents()):
        yield
