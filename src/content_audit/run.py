"""What a run is about: documents, rules, configuration."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from content_audit import files
from content_audit.config import Config
from content_audit.discover import display, lasting_name
from content_audit.examine import Task, refusal
from content_audit.globs import matches
from content_audit.index import Stamped
from content_audit.inventory import read_inventory
from content_audit.limits import Lost, alone
from content_audit.model import Finding, Problem
from content_audit.relevance import ModelError, StaticModel, load_model
from content_audit.render.html_text import clip
from content_audit.rules import CATALOGUE, RELEVANCE_RULES, rule_options, selected, severity, spared
from content_audit.schemas import SchemaError, compiled, cost
from content_audit.sources import Source, Sources

Progress = Callable[[int, int], None]

POOL_FROM = 1_000
"""Documents to examine from which worker processes pay for their start; a single one does some 500 a second."""

CHUNK = 64
"""Documents that a worker is given at a time: some tenths of a second of work, so that an interrupt is soon obeyed."""

MAX_MESSAGE = 1_000
"""Characters of a message: what it quotes of a document may have as many as the document."""


@dataclass(frozen=True)
class Run:
    """What a run is about. `overlay` has bytes that stand for what files hold; `codes` are the rules to report.

    `inventory` has the keys of targets that exist elsewhere (`content_audit.inventory`). With `replaces`, fixes put
    better links in the place of those that they would remove. `model` says what words mean, where the configuration
    names one and a rule asks. With `apart`, no document is examined in the run's own process. `spared` are globs of
    files, each with the rules that are left out there. A `brief` run is asked for its concise lines and figures alone.
    `origin` is what a later run knows this one by. `looked` has the documents' files as they were when the command
    began, where it has written none since.
    """

    config: Config
    sources: Sources
    task: Task
    codes: frozenset[str]
    jobs: int | None = None
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    progress: Progress | None = None
    inventory: frozenset[str] = frozenset()
    replaces: bool = False
    model: StaticModel | None = None
    apart: bool = False
    brief: bool = False
    origin: Mapping[str, Any] = field(default_factory=dict)
    looked: Stamped | None = None
    spared: Sequence[tuple[str, frozenset[str]]] = ()

    @property
    def many(self) -> bool:
        """Are there so many documents that the start of a process does not matter?"""
        return len(self.sources) >= POOL_FROM

    def file(self, path: str) -> Path:
        """The file of the document that findings call so. Raises LookupError where there is none."""
        source = self.sources.get(path)
        if source is None:
            raise LookupError(path)
        return source.file

    def name(self, path: str) -> str:
        """What a document is called wherever the run is started."""
        source = self.sources.get(path)
        return lasting_name(source, self.config.folder) if source else path

    def spares(self, path: str, code: str) -> bool:
        """Does the configuration leave out what this rule finds in this document?"""
        globs = [glob for glob, codes in self.spared if code in codes]
        source = self.sources.get(path) if globs else None
        return source is not None and matches(display(source.file, self.config.folder), globs)

    def workers(self, items: int, pool_from: int) -> int:
        """How many processes are to work on so many items, where they pay from `pool_from` items on."""
        wanted = self.jobs or (min(os.cpu_count() or 1, 8) if items >= pool_from else 1)
        return wanted if items > 1 else 1


def make_run(
    config: Config, sources: Iterable[Source], jobs: int | None = None, progress: Progress | None = None
) -> Run:
    """A run with its rules' options, the inventory and the model read.

    Raises ConfigError for options and codes that no rule has and for a model that can't be used, InventoryError for an
    inventory and SchemaError for a schema that can't.
    """
    task = Task(config.fields, config.max_size, config.limits, rule_options(config), _cost(config))
    inventory = read_inventory(config.inventory, config.fields)
    codes = selected(config)
    model = _model(config, codes)
    known = sources if isinstance(sources, Sources) else Sources.of(sources)
    return Run(config, known, task, codes, jobs, {}, progress, inventory, model=model, spared=spared(config))


def _cost(config: Config) -> int | None:
    """What the schemas in force hold against a value; None where one of them is not to be compiled in this process."""
    most = 0
    for use in config.schemas_in_force:
        told = alone(lambda file, _: (cost(file),), use.file, None, config.limits)
        if isinstance(told, Lost):
            raise SchemaError(f"{use.file}: {told.reason} to be read")
        if told[0] is None:
            return None
        most = max(most, told[0])
    return most


def check_schemas(run: Run) -> None:
    """Raise SchemaError for a schema that can't be compiled, or not within the limits of a document."""
    schemas = [use.file for use in run.config.schemas_in_force]
    if run.task.cost is not None:
        for file in schemas:
            compiled(file)
        return
    from content_audit.workers import spread

    with ExitStack() as stack:
        limits = run.task.limits
        outcomes = spread(refusal, schemas, None, limits, here=lambda file: False, workers=1, chunk=1, stack=stack)
        for file, told in zip(schemas, outcomes, strict=True):
            if told:
                raise SchemaError(f"{file}: {told.reason} to be compiled" if isinstance(told, Lost) else told)


def _model(config: Config, codes: Set[str]) -> StaticModel | None:
    if config.model is None or codes.isdisjoint(rule.code for rule in RELEVANCE_RULES):
        return None
    try:
        return load_model(config.model)
    except ModelError as error:
        config.fail(f"semantic.model: {error}", "semantic", "model")


def source_bytes(run: Run, path: str) -> bytes:
    """The bytes of a document of this run as the run sees it. Raises UnreadableError."""
    if path in run.overlay:
        return run.overlay[path]
    return files.read(run.file(path), run.task.max_size)


def finding(config: Config, code: str, problem: Problem) -> Finding:
    """The problem with the name and the severity that its rule has in this configuration, its message cut short."""
    if len(problem.message) > MAX_MESSAGE:
        problem = replace(problem, message=clip(problem.message, MAX_MESSAGE - 100, 50))
    return Finding(code, CATALOGUE[code].name, severity(config, code), problem)
