"""Faults within this process: the Nth statement of SQL, or the Nth file that Python opens, moves or removes."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Self
from unittest.mock import patch

import duckdb

from warehouse import connection as warehouse_connection

SQL_CALLS = ("execute", "sql", "begin", "commit")
FILE_EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate", "shutil.copyfile")
"""Python's audit events of calls that look for, make or change files."""


@dataclass(slots=True)
class Countdown:
    """Counts calls and says when the one that must fail is reached, or one after it where the fault lasts."""

    fatal: int
    lasting: bool = False
    calls: list[str] = field(default_factory=list)

    def hits(self, call: str) -> bool:
        """Count a call."""
        self.calls.append(call)
        return len(self.calls) >= self.fatal if self.lasting else len(self.calls) == self.fatal

    @property
    def fired(self) -> bool:
        """Whether the call that must fail was reached."""
        return len(self.calls) >= self.fatal


class FailingConnection:
    """A DuckDB connection of which one call fails."""

    def __init__(self, real: duckdb.DuckDBPyConnection, countdown: Countdown) -> None:
        """Stand before a real connection."""
        self._real = real
        self._countdown = countdown

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the real one has)
        real = getattr(self._real, name)
        if name not in SQL_CALLS and not (self._countdown.lasting and name == "rollback"):
            return real

        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            statement = str(arguments[0]) if arguments else name
            if self._countdown.hits(statement):
                message = f"IO Error: could not write, planted as call {len(self._countdown.calls)}: {statement[:60]}"
                raise duckdb.IOException(message)
            return real(*arguments, **named)

        return call


@contextmanager
def failing_statement(number: int, *, lasting: bool = False) -> Iterator[Countdown]:
    """Let the Nth statement on the build file fail; where the fault lasts, all after it too, as on a full disk."""
    countdown = Countdown(number, lasting)

    def connect(*arguments: Any, **named: Any) -> FailingConnection:  # noqa: ANN401
        return FailingConnection(duckdb.connect(*arguments, **named), countdown)

    shim = SimpleNamespace(connect=connect, DuckDBPyConnection=duckdb.DuckDBPyConnection, Error=duckdb.Error)
    with patch.object(warehouse_connection, "duckdb", shim):
        yield countdown


class _FileFaults:
    """The one audit hook of this process: hooks cannot be taken off again, so it sleeps between uses."""

    def __init__(self) -> None:
        self.root = ""
        self.countdown: Countdown | None = None
        self.installed = False

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.countdown is None or event not in FILE_EVENTS:
            return
        path = next((str(part) for part in arguments if str(part).startswith(self.root)), None)
        if path is not None and self.countdown.hits(f"{event} {path}"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)


_faults = _FileFaults()


@contextmanager
def failing_file_call(number: int, root: str) -> Iterator[Countdown]:
    """Let Python's Nth call on a file below `root` fail."""
    if not _faults.installed:
        sys.addaudithook(_faults.hear)
        _faults.installed = True
    _faults.root = root
    _faults.countdown = Countdown(number)
    try:
        yield _faults.countdown
    finally:
        _faults.countdown = None
