"""Roll back: an earlier version becomes the published one again, and the state from which the next run goes on."""

from flows.job import new_record, now
from flows.settings import Settings
from flows.user_actors import actor_rules_version
from warehouse.connection import open_build
from warehouse.lock import writer_lock
from warehouse.paths import WarehousePaths
from warehouse.publish import published_version
from warehouse.rollback import choose_version, roll_back
from warehouse.runs import last_run
from warehouse.storage import storage_errors


def rollback(settings: Settings, version: str | None) -> tuple[str, str | None]:
    """Put a version back: the named one, else the last before the published one.

    Returns:
        The version that is published now, and the one that was.

    Raises:
        NoSuchVersionError: it is not kept.
        BrokenWarehouseError: it is damaged.
        WarehouseLockedError: another run is writing to the warehouse.
    """
    paths = WarehousePaths.of(settings.warehouse)
    with storage_errors(), writer_lock(paths.lock):
        chosen, before = choose_version(paths, version), published_version(paths)
        with open_build(paths) as connection:
            record = new_record(last_run(connection), actor_rules_version(paths.actors))
        record.state, record.message = "rolled_back", f"put {chosen} back in the place of {before}"
        record.finished_at = now()
        roll_back(paths, chosen, record)
    return chosen, before
