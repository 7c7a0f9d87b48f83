"""All or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, roll back on any error."""
    connection.begin()
    try:
        yield
    except BaseException as error:
        try:
            connection.rollback()
        except duckdb.Error as second:  # the open transaction ends with the connection
            error.add_note(f"rolling back failed as well: {second}")
        raise
    connection.commit()
