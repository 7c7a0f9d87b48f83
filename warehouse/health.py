"""Whether a published warehouse is whole, whose lock it has, which DuckDB reads it, and of which schema it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.contract import qualified_name
from schemas.etl import EtlRun
from schemas.upkeep import EtlSchemaVersion
from warehouse.lock import build_reader_lock, holder
from warehouse.migrate import FIRST_VERSION, present_fingerprint, read_migrations
from warehouse.paths import WarehousePaths
from warehouse.reader import OFFLINE

TABLES = """
SELECT format('"{}"."{}"', schema_name, table_name)
FROM duckdb_tables() WHERE NOT internal AND NOT temporary AND database_name = current_database() ORDER BY ALL
"""
RUNS = f"FROM duckdb_tables() WHERE format('{{}}.{{}}', schema_name, table_name) = '{qualified_name(EtlRun)}'"
STORAGE = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"


class BrokenWarehouseError(RuntimeError):
    """A file of the warehouse cannot be read to its end."""


class ForeignFileError(RuntimeError):
    """A sound DuckDB file that is no warehouse of Dateline."""


class NewerSchemaError(RuntimeError):
    """A newer version of Dateline made the file."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a published file is: its rows, the oldest DuckDB that reads it, whether its schema is the present one."""

    rows: int
    storage: str
    is_present: bool


def held_lock(paths: WarehousePaths) -> str | None:
    """Who holds the writer's lock, or None."""
    if not paths.lock.exists():
        return None
    with build_reader_lock(paths.lock) as free:
        return None if free else holder(paths.lock)


def examine_published(paths: WarehousePaths) -> Health:
    """Read every table of the published file to its end; DuckDB proves the checksum of each block that it reads.

    Raises:
        BrokenWarehouseError: it is damaged, or no DuckDB file.
        ForeignFileError: it has none of Dateline's tables.
        NewerSchemaError: its schema is newer than this version of Dateline.
    """
    with _opened(paths.published) as connection:
        if not connection.sql(RUNS).fetchall():
            message = f"{paths.published} is a DuckDB file, but no warehouse of Dateline"
            raise ForeignFileError(message)
        ((storage,),) = connection.sql(STORAGE).fetchall()
        return Health(read_all(connection), str(storage), _is_present(connection))


def examine_build(paths: WarehousePaths) -> int | None:
    """Read every table of the build file to its end: gives its rows, or None while a run writes to it.

    Raises:
        BrokenWarehouseError: it is damaged.
    """
    with build_reader_lock(paths.lock) as is_free:
        return count_rows(paths.build) if is_free else None


def count_rows(file: Path) -> int:
    """Read every table of a file to its end: gives its rows.

    Raises:
        BrokenWarehouseError: it is damaged, or no DuckDB file.
    """
    with _opened(file) as connection:
        return read_all(connection)


@contextmanager
def _opened(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with duckdb.connect(str(file.resolve()), read_only=True, config=OFFLINE) as connection:
            yield connection
    except duckdb.Error as error:
        message = f"{file} cannot be read: {str(error).splitlines()[0]}"
        raise BrokenWarehouseError(message) from error


def read_all(connection: duckdb.DuckDBPyConnection) -> int:
    """Read every table of the current database to its end: gives its rows, or DuckDB's error where it is damaged."""
    return sum(_read(connection, str(name)) for (name,) in connection.sql(TABLES).fetchall())


def _read(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    ((count, _),) = connection.sql(f"SELECT count(*), bit_xor(hash(entry)) FROM {table} AS entry").fetchall()
    return int(count)


def _is_present(connection: duckdb.DuckDBPyConnection) -> bool:
    known = connection.sql("FROM duckdb_tables() WHERE table_name = 'schema_version'").fetchall()
    newest_row = f"FROM {qualified_name(EtlSchemaVersion)} ORDER BY applied_at DESC LIMIT 1"
    held = known and connection.sql(f"SELECT schema_version, fingerprint {newest_row}").fetchall()
    newest = max((migration.number for migration in read_migrations()), default=FIRST_VERSION)
    if held and held[0][0] > newest:
        message = f"its schema has version {held[0][0]}, this Dateline knows {newest}"
        raise NewerSchemaError(message)
    return bool(held) and held[0][1] == present_fingerprint()
