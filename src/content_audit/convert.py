"""HTML pages as Markdown documents, before they are cleaned as such."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from content_audit import files
from content_audit.examine import HERE
from content_audit.files import UnreadableError
from content_audit.limits import Lost
from content_audit.parse import is_page
from content_audit.run import Run
from content_audit.sources import Source, Sources

CONVERSION = "the conversion"

POOL_FROM = 16
"""Pages from which worker processes pay: a page takes a tenth of a second and more, a worker half a second to start."""


@contextmanager
def converted(run: Run) -> Iterator[Run]:
    """The run with the HTML pages that it reports as Markdown, in files that go when the block ends.

    A page that can't be converted stays what it is: the run says why, as RUN003 where the conversion failed, as RUN002
    where it took more than it may.
    """
    pages = [source for source in run.sources.reported if source.path not in run.overlay]
    pages = [source for source in pages if _is_page(source, run.task.max_size)]
    if not pages:
        yield run
        return
    with TemporaryDirectory(prefix="content-audit-") as folder:
        jobs = [(source, Path(folder, f"{n}.md")) for n, source in enumerate(pages)]
        places = {source.path: source for source in _convert(run, jobs)}
        yield replace(run, sources=Sources.of(places.get(source.path, source) for source in run.sources))


def _is_page(source: Source, max_size: int) -> bool:
    if source.link:
        return False
    try:
        return is_page(files.read(source.file, max_size))
    except UnreadableError:
        return False


def _convert(run: Run, jobs: list[tuple[Source, Path]]) -> list[Source]:
    """The sources as they are now: their Markdown, or why there is none."""
    from content_audit.workers import spread

    def here(job: tuple[Source, Path]) -> bool:
        return not run.many and _size(job[0]) <= HERE

    limits, workers = run.task.limits, run.workers(len(jobs), POOL_FROM)
    with ExitStack() as stack:
        outcomes = spread(
            write_markdown, jobs, run.task.max_size, limits, here=here, workers=workers, chunk=1, stack=stack
        )
        return [_named(source, outcome) for (source, _), outcome in zip(jobs, outcomes, strict=True)]


def _size(source: Source) -> int:
    stamp = files.stamp(source.name)
    return stamp.size if stamp else 0


def _named(source: Source, outcome: Source | Lost) -> Source:
    return source._replace(failure=(CONVERSION, outcome)) if isinstance(outcome, Lost) else outcome


def write_markdown(job: tuple[Source, Path], max_size: int) -> Source:
    """Write a page's Markdown to the job's file; its source as it is then.

    A page that can't be read or decoded stays as it is: the run meets the same when it examines it.
    """
    from content_audit.parse.html import to_markdown

    source, file = job
    try:
        page = files.read(source.file, max_size).decode("utf-8")
    except (UnreadableError, UnicodeDecodeError):
        return source
    try:
        file.write_bytes(to_markdown(page).encode("utf-8", "replace"))
    except MemoryError:
        raise
    except Exception as error:  # whatever a library makes of the worst page, the others are converted
        return source._replace(failure=(CONVERSION, Lost("RUN003", f"{type(error).__name__}: {error}")))
    return source._replace(name=str(file), converted=True)
