"""What the disk or the memory refuses to DuckDB is an error that a user can mend, and no fault of the program."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

REFUSALS = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException, duckdb.FatalException)
"""A file that cannot be read or written, memory that is not there, a commit that fails on either, and what DuckDB
says after them; a single writer meets no other failure of a transaction."""


class StorageError(RuntimeError):
    """The machine refused DuckDB a file or memory; the message says which."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn DuckDB's errors of files and memory within the block into StorageError.

    Raises:
        StorageError: with DuckDB's own first line, and what to do.
    """
    try:
        yield
    except REFUSALS as error:
        first = str(error).splitlines()[0]
        message = (
            f"the warehouse could not be written or read: {first}. "
            "What was published stands: make room or allow access, then run again"
        )
        raise StorageError(message) from error
