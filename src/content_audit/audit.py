"""The run: paths to documents, documents to facts and problems, facts to more problems, all of it to a report."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, islice, tee

from content_audit import files, seen, verdicts
from content_audit.examine import Job, digest, examine, unexamined
from content_audit.files import Stamp, UnreadableError
from content_audit.index import FileResult, Index
from content_audit.index.found import Found
from content_audit.inquiry import Inquiry, internal_error
from content_audit.limits import Lost, alone, each
from content_audit.mending import mends
from content_audit.model import Document, Problem, Span
from content_audit.parse import parse
from content_audit.relevance import forget
from content_audit.renewal import Renewal, renewal, whole
from content_audit.report import Report
from content_audit.rules import replaceable, severity
from content_audit.run import CHUNK, POOL_FROM, Run, finding, source_bytes
from content_audit.schemas import endless
from content_audit.sources import Source
from content_audit.summaries import summaries

BATCH = 512
"""Results written in one transaction: 70 transactions for 35,915 documents, some 10 MB of results in memory."""

LOST_TO_SCHEMA = 3
"""Documents lost while they were held against one schema, after which it is the schema's fault."""


def audit(run: Run, index: Index) -> Report:
    """Bring the index up to date with the files, and report what it and the collection rules say of them.

    An index that breaks on the way is built anew: what is reported never depends on it. Raises SchemaError for a schema
    that documents can't be held against within their limits.
    """
    return index.reliably(lambda: _audit(run, index))


def _audit(run: Run, index: Index) -> Report:
    started = time.monotonic()
    refresh(run, index)
    rules = _rules(run, index)
    report = verdicts.recall(index, run.sources, rules, run.name, run.brief) if rules else None
    if report is not None:
        verdicts.renew(index, run.sources, run.origin)
    else:
        report = (_amended(run, index, rules) if rules else None) or _asked(run, index, rules)
    return replace(report, seconds=time.monotonic() - started)


def _rules(run: Run, index: Index) -> str:
    """Tells what is asked of the facts from everything else; "" where what is found is not to be kept."""
    if index.file is None or run.overlay or run.replaces or run.sources.failed:
        return ""
    asked = [(code, severity(run.config, code)) for code in sorted(run.codes)]
    spared = [(glob, sorted(codes)) for glob, codes in run.spared]
    model = [(str(file), files.stamp(file)) for file in sorted(run.model.folder.iterdir())] if run.model else []
    return verdicts.digest((repr((asked, spared, model)), *sorted(run.inventory)))


def _amended(run: Run, index: Index, rules: str) -> Report | None:
    """What was reported before, with the rules asked again about what a few changes have to do with; None where that
    does not do."""
    anew = renewal(index, run.sources, rules, run.codes, run.task.options)
    if anew is None:
        return None
    with anew.asking(index):
        inquiry = _inquiry(run, index, anew.paths, anew)
        found = _found(run, index, inquiry.problems(anew.reach["names"]))
    if inquiry.unread or found.internal_errors or (anew.near and anew.near.moved):
        return None
    if anew.near:
        anew.near.keep(index, index.generation)
    said = verdicts.amend(index, run.sources, anew.told, anew.gone, anew.asked, found, inquiry.unjudged, run.origin)
    return verdicts.said(index, said, run.sources, run.name, run.brief) if said else None


def _asked(run: Run, index: Index, rules: str) -> Report:
    """What the rules say, remembered for the next run if that can rely on it: then of all documents."""
    reported = run.sources.reported.paths
    paths = run.sources.paths if rules else reported
    inquiry = _inquiry(run, index, {*paths})
    found = _found(run, index, _problems(run, inquiry, paths))
    kept = False
    if rules and not inquiry.unread and not found.internal_errors and index.number == len(paths):
        known = whole(index, run.codes, run.task.options)
        if inquiry.looked_around:
            inquiry.near.keep(index, index.generation)
        else:
            forget(index)  # it may be of other documents
        kept = verdicts.keep(index, run.sources, rules, known, found, inquiry.unjudged, run.origin)
    if kept and run.brief:
        return verdicts.said(index, index.told(), run.sources, run.name, run.brief)
    unjudged = verdicts.by_reason(inquiry.unjudged)
    report = Report((), summaries(index, paths), 0.0, len(run.sources), unjudged=unjudged)
    report = report.of(found, index.lines, run.name)
    return report if len(paths) == len(reported) else report.within({*reported})


def _found(run: Run, index: Index, problems: Iterable[tuple[str, Problem]]) -> Found:
    """The problems as findings, in order."""
    return Found(index, (finding(run.config, code, problem) for code, problem in problems))


def refresh(run: Run, index: Index) -> dict[str, Lost]:
    """Examine what the index does not know, or not as it is now; the documents that were lost, by their paths.

    What was lost once is not tried again as long as the index is open, and has nothing kept that a later run relies on.
    Raises SchemaError where it is a schema's fault.
    """
    stale = _Stale(run, index)
    jobs = iter(stale)
    first = [*islice(jobs, POOL_FROM)]
    many = len(first) == POOL_FROM
    done = 0
    lost: dict[str, Lost] = {}
    batch: list[tuple[FileResult, Stamp | None]] = []
    with ExitStack() as stack:
        if many:
            stack.enter_context(index.filling())
        for job, outcome in _outcomes(run, first, jobs, stack):
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
            if run.progress and (done % CHUNK == 0 or done == stale.number):
                run.progress(done, stale.number)
        if batch:
            index.store(batch)
    index.collection(run.sources.paths, run.inventory)
    return lost


def _blame(run: Run, lost: Mapping[str, Lost]) -> None:
    """Raise SchemaError where documents are lost to one schema again and again: each more would cost its limit."""
    for number, use in enumerate(run.config.schemas_in_force, 1):
        paths = [path for path, each in lost.items() if each.stage == number]
        if len(paths) >= LOST_TO_SCHEMA:
            told = f"{', '.join(paths)} took more than a document may when they were held against this schema"
            raise endless(use.file, f"{told} (max-seconds = {run.task.limits.seconds})")


class _Stale(Iterable[Job]):
    """The documents that the index does not know as they are now; `number` is how many there can be yet."""

    def __init__(self, run: Run, index: Index) -> None:
        self.run, self.index = run, index
        self.sources = run.sources
        if not run.overlay:
            self.sources = seen.changed(index, run.sources, run.looked or seen.look(run.sources))
        self.number = len(self.sources)

    def __iter__(self) -> Iterator[Job]:
        for source, before in zip(self.sources, self.index.stamps(self.sources.paths), strict=True):
            job = self._job(source, before)
            if job is None or job.token in self.index.lost:
                self.number -= 1
            else:
                yield job

    def _job(self, source: Source, before: tuple[int, ...] | None) -> Job | None:
        if source.path in self.run.overlay:
            data = self.run.overlay[source.path]
            return Job(source, data, size=len(data)) if self.index.digest(source.path) != digest(data) else None
        now = files.stamp(source.name)
        if before is not None and before == now:
            return None
        settled = now is not None and now.settled
        last = self.index.digest(source.path) if before else None
        return Job(source, known=last, stamp=now, settled=settled, size=now.size if now else 0)


def _outcomes(
    run: Run, first: Sequence[Job], more: Iterable[Job], stack: ExitStack
) -> Iterator[tuple[Job, FileResult | Lost | None]]:
    """Each job with its outcome, from this process or from workers where there is enough to do: `first` tells."""
    done, jobs = tee(chain(first, more))
    workers = run.workers(len(first), POOL_FROM)

    def here(job: Job) -> bool:
        return not run.apart and run.task.here(job.size)

    if workers == 1 and len(first) < POOL_FROM and all(map(here, first)):
        return zip(done, each(examine, jobs, run.task, run.task.limits), strict=True)
    from content_audit.workers import spread

    outcomes = spread(examine, jobs, run.task, run.task.limits, here=here, workers=workers, chunk=CHUNK, stack=stack)
    return zip(done, outcomes, strict=True)


def problems(run: Run, index: Index, paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    """What the chosen rules say of these documents, and of all reported ones what the collection rules say.

    What the run could not do with a document is named.
    """
    return _problems(run, _inquiry(run, index, {*run.sources.reported.paths}), paths)


def _inquiry(run: Run, index: Index, reported: Set[str], anew: Renewal | None = None) -> Inquiry:
    replaces = replaceable(run.config) if run.replaces else frozenset()
    read = partial(_reread, run, index)
    return Inquiry(
        index,
        run.codes,
        run.task.options,
        reported,
        read,
        partial(mends, run, index),
        replaces,
        run.model,
        run.spares,
        *((anew.reach, anew.near, anew.used) if anew else ()),
    )


def _problems(run: Run, inquiry: Inquiry, paths: Iterable[str]) -> Iterator[tuple[str, Problem]]:
    yield from inquiry.problems(paths)
    yield from ((code, problem) for code, problem in _failures(run) if code in run.codes)


def _failures(run: Run) -> Iterator[tuple[str, Problem]]:
    for source in run.sources.failed:
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
