"""The run: paths to documents, documents to facts and problems, facts to more problems, all of it to a report."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial

from content_audit import files
from content_audit.config import Config
from content_audit.discover import Source, display, lasting_name, matches
from content_audit.examine import Job, Task, digest, examine, refusal, unexamined
from content_audit.files import Stamp, UnreadableError
from content_audit.index import FileResult, Index
from content_audit.inquiry import Inquiry, internal_error
from content_audit.inventory import read_inventory
from content_audit.limits import Lost, alone
from content_audit.model import Document, Finding, Problem, Span
from content_audit.parse import parse
from content_audit.relevance import ModelError, StaticModel, load_model
from content_audit.report import DocumentSummary, Report, build
from content_audit.rules import (
    CATALOGUE,
    RELEVANCE_RULES,
    replaceable,
    rule_options,
    selected,
    severity,
    spared,
)
from content_audit.schemas import SchemaError, compiled, cost, endless

Progress = Callable[[int, int], None]

POOL_FROM = 1_000
"""Documents to examine from which worker processes pay for their start; a single one does some 400 a second."""

CHUNK = 64
"""Documents that a worker is given at a time: some tenths of a second of work, so that an interrupt is soon obeyed."""

BATCH = 512
"""Results written in one transaction: 70 transactions for 35,915 documents, some 10 MB of results in memory."""

LOST_TO_SCHEMA = 3
"""Documents lost while they were held against one schema, after which it is the schema's fault."""

RACY_NS = 2_000_000_000
"""A file written this shortly before it was read may change within the clock's tick: it is read again next time."""


@dataclass(frozen=True)
class Run:
    """What a run is about. `overlay` has bytes that stand for what files hold; `codes` are the rules to report.

    `inventory` has the keys of targets that exist elsewhere (`content_audit.inventory`). With `replaces`, fixes put
    better links in the place of those that they would remove. `model` says what words mean, where the configuration
    names one and a rule asks. With `apart`, no document is examined in the run's own process. `spared` are globs of
    files, each with the rules that are left out there.
    """

    config: Config
    sources: Sequence[Source]
    task: Task
    codes: frozenset[str]
    jobs: int | None = None
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    progress: Progress | None = None
    inventory: frozenset[str] = frozenset()
    replaces: bool = False
    model: StaticModel | None = None
    apart: bool = False
    spared: Sequence[tuple[str, frozenset[str]]] = ()

    @cached_property
    def by_path(self) -> Mapping[str, Source]:
        """The sources by the names that findings call them."""
        return {source.path: source for source in self.sources}

    @property
    def many(self) -> bool:
        """Are there so many documents that the start of a process does not matter?"""
        return len(self.sources) >= POOL_FROM

    def name(self, path: str) -> str:
        """What a document is called wherever the run is started."""
        return lasting_name(self.by_path[path], self.config.folder) if path in self.by_path else path

    def spares(self, path: str, code: str) -> bool:
        """Does the configuration leave out what this rule finds in this document?"""
        globs = [glob for glob, codes in self.spared if code in codes]
        if not globs or path not in self.by_path:
            return False
        return matches(display(self.by_path[path].file, self.config.folder), globs)

    def workers(self, items: int, pool_from: int) -> int:
        """How many processes are to work on so many items, where they pay from `pool_from` items on."""
        wanted = self.jobs or (min(os.cpu_count() or 1, 8) if items >= pool_from else 1)
        return wanted if items > 1 else 1


def make_run(
    config: Config, sources: Sequence[Source], jobs: int | None = None, progress: Progress | None = None
) -> Run:
    """A run with its rules' options, the inventory and the model read.

    Raises ConfigError for options and codes that no rule has and for a model that can't be used, InventoryError for an
    inventory and SchemaError for a schema that can't.
    """
    task = Task(config.fields, config.max_size, config.limits, rule_options(config), _cost(config))
    inventory = read_inventory(config.inventory, config.fields)
    codes = selected(config)
    model = _model(config, codes)
    return Run(config, sources, task, codes, jobs, {}, progress, inventory, model=model, spared=spared(config))


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
        here, limits = [False] * len(schemas), run.task.limits
        outcomes = spread(refusal, schemas, None, limits, here=here, workers=1, chunk=1, stack=stack)
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


def audit(run: Run, index: Index) -> Report:
    """Bring the index up to date with the files, and report what it and the collection rules say of them.

    An index that breaks on the way is built anew: what is reported never depends on it. Raises SchemaError for a schema
    that documents can't be held against within their limits.
    """
    return index.reliably(lambda: _audit(run, index))


def _audit(run: Run, index: Index) -> Report:
    started = time.monotonic()
    refresh(run, index)
    reported = [source.path for source in run.sources if source.reported]
    unjudged: Counter[tuple[str, str]] = Counter()
    found = [finding(run.config, code, problem) for code, problem in problems(run, index, reported, unjudged)]
    documents = _summaries(index, reported)
    spans = (span for f in found for span in (f.problem.span, *(r.span for r in f.problem.related)))
    lines = {path: index.lines(path) for path in {span.path for span in spans}}
    names = {path: run.name(path) for path in lines}
    return build(found, documents, lines, time.monotonic() - started, len(run.sources), unjudged, names)


def refresh(run: Run, index: Index) -> dict[str, Lost]:
    """Examine what the index does not know, or not as it is now; the documents that were lost, by their paths.

    What was lost once is not tried again as long as the index is open, and has nothing kept that a later run relies on.
    Raises SchemaError where it is a schema's fault.
    """
    jobs = list(_stale(run, index))
    done = 0
    lost: dict[str, Lost] = {}
    batch: list[tuple[FileResult, Stamp | None]] = []
    with ExitStack() as stack:
        for job, outcome in zip(jobs, _map(run, jobs, stack), strict=True):
            if isinstance(outcome, Lost):
                index.lost.add(job.token)
                lost[job.source.path] = outcome
                _blame(run, lost)
                batch.append((unexamined(job, outcome.code, outcome.reason, run.task), None))
            elif outcome is not None:
                batch.append((outcome, job.stamp if job.settled else None))
            elif job.stamp is not None and job.settled:
                index.restamp(job.source.path, job.stamp)
            done += 1
            if len(batch) >= BATCH:
                index.store(batch)
                batch = []
            if run.progress and (done % CHUNK == 0 or done == len(jobs)):
                run.progress(done, len(jobs))
    index.store(batch)
    index.collection([source.path for source in run.sources], run.inventory)
    return lost


def _blame(run: Run, lost: Mapping[str, Lost]) -> None:
    """Raise SchemaError where documents are lost to one schema again and again: each more would cost its limit."""
    for number, use in enumerate(run.config.schemas_in_force, 1):
        paths = [path for path, each in lost.items() if each.stage == number]
        if len(paths) >= LOST_TO_SCHEMA:
            told = f"{', '.join(paths)} took more than a document may when they were held against this schema"
            raise endless(use.file, f"{told} (max-seconds = {run.task.limits.seconds})")


def _stale(run: Run, index: Index) -> Iterator[Job]:
    return (job for job in _changed(run, index) if job.token not in index.lost)


def _changed(run: Run, index: Index) -> Iterator[Job]:
    known = index.stamps()
    for source in run.sources:
        if source.path in run.overlay:
            data = run.overlay[source.path]
            if index.digest(source.path) != digest(data):
                yield Job(source, data, size=len(data))
            continue
        before, now = known.get(source.path), files.stamp(source.file)
        if before is None or before != now:
            settled = now is not None and max(now.mtime_ns, now.ctime_ns) < time.time_ns() - RACY_NS
            last = index.digest(source.path) if before else None
            yield Job(source, known=last, stamp=now, settled=settled, size=now.size if now else 0)


def source_bytes(run: Run, path: str) -> bytes:
    """The bytes of a document of this run as the run sees it. Raises UnreadableError."""
    if path in run.overlay:
        return run.overlay[path]
    return files.read(run.by_path[path].file, run.task.max_size)


def _map(run: Run, jobs: Sequence[Job], stack: ExitStack) -> Iterator[FileResult | Lost | None]:
    """The outcomes in the jobs' order, from this process or from workers where there is enough to do."""
    workers = run.workers(len(jobs), POOL_FROM)
    here = [not run.apart and run.task.here(job.size) for job in jobs]
    if workers == 1 and all(here):
        return (alone(examine, job, run.task, run.task.limits) for job in jobs)
    from content_audit.workers import spread

    return spread(examine, jobs, run.task, run.task.limits, here=here, workers=workers, chunk=CHUNK, stack=stack)


def problems(
    run: Run, index: Index, paths: Iterable[str], unjudged: Counter[tuple[str, str]] | None = None
) -> Iterator[tuple[str, Problem]]:
    """What the chosen rules say of these documents, and of all reported ones what the collection rules say.

    What the run could not do with a document is named. What a rule can't tell is counted in `unjudged`, by code and
    reason.
    """
    reported = {source.path for source in run.sources if source.reported}
    replaces = replaceable(run.config) if run.replaces else frozenset()
    read = partial(_reread, run, index)
    inquiry = Inquiry(index, run.codes, run.task.options, reported, read, replaces, run.model, run.spares)
    yield from inquiry.problems(paths)
    yield from ((code, problem) for code, problem in _failures(run) if code in run.codes)
    if unjudged is not None:
        unjudged.update(inquiry.unjudged)


def _failures(run: Run) -> Iterator[tuple[str, Problem]]:
    for source in run.sources:
        if source.failure:
            where, lost = source.failure
            over = Problem(Span(source.path, 0, 0), f"{where} {lost.reason}", {"where": where})
            yield lost.code, internal_error(source.path, where, lost.reason) if lost.code == "RUN003" else over


def _reread(run: Run, index: Index, path: str) -> Document | None:
    """A document as the index knows it; None where it has changed or gone since."""
    try:
        data = source_bytes(run, path)
    except UnreadableError:
        return None
    if index.digest(path) != digest(data):
        return None
    document = alone(partial(parse, path), data, run.task.fields, run.task.limits)
    return None if isinstance(document, Lost) else document


def finding(config: Config, code: str, problem: Problem) -> Finding:
    """The problem with the name and the severity that its rule has in this configuration."""
    return Finding(code, CATALOGUE[code].name, severity(config, code), problem)


def _summaries(index: Index, paths: Sequence[str]) -> list[DocumentSummary]:
    columns = "SELECT path, format, title, subject, words, removed_words FROM documents"
    rows = {row["path"]: DocumentSummary(**row) for row in index.query(columns)}
    return [rows[path] for path in paths if path in rows]
