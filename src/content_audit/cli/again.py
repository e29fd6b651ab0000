"""What a command said last time, said again where nothing has changed: none of what would examine it is imported."""

import gc
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from content_audit import __version__, files
from content_audit.cli.ending import status
from content_audit.cli.scope import Scope, tell_left_out
from content_audit.cli.showing import is_brief, show
from content_audit.discover import lasting_name
from content_audit.files import Stamp, UnreadableError
from content_audit.globs import DiscoveryError
from content_audit.index import FOLDER, SCHEMA, UNUSABLE, Index, Stamped, file_name, sealed, user_secret
from content_audit.place import find_config
from content_audit.report import Report
from content_audit.seen import look, stamped
from content_audit.sources import Sources
from content_audit.verdicts import digest, holds, said

MADE_OF = "select extend_select ignore config isolated schema inventory include exclude fail_on".split()
"""The options that a run's rules and documents come from; the others say what is done with what it finds."""

MORE = "stdin_filename report add_ignore watch changed since base outputs no_cache".split()
"""Options that ask for more than what was said."""


UNTOLD = (DiscoveryError, OSError, ArithmeticError, ValueError, LookupError, TypeError)
"""What comes of files that are gone, and of an index that tells something else."""


def origin(
    scope: Scope, given: Mapping[str, Any], working: Path, read: Iterable[Path | None], more: Mapping[str, Any]
) -> dict[str, Any]:
    """What tells that a later run comes about as this one: what it is asked for, and the files that it `read` for that.

    The first of them is the configuration. Empty where that can't be told: where one has changed a moment ago, and may
    change again within the clock's tick, and where what exists elsewhere is read, which may be in many files.
    """
    config, *schemas = read
    stamps = [(str(file), files.stamp(file)) for file in (config, *schemas) if file]
    if scope.inventory or not all(stamp and stamp.settled for _, stamp in stamps):
        return {}
    asked = {"asked": _asked(given, working), "config": str(config), "read": stamps, "scope": _packed(scope)}
    return {**asked, **more}


def _asked(given: Mapping[str, Any], working: Path) -> str:
    return digest((__version__, str(SCHEMA), str(working), *(repr(given.get(name)) for name in MADE_OF)))


def _packed(scope: Scope) -> list[Any]:
    return [str(part) if isinstance(part, Path) else part and [*map(str, part)] for part in scope]


def _unpacked(packed: list[Any]) -> Scope:
    folder, roots, include, exclude, inventory, baseline = packed
    named = Path(baseline) if baseline else None
    return Scope(Path(folder), tuple(roots), tuple(include), tuple(exclude), tuple(map(Path, inventory)), named)


class Looked(NamedTuple):
    """The documents that a command is about, as a walk over them found them: `files` are theirs as they were then,
    `left_out` the folders of earlier output."""

    scope: Scope
    sources: Sources
    files: Stamped
    left_out: list[Path]


def again(given: dict[str, Any]) -> int | Looked | None:
    """Say what the last run said, and end as it did, if this one would; else what was seen of its documents, if any."""
    if any(given.get(name) for name in MORE):
        return None
    working = Path.cwd()
    named = None if given["isolated"] else given["config"] or find_config(working)
    config = Path(os.path.normpath(working / named)) if named else None
    folder = config.parent if config else working
    secret = user_secret(Path(click.get_app_dir("content-audit")))
    if not secret:  # without one, anybody could have written it
        return None
    index = Index.of_user(folder / FOLDER, file_name(working, folder), lambda told: sealed(_key(told), secret))
    if index is None:
        return None
    with index, _uncollected():
        looked = report = None
        with suppress(*UNUSABLE, *UNTOLD):
            started, told = time.monotonic(), index.told()
            scope = _scope(told["origin"], given, working, config)
            looked = scope and _look(scope, given, working)
            report = looked and _recalled(index, told, looked, given, started)
        if looked is None or report is None:
            return looked
        tell_left_out(looked.left_out, working)
        show(report, partial(_text, looked.sources, told["origin"]["max_size"]), given)
        return status(report, told["origin"]["fail_on"], given)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: a hundred thousand names are made, and no cycle among them, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _key(told: str) -> str:
    try:
        return str(json.loads(told)["origin"]["key"])
    except (ValueError, LookupError, TypeError):
        return ""


def _scope(origin: Mapping[str, Any], given: dict[str, Any], working: Path, config: Path | None) -> Scope | None:
    """Where documents are, if the last run was asked the same by the same files."""
    if origin["asked"] != _asked(given, working) or origin["config"] != str(config):
        return None
    if any(files.stamp(file) != (stamp and Stamp(*stamp)) for file, stamp in origin["read"]):
        return None
    scope = _unpacked(origin["scope"])
    baseline = given["baseline"] or scope.baseline or scope.baseline_file(given).exists()
    return None if baseline and not given["no_baseline"] else scope


def _look(scope: Scope, given: dict[str, Any], working: Path) -> Looked | None:
    found, left_out = scope.folders(given, working, scope.paths(given))
    sources = Sources(found)
    return Looked(scope, sources, look(sources), left_out) if found else None


def _recalled(
    index: Index, told: Mapping[str, Any], looked: Looked, given: dict[str, Any], started: float
) -> Report | None:
    """What was told of these files, if it still holds."""
    if not holds(index, told) or told["stamps"] != stamped(looked.files):
        return None
    base, sources = looked.scope.folder, looked.sources

    def name(path: str) -> str:
        known = sources.get(path)
        return lasting_name(known, base) if known else path

    return replace(said(index, told, sources, name, is_brief(given)), seconds=time.monotonic() - started)


def _text(sources: Sources, max_size: int, path: str) -> str:
    known = sources.get(path)
    try:
        return files.read(known.file, max_size).decode("utf-8", "replace") if known else ""
    except UnreadableError:
        return ""
