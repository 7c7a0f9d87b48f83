"""Open the published warehouse for reading; imports no contract, so that commands that only read start fast."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.lock import build_reader_lock
from warehouse.paths import WarehousePaths
from warehouse.storage import CANNOT_OPEN, refused

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""DuckDB must not reach for the network."""
EXPORT_OPTIONS = {"csv": "FORMAT csv, HEADER", "json": "FORMAT json", "parquet": "FORMAT parquet"}
"""How a result is written, by the name of the format."""

Parameters = Mapping[str, object]
Rows = list[tuple[object, ...]]
Fetched = tuple[list[str], Rows]
"""The column names and the rows of a result."""


class NoWarehouseError(FileNotFoundError):
    """There is no published warehouse at the path."""


class QueryError(ValueError):
    """A query that DuckDB refuses; the message is its own, in one line."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A read-only connection."""

    connection: duckdb.DuckDBPyConnection

    def fetch(self, query: str, parameters: Parameters | None = None, *, most: int | None = None) -> Fetched:
        """Column names and rows of a query, at `most` so many.

        Raises:
            QueryError: DuckDB refuses it.
        """
        if not query.strip():
            message = "the query is empty: give a SELECT, such as FROM dim_article"
            raise QueryError(message)
        try:
            found = self.connection.execute(query, parameters or {})
            rows = found.fetchall() if most is None else found.fetchmany(most)
            return [column[0] for column in found.description or ()], rows
        except duckdb.Error as error:
            raise QueryError(_told(error)) from error

    def rows(self, query: str, parameters: Parameters | None = None) -> Rows:
        """The rows of a query.

        Raises:
            QueryError: DuckDB refuses it.
        """
        return self.fetch(query, parameters)[1]

    def export(self, query: str, target: str, form: str) -> None:
        """Write a query's result into a file, as csv, json or parquet.

        Raises:
            QueryError: DuckDB refuses it, or cannot write the file.
        """
        path = target.replace("'", "''")
        try:
            self.connection.execute(f"COPY ({query}) TO '{path}' ({EXPORT_OPTIONS[form]})")
        except duckdb.Error as error:
            raise QueryError(_told(error)) from error


@contextmanager
def open_published(warehouse: Path) -> Iterator[Reader]:
    """Open the published warehouse read-only.

    Raises:
        NoWarehouseError: nothing has been published there, or it is no DuckDB file.
        StorageError: the system does not let it be opened.
    """
    if not warehouse.exists():
        message = f"no warehouse at {warehouse}: make one with `dateline run --warehouse {warehouse}`"
        raise NoWarehouseError(message)
    try:
        connection = _connect(warehouse)
    except duckdb.Error as error:
        if CANNOT_OPEN in str(error):
            raise refused(error) from error
        message = f"{warehouse} is no DuckDB file, or a broken one: `dateline doctor` says how to mend it"
        raise NoWarehouseError(message) from error
    with connection:
        yield Reader(connection)


def _connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Connect to the published version; one that newer ones displace between look and open is looked for anew."""
    while True:
        version = warehouse.resolve()
        try:
            return duckdb.connect(str(version), read_only=True, config=OFFLINE)
        except duckdb.IOException:
            if warehouse.resolve() == version:
                raise


def ask_build(warehouse: Path, query: str) -> Fetched | None:
    """Ask the build file, which also knows the runs that published nothing.

    Returns:
        The result, or None while a run holds the lock or where there is no build file: ask the published one then.

    Raises:
        StorageError: it is damaged, or the system does not let it be opened.
    """
    paths = WarehousePaths(warehouse.parent.resolve() / warehouse.name)
    if not (paths.build.exists() and paths.lock.exists()):
        return None
    with build_reader_lock(paths.lock) as held:
        if not held:
            return None
        try:
            connection = duckdb.connect(str(paths.build), read_only=True, config=OFFLINE)
        except duckdb.Error as error:
            raise refused(error) from error
        with connection:
            return Reader(connection).fetch(query)


def _told(error: duckdb.Error) -> str:
    """What DuckDB says of a query, with the names that it could have meant, and without the query itself."""
    said, _, _ = str(error).partition("\n\n")
    return f"the query failed: {' '.join(said.split())}"
