"""A reader that opens, asks and closes without pause: `python -m tests.reliability.reader WAREHOUSE HOW`.

HOW is `dateline` (as its commands open a warehouse), `duckdb` (as any other tool does), or `keeping` (as `duckdb`, with
the first connection kept open all the while). It runs until its standard input is closed, and prints what it saw as
JSON: how often it opened, the builds in the order seen, and whatever went wrong.
"""

import json
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.reader import open_published

MARKED = {
    "dim_article": "title",
    "article_text": "text",
    "fact_figure": "rule",
    "fact_actor_mention": "rule",
    "etl.article": "rules_version",
}
"""Columns that name the build, in every row of their tables."""

QUESTION = "".join(
    [
        "SELECT list(DISTINCT build), count(*) FROM (",
        " UNION ALL ".join(f"SELECT {column} AS build FROM {table}" for table, column in MARKED.items()),
        ")",
    ]
)


@contextmanager
def opened(warehouse: Path, how: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection, read-only."""
    if how == "dateline":
        with open_published(warehouse) as reader:
            yield reader.connection
    else:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            yield connection


def ask(connection: duckdb.DuckDBPyConnection) -> str:
    """The one build that all tables are of; several where they are mixed."""
    builds, rows = connection.sql(QUESTION).fetchall()[0]
    return " and ".join(sorted(builds)) if rows else "an empty file"


def read_on(warehouse: Path, how: str) -> dict[str, object]:
    """Read until standard input ends."""
    seen: list[str] = []
    errors: list[str] = []
    times = 0
    kept = duckdb.connect(str(warehouse), read_only=True) if how == "keeping" else None
    kept_build = ask(kept) if kept else ""
    while not select.select([sys.stdin], [], [], 0)[0]:
        times += 1
        try:
            with opened(warehouse, how) as connection:
                build = ask(connection)
            if not seen or seen[-1] != build:
                seen.append(build)
            if kept and ask(kept) != kept_build:
                errors.append(f"the connection kept open changed from {kept_build} to {ask(kept)}")
        except Exception as error:  # noqa: BLE001  (whatever it is, a reader would have met it)
            errors.append(f"{type(error).__name__}: {error}")
    return {"opened": times, "seen": seen, "errors": errors}


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201  (the test waits for it)
    print(json.dumps(read_on(Path(sys.argv[1]), sys.argv[2])))  # noqa: T201  (the program's result)
