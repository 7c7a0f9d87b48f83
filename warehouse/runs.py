"""The record of runs and audit results, written in a transaction of its own where the load's was rolled back."""

from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from warehouse.audit import AuditResult


@dataclass(slots=True)
class RunRecord:
    """One row of etl.run: see schemas/etl.py for the meaning of each field."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    state: str
    changed: bool
    rules_version: str
    dateline_version: str
    articles_read: int = 0
    articles_loaded: int = 0
    articles_unchanged: int = 0
    articles_rejected: int = 0
    articles_failed: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    bytes_read: int = 0
    read_seconds: float = 0.0
    extract_seconds: float = 0.0
    load_seconds: float = 0.0
    publish_seconds: float | None = None
    index_seconds: float | None = None
    failed_batches: str | None = None
    message: str | None = None


def write_run(connection: duckdb.DuckDBPyConnection, record: RunRecord) -> None:
    """Write a run's record, in place of an earlier state of the same run."""
    row = asdict(record)
    names = ", ".join(row)
    marks = ", ".join(f"${name}" for name in row)
    connection.execute("DELETE FROM etl.run WHERE run_id = ?", [record.run_id])
    connection.execute(f"INSERT INTO etl.run ({names}) VALUES ({marks})", row)


def write_checks(connection: duckdb.DuckDBPyConnection, run_id: str, results: list[AuditResult]) -> None:
    """Write the results of a run's audits."""
    for result in results:
        connection.execute(
            "INSERT INTO etl.check (audit, severity, bad_rows, sample, run_id) VALUES (?, ?, ?, ?, ?)",
            [result.audit, result.severity, result.bad_rows, result.sample, run_id],
        )


def last_run(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The id of the last run."""
    run_id: str | None = connection.sql("SELECT max(run_id) FROM etl.run").fetchall()[0][0]
    return run_id


def newest_version(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The last run that changed what readers see: the name of the version that should be published."""
    version: str | None = connection.sql("SELECT max(run_id) FROM etl.run WHERE changed").fetchall()[0][0]
    return version
