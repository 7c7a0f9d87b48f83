"""One run on one warehouse: its options, its lock, its connection and its record."""

import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.version import dateline_version, rules_version
from warehouse.connection import Connection, open_build, transaction
from warehouse.lock import writer_lock
from warehouse.paths import WarehousePaths
from warehouse.runs import RunRecord, write_run

DEFAULT_WAREHOUSE = Path("warehouse/dateline.duckdb")
"""Where the warehouse lies when nothing else is said, under the current folder."""
DEFAULT_BATCH_MB = 8
"""Text in one batch, in megabytes: bounds the memory of a run."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What the user asked of a run.

    `mapping` renames source columns (ours -> theirs); `full` reads and extracts everything anew.
    """

    warehouse: Path = DEFAULT_WAREHOUSE
    batch_mb: float = DEFAULT_BATCH_MB
    mapping: Mapping[str, str] = field(default_factory=dict)
    full: bool = False


@dataclass(slots=True)
class Job:
    """A run under way: it holds the writer's lock and the only connection to the build file."""

    options: JobOptions
    paths: WarehousePaths
    connection: Connection
    record: RunRecord
    rows: Mapping[str, int] = field(default_factory=dict)

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
def open_job(options: JobOptions) -> Iterator[Job]:
    """Take the writer's lock, open the build file, and keep a record of the run, also of one that fails.

    Raises:
        WarehousePathError: the warehouse's path cannot be used.
        WarehouseLockedError: another run is writing to it.
        OtherSchemaError: another version of Dateline made it.
    """
    paths = WarehousePaths.of(options.warehouse, make_parent=options.warehouse == DEFAULT_WAREHOUSE)
    with writer_lock(paths.lock), open_build(paths) as connection:
        _clear_leftovers(paths.stage)
        job = Job(options, paths, connection, _new_record())
        try:
            yield job
        except Exception as error:
            job.record.state, job.record.message = "failed", str(error)[:500]
            with transaction(connection):
                job.write_record()
            raise
        finally:
            shutil.rmtree(job.landing, ignore_errors=True)


def now() -> datetime:
    """The present time in UTC, without a zone, as the warehouse keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _new_record() -> RunRecord:
    started = now()
    run_id = f"{started:%Y%m%dT%H%M%S}{started.microsecond // 1000:03}Z-{secrets.token_hex(3)}"
    return RunRecord(
        run_id=run_id,
        started_at=started,
        finished_at=started,
        state="unchanged",
        changed=False,
        rules_version=rules_version(),
        dateline_version=dateline_version(),
    )


def _clear_leftovers(stage: Path) -> None:
    """Remove what an interrupted run left half done; its finished packages stay and are used again."""
    for pattern in ("landing-*", "draft-*"):
        for folder in stage.glob(pattern):
            shutil.rmtree(folder)
