"""`dateline run`: start the flow, show how far it is, then what it did."""

# ruff: noqa: PLC0415  (what costs seconds to import is imported while Prefect's server comes up)

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as RateColumn

from flows.console.sources import default_sources
from flows.defaults import DEFAULT_WAREHOUSE
from flows.errors import PARTLY_PUBLISHED
from flows.progress import Pace, listening
from flows.server import prepare_prefect
from flows.settings import Settings
from flows.sources.discover import discover, is_address
from warehouse.paths import WarehousePaths


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
        f"{plan.sources_to_read} sources would be read, {plan.sources_unchanged} are as they were; "
        f"{plan.articles_to_extract} articles would be extracted, {plan.articles_unchanged} are known already, "
        f"{plan.articles_rejected} would be rejected. Nothing was written."
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
        with _bars(console):
            yield
    else:
        with listening(Pace(lambda line: sys.stderr.write(f"{line}\n"))):
            yield


@contextmanager
def _bars(console: Console) -> Iterator[None]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        starting = progress.add_task("start Prefect", total=None)
        tasks = {"": starting}

        def listen(stage: str, done: int, total: int) -> None:
            progress.update(tasks[""], visible=False)
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        with listening(listen):
            yield
