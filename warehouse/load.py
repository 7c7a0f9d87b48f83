"""The load: one transaction over all packages of a run. Either all of it is in the build file or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.contract import Contract, columns, polars_schema, qualified_name, table_name
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.registry import ARTICLE_TABLES, DIMENSION_TABLES, FACT_TABLES
from warehouse.audit import AuditResult, BlockingAuditError, run_audits
from warehouse.connection import transaction
from warehouse.ddl import create_marts, history_name
from warehouse.packages import table_files

DISCOVERED = "discovered_actor"
"""The table of a package that holds the actors found in its articles, with the columns of dim_actor."""

Fill = Mapping[str, str]
"""SQL expressions for the columns that the load fills."""


@dataclass(frozen=True, slots=True)
class LoadInput:
    """What a run loads: the packages of its batches, that of the dimensions, and the ledgers it read (folder)."""

    run_id: str
    packages: list[Path]
    dimensions: Path
    ledgers: Path


def load(connection: duckdb.DuckDBPyConnection, what: LoadInput) -> list[AuditResult]:
    """Load everything in one transaction, audits included.

    Raises:
        BlockingAuditError: an audit found rows that must not be there; nothing was loaded.
    """
    fill = {"run_id": "$run_id", "loaded_at": "now()::TIMESTAMPTZ AT TIME ZONE 'UTC'"}
    with transaction(connection):
        _replace_dimensions(connection, what)
        _mark_changed(connection, what.packages)
        for contract in (*ARTICLE_TABLES, *FACT_TABLES):
            _replace_articles(connection, contract, what, fill)
        _load_discovered(connection, what.packages)
        _load_ledgers(connection, what, fill)
        create_marts(connection)
        results = run_audits(connection)
        blocking = [result for result in results if result.severity == "blocking" and result.bad_rows]
        if blocking:
            raise BlockingAuditError(results)
    return results


def insert_parquet(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str], run_id: str, fill: Fill
) -> None:
    """Insert staged Parquet rows into a table, with what the load fills."""
    if not files:
        return
    staged = polars_schema(contract, staged=True).names()
    filled = [column.name for column in columns(contract) if column.filled_by_load]
    values = ", ".join([*staged, *(fill[name] for name in filled)])
    parameters: dict[str, object] = {"files": files}
    if "run_id" in filled:
        parameters["run_id"] = run_id
    connection.execute(
        f"INSERT INTO {qualified_name(contract)} ({', '.join([*staged, *filled])}) "
        f"SELECT {values} FROM read_parquet($files)",
        parameters,
    )


def _replace_dimensions(connection: duckdb.DuckDBPyConnection, what: LoadInput) -> None:
    for contract in DIMENSION_TABLES:
        keep = " WHERE origin <> 'discovered'" if table_name(contract) == "dim_actor" else ""
        connection.execute(f"DELETE FROM {qualified_name(contract)}{keep}")
        insert_parquet(connection, contract, table_files([what.dimensions], table_name(contract)), what.run_id, {})


def _mark_changed(connection: duckdb.DuckDBPyConnection, packages: list[Path]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE changed (article_id VARCHAR)")
    files = table_files(packages, "dim_article")
    if files:
        connection.execute("INSERT INTO changed SELECT article_id FROM read_parquet(?)", [files])


def _replace_articles(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], what: LoadInput, fill: Fill
) -> None:
    name = qualified_name(contract)
    superseded = "article_id IN (SELECT article_id FROM changed)"
    if contract in FACT_TABLES:
        connection.execute(
            f"INSERT INTO {history_name(contract)} SELECT *, ? FROM {name} WHERE {superseded}", [what.run_id]
        )
    connection.execute(f"DELETE FROM {name} WHERE {superseded}")
    insert_parquet(connection, contract, table_files(what.packages, table_name(contract)), what.run_id, fill)


def _load_discovered(connection: duckdb.DuckDBPyConnection, packages: list[Path]) -> None:
    """Add the actors found in the texts, each once, and drop those that no mention needs any longer."""
    files = table_files(packages, DISCOVERED)
    if files:
        connection.execute(
            "INSERT INTO main.dim_actor BY NAME SELECT * FROM read_parquet(?) AS found "
            "WHERE actor_id NOT IN (SELECT actor_id FROM main.dim_actor) "
            "QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY found) = 1",
            [files],
        )
    connection.execute(
        "DELETE FROM main.dim_actor AS actor WHERE origin = 'discovered' "
        "AND NOT EXISTS (FROM main.fact_actor_mention AS mention WHERE mention.actor_id = actor.actor_id) "
        "AND NOT EXISTS (FROM main.dim_actor AS child JOIN main.fact_actor_mention AS mention "
        "ON mention.actor_id = child.actor_id WHERE child.parent_actor_id = actor.actor_id)"
    )


def _load_ledgers(connection: duckdb.DuckDBPyConnection, what: LoadInput, fill: Fill) -> None:
    """Write both ledgers and the rejects; a source read again has its earlier rejects replaced."""
    files = {contract: table_files([what.ledgers], table_name(contract)) for contract in (EtlSource, EtlArticle)}
    rejects = table_files([what.ledgers, *what.packages], table_name(EtlReject))
    if files[EtlSource]:
        connection.execute(
            "DELETE FROM etl.reject WHERE source_uri IN (SELECT source_uri FROM read_parquet(?))", [files[EtlSource]]
        )
    connection.execute("DELETE FROM etl.reject WHERE article_id IN (SELECT article_id FROM changed)")
    if rejects:
        again = "reject_id IN (SELECT reject_id FROM read_parquet(?))"
        connection.execute(f"DELETE FROM etl.reject WHERE {again}", [rejects])
    insert_parquet(connection, EtlReject, rejects, what.run_id, fill)
    for contract, key in ((EtlSource, "source_uri"), (EtlArticle, "article_id")):
        if files[contract]:
            connection.execute(
                f"DELETE FROM {qualified_name(contract)} WHERE {key} IN (SELECT {key} FROM read_parquet(?))",
                [files[contract]],
            )
        insert_parquet(connection, contract, files[contract], what.run_id, fill)
