"""What runs in a worker process. Light to import, because Polars reads its number of threads when it is imported."""

import os
import signal
import threading
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.batches import Batch


ALLOCATOR = "dirty_decay_ms:5000,muzzy_decay_ms:5000"
"""How long jemalloc, which comes with Polars, keeps free memory: with the half second that Polars sets, each step gives
back what the next one asks for again, which takes a tenth of the processor time of extraction."""


def prepare(threads: int) -> None:
    """Make a new process ready, with its share of the cores.

    Ctrl-C is left to the parent, which stops its workers; a worker whose parent has died ends by itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    os.environ.setdefault("_RJEM_MALLOC_CONF", ALLOCATOR)


def take_rules(stage: Path) -> None:
    """Take the rules before the first batch for the stage comes."""
    from flows.handover import rules_for  # noqa: PLC0415  (see above)

    rules_for(stage)


def extract_batch(batch: "Batch", stage: Path) -> Path:
    """Extract one batch into a package."""
    from flows.batches import extract_to_package  # noqa: PLC0415  (see above)
    from flows.handover import rules_for  # noqa: PLC0415

    return extract_to_package(batch, stage, rules_for(stage))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
