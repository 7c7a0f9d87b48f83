"""Publish: copy the build into a fresh file, then swap the link. Readers keep what they opened and meet no lock."""

import os
from pathlib import Path

import duckdb

from warehouse.ddl import quoted
from warehouse.paths import WarehousePaths

STORAGE_VERSION = "v1.0.0"
"""DuckDB storage format of the published file: readable by 1.1 and later, 2.0 included."""
KEEP_VERSIONS = 2
"""Published versions kept beside each other, the newest included."""


def published_version(paths: WarehousePaths) -> str | None:
    """The run whose result is published, or None."""
    return paths.published.resolve().stem if paths.published.is_symlink() and paths.published.exists() else None


def publish(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, version: str) -> Path:
    """Publish the state of the build file under the name of the run that made it.

    Returns:
        The published file.
    """
    target = paths.versions / f"{version}.duckdb"
    draft = paths.versions / f"{version}.draft"
    for leftover in paths.versions.glob("*.draft*"):
        leftover.unlink()
    _copy(connection, draft)
    _sync(draft)
    draft.rename(target)
    _sync(paths.versions)
    _swap_link(paths, target)
    _drop_old(paths, target)
    return target


def _copy(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    source = connection.sql("SELECT current_database()").fetchall()[0][0]
    connection.execute(f"ATTACH {quoted(str(target))} AS published (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
    try:
        connection.execute(f'COPY FROM DATABASE "{source}" TO published')
        connection.execute("CHECKPOINT published")
    finally:
        connection.execute("DETACH published")
    log = target.with_name(f"{target.name}.wal")
    if log.exists():
        message = f"{log} is left after the checkpoint: not published"
        raise RuntimeError(message)


def _swap_link(paths: WarehousePaths, target: Path) -> None:
    fresh = paths.work / "link"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.relative_to(paths.published.parent))
    fresh.rename(paths.published)
    _sync(paths.published.parent)


def _drop_old(paths: WarehousePaths, newest: Path) -> None:
    older = sorted((file for file in paths.versions.glob("*.duckdb") if file != newest), reverse=True)
    for file in older[KEEP_VERSIONS - 1 :]:
        file.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
