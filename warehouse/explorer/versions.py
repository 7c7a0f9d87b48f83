"""The published version that requests read: each sees one, the next request after a publish the new one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from warehouse.reader import Reader, open_published

PUBLISHED = """
SELECT coalesce(max(run_id), ''), max_by(finished_at, run_id) FROM etl.run WHERE changed
"""
"""The name of the version that is open, which is the last run that changed it, and when that run ended, UTC."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its name and when it was published, UTC; None where its own record does not say it."""

    name: str
    published_at: datetime | None


class Versions:
    """Opens a connection for each request; one of its own keeps the file open between them, so that this is quick."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self._lock = Lock()
        self._held = ExitStack()
        self._held_file: Path | None = None

    @contextmanager
    def open(self) -> Iterator[tuple[Reader, Version]]:
        """The newest version, for one request; it stays what it is however often others are published meanwhile.

        Raises:
            NoWarehouseError: nothing is published any longer.
            StorageError: the system does not let it be opened.
        """
        self._hold_newest()
        with open_published(self.warehouse) as reader:
            ((name, published_at),) = reader.rows(PUBLISHED)
            yield reader, Version(str(name), published_at if isinstance(published_at, datetime) else None)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._held.close()
            self._held_file = None

    def _hold_newest(self) -> None:
        newest = self.warehouse.resolve()
        with self._lock:
            if newest != self._held_file:
                self._held.close()
                self._held.enter_context(open_published(self.warehouse))
                self._held_file = newest
