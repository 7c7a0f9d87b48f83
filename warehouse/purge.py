"""Purge: after an article was forgotten, no file of the warehouse may hold what was deleted from its tables.

DuckDB leaves deleted rows in free blocks of the file, and earlier versions hold them whole. A mark, set before the
rows are deleted, stands until the build file is written anew and all earlier versions are gone; who dies in between
leaves it to the next run.
"""

from pathlib import Path

import duckdb

from warehouse.ddl import quoted
from warehouse.paths import WarehousePaths
from warehouse.storage import STORAGE_VERSION, fresh_draft, remove, sync


def ask_for_purge(paths: WarehousePaths) -> None:
    """Set the mark."""
    mark = _mark(paths)
    mark.touch()
    sync(mark)
    sync(paths.work)


def purge_is_due(paths: WarehousePaths) -> bool:
    """Whether the mark is set."""
    return _mark(paths).exists()


def rewrite_build(paths: WarehousePaths) -> None:
    """Write the build file anew, without its free blocks; nobody may have it open."""
    draft = fresh_draft(paths)
    with duckdb.connect(str(paths.build)) as connection:
        source = connection.sql("SELECT current_database()").fetchall()[0][0]
        connection.execute("CHECKPOINT")
        connection.execute(f"ATTACH {quoted(str(draft))} AS fresh (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
        connection.execute(f'COPY FROM DATABASE "{source}" TO fresh')
        connection.execute("CHECKPOINT fresh")
        connection.execute("DETACH fresh")
    sync(draft)
    draft.rename(paths.build)
    sync(paths.work)


def end_purge(paths: WarehousePaths, published: Path | None) -> None:
    """Drop every version but the published one, and take the mark away."""
    for entry in paths.versions.iterdir():
        if published is None or entry.name not in (published.name, published.parent.name):
            remove(entry)
    sync(paths.versions)
    _mark(paths).unlink(missing_ok=True)
    sync(paths.work)


def _mark(paths: WarehousePaths) -> Path:
    return paths.work / "purge"
