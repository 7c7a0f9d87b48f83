"""The file of the search index: where it lies beside a published version, and whether it is that version's."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.reader import OFFLINE

MADE_BY = f"1 DuckDB {duckdb.__version__}"
"""The layout of the index, and the DuckDB whose stemmer made its words; another one's index is made anew."""
NEWEST_VERSION = "SELECT max(run_id) FROM etl.run WHERE changed"
"""The version that a published file is."""


@dataclass(frozen=True, slots=True)
class About:
    """What an index says of itself: who made it, and of which version of the warehouse."""

    made_by: str
    version: str


def index_of(published: Path) -> Path:
    """Where the index of a published file lies: in the folder of its version, with which it goes."""
    return published.with_name(f"{published.name}.search")


def read_about(index: Path) -> About | None:
    """What an index says of itself; None where there is none, or none that can be read."""
    if not index.exists():
        return None
    try:
        with duckdb.connect(str(index), read_only=True, config=OFFLINE) as connection:
            rows = connection.sql("SELECT made_by, version FROM about").fetchall()
    except duckdb.Error:
        return None
    return About(*rows[0]) if rows else None


def is_index_of(index: Path, version: str) -> bool:
    """Whether a file is a whole index of a version, by this DuckDB."""
    return read_about(index) == About(MADE_BY, version)
