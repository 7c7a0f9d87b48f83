"""Bring an older warehouse file to the present schema: migrations for what needs one, the rest from the contracts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import duckdb

from schemas.contract import Contract, columns, qualified_name
from schemas.registry import ALL_TABLES, FACT_TABLES
from schemas.upkeep import EtlSchemaVersion
from warehouse.ddl import (
    create_marts,
    create_tables,
    drop_marts,
    history_columns,
    history_name,
    mart_statements,
    marts_are_stored,
    table_statements,
)

FIRST_VERSION = 1
"""The schema of version 0.1.0, whose files do not say their version."""

Shape = Sequence[tuple[str, str, bool]]
"""Name, type and nullability of a table's columns, in their order."""


class OtherSchemaError(RuntimeError):
    """The build file's tables are not those of this version's contracts, and no migration leads to them."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered SQL file."""

    number: int
    name: str
    sql: str


def read_migrations() -> list[Migration]:
    """The SQL files of warehouse/migrations/, by number."""
    found = [entry for entry in (files("warehouse") / "migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted(map(_read, found), key=lambda migration: migration.number)


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a new file, or change those of an older one, within the caller's transaction.

    Raises:
        OtherSchemaError: a newer version of Dateline made the file, or no migration leads from it to the present one.
    """
    migrations = read_migrations()
    newest = max((migration.number for migration in migrations), default=FIRST_VERSION)
    held, fingerprint = _held_version(connection, newest)
    if held > newest:
        message = f"its schema has version {held}, this Dateline knows {newest}: run the version that made it"
        raise OtherSchemaError(message)
    if fingerprint == present_fingerprint():
        if marts_are_stored(connection):
            drop_marts(connection)
            create_marts(connection)
        return
    drop_marts(connection)
    for migration in migrations:
        if migration.number > held:
            connection.execute(migration.sql)
    _reconcile(connection)
    create_tables(connection)
    create_marts(connection)
    connection.execute(
        f"INSERT INTO {qualified_name(EtlSchemaVersion)} "
        "SELECT now()::TIMESTAMPTZ AT TIME ZONE 'UTC', ?, ?, ?, max(run_id) FROM etl.run",
        [newest, present_fingerprint(), version("dateline")],
    )


def check_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file whose tables are not those of the contracts.

    Raises:
        OtherSchemaError: tables differ.
    """
    held, wanted = held_shapes(connection), _wanted_shapes()
    other = sorted(name for name in held.keys() | wanted.keys() if held.get(name) != wanted.get(name))
    if other:
        message = f"its tables are those of another version of Dateline ({', '.join(other)})"
        raise OtherSchemaError(message)


def schema_is_new(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file came to its present schema after the newest version was made: readers do not have it yet."""
    query = """
        SELECT count(*) FROM etl.schema_version
        WHERE after_run_id IS NOT NULL
          AND NOT EXISTS (FROM etl.run WHERE changed AND run_id > after_run_id)
    """
    return bool(connection.sql(query).fetchall()[0][0])


@cache
def present_fingerprint() -> str:
    """The first 16 hexadecimal digits of the SHA-256 over all tables, columns, comments and views."""
    statements = [*(statement for contract in ALL_TABLES for statement in table_statements(contract))]
    statements += [*mart_statements(), *(history_name(contract) for contract in FACT_TABLES)]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


def held_shapes(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Shape]:
    """The tables that the file has, by qualified name."""
    found = connection.sql(
        "SELECT schema_name || '.' || table_name, list((column_name, data_type, is_nullable) ORDER BY column_index) "
        "FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE schema_name IN ('main', 'etl', 'hist') AND database_name = current_database() GROUP BY ALL"
    ).fetchall()
    return {name: [tuple(column) for column in shape] for name, shape in found}


def _read(entry: Traversable) -> Migration:
    return Migration(int(entry.name.split("_", maxsplit=1)[0]), entry.name, entry.read_text(encoding="utf-8"))


def _held_version(connection: duckdb.DuckDBPyConnection, newest: int) -> tuple[int, str | None]:
    """Version and fingerprint of the file's schema; a file without tables is new."""
    tables = held_shapes(connection)
    if not tables:
        return newest, None
    if qualified_name(EtlSchemaVersion) not in tables:
        return FIRST_VERSION, None
    query = "SELECT schema_version, fingerprint FROM etl.schema_version ORDER BY applied_at DESC LIMIT 1"
    held: tuple[int, str] = connection.sql(query).fetchall()[0]
    return held


def _wanted_shapes() -> Mapping[str, Shape]:
    own = {qualified_name(contract): _shape(contract) for contract in ALL_TABLES}
    return {**own, **{history_name(contract): _history_shape(contract) for contract in FACT_TABLES}}


def _shape(contract: type[Contract]) -> Shape:
    return [(column.name, column.duckdb_type, column.nullable) for column in columns(contract)]


def _history_shape(contract: type[Contract]) -> Shape:
    return [(name, kind, True) for name, kind in history_columns(contract)]


def _reconcile(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every table that the file has the columns of its contract, in their order."""
    wanted = _wanted_shapes()
    for name, held in held_shapes(connection).items():
        if name not in wanted:
            message = f"it has a table {name}, which this version does not know: run the version that made it"
            raise OtherSchemaError(message)
        if held != wanted[name]:
            _rebuild(connection, name, held, wanted[name])


def _rebuild(connection: duckdb.DuckDBPyConnection, name: str, held: Shape, wanted: Shape) -> None:
    types = {column: kind for column, kind, _ in wanted}
    other = [column for column, kind, _ in held if types.get(column) != kind]
    if other:
        message = f"no migration leads from {name} ({', '.join(other)}) to this version: run the version that made it"
        raise OtherSchemaError(message)
    declared = ", ".join(f"{column} {kind}{'' if null else ' NOT NULL'}" for column, kind, null in wanted)
    shared = ", ".join(column for column, *_ in held)
    short = name.split(".")[1]
    connection.execute(f"CREATE TABLE {name}__new ({declared})")
    try:
        connection.execute(f"INSERT INTO {name}__new ({shared}) SELECT {shared} FROM {name}")
    except duckdb.ConstraintException as error:
        message = f"{name} has rows without a value that this version asks for, and no migration gives it: {error}"
        raise OtherSchemaError(message) from error
    connection.execute(f"DROP TABLE {name}")
    connection.execute(f"ALTER TABLE {name}__new RENAME TO {short}")
