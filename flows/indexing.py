"""The search index after a publish: what stops it is told, and never undoes what is published."""

import time
from dataclasses import dataclass

from warehouse.paths import WarehousePaths
from warehouse.search_index import TextTooLargeError, index_is_due, make_index


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of the index: seconds that building it took, or what stopped it; neither where none was due."""

    seconds: float | None = None
    fault: str | None = None


def index_published(paths: WarehousePaths, most_megabytes: float) -> Indexed:
    """Build the search index of the published version where it has none; the caller holds the writer's lock."""
    began = time.perf_counter()
    try:
        if not index_is_due(paths):
            return Indexed()
        make_index(paths, most_megabytes)
    except TextTooLargeError:
        return Indexed()  # as the settings want it
    except Exception as error:  # noqa: BLE001  (whatever stops it must not fail a run that is published)
        first = (str(error) or type(error).__name__).splitlines()[0]
        return Indexed(fault=f"no search index was built: {first}. Search does without; the next run tries again")
    return Indexed(seconds=time.perf_counter() - began)
