"""HTML pages as Markdown documents, before they are cleaned as such."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from content_audit import files
from content_audit.audit import Run
from content_audit.discover import Source
from content_audit.files import UnreadableError
from content_audit.parse import is_page

POOL_FROM = 16
"""Pages from which worker processes pay: a page takes a tenth of a second and more, a worker half a second to start."""


@contextmanager
def converted(run: Run) -> Iterator[Run]:
    """The run with the HTML pages that it reports as Markdown, in files that go when the block ends.

    A page that can't be converted stays what it is: the run says why.
    """
    pages = [source for source in run.sources if source.reported and source.path not in run.overlay]
    pages = [source for source in pages if _is_page(source, run.task.max_size)]
    if not pages:
        yield run
        return
    with TemporaryDirectory(prefix="content-audit-") as folder:
        made = _convert(run, [(source, Path(folder, f"{n}.md")) for n, source in enumerate(pages)])
        places = {source.path: replace(source, file=file, converted=True) for source, file in made}
        yield replace(run, sources=[places.get(source.path, source) for source in run.sources])


def _is_page(source: Source, max_size: int) -> bool:
    if source.link:
        return False
    try:
        return is_page(files.read(source.file, max_size))
    except UnreadableError:
        return False


def _convert(run: Run, jobs: list[tuple[Source, Path]]) -> list[tuple[Source, Path]]:
    """The jobs that could be done: their files are written."""
    workers = run.workers(len(jobs), POOL_FROM)
    if workers == 1:
        return [job for job in jobs if write_markdown(job, run.task.max_size)]
    from content_audit.workers import spread

    with ExitStack() as stack:
        done = spread(write_markdown, jobs, run.task.max_size, workers=workers, chunk=1, stack=stack)
        return [job for job, written in zip(jobs, done, strict=True) if written]


def write_markdown(job: tuple[Source, Path], max_size: int) -> bool:
    """Write a page's Markdown to the job's file; False where that fails, whatever the reason."""
    from content_audit.parse.html import to_markdown

    source, file = job
    try:
        text = to_markdown(files.read(source.file, max_size).decode("utf-8"))
        file.write_bytes(text.encode("utf-8", "replace"))
    except Exception:  # the same page fails again when the run examines it, and is reported then
        return False
    return True
