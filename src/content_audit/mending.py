"""The fixes of what rules over all documents find: each document is read again, in this process or in others."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain, islice
from typing import NamedTuple

from content_audit import files
from content_audit.examine import Task, digest
from content_audit.files import UnreadableError
from content_audit.index import Index
from content_audit.inquiry import Mended, Starts
from content_audit.limits import Lost, OverTimeError, each
from content_audit.model import Edit, Fix, Safety
from content_audit.parse import parse
from content_audit.rules import RELEVANCE_RULES
from content_audit.run import CHUNK, Run

POOL_FROM = 2_000
"""Documents from which on worker processes pay: one takes .3 ms, to start two .1 s."""

MEND = {rule.code: rule.mend for rule in RELEVANCE_RULES}

Plain = tuple[list[tuple[int, int, str]], Safety, str]
"""A fix as it goes from one process to another: its edits, safety and title."""


class Mend(NamedTuple):
    """What is to be mended in a document: the problems that a rule has with it, by where they start.

    `data` are the bytes that stand for the file, `known` is the digest of those that the rule spoke of.
    """

    path: str
    file: str
    data: bytes | None
    known: str | None
    code: str
    starts: tuple[int, ...]


def mended(item: Mend, task: Task) -> tuple[Plain, ...] | Lost | None:
    """The one fix for these problems, if there is any; None where the document is not as it was.

    Where the rule fails, that is Lost, in whatever process it does.
    """
    try:
        return _mended(item, task)
    except (OverTimeError, MemoryError):
        raise
    except Exception as error:
        return Lost("RUN003", f"{type(error).__name__}: {error}")


def _mended(item: Mend, task: Task) -> tuple[Plain, ...] | None:
    try:
        data = item.data if item.data is not None else files.read(item.file, task.max_size)
    except UnreadableError:
        return None
    if digest(data) != item.known:
        return None
    fix = MEND[item.code](parse(item.path, data, task.fields), {*item.starts})
    return (([(e.start, e.end, e.text) for e in fix.edits], fix.safety, fix.title),) if fix else ()


def mends(run: Run, index: Index, code: str, problems: Starts) -> Iterator[Mended]:
    """What `mended` gives for each of these documents, by its path and where a rule's problems with it start."""
    items = (
        Mend(path, str(run.file(path)), run.overlay.get(path), index.digest(path), code, starts)
        for path, starts in problems
    )
    with ExitStack() as stack:
        for found in _found(run, items, stack):
            if found is None or isinstance(found, Lost):
                yield found
            else:
                yield tuple(Fix(tuple(Edit(*e) for e in edits), safety, title) for edits, safety, title in found)


def _found(run: Run, items: Iterator[Mend], stack: ExitStack) -> Iterator[tuple[Plain, ...] | Lost | None]:
    first = [*islice(items, POOL_FROM)]
    items = chain(first, items)
    workers = run.workers(len(first), POOL_FROM)
    if workers == 1:
        return each(mended, items, run.task, run.task.limits)
    from content_audit.workers import spread

    return spread(
        mended, items, run.task, run.task.limits, here=lambda item: True, workers=workers, chunk=CHUNK, stack=stack
    )
