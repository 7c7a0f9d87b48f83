"""Open the build file for the one writer."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.migrate import OtherSchemaError, bring_up_to_date, check_schema
from warehouse.paths import WarehousePaths
from warehouse.publish import version_due
from warehouse.purge import end_purge, purge_is_due, rewrite_build
from warehouse.reader import OFFLINE
from warehouse.storage import STORAGE_VERSION, fresh_draft, sync
from warehouse.transaction import transaction

MEMORY_LIMIT = "500MB"
"""What DuckDB may hold in memory during a load; beyond it, it spills into a folder beside the build file."""

Connection = duckdb.DuckDBPyConnection
"""An open database, for those who only pass it on."""


@contextmanager
def open_build(paths: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build file for writing: made anew where it is missing, brought to the present schema where it is older.

    The caller holds the writer's lock. What is left of a purge is done first.

    Raises:
        OtherSchemaError: a version of Dateline from which no migration leads to this one made it.
    """
    if not paths.build.exists() and paths.published.exists():
        _restore(paths)
    if purge_is_due(paths) and paths.build.exists():
        rewrite_build(paths)
    settings = {**OFFLINE, "memory_limit": MEMORY_LIMIT, "storage_compatibility_version": STORAGE_VERSION}
    with duckdb.connect(str(paths.build), config=settings) as connection:
        try:
            with transaction(connection):
                bring_up_to_date(connection)
                check_schema(connection)
        except OtherSchemaError as error:
            message = f"{paths.build} cannot be used: {error}; or load into a new file with --warehouse"
            raise OtherSchemaError(message) from error
        if purge_is_due(paths) and version_due(connection, paths) is None:
            end_purge(paths, paths.published.resolve())
        yield connection


def _restore(paths: WarehousePaths) -> None:
    """Make a lost build file anew from the published one: an empty one would wipe what readers have."""
    draft = fresh_draft(paths)
    shutil.copyfile(paths.published, draft)
    sync(draft)
    draft.rename(paths.build)
    sync(paths.work)
