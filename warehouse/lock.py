"""One writer: a lock that the operating system takes back when its holder dies."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WarehouseLockedError(RuntimeError):
    """Another run is writing to the warehouse; the message names it."""


@contextmanager
def writer_lock(lock: Path) -> Iterator[None]:
    """Hold the warehouse's lock; the file says who does.

    Raises:
        WarehouseLockedError: another process holds it.
    """
    with lock.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"another run is writing to this warehouse ({_holder(lock)}): wait for it, or stop it"
            raise WarehouseLockedError(message) from error
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {socket.gethostname()}")
        handle.flush()
        yield


def _holder(lock: Path) -> str:
    return lock.read_text(encoding="utf-8").strip() or "its name is not written yet"
