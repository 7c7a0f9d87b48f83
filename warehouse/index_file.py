"""The file of the search index: where it lies beside a published version, and whether it is that version's."""

from pathlib import Path

import duckdb

from warehouse.reader import OFFLINE, Reader

MADE_BY = f"1 DuckDB {duckdb.__version__}"
"""The layout of the index, and the DuckDB whose stemmer made its words; another one's index is made anew."""
HEADERS = 12_288
"""Bytes of a DuckDB file before its first block."""
ABOUT = f"""
SELECT made_by, version, (SELECT total_blocks * block_size + {HEADERS} FROM pragma_database_size()) FROM about
"""
OPENED = """
SELECT path, (SELECT max(run_id) FROM etl.run WHERE changed)
FROM duckdb_databases() WHERE database_name = current_database()
"""
"""The file that is open, and the version that it is."""
TEXT_SIZE = "SELECT coalesce(sum(char_count), 0) / 1e6 FROM main.dim_article"


class NoIndexError(RuntimeError):
    """A version of the warehouse has no search index that can be used; the message says why."""


def index_of(published: Path) -> Path:
    """Where the index of a published file lies: in the folder of its version, with which it goes."""
    return published.with_name(f"{published.name}.search")


def open_index(published: Path, version: str) -> duckdb.DuckDBPyConnection:
    """Open the index of a published file, read-only.

    Raises:
        NoIndexError: there is none, none that can be read, or that of another version.
    """
    index = index_of(published)
    if not index.exists():
        message = "this version of the warehouse has no search index"
        raise NoIndexError(message)
    try:
        connection = duckdb.connect(str(index), read_only=True, config=OFFLINE)
        ((made_by, of_version, size),) = connection.sql(ABOUT).fetchall()
    except (duckdb.Error, ValueError) as error:
        message = f"the search index cannot be read: {str(error).splitlines()[0]}"
        raise NoIndexError(message) from error
    if index.stat().st_size < size:
        connection.close()
        message = "the search index has been cut short"
        raise NoIndexError(message)
    if (made_by, of_version) != (MADE_BY, version):
        connection.close()
        message = "the search index is of another version of the warehouse, or of DuckDB"
        raise NoIndexError(message)
    return connection


def index_size(reader: Reader) -> int:
    """The size in bytes of the index of the open warehouse.

    Raises:
        NoIndexError: it has none that can be used.
    """
    published, version = opened(reader)
    open_index(published, version).close()
    return index_of(published).stat().st_size


def opened(reader: Reader) -> tuple[Path, str]:
    """The file of the warehouse that is open, and the version that it is."""
    ((path, version),) = reader.rows(OPENED)
    return Path(str(path)), str(version)
