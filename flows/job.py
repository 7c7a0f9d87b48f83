"""One run on one warehouse: its settings, its lock, its connection and its record."""

import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.defaults import DEFAULT_WAREHOUSE
from flows.settings import Settings
from flows.user_actors import actor_rules_version
from flows.version import dateline_version
from flows.workers import Workers
from warehouse.connection import Connection, open_build
from warehouse.lock import writer_lock
from warehouse.paths import WarehousePaths
from warehouse.runs import RunRecord, last_run, write_run
from warehouse.storage import storage_errors
from warehouse.transaction import transaction

if TYPE_CHECKING:
    from flows.freshness import Alert

LONGEST_MESSAGE = 500
"""Characters of an error that the run's record keeps."""


@dataclass(slots=True)
class Job:
    """A run under way: it holds the writer's lock and the only connection to the build file.

    Attributes:
        settings: what the user set.
        paths: the warehouse's files.
        connection: to the build file.
        record: the run's row of etl.run.
        rows: rows loaded, by table.
        sources_found: files that were found.
        left_out: new articles outside the window that the settings name.
        index_fault: why no search index was built, where something stopped it.
        alerts: what is unusual about the run.
        batch_seconds: how long each batch took, by its key.
    """

    settings: Settings
    paths: WarehousePaths
    connection: Connection
    record: RunRecord
    workers: Workers
    rows: Mapping[str, int] = field(default_factory=dict)
    sources_found: int = 0
    left_out: int = 0
    index_fault: str | None = None
    alerts: Sequence["Alert"] = ()
    batch_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def landing(self) -> Path:
        """The folder of the articles that this run read."""
        return self.paths.stage / f"landing-{self.record.run_id}"

    @contextmanager
    def timed(self, column: str) -> Iterator[None]:
        """Add the time that a stage takes to a column of the run's record."""
        start = time.perf_counter()
        yield
        setattr(self.record, column, (getattr(self.record, column) or 0.0) + time.perf_counter() - start)

    def write_record(self) -> None:
        """Write the run's record as it stands, with the present time as its end."""
        self.record.finished_at = now()
        write_run(self.connection, self.record)


@contextmanager
def open_job(settings: Settings) -> Iterator[Job]:
    """Take the writer's lock, open the build file, and keep a record of the run, also of one that fails.

    Raises:
        WarehousePathError: the warehouse's path cannot be used.
        WarehouseLockedError: another run is writing to it.
        OtherSchemaError: another version of Dateline made it.
        StorageError: the disk or the memory refuses what the run needs.
    """
    paths = WarehousePaths.of(settings.warehouse, make_parent=settings.warehouse == DEFAULT_WAREHOUSE)
    with storage_errors(), writer_lock(paths.lock), open_build(paths) as connection:
        _clear_leftovers(paths.stage)
        record = new_record(last_run(connection), actor_rules_version(paths.actors))
        job = Job(settings, paths, connection, record, Workers(paths.actors, settings.batch_seconds))
        try:
            yield job
        except BaseException as error:
            job.record.state = "failed"
            job.record.message = (str(error) or type(error).__name__)[:LONGEST_MESSAGE]
            _record_failure(job, error)
            raise
        finally:
            job.workers.stop()
            shutil.rmtree(job.landing, ignore_errors=True)


def _record_failure(job: Job, error: BaseException) -> None:
    """Write the record of a run that failed; where that fails as well, the first error is told, this one with it."""
    try:
        with transaction(job.connection):
            job.write_record()
    except Exception as second:  # noqa: BLE001  (whatever it is, it must not hide the first)
        error.add_note(f"the run's record could not be written either: {second}")


def now() -> datetime:
    """The present time in UTC, without a zone, as the warehouse keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_record(last: str | None, version: str) -> RunRecord:
    """The record of a run that begins; its id is later than the last one's, also where the clock was set back."""
    started = now()
    stamp = max(_stamp(started), _next_stamp(last) if last else "")
    run_id = f"{stamp}Z-{secrets.token_hex(3)}"
    return RunRecord(
        run_id=run_id,
        started_at=started,
        finished_at=started,
        state="unchanged",
        changed=False,
        rules_version=version,
        dateline_version=dateline_version(),
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03}"


def _next_stamp(run_id: str) -> str:
    moment = datetime.strptime(run_id.split("Z-", maxsplit=1)[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return _stamp(moment + timedelta(milliseconds=1))


def _clear_leftovers(stage: Path) -> None:
    """Remove what an interrupted run left half done; its finished packages stay and are used again."""
    for pattern in ("landing-*", "draft-*"):
        for folder in stage.glob(pattern):
            shutil.rmtree(folder)
