"""Patterns of paths, as configurations and options give them."""

import fnmatch
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any


class DiscoveryError(Exception):
    """A path that the user named and that is not there, or a pattern that names can't be held against."""


def matches(relative: str, globs: Iterable[str]) -> bool:
    """Does a path fit one of the globs? Without a slash a glob speaks of names at any depth; `**` crosses folders."""
    names, specs = told_apart(tuple(globs))
    if names is not None:
        folder, slash, name = relative.rpartition("/")
        if names.match(name) or (slash and _is_among(names, folder)):
            return True
    return any(spec.match_file(relative) for spec in specs)


@lru_cache(maxsize=64)
def told_apart(globs: tuple[str, ...]) -> tuple[re.Pattern[str] | None, tuple[Any, ...]]:
    """One pattern for all globs that speak of names, and what holds paths against each of the others."""
    names = [fnmatch.translate(glob.rstrip("/")) for glob in globs if "/" not in glob.rstrip("/")]
    specs = tuple(gitignore_spec((glob,)) for glob in globs if "/" in glob.rstrip("/"))
    return re.compile("|".join(names)) if names else None, specs


@lru_cache(maxsize=4096)
def _is_among(names: re.Pattern[str], folder: str) -> bool:
    """Has a folder, which many files share, one of these names, or one above it?"""
    return any(map(names.match, folder.split("/")))


@lru_cache(maxsize=64)
def gitignore_spec(lines: tuple[str, ...]) -> Any:
    """What holds paths against lines of a .gitignore. Raises DiscoveryError for lines that are no patterns."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error) as error:
        raise DiscoveryError(f"{' '.join(lines)!r} is no pattern of paths: {error}") from None


def check_globs(globs: Iterable[str]) -> None:
    """Raise DiscoveryError for a glob that no path can be held against."""
    for glob in globs:
        matches("", (glob,))
