"""From the options of a command to its run: configuration, documents, index."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from content_audit.choosing import OutputError
from content_audit.cli.again import Looked, origin
from content_audit.cli.options import fail, say
from content_audit.cli.scope import Scope, tell_left_out
from content_audit.config import Config, ConfigError, load_config
from content_audit.discover import source_at
from content_audit.globs import DiscoveryError, check_globs
from content_audit.index import FOLDER, UNUSABLE, Index, file_name, sealed, user_secret
from content_audit.inventory import InventoryError
from content_audit.place import find_config
from content_audit.relevance import ModelError
from content_audit.run import Run, check_schemas, make_run
from content_audit.schemas import SchemaError, SchemaUse, digest, files_of, forget
from content_audit.sources import Sources


@contextmanager
def session(
    given: dict[str, Any], stdin_filename: str | None, writes: Path | None = None, looked: Looked | None = None
) -> Iterator[tuple[Run, Index, Config]]:
    """The run that the options ask for, with its index. Errors of use end the command with one line and 2.

    What a command has `looked` at just now is not looked for again.
    """
    working = Path.cwd()
    forget()
    try:
        config = _config(given, working)
        run = _make_run(config, given, working, stdin_filename, writes, looked)
        for use in config.schemas_in_force:
            check_globs(use.include)
        check_schemas(run)
        secret = "" if given["no_cache"] or stdin_filename else user_secret(Path(click.get_app_dir("content-audit")))
        folder = config.folder / FOLDER if secret else None
        with Index(folder, sealed(run.task.key, secret), file_name(working, config.folder)) as index:
            yield run, index, config
    except (ConfigError, InventoryError, ModelError, SchemaError, DiscoveryError, OutputError) as error:
        fail(str(error))
    except UNUSABLE as error:
        fail(f"no room for what the run has to remember, neither on disk nor in memory: {error}")


def _config(given: dict[str, Any], working: Path) -> Config:
    file = None if given["isolated"] else given["config"] or find_config(working)
    config = load_config(file, working)
    changes: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore"):
        codes = tuple(code for value in given.get(name, ()) for code in value.replace(",", " ").split())
        if codes:
            changes[name] = codes if name == "select" else (*getattr(config, name), *codes)
    if "select" in changes:  # what a command selects by name is not taken away by the configuration
        changes["ignore"] = changes.get("ignore", config.ignore)[len(config.ignore) :]
    if given["include"]:
        changes["include"] = given["include"]
    changes["exclude"] = (*config.exclude, *given["exclude"])
    changes["inventory"] = (*config.inventory, *(working / file for file in given.get("inventory", ())))
    if "select" not in given:  # a command that reports no findings
        changes["model"] = None
    if given["schema"]:
        changes["schemas"] = (SchemaUse(given["schema"], digest=digest(given["schema"])),)
    if given.get("fail_on"):
        changes["fail_on"] = given["fail_on"]
    return replace(config, **changes)


def scope_of(config: Config) -> Scope:
    """Where documents are, as the configuration has it."""
    return Scope(config.folder, config.roots, config.include, config.exclude, config.inventory, config.baseline)


def _make_run(
    config: Config,
    given: dict[str, Any],
    working: Path,
    stdin_filename: str | None,
    writes: Path | None,
    looked: Looked | None,
) -> Run:
    scope = scope_of(config)
    if looked and looked.scope == scope:
        tell_left_out(looked.left_out, working)
        sources, there = looked.sources, looked.files
    else:
        sources, there = scope.sources(given, working, writes, bool(stdin_filename)), None
    if not sources and not stdin_filename:
        say("no documents here (ignored files and other endings are not read)")
    run = make_run(config, sources, given["jobs"], _progress(given["quiet"]))
    read = (config.file, *(file for use in config.schemas_in_force for file in files_of(use.file)))
    more = {"key": run.task.key, "fail_on": config.fail_on, "max_size": config.max_size}
    known_by = {} if config.model else origin(scope, given, working, read, more)
    run = replace(run, replaces=given.get("replace", False), origin=known_by, looked=there)
    return _with_stdin(run, stdin_filename, working) if stdin_filename else run


def _with_stdin(run: Run, name: str, working: Path) -> Run:
    source = source_at(working / name, working)
    others = [other._replace(reported=False) for other in run.sources if other.path != source.path]
    data = sys.stdin.buffer.read(run.config.max_size + 1)
    if len(data) > run.config.max_size:
        fail(f"stdin: over max-size = {run.config.max_size} bytes")
    return replace(run, sources=Sources.of([*others, source]), overlay={source.path: data})


def _progress(quiet: bool) -> Callable[[int, int], None] | None:
    """A progress bar on stderr, on a terminal, for runs that are long enough to want one."""
    if quiet or not sys.stderr.isatty():
        return None
    from content_audit.cli.progress import bar

    return bar()
