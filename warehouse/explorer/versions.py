"""The published version that requests read: each sees one, the next request after a publish the new one."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from warehouse.reader import Reader, open_published

T = TypeVar("T")
MOST_ANSWERS = 200
"""Answers that are kept: those of a chart have at most a few hundred rows."""
PUBLISHED = """
SELECT coalesce(max(run_id), ''), max_by(finished_at, run_id) FROM etl.run WHERE changed
"""
"""The name of the version that is open, which is the last run that changed it, and when that run ended, UTC."""


class Answers:
    """What was worked out from one version lately: the version never changes, so that it holds for the next request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to a question, worked out where it is not known; a question has answers of one type."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return cast("T", self._known[question])
        answer = work_out()
        with self._lock:
            self._known[question] = answer
            if len(self._known) > MOST_ANSWERS:
                self._known.popitem(last=False)
        return answer


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its name; when it was published, UTC, where its record says it; what was asked of it."""

    name: str
    published_at: datetime | None
    answers: Answers = field(default_factory=Answers, compare=False, repr=False)


class Versions:
    """Opens a connection for each request; one of its own keeps the file open between them, so that this is quick."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self._lock = Lock()
        self._held = ExitStack()
        self._held_file: Path | None = None
        self._answers = Answers()

    @contextmanager
    def open(self) -> Iterator[tuple[Reader, Version]]:
        """The newest version, for one request; it stays what it is however often others are published meanwhile.

        Raises:
            NoWarehouseError: nothing is published any longer.
            StorageError: the system does not let it be opened.
        """
        answers = self._hold_newest()
        with open_published(self.warehouse) as reader:
            ((name, published_at),) = reader.rows(PUBLISHED)
            yield reader, Version(str(name), published_at if isinstance(published_at, datetime) else None, answers)

    def let_go_of_old(self) -> None:
        """Let go of a version that is no longer the newest: it takes space, and may be one that was to be forgotten."""
        if self.warehouse.resolve() != self._held_file:
            self.close()

    def close(self) -> None:
        """Let go of the file, and of what was answered from it."""
        with self._lock:
            self._let_go()

    def _hold_newest(self) -> Answers:
        newest = self.warehouse.resolve()
        with self._lock:
            if newest != self._held_file:
                self._let_go()
                self._held.enter_context(open_published(self.warehouse))
                self._held_file = newest
            return self._answers

    def _let_go(self) -> None:
        self._held.close()
        self._held_file = None
        self._answers = Answers()
