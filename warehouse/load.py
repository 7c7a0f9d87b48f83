"""The load: one transaction over all packages of a run. Either all of it is in the build file or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.actors import DimActor
from schemas.contract import Contract, columns, key, polars_schema, qualified_name, table_name
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.registry import ARTICLE_TABLES, DIMENSION_TABLES, DISCOVERED_ACTORS, FACT_TABLES
from warehouse.audit import AuditResult, BlockingAuditError, run_audits
from warehouse.ddl import create_marts, history_name, quoted
from warehouse.packages import table_files

STALE_ARTICLES = "stale"
"""The file beside the ledgers that names the articles of failed batches."""

Fill = Mapping[str, str]
"""SQL expressions for the columns that the load fills."""


@dataclass(frozen=True, slots=True)
class LoadInput:
    """What a run loads: the packages of its batches and of the dimensions, the folder with sources and rejects."""

    run_id: str
    packages: list[Path]
    dimensions: Path | None
    ledgers: Path


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What the load did: rows a table, whether readers will see a difference, what the audits found."""

    rows: Mapping[str, int]
    changed: bool
    checks: list[AuditResult]


def load(connection: duckdb.DuckDBPyConnection, what: LoadInput) -> LoadResult:
    """Load everything and audit it, within the caller's transaction.

    Raises:
        BlockingAuditError: an audit found rows that must not be there; the caller rolls back.
    """
    fill = {"run_id": "$run_id", "loaded_at": "now()::TIMESTAMPTZ AT TIME ZONE 'UTC'"}
    rejects_before = _fingerprint(connection, EtlReject)
    _mark_changed(connection, what.packages)
    replaced = _replace_dimensions(connection, what.dimensions) if what.dimensions else False
    rows = {
        table_name(contract): _replace_articles(connection, contract, what, fill)
        for contract in (*ARTICLE_TABLES, *FACT_TABLES)
    }
    _load_discovered(connection, what.packages)
    _load_ledgers(connection, what, fill)
    create_marts(connection)
    checks = run_audits(connection)
    if any(check.severity == "blocking" and check.bad_rows for check in checks):
        raise BlockingAuditError(checks)
    articles_changed = connection.sql("SELECT count(*) FROM changed").fetchall()[0][0]
    changed = bool(articles_changed) or replaced or rejects_before != _fingerprint(connection, EtlReject)
    return LoadResult(rows, changed, checks)


def insert_parquet(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str], run_id: str, fill: Fill
) -> int:
    """Insert staged Parquet rows into a table, with what the load fills; returns their number."""
    if not files:
        return 0
    staged = polars_schema(contract, staged=True).names()
    filled = [column.name for column in columns(contract) if column.filled_by_load]
    values = ", ".join([*staged, *(fill[name] for name in filled)])
    parameters: dict[str, object] = {"files": files}
    if "run_id" in filled:
        parameters["run_id"] = run_id
    inserted = connection.execute(
        f"INSERT INTO {qualified_name(contract)} ({', '.join([*staged, *filled])}) "
        f"SELECT {values} FROM read_parquet($files)",
        parameters,
    )
    count: int = inserted.fetchall()[0][0]
    return count


def _replace_dimensions(connection: duckdb.DuckDBPyConnection, package: Path) -> bool:
    """Put the dimensions of the present reference data in place; an actor that older facts name stays.

    Returns:
        Whether any was another than before.
    """
    replaced = False
    for contract in DIMENSION_TABLES:
        files = table_files([package], table_name(contract))
        if _holds_already(connection, contract, files):
            continue
        old = ""
        if contract is DimActor:
            old = (
                f" WHERE actor_id IN (SELECT actor_id FROM read_parquet({quoted(files[0])})) OR origin <> 'discovered' "
                "AND NOT EXISTS (FROM main.fact_actor_mention AS mention WHERE mention.actor_id = dim_actor.actor_id)"
            )
        connection.execute(f"DELETE FROM {qualified_name(contract)}{old}")
        insert_parquet(connection, contract, files, "", {})
        replaced = True
    return replaced


def _holds_already(connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str]) -> bool:
    """Whether a dimension's rows are the staged ones, so that a usual load does not rewrite them."""
    names = ", ".join(polars_schema(contract, staged=True).names())
    known = " WHERE origin <> 'discovered'" if contract is DimActor else ""
    summary = f"SELECT count(*), bit_xor(hash({names}))"
    held = connection.sql(f"{summary} FROM {qualified_name(contract)}{known}").fetchall()
    return held == connection.execute(f"{summary} FROM read_parquet(?)", [files]).fetchall()


def _mark_changed(connection: duckdb.DuckDBPyConnection, packages: list[Path]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE changed (article_id VARCHAR)")
    files = table_files(packages, table_name(EtlArticle))
    if files:
        connection.execute("INSERT INTO changed SELECT article_id FROM read_parquet(?)", [files])


def _replace_articles(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], what: LoadInput, fill: Fill
) -> int:
    name = qualified_name(contract)
    superseded = "article_id IN (SELECT article_id FROM changed)"
    if contract in FACT_TABLES:
        connection.execute(
            f"INSERT INTO {history_name(contract)} SELECT *, ? FROM {name} WHERE {superseded}", [what.run_id]
        )
    connection.execute(f"DELETE FROM {name} WHERE {superseded}")
    return insert_parquet(connection, contract, table_files(what.packages, table_name(contract)), what.run_id, fill)


def _load_discovered(connection: duckdb.DuckDBPyConnection, packages: list[Path]) -> None:
    """Add the actors found in the texts, each once, and drop those that no mention needs any longer."""
    files = table_files(packages, DISCOVERED_ACTORS)
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
    files = {
        EtlSource: table_files([what.ledgers], table_name(EtlSource)),
        EtlArticle: table_files(what.packages, table_name(EtlArticle)),
    }
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
    for contract, identity in ((EtlSource, "source_uri"), (EtlArticle, "article_id")):
        if files[contract]:
            connection.execute(
                f"DELETE FROM {qualified_name(contract)} WHERE {identity} IN (SELECT {identity} FROM read_parquet(?))",
                [files[contract]],
            )
        insert_parquet(connection, contract, files[contract], what.run_id, fill)
    for stale in table_files([what.ledgers], STALE_ARTICLES):
        connection.execute(
            "UPDATE etl.article SET state = 'stale' WHERE state = 'loaded' "
            "AND article_id IN (SELECT article_id FROM read_parquet(?))",
            [stale],
        )


def _fingerprint(connection: duckdb.DuckDBPyConnection, contract: type[Contract]) -> tuple[object, ...]:
    """The number of rows and a hash over their keys, free of order."""
    keys = ", ".join(key(contract))
    query = f"SELECT count(*), bit_xor(hash({keys})) FROM {qualified_name(contract)}"
    found: tuple[object, ...] = connection.sql(query).fetchall()[0]
    return found
