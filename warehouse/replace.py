"""Put staged rows in the place of those of changed articles.

An article with new content has all its rows replaced. Where the content is the same and only the rules are others, a
row that comes out as it was is not touched: it keeps the run that made it, and `hist` gets what really changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from schemas.contract import Contract, columns, key, polars_schema, qualified_name
from schemas.registry import FACT_TABLES
from warehouse.ddl import history_name

Fill = Mapping[str, str]
"""SQL expressions for the columns that the load fills: `run_id`, `loaded_at`."""

CHANGED = "article_id IN (SELECT article_id FROM changed)"
"""The rows of the articles that a load replaces: `changed` is its temporary table of them."""

MARK_STAGED = "CREATE OR REPLACE TEMP TABLE changed AS SELECT article_id FROM read_parquet(?)"
MARK_UNALTERED = """
CREATE OR REPLACE TEMP TABLE unaltered AS
SELECT article_id FROM read_parquet(?) SEMI JOIN etl.article USING (article_id, content_sha256)
"""
NONE_CHANGED = "CREATE OR REPLACE TEMP TABLE changed (article_id VARCHAR)"


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many rows a table got and lost; a row with a new value counts as both."""

    inserted: int
    removed: int


def mark_changed(connection: duckdb.DuckDBPyConnection, ledger: list[str]) -> bool:
    """Make the temporary table `changed` of the articles in staged files of etl.article.

    Returns:
        Whether the warehouse knows any of them.
    """
    if not ledger:
        connection.execute(NONE_CHANGED)
        return False
    connection.execute(MARK_STAGED, [ledger])
    connection.execute(MARK_UNALTERED, [ledger])
    return _count(connection.execute(f"SELECT count(*) FROM (FROM etl.article WHERE {CHANGED} LIMIT 1)")) > 0


def replace_rows(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str], fill: Fill
) -> Replaced:
    """Replace the rows of the changed articles by the staged ones; superseded facts move to `hist`."""
    _find_same(connection, contract, files)
    removed = remove_rows(connection, contract, fill, keep_same=True)
    return Replaced(insert_rows(connection, contract, files, fill, keep_same=True), removed)


def remove_rows(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], fill: Fill, *, keep_same: bool = False
) -> int:
    """Remove the rows of the changed articles, facts into `hist`; with `keep_same`, but for those that stay."""
    name = qualified_name(contract)
    where = f"WHERE {CHANGED}" + (f" AND NOT {_in_same(contract)}" if keep_same else "")
    if contract in FACT_TABLES:
        superseded = f"SELECT *, {fill['run_id']} FROM {name} AS row {where}"
        connection.execute(f"INSERT INTO {history_name(contract)} {superseded}")
    return _count(connection.execute(f"DELETE FROM {name} AS row {where}"))


def insert_rows(
    connection: duckdb.DuckDBPyConnection,
    contract: type[Contract],
    files: list[str],
    fill: Fill,
    *,
    keep_same: bool = False,
) -> int:
    """Insert staged Parquet rows into a table, with what the load fills; returns their number."""
    if not files:
        return 0
    staged = polars_schema(contract, staged=True).names()
    filled = [column.name for column in columns(contract) if column.filled_by_load]
    values = ", ".join([*staged, *(fill[name] for name in filled)])
    where = f" AS row WHERE NOT {_in_same(contract)}" if keep_same else ""
    inserted = connection.execute(
        f"INSERT INTO {qualified_name(contract)} ({', '.join([*staged, *filled])}) "
        f"SELECT {values} FROM read_parquet(?){where}",
        [files],
    )
    return _count(inserted)


def _find_same(connection: duckdb.DuckDBPyConnection, contract: type[Contract], files: list[str]) -> None:
    """Make the temporary table `same`: the keys of the held rows that the staged ones repeat."""
    keys = ", ".join(key(contract))
    names = ", ".join(polars_schema(contract, staged=True).names())
    held = f"SELECT {names} FROM {qualified_name(contract)} WHERE article_id IN (FROM unaltered)"
    if files:
        query = f"SELECT {keys} FROM ({held} INTERSECT SELECT {names} FROM read_parquet(?))"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE same AS {query}", [files])
    else:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE same AS SELECT {keys} FROM ({held}) LIMIT 0")


def _in_same(contract: type[Contract]) -> str:
    matched = " AND ".join(f"same.{name} IS NOT DISTINCT FROM row.{name}" for name in key(contract))
    return f"EXISTS (FROM same WHERE {matched})"


def _count(result: duckdb.DuckDBPyConnection) -> int:
    found: int = result.fetchall()[0][0]
    return found
