"""The progress bar of long runs, on stderr."""

from collections.abc import Callable
from time import monotonic


def bar() -> Callable[[int, int], None]:
    """A function to tell how many of how many documents are done; the bar ends with the last."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate, left = TextColumn("{task.fields[rate]}"), TimeRemainingColumn()
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), rate, left)
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task, started = progress.add_task("reading", total=None, rate=""), monotonic()

    def advance(done: int, total: int) -> None:
        if done < total and not progress.live.is_started:
            progress.start()
        progress.update(task, completed=done, total=total, rate=f"{done / (monotonic() - started + 0.001):,.0f}/s")
        if done >= total and progress.live.is_started:
            progress.stop()

    return advance
