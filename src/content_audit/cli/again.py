"""What a command said last time, said again where nothing has changed: none of what would examine it is imported."""

import gc
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from content_audit import __version__, files
from content_audit.cli.ending import status
from content_audit.cli.scope import Scope, tell_left_out
from content_audit.cli.showing import is_brief, show
from content_audit.discover import Folder, by_path, lasting_name, number, sources_of
from content_audit.files import Stamp, UnreadableError
from content_audit.globs import DiscoveryError
from content_audit.index import FOLDER, SCHEMA, UNUSABLE, Index, Stamped, file_name, sealed, user_secret
from content_audit.place import find_config
from content_audit.render import ReadText
from content_audit.report import Deferred, Report
from content_audit.seen import stamped
from content_audit.verdicts import digest, holds, retell

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


def again(given: dict[str, Any]) -> int | None:
    """Say what the last run said, and end as it did, if this one would; None where that can't be told."""
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
        recalled = None
        with suppress(*UNUSABLE, *UNTOLD):
            told = json.loads(index.told())
            recalled = _recalled(index, told, given, working, config)
        if recalled is None:
            return None
        report, read_text = recalled
        show(report, read_text, given)
        return status(report, told["origin"]["fail_on"], given)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: a hundred thousand names are made, and no cycle among them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _key(told: str) -> str:
    try:
        return str(json.loads(told)["origin"]["key"])
    except (ValueError, LookupError, TypeError):
        return ""


def _recalled(
    index: Index, told: Mapping[str, Any], given: dict[str, Any], working: Path, config: Path | None
) -> tuple[Report, ReadText] | None:
    """The report, and what reads its documents' texts."""
    started, origin = time.monotonic(), told["origin"]
    if origin["asked"] != _asked(given, working) or origin["config"] != str(config):
        return None
    if any(files.stamp(file) != (stamp and Stamp(*stamp)) for file, stamp in origin["read"]):
        return None
    scope = _unpacked(origin["scope"])
    baseline = given["baseline"] or scope.baseline or scope.baseline_file(given).exists()
    if baseline and not given["no_baseline"]:
        return None
    found, left_out = scope.folders(given, working, scope.paths(given))
    if not found or not holds(index, told) or told["stamps"] != stamped(_stamps(found)):
        return None

    def reported() -> list[str]:
        return [source.path for source in sources_of(folder for folder in found if folder.reported)]

    source = by_path(found)

    def name(path: str) -> str:
        known = source(path)
        return lasting_name(known, scope.folder) if known else path

    def read_text(path: str) -> str:
        known = source(path)
        try:
            return files.read(known.file, origin["max_size"]).decode("utf-8", "replace") if known else ""
        except UnreadableError:
            return ""

    chosen = Deferred(number(folder for folder in found if folder.reported), reported)
    report = retell(index, told, chosen, number(found), name, is_brief(given))
    tell_left_out(left_out, working)
    return replace(report, seconds=time.monotonic() - started), read_text


def _stamps(found: Iterable[Folder]) -> Stamped:
    """The files' stamps as they are, by folder."""
    names: dict[str, list[str]] = {}
    for folder in found:
        names.setdefault(folder.name, []).extend(folder.names)
    for each in names.values():
        each.sort()
    return {folder: (each, files.stamps(folder, each)) for folder, each in names.items()}
