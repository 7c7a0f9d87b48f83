"""The flow `ingest`: discover, read, extract, load, audit, publish."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.batches import Batch
from flows.job import Job, open_job
from flows.progress import report
from flows.settings import Settings
from flows.sources.discover import SourceFile, discover
from flows.steps import (
    WORKERS,
    Extracted,
    Work,
    extract_batch,
    load_packages,
    publish_version,
    read_sources,
    source_folders,
)

RUNNER = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=WORKERS))


@flow(name="ingest", task_runner=RUNNER, validate_parameters=False)
def ingest(sources: Sequence[str], settings: Settings) -> Job:
    """Bring the facts of all new and changed articles of the sources into the warehouse.

    Args:
        sources: files, folders or globs.
        settings: the warehouse, the size of a batch, and all else that a user can set.

    Returns:
        The run, with its record: counts, seconds a stage, rows a table.

    Raises:
        SourceNotFoundError: a source does not exist.
        WarehousePathError: the warehouse's path cannot be used.
        WarehouseLockedError: another run is writing to the warehouse.
        BlockingAuditError: an audit failed; nothing was loaded or published.
    """
    files = discover(sources, Path.cwd())
    with open_job(settings) as job:
        work = read(job, files, source_folders(sources))
        extracted = extract_all(job, work.batches)
        load(job, work, extracted)
        publish(job)
    return job


def extract_all(job: Job, batches: Sequence[Batch]) -> list[Extracted]:
    """Extract the batches side by side; one that fails is named and does not stop the others."""
    done: list[Extracted] = []
    with job.timed("extract_seconds"):
        futures = {extract.submit(batch, job.paths.stage): batch for batch in batches}
        for future in as_completed(list(futures)):
            done.append(_settled(futures[future], future))
            report("extract", len(done), len(batches))
    return sorted(done, key=lambda extracted: extracted.batch.chosen)


def _settled(batch: Batch, future: PrefectFuture[Path]) -> Extracted:
    future.wait()
    if future.state.is_completed():
        return Extracted(batch, future.result())
    get_run_logger().error("batch %s failed: %s", batch.key, future.state.message)
    return Extracted(batch, None, future.state.message)


@task(name="read sources", cache_policy=NO_CACHE)
def read(job: Job, files: Sequence[SourceFile], folders: Sequence[Path]) -> Work:
    """Read what is new at the sources."""
    return read_sources(job, files, folders)


@task(name="extract batch", task_run_name="extract {batch.key}", cache_policy=NO_CACHE)
def extract(batch: Batch, stage: Path) -> Path:
    """Extract one batch into a package."""
    return extract_batch(batch, stage)


@task(name="load and audit", cache_policy=NO_CACHE)
def load(job: Job, work: Work, extracted: Sequence[Extracted]) -> None:
    """Load all packages in one audited transaction."""
    load_packages(job, work, extracted)


@task(name="publish", cache_policy=NO_CACHE)
def publish(job: Job) -> Path | None:
    """Publish the newest state."""
    return publish_version(job)
