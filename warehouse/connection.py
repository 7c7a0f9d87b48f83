"""Open the build file for the one writer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from schemas.contract import columns, qualified_name
from schemas.registry import ALL_TABLES
from warehouse.ddl import create_marts, create_tables
from warehouse.paths import WarehousePaths
from warehouse.reader import OFFLINE

MEMORY_LIMIT = "500MB"
"""What DuckDB may hold in memory during a load; beyond it, it spills into a folder beside the build file."""

Connection = duckdb.DuckDBPyConnection
"""An open database, for those who only pass it on."""


class OtherSchemaError(RuntimeError):
    """The build file's tables are not those of this version's contracts."""


@contextmanager
def open_build(paths: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build file for writing, made anew where it is missing; the caller holds the writer's lock.

    Raises:
        OtherSchemaError: a version of Dateline with other tables made it.
    """
    if not paths.build.exists() and paths.published.exists():
        _restore(paths)
    with duckdb.connect(str(paths.build), config={**OFFLINE, "memory_limit": MEMORY_LIMIT}) as connection:
        if not connection.sql("FROM duckdb_tables() WHERE schema_name = 'etl'").fetchall():
            with transaction(connection):
                create_tables(connection)
                create_marts(connection)
        _check_schema(connection, paths)
        yield connection


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, roll back on any error."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _restore(paths: WarehousePaths) -> None:
    """Make a lost build file anew from the published one: an empty one would wipe what readers have."""
    draft = paths.work / "build.draft"
    shutil.copyfile(paths.published, draft)
    draft.rename(paths.build)


def _check_schema(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> None:
    found = connection.sql(
        "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) "
        "FROM duckdb_columns() WHERE schema_name IN ('main', 'etl') AND NOT internal GROUP BY ALL"
    ).fetchall()
    expected = {qualified_name(contract): [column.name for column in columns(contract)] for contract in ALL_TABLES}
    other = sorted({name for name, names in found if expected.get(name) != names} | (expected.keys() - dict(found)))
    if other:
        message = (
            f"{paths.build} was made by another version of Dateline (tables that differ: {', '.join(other)}): "
            f"load into a new file with --warehouse"
        )
        raise OtherSchemaError(message)
