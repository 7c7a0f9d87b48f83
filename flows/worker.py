"""What runs in a worker process. Light to import, because Polars reads its number of threads when it is imported."""

import os
import signal
import threading
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.batches import Batch


def prepare(threads: int) -> None:
    """Make a new process ready, with its share of the cores.

    Ctrl-C is left to the parent, which stops its workers; a worker whose parent has died ends by itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["POLARS_MAX_THREADS"] = str(threads)


def compile_rules(actors: Path) -> None:
    """Compile the rules before the first batch comes; `actors` is the folder of the user's actors."""
    from flows.user_actors import extractor_for  # noqa: PLC0415  (see above)

    extractor_for(actors)


def extract_batch(batch: "Batch", stage: Path) -> Path:
    """Extract one batch into a package; the user's actors lie beside the stage."""
    from flows.batches import extract_to_package  # noqa: PLC0415  (see above)
    from flows.user_actors import extractor_for  # noqa: PLC0415

    return extract_to_package(batch, stage, extractor_for(stage.with_name("actors")))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
