"""Publish: copy the build into a fresh file, then swap the link. Readers keep what they opened and meet no lock."""

from contextlib import suppress
from pathlib import Path

import duckdb

from warehouse.ddl import quoted, stored_mart_scripts
from warehouse.health import read_all
from warehouse.paths import WarehousePaths
from warehouse.purge import end_purge, purge_is_due
from warehouse.runs import newest_version
from warehouse.storage import STORAGE_VERSION, copy_open_file, remove, sync
from warehouse.transaction import transaction

MOST_FREE = 0.15
"""The share of a build file's blocks that may be free for it to be published as it is; the marts take some of them."""
FREE_SHARE = """
SELECT database_name, free_blocks / greatest(total_blocks, 1) FROM pragma_database_size()
WHERE database_name = current_database()
"""
KEEP_VERSIONS = 2
"""Published versions kept beside each other, the newest included, where no setting says otherwise."""


def published_version(paths: WarehousePaths) -> str | None:
    """The run whose result is published, or None."""
    if not (paths.published.is_symlink() and paths.published.exists()):
        return None
    _, _, name, *_ = paths.published.readlink().parts
    return name.removesuffix(".duckdb")  # once, a version was a file in the folder of versions


def version_due(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> str | None:
    """The run whose result readers should have and have not; None where there is none."""
    version = newest_version(connection)
    return None if version == published_version(paths) else version


def publish(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, version: str, keep: int = KEEP_VERSIONS
) -> Path:
    """Publish the state of the build file under the name of the run that made it.

    Args:
        connection: the build file.
        paths: where all lies.
        version: the run.
        keep: published versions to keep, this one included; where something was forgotten, it alone is kept.

    Returns:
        The published file.
    """
    target = paths.version(version)
    draft = paths.versions / f"{version}.draft"
    for leftover in paths.versions.glob("*.draft*"):
        leftover.unlink()
    _copy(connection, paths.build, draft)
    sync(draft)
    target.parent.mkdir(exist_ok=True)
    draft.rename(target)
    sync(target.parent)
    sync(paths.versions)
    swap_link(paths, target)
    if purge_is_due(paths):
        end_purge(paths, target)
    else:
        drop_old_versions(connection, paths, keep)
    return target


def drop_old_versions(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, keep: int) -> None:
    """Keep so many versions, the published one included, then the newest, first of all those of the build's own past.

    One that was rolled back is not of that past. What a killed publish left, or how versions once lay, goes first.
    """
    published = published_version(paths)
    others = [entry for entry in paths.versions.iterdir() if entry.name.removesuffix(".duckdb") != published]
    if published is None or len(others) < keep:
        return
    past = {run_id for (run_id,) in connection.sql("SELECT run_id FROM etl.run WHERE changed").fetchall()}
    others.sort(key=lambda entry: (paths.version(entry.name).exists(), entry.name in past, entry.name), reverse=True)
    for entry in others[keep - 1 :]:
        remove(entry)


def swap_link(paths: WarehousePaths, target: Path) -> None:
    """Let readers open another version from now on, by one rename."""
    fresh = paths.work / "link"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.relative_to(paths.published.parent))
    fresh.rename(paths.published)
    sync(paths.published.parent)


def _copy(connection: duckdb.DuckDBPyConnection, build: Path, target: Path) -> None:
    """Copy the build file with the marts as tables: byte by byte, or table by table where much of it is free."""
    connection.execute("CHECKPOINT")  # nothing is left in the log, which a copy of the file goes without
    ((source, free),) = connection.sql(FREE_SHARE).fetchall()
    if free <= MOST_FREE:
        copy_open_file(build, target)
    connection.execute(f"ATTACH {quoted(str(target))} AS published (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
    try:
        if free > MOST_FREE:
            connection.execute(f'COPY FROM DATABASE "{source}" TO published')
        connection.execute("USE published")
        if free <= MOST_FREE:
            read_all(connection)  # a damaged block would be copied as it is
        _store_marts(connection)
        connection.execute("CHECKPOINT published")
    finally:
        connection.execute(f'USE "{source}"')
        connection.execute("DETACH published")
    log = target.with_name(f"{target.name}.wal")
    if log.exists():
        message = f"{log} is left after the checkpoint: not published"
        raise RuntimeError(message)


def _store_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make tables of the marts, each in one transaction: a commit for each comment would wait for the disk.

    One that the memory of a build cannot hold stays a view: readers have more memory, and a run must not fail for it.
    """
    for script in stored_mart_scripts():
        with suppress(duckdb.OutOfMemoryException), transaction(connection):
            connection.execute(script)
