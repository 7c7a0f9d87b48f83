"""Processes that extract batches side by side: a batch that hangs or dies takes its own process with it, no more."""

import multiprocessing
import os
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from flows.batches import Batch
from flows.handover import hand_over
from flows.user_actors import extractor_for
from flows.worker import extract_batch, prepare, take_rules

MOST_WORKERS = 4
"""Each holds a batch with its facts, about 400 MB at the usual size of a batch."""


class BatchTimeoutError(RuntimeError):
    """A batch took longer than it may; its process was killed."""


class BatchCrashedError(RuntimeError):
    """The process that extracted a batch died."""


@dataclass(slots=True)
class Workers:
    """The worker processes of one run; until they are started, batches are extracted in the caller's own process.

    `actors` is the folder of the user's actors; `limit` the time in seconds that a batch may take in a worker, or None.
    """

    actors: Path
    limit: float | None = None
    _pool: ProcessPool | None = field(default=None, init=False)
    _open: set[ProcessFuture[Path]] = field(default_factory=set, init=False)
    _stopped: bool = field(default=False, init=False)

    def start(self) -> None:
        """Compile the rules and start the processes, which take them while the caller does something else."""
        if self._pool is None:
            stage = self.actors.with_name("stage")
            hand_over(stage, extractor_for(self.actors))
            threads = max(1, cores() // worker_count())
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(worker_count(), initializer=prepare, initargs=(threads,), context=context)
            for _ in range(worker_count()):
                self._pool.schedule(take_rules, args=(stage,))

    @property
    def running(self) -> bool:
        """Whether there are processes."""
        return self._pool is not None

    def extract(self, batch: Batch, stage: Path) -> Path:
        """Extract one batch into a package and wait for it; any number of threads may do so at once.

        Raises:
            BatchTimeoutError: it took longer than the limit.
            BatchCrashedError: its process died.
            CancelledError: the workers were stopped meanwhile, or before.
        """
        if self._stopped:
            raise CancelledError
        if self._pool is None:
            return extract_batch(batch, stage)
        future = self._pool.schedule(extract_batch, args=(batch, stage), timeout=self.limit)
        self._open.add(future)
        try:
            return future.result()
        except FutureTimeoutError as error:
            message = f"batch {batch.key} took longer than {self.limit:g} s and was stopped"
            raise BatchTimeoutError(message) from error
        except ProcessExpired as error:
            message = (
                f"the process of batch {batch.key} died (exit code {error.exitcode}); "
                "where memory ran out, a smaller --batch-mb helps"
            )
            raise BatchCrashedError(message) from error
        except BrokenProcessPool as error:
            if self._stopped:  # a pool that is stopped while it works may end so
                raise CancelledError from error
            message = f"batch {batch.key}: no worker process can be started or reached"
            raise BatchCrashedError(message) from error
        finally:
            self._open.discard(future)

    def stop(self) -> None:
        """Stop the processes, whatever they are doing."""
        self._stopped = True
        for future in tuple(self._open):  # a stopped pool may leave them unsettled, and their threads waiting
            future.cancel()  # type: ignore[no-untyped-call]
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble declares no result here
            self._pool.join()


def worker_count() -> int:
    """How many batches are extracted side by side."""
    return min(cores(), MOST_WORKERS)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
