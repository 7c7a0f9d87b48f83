"""The flow `ingest`: discover, read, extract, load, audit, publish, index, report."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from errno import EACCES, EISDIR, ENOENT, ENOTDIR, EPERM, EROFS
from pathlib import Path
from typing import Any, cast

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.runtime import task_run
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from flows.artifacts import describe_run
from flows.batches import Batch
from flows.errors import UsageError
from flows.freshness import raise_alerts
from flows.job import Job, open_job
from flows.logs import log_as
from flows.progress import report
from flows.settings import Settings, in_force
from flows.sources.discover import SourceFile, discover, is_address
from flows.steps import (
    Extracted,
    Work,
    fetch_feeds,
    index_version,
    load_packages,
    publish_version,
    read_sources,
    source_folders,
)
from flows.workers import worker_count
from warehouse.lock import WarehouseLockedError
from warehouse.packages import read_manifest

RUNNER = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=worker_count()))
FIRST_WAIT = 1.0
"""Seconds before a step is tried again for the first time; then twice as long each time."""
LASTING = frozenset({EACCES, EISDIR, ENOENT, ENOTDIR, EPERM, EROFS})
"""Errors of the system that no waiting mends."""
PARTLY_PUBLISHED = "PartlyPublished"
"""Name of the state of a run some of whose batches failed: what succeeded is published."""


def can_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether what stopped a step may be gone a moment later: errors of input and output, and the lock."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, WarehouseLockedError) or (isinstance(error, OSError) and error.errno not in LASTING)


def _batch_name() -> str:
    batch = task_run.parameters["batch"]
    return f"extract {batch.articles} articles ({batch.text_bytes / 1e6:.1f} MB, {batch.key[:8]})"


PATIENT: Any = {
    "cache_policy": NO_CACHE,
    "retry_delay_seconds": exponential_backoff(FIRST_WAIT),
    "retry_condition_fn": can_pass,
}
"""How a step of the flow is tried again; how often, the settings say."""


@flow(name="ingest", task_runner=RUNNER)
def ingest(sources: list[str] | None = None, settings: Settings | None = None) -> Job:
    """Bring the facts of all new and changed articles of the sources into the warehouse.

    Args:
        sources: files, folders or globs; those of the settings where none is named.
        settings: the warehouse, the size of a batch, and all else that a user can set; what is missing is taken from
            the environment and dateline.toml where the flow runs.

    Returns:
        The run, with its record: counts, seconds a stage, rows a table. Its state is named PartlyPublished where
        batches failed.

    Raises:
        SourceNotFoundError: a source does not exist.
        WarehousePathError: the warehouse's path cannot be used.
        WarehouseLockedError: another run is writing to the warehouse, and went on after the last retry.
        BlockingAuditError: an audit failed; nothing was loaded or published.
        FailedBatchError: a batch failed, and the settings are strict; nothing was loaded or published.
    """
    settings = in_force(settings)
    chosen = sources or list(settings.sources)
    if not (chosen or settings.refresh or settings.retry_rejects):
        message = "name the sources: as a parameter, in DATELINE_SOURCES, or in dateline.toml"
        raise UsageError(message)
    retries = settings.retries
    with ExitStack() as stack:
        log = stack.enter_context(log_as(settings.log_format))
        files = discover(chosen, Path.cwd())
        feeds = [source for source in chosen if is_address(source)]
        job = open_warehouse.with_options(retries=retries)(stack, settings)
        log.bind(run_id=job.record.run_id)
        if feeds:
            files += fetch.with_options(retries=retries)(feeds, job)
        work = read.with_options(retries=retries)(job, files, source_folders(chosen))
        extracted = extract_all(job, work.batches)
        load.with_options(retries=retries)(job, work, extracted)
        publish.with_options(retries=retries)(job)
        index(job)
        _tell(job, extracted)
        log.conclude(asdict(job.record))
    return _with_state(job)


def _tell(job: Job, extracted: Sequence[Extracted]) -> None:
    """Raise the run's alerts and describe it; what is published stays published where Prefect takes no word of it."""
    try:
        raise_alerts(job)
        describe_run(job, extracted)
    except Exception:  # noqa: BLE001  (whatever stops a report must not fail a run that is published)
        get_run_logger().exception("the run is done, but its report could not be written")


def _with_state(job: Job) -> Job:
    """The run, in a state of its own name where batches failed; Prefect gives the caller the run."""
    if job.record.state != "partial":
        return job
    return cast("Job", Completed(name=PARTLY_PUBLISHED, message=job.record.message, data=job))


def extract_all(job: Job, batches: Sequence[Batch]) -> list[Extracted]:
    """Extract the batches side by side; one that fails is named and does not stop the others."""
    done: list[Extracted] = []
    again = extract.with_options(retries=job.settings.retries)
    total = sum(batch.text_bytes for batch in batches)
    with job.timed("extract_seconds"):
        futures = {again.submit(batch, job): batch for batch in batches}
        if batches:
            report("extract", 0, total)
        for future in as_completed(list(futures)):
            done.append(_settled(job, futures[future], future))
            report("extract", sum(extracted.batch.text_bytes for extracted in done), total)
    return sorted(done, key=lambda extracted: extracted.batch.chosen)


def _settled(job: Job, batch: Batch, future: PrefectFuture[Path]) -> Extracted:
    future.wait()
    if future.state.is_completed():
        package = future.result()
        manifest = read_manifest(package)
        job.batch_seconds[batch.key] = sum(manifest.seconds.values()) if manifest else 0.0
        return Extracted(batch, package)
    get_run_logger().error("batch %s failed: %s", batch.key, future.state.message, extra={"batch": batch.key})
    return Extracted(batch, None, future.state.message)


@task(name="open the warehouse", task_run_name="open the warehouse", tags=["warehouse"], **PATIENT)
def open_warehouse(stack: ExitStack, settings: Settings) -> Job:
    """Take the warehouse's lock and begin the run's record; both end with the flow."""
    return stack.enter_context(open_job(settings))


@task(name="fetch feeds", task_run_name="fetch feeds", tags=["sources"], **PATIENT)
def fetch(feeds: Sequence[str], job: Job) -> list[SourceFile]:
    """Fetch what is new in the feeds."""
    return fetch_feeds(job, feeds)


@task(name="read sources", task_run_name="read sources", tags=["sources"], **PATIENT)
def read(job: Job, files: Sequence[SourceFile], folders: Sequence[Path]) -> Work:
    """Read what is new at the sources."""
    return read_sources(job, files, folders)


@task(name="extract batch", task_run_name=_batch_name, tags=["extraction"], **PATIENT)
def extract(batch: Batch, job: Job) -> Path:
    """Extract one batch into a package."""
    return job.workers.extract(batch, job.paths.stage)


@task(name="load and audit", task_run_name="load and audit", tags=["warehouse"], **PATIENT)
def load(job: Job, work: Work, extracted: Sequence[Extracted]) -> None:
    """Load all packages in one audited transaction."""
    load_packages(job, work, extracted)


@task(name="publish", task_run_name="publish", tags=["warehouse"], **PATIENT)
def publish(job: Job) -> Path | None:
    """Publish the newest state."""
    return publish_version(job)


@task(name="index for search", task_run_name="index for search", tags=["warehouse"], cache_policy=NO_CACHE)
def index(job: Job) -> None:
    """Build the search index of what is published."""
    index_version(job)
