"""The load: one transaction over all packages of a run. Either all of it is in the build file or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.actors import DimActor
from schemas.contract import Contract, key, polars_schema, qualified_name, table_name
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.registry import ARTICLE_TABLES, DIMENSION_TABLES, FACT_TABLES
from schemas.upkeep import EtlArticleCopy, EtlCorrection
from warehouse.audit import AuditResult, BlockingAuditError, run_audits
from warehouse.ddl import quoted
from warehouse.discovered import add_discovered, settle_discovered
from warehouse.link import link_stories
from warehouse.packages import table_files
from warehouse.prune import prune_vanished
from warehouse.replace import Fill, Replaced, insert_rows, mark_changed, remove_rows, replace_rows

STALE_ARTICLES = "stale"
"""The file beside the ledgers that names the articles of failed batches."""
RETRIED_REJECTS = "retried"
"""The file beside the ledgers that names the rejects whose lines were read again."""
CORRECTED = tuple(polars_schema(EtlCorrection, staged=True).names())


@dataclass(frozen=True, slots=True)
class LoadInput:
    """What a run loads: the packages of its batches and of the dimensions, the folder with sources and rejects.

    With `prune`, the articles of vanished sources go.
    """

    run_id: str
    packages: list[Path]
    dimensions: Path | None
    ledgers: Path
    prune: bool = False


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What the load did: rows that a table got, whether readers will see a difference, what the audits found."""

    rows: Mapping[str, int]
    changed: bool
    checks: list[AuditResult]


def load(connection: duckdb.DuckDBPyConnection, what: LoadInput) -> LoadResult:
    """Load everything and audit it, within the caller's transaction.

    Raises:
        BlockingAuditError: an audit found rows that must not be there; the caller rolls back.
    """
    fill = {"run_id": quoted(what.run_id), "loaded_at": "now()::TIMESTAMPTZ AT TIME ZONE 'UTC'"}
    before = _seen_by_readers(connection)
    dimensions_changed = _replace_dimensions(connection, what.dimensions) if what.dimensions else False
    replaced = _replace_articles(connection, what, fill)
    _load_rejects(connection, what, fill)
    _load_sources(connection, what, fill)
    _load_corrections(connection, what, fill)
    pruned = prune_vanished(connection, fill) if what.prune else 0
    add_discovered(connection, what.packages)
    settle_discovered(connection)
    link_stories(connection)
    checks = run_audits(connection)
    if any(check.severity == "blocking" and check.bad_rows for check in checks):
        raise BlockingAuditError(checks)
    touched = any(table.inserted or table.removed for table in replaced.values())
    changed = touched or pruned > 0 or dimensions_changed or before != _seen_by_readers(connection)
    return LoadResult({name: table.inserted for name, table in replaced.items()}, changed, checks)


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
        insert_rows(connection, contract, files, {})
        replaced = True
    return replaced


def _holds_already(connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str]) -> bool:
    """Whether a dimension's rows are the staged ones, so that a usual load does not rewrite them."""
    names = ", ".join(polars_schema(contract, staged=True).names())
    known = " WHERE origin <> 'discovered'" if contract is DimActor else ""
    summary = f"SELECT count(*), bit_xor(hash({names}))"
    held = connection.sql(f"{summary} FROM {qualified_name(contract)}{known}").fetchall()
    return held == connection.execute(f"{summary} FROM read_parquet(?)", [files]).fetchall()


def _replace_articles(connection: duckdb.DuckDBPyConnection, what: LoadInput, fill: Fill) -> dict[str, Replaced]:
    """Replace what hangs on the articles of the packages, and their ledger."""
    ledger = table_files(what.packages, table_name(EtlArticle))
    known = mark_changed(connection, ledger)
    replaced = {}
    contracts: tuple[type[Contract], ...] = (*ARTICLE_TABLES, *FACT_TABLES, EtlArticle)
    for contract in contracts:
        files = table_files(what.packages, table_name(contract))
        if known:
            replaced[table_name(contract)] = replace_rows(connection, contract, files, fill)
        else:
            replaced[table_name(contract)] = Replaced(insert_rows(connection, contract, files, fill), 0)
    return replaced


def _load_rejects(connection: duckdb.DuckDBPyConnection, what: LoadInput, fill: Fill) -> None:
    """Write the rejects; an article or source read again has its earlier ones replaced.

    Of one whose text was emptied, since it quoted an article that is forgotten, the text stays away.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE emptied AS SELECT reject_id FROM etl.reject WHERE raw IS NULL")
    sources = table_files([what.ledgers], table_name(EtlSource))
    rejects = table_files([what.ledgers, *what.packages], table_name(EtlReject))
    if sources:
        again = "source_uri IN (SELECT source_uri FROM read_parquet(?) WHERE state <> 'gone')"
        connection.execute(f"DELETE FROM etl.reject WHERE {again}", [sources])
    remove_rows(connection, EtlReject, fill)
    for retried in table_files([what.ledgers], RETRIED_REJECTS):
        connection.execute(
            "DELETE FROM etl.reject WHERE reject_id IN (SELECT reject_id FROM read_parquet(?))", [retried]
        )
    if rejects:
        again = "reject_id IN (SELECT reject_id FROM read_parquet(?))"
        connection.execute(f"DELETE FROM etl.reject WHERE {again}", [rejects])
    insert_rows(connection, EtlReject, rejects, fill)
    connection.execute("UPDATE etl.reject SET raw = NULL WHERE raw IS NOT NULL AND reject_id IN (FROM emptied)")


def _load_sources(connection: duckdb.DuckDBPyConnection, what: LoadInput, fill: Fill) -> None:
    """Write the ledger of sources, which sources hold which articles, and what failed batches leave to do."""
    sources = table_files([what.ledgers], table_name(EtlSource))
    if sources:
        again = "source_uri IN (SELECT source_uri FROM read_parquet(?))"
        for contract in (EtlSource, EtlArticleCopy):
            connection.execute(f"DELETE FROM {qualified_name(contract)} WHERE {again}", [sources])
    insert_rows(connection, EtlSource, sources, fill)
    for sightings in table_files([what.ledgers], table_name(EtlArticleCopy)):
        connection.execute(
            "INSERT INTO etl.article_copy SELECT DISTINCT article_id, seen.source_uri FROM read_parquet(?) AS seen "
            "JOIN etl.article AS ledger USING (article_id) WHERE ledger.source_uri <> seen.source_uri",
            [sightings],
        )
    for stale in table_files([what.ledgers], STALE_ARTICLES):
        connection.execute(
            "UPDATE etl.article SET state = 'stale' WHERE state = 'loaded' "
            "AND article_id IN (SELECT article_id FROM read_parquet(?))",
            [stale],
        )


def _load_corrections(connection: duckdb.DuckDBPyConnection, what: LoadInput, fill: Fill) -> None:
    """Put the corrections as they stand now in the place of the earlier ones."""
    corrections = table_files([what.ledgers], table_name(EtlCorrection))
    if corrections:
        names = ", ".join(f"staged.{name}" for name in CORRECTED)
        same = " AND ".join(f"staged.{name} IS NOT DISTINCT FROM earlier.{name}" for name in CORRECTED)
        connection.execute("CREATE OR REPLACE TEMP TABLE earlier AS FROM etl.correction")
        connection.execute("DELETE FROM etl.correction")
        connection.execute(
            f"INSERT INTO etl.correction ({', '.join(CORRECTED)}, run_id) "
            f"SELECT {names}, coalesce(earlier.run_id, {fill['run_id']}) "
            f"FROM read_parquet(?) AS staged LEFT JOIN earlier ON {same}",
            [corrections],
        )


def _seen_by_readers(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Number and keys, free of order, of rejects and corrections: what readers see beside articles and facts."""
    return [_fingerprint(connection, EtlReject, key(EtlReject)), _fingerprint(connection, EtlCorrection, CORRECTED)]


def _fingerprint(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], names: tuple[str, ...]
) -> tuple[object, ...]:
    query = f"SELECT count(*), bit_xor(hash({', '.join(names)})) FROM {qualified_name(contract)}"
    found: tuple[object, ...] = connection.sql(query).fetchall()[0]
    return found
