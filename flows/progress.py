"""Tell whoever listens how far a run is: the command line listens, and the log of a scheduled run."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Listener = Callable[[str, int, int], None]
"""Told the stage, how many bytes of it are done, and how many there are in all: 0 where bytes do not measure it."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let `listener` hear of all progress within the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def listening_at_least(listener: Listener) -> Iterator[None]:
    """Let `listener` hear of all progress within the block, unless somebody listens already."""
    with listening(_listener.get() or listener):
        yield


def report(stage: str, done: int, total: int) -> None:
    """Say that `done` of `total` bytes of a stage are done, or with 0 of 0 that it begins."""
    listener = _listener.get()
    if listener is not None:
        listener(stage, done, total)


@dataclass(slots=True)
class Pace:
    """Turns progress into lines with a rate and the time left, one every few seconds; a short stage makes none.

    Attributes:
        write: takes a line.
        interval: seconds between two lines of a stage.
        clock: seconds, counted from anywhere.
    """

    write: Callable[[str], object]
    interval: float = 5.0
    clock: Callable[[], float] = time.monotonic
    _stage: str = ""
    _started: float = 0.0
    _written: float = field(default=0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Write a line, if it is time for one."""
        now = self.clock()
        if stage != self._stage:
            self._stage, self._started, self._written = stage, now, now
        slow = now - self._started >= self.interval
        if slow and (now - self._written >= self.interval or done >= total):
            self._written = now
            self.write(pace_line(stage, done, total, now - self._started))


def pace_line(stage: str, done: int, total: int, seconds: float) -> str:
    """How far a stage is: "extract 12.0 of 80.0 MB, 2.4 MB/s, 0:28 left"."""
    return f"{stage} {pace(done, total, seconds)}"


def pace(done: int, total: int, seconds: float) -> str:
    """How much is done, how fast, and how long the rest will take: "12.0 of 80.0 MB, 2.4 MB/s, 0:28 left"."""
    line = f"{done / 1e6:.1f} of {total / 1e6:.1f} MB"
    if not (done and seconds):
        return line
    rate = done / seconds
    minutes, left = divmod(round((total - done) / rate), 60)
    hours, minutes = divmod(minutes, 60)
    ahead = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return f"{line}, {rate / 1e6:.1f} MB/s" + (f", {ahead} left" if done < total else "")
