"""`dateline run`: start the flow, show how far it is, then what it did."""

# ruff: noqa: PLC0415  (what costs seconds to import is imported while Prefect's server comes up)

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from flows.console.sources import default_sources
from flows.defaults import DEFAULT_WAREHOUSE
from flows.errors import PARTLY_PUBLISHED
from flows.progress import Pace, listening, pace
from flows.server import prepare_prefect
from flows.settings import Settings
from flows.sources.discover import discover, is_address
from warehouse.paths import WarehousePaths

BAR = 20
"""Width of a bar of progress, so that what stands beside it has room in 80 columns."""


def run_command(settings: Settings, *, dry_run: bool) -> int:
    """Run the flow over the settings' sources; what is wrong with them or the path is said before Prefect starts.

    Returns:
        The exit code: 0 done, 3 published without the batches that failed.
    """
    from_warehouse = settings.refresh or settings.retry_rejects
    chosen = list(settings.sources) if from_warehouse else default_sources(settings.sources)
    console = Console()
    if dry_run:
        return _dry_run(console, chosen, settings)
    discover(chosen, Path.cwd())
    paths = WarehousePaths.of(settings.warehouse, make_parent=settings.warehouse == DEFAULT_WAREHOUSE)
    waits = prepare_prefect()
    with _progress(console, settings):
        from flows.ingest import ingest
        from flows.user_actors import extractor_for

        if waits:
            extractor_for(paths.actors)  # compiled while the server comes up
        job = ingest(chosen, settings)
    if settings.log_format == "text":
        from flows.console.summary import print_summary

        print_summary(console, job)
    return PARTLY_PUBLISHED if job.record.state == "partial" else 0


def _dry_run(console: Console, sources: Sequence[str], settings: Settings) -> int:
    from flows.steps import plan_only

    with TemporaryDirectory(prefix="dateline-") as folder:
        plan = plan_only(sources, settings, Path(folder))
    console.print(
        f"Sources: {plan.sources_to_read:,} would be read, {plan.sources_unchanged:,} are as they were.\n"
        f"Articles: {plan.articles_to_extract:,} would be extracted, {plan.articles_unchanged:,} are known already, "
        f"{plan.articles_rejected:,} would be rejected.\nNothing was written."
    )
    if any(map(is_address, sources)):
        console.print("Feeds were not fetched: what is new there is not counted.")
    return 0


@contextmanager
def _progress(console: Console, settings: Settings) -> Iterator[None]:
    """Bars on a terminal; a line every few seconds on standard error elsewhere; events where the log is JSON."""
    if settings.log_format == "json":
        yield
    elif console.is_terminal:
        with bars(console):
            yield
    else:
        with listening(Pace(lambda line: sys.stderr.write(f"{line}\n"))):
            yield


@contextmanager
def bars(console: Console) -> Iterator[None]:
    """A line a stage, with a bar, how much of it is done and how long it will take; it is gone when the run ends."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(BAR), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        tasks = {"": progress.add_task("start Prefect", total=None, told="")}

        def listen(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                progress.update(list(tasks.values())[-1], completed=1, total=1, visible=len(tasks) > 1)
                tasks[stage] = progress.add_task(stage, total=total or None, told="")
            elapsed = progress.tasks[tasks[stage]].elapsed or 0.0
            told = pace(done, total, elapsed) if total else ""
            progress.update(tasks[stage], completed=done, told=told)

        with listening(listen):
            yield
