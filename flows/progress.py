"""Tell whoever listens how far a run is: the command line listens, tests and schedules need not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is in all."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let `listener` hear of all progress within the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(stage: str, done: int, total: int) -> None:
    """Say that `done` of `total` parts of a stage are done."""
    listener = _listener.get()
    if listener is not None:
        listener(stage, done, total)
