"""One writer: a lock that the operating system takes back when its holder dies."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

PATIENCE = 2.0
STEP = 0.05
"""Seconds: how long a writer waits for a reader of the build file, and how often it looks."""


class WarehouseLockedError(RuntimeError):
    """Another run is writing to the warehouse; the message names it."""


@contextmanager
def writer_lock(lock: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the warehouse's lock; the file says who does.

    Args:
        lock: the lock file.
        patience: seconds to wait for a reader of the build file, which holds the lock for a moment.

    Raises:
        WarehouseLockedError: another process holds it.
    """
    with lock.open("a+", encoding="utf-8") as handle:
        if not _acquired(handle, fcntl.LOCK_EX, patience):
            message = f"another run is writing to this warehouse ({holder(lock)}): wait for it, or stop it"
            raise WarehouseLockedError(message)
        handle.truncate(0)
        since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        handle.write(f"process {os.getpid()} on {socket.gethostname()}, since {since}")
        handle.flush()
        yield


@contextmanager
def build_reader_lock(lock: Path) -> Iterator[bool]:
    """Hold the lock together with other readers, if no run holds it: gives whether it could be had."""
    with lock.open(encoding="utf-8") as handle:
        yield _acquired(handle, fcntl.LOCK_SH, 0)


def _acquired(handle: IO[str], kind: int, patience: float) -> bool:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(STEP)
        else:
            return True


def holder(lock: Path) -> str:
    """Who holds the lock, as it wrote into the file."""
    return lock.read_text(encoding="utf-8").strip() or "its name is not written yet"
