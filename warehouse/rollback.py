"""Put an earlier published version back, for readers and for the build file: as if the loads since had not been."""

import shutil
from collections.abc import Sequence

import duckdb

from warehouse.connection import open_build
from warehouse.ddl import quoted
from warehouse.health import count_rows
from warehouse.migrate import bring_up_to_date
from warehouse.paths import WarehousePaths
from warehouse.publish import published_version, swap_link
from warehouse.runs import RunRecord, write_run
from warehouse.storage import fresh_draft, sync
from warehouse.transaction import transaction

KEEP_RUNS = """
INSERT INTO etl.run BY NAME
SELECT * REPLACE (false AS changed) FROM withdrawn.etl.run WHERE run_id NOT IN (SELECT run_id FROM etl.run)
"""
KEEP_CHECKS = """
INSERT INTO etl.check BY NAME
FROM withdrawn.etl.check WHERE run_id NOT IN (SELECT run_id FROM etl.check)
"""
"""The runs since stay on record, as runs that changed nothing."""


class NoSuchVersionError(ValueError):
    """There is no such version to put back; the message names those that there are."""


def kept_versions(paths: WarehousePaths) -> list[str]:
    """The versions that are kept, the oldest first."""
    return sorted(entry.name for entry in paths.versions.iterdir() if paths.version(entry.name).exists())


def choose_version(paths: WarehousePaths, wanted: str | None) -> str:
    """The version to put back: the wanted one, else the last before the published one.

    Raises:
        NoSuchVersionError: it is not kept.
    """
    kept, present = kept_versions(paths), published_version(paths)
    if wanted is not None:
        if wanted in kept and wanted != present:
            return wanted
        message = f"{wanted} is {'published now' if wanted == present else 'not kept'}; {_named(kept, present)}"
        raise NoSuchVersionError(message)
    earlier = [version for version in kept if present is not None and version < present]
    if not earlier:
        message = (
            f"no version before the published one is kept: {_named(kept, present)}; "
            "the setting keep_versions says how many runs keep"
        )
        raise NoSuchVersionError(message)
    return earlier[-1]


def roll_back(paths: WarehousePaths, version: str, record: RunRecord) -> None:
    """Make a version the published one and the build's state; the caller holds the writer's lock.

    The build comes first: who dies in between leaves a build whose newest version is not published, and the next run
    publishes it.

    Args:
        paths: where all lies.
        version: one of `kept_versions`.
        record: the record of this, kept beside those of the runs since.

    Raises:
        BrokenWarehouseError: the version is damaged; nothing was changed.
    """
    source, draft = paths.version(version), fresh_draft(paths)
    count_rows(source)
    with open_build(paths):
        pass  # an earlier schema, a purge and the log of a killed run are dealt with: the file is whole and closed
    shutil.copyfile(source, draft)
    with duckdb.connect(str(draft)) as connection:
        connection.execute(f"ATTACH {quoted(str(paths.build))} AS withdrawn (READ_ONLY)")
        with transaction(connection):
            bring_up_to_date(connection)
            connection.execute(KEEP_RUNS)
            connection.execute(KEEP_CHECKS)
            write_run(connection, record)
        connection.execute("DETACH withdrawn")
        connection.execute("CHECKPOINT")
    sync(draft)
    draft.rename(paths.build)
    sync(paths.work)
    swap_link(paths, source)


def _named(kept: Sequence[str], present: str | None) -> str:
    return f"kept are {', '.join(kept) or 'none'}; {present or 'none'} is published"
