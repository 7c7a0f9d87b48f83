"""Audits: SQL files that return bad rows. The first comment line gives the severity, the second what it proves."""

import json
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from schemas.contract import key, qualified_name, table_name
from schemas.fact import Fact
from schemas.registry import ARTICLE_TABLES, DIMENSION_TABLES, FACT_TABLES

SAMPLE_LENGTH = 500
"""Longest sample of a bad row that etl.check keeps, in characters."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit: its name, its severity (blocking, warning), what it proves, and its query."""

    name: str
    severity: str
    purpose: str
    query: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What an audit found: the number of bad rows and the first of them as JSON."""

    audit: str
    severity: str
    bad_rows: int
    sample: str | None


class BlockingAuditError(RuntimeError):
    """A blocking audit found bad rows; `results` holds those of all audits."""

    def __init__(self, results: list[AuditResult]) -> None:
        """Name the audits that failed."""
        self.results = results
        failed = [result for result in results if result.severity == "blocking" and result.bad_rows]
        named = "; ".join(f"{result.audit}: {result.bad_rows} rows, first {result.sample}" for result in failed)
        super().__init__(f"audit failed, nothing was loaded: {named}")


def read_audits() -> list[Audit]:
    """Every audit of warehouse/audits/, by name."""
    found = (entry for entry in (files("warehouse") / "audits").iterdir() if entry.name.endswith(".sql"))
    return [_read(entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)]


def run_audits(connection: duckdb.DuckDBPyConnection) -> list[AuditResult]:
    """Run every audit on the connection's current state.

    They may read two views over the tables of the contracts: `every_fact` (fact_table, fact_id, article_id,
    sentence_no, span_start, span_end, surface) and `every_id` (table_name, id).
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW every_fact AS {_every_fact()}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW every_id AS {_every_id()}")
    return [_run(connection, audit) for audit in read_audits()]


def _every_fact() -> str:
    shared = "article_id, sentence_no, span_start, span_end, surface"
    return " UNION ALL ".join(
        f"SELECT '{table_name(contract)}' AS fact_table, {key(contract)[0]} AS fact_id, {shared} "
        f"FROM {qualified_name(contract)}"
        for contract in FACT_TABLES
        if issubclass(contract, Fact)
    )


def _every_id() -> str:
    """The ids of all tables but those of the run's record, a key of several columns as one text."""
    return " UNION ALL ".join(
        f"SELECT '{table_name(contract)}' AS table_name, concat_ws(' ', {', '.join(key(contract))}) AS id "
        f"FROM {qualified_name(contract)}"
        for contract in (*ARTICLE_TABLES, *DIMENSION_TABLES, *FACT_TABLES)
    )


def _read(name: str, text: str) -> Audit:
    severity, purpose = (line.removeprefix("--").strip() for line in text.splitlines()[:2])
    if severity not in {"blocking", "warning"}:
        message = f"audit {name}: its first line must be '-- blocking' or '-- warning'"
        raise ValueError(message)
    return Audit(name.removesuffix(".sql"), severity, purpose, text)


def _run(connection: duckdb.DuckDBPyConnection, audit: Audit) -> AuditResult:
    """Count the bad rows where they are found: of a million, one is fetched."""
    ((bad_rows, first),) = connection.sql(f"SELECT count(*), any_value(bad) FROM ({audit.query}) AS bad").fetchall()
    sample = json.dumps(first, default=str, ensure_ascii=False)[:SAMPLE_LENGTH] if bad_rows else None
    return AuditResult(audit.name, audit.severity, bad_rows, sample)
