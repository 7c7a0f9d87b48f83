"""`dateline sql`: query the published warehouse and print the result, or write it into a file."""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console

from flows.console.tables import print_rows
from flows.errors import UsageError
from warehouse.reader import QueryError, Reader, open_published

SHOWN_ROWS = 100
"""Rows that a table on the terminal shows; the other formats give all."""


def sql_command(query: str, warehouse: Path, form: str, to: Path | None) -> int:
    """Run one query.

    Raises:
        QueryError: DuckDB refuses the query.
        UsageError: Parquet without a file to write to.
    """
    if form == "parquet" and to is None:
        message = "Parquet is no text: name a file with --to"
        raise UsageError(message)
    with open_published(warehouse) as reader:
        if form == "table":
            _print_table(reader, query, to)
        elif to:
            reader.export(query.strip().rstrip(";"), str(to), form)
        else:
            _print_export(reader, query.strip().rstrip(";"), form)
    return 0


def _print_export(reader: Reader, query: str, form: str) -> None:
    """Hand a result to standard output through a pipe: DuckDB would open a file that stands there anew, and cut it."""
    receiving, giving = os.pipe()

    def pass_on() -> None:
        with os.fdopen(receiving, "rb") as source:
            shutil.copyfileobj(source, sys.stdout.buffer)
        sys.stdout.buffer.flush()

    with ThreadPoolExecutor(1) as thread:
        passed = thread.submit(pass_on)
        try:
            reader.export(query, f"/dev/fd/{giving}", form)
        except QueryError:
            os.close(giving)
            passed.result()  # where the output is closed, that is what stopped the query
            raise
        os.close(giving)
        passed.result()


def _print_table(reader: Reader, query: str, to: Path | None) -> None:
    names, rows = reader.fetch(query, most=None if to else SHOWN_ROWS + 1)
    if to:
        with to.open("w", encoding="utf-8") as file:
            print_rows(Console(file=file), names, rows)
        return
    console = Console()
    print_rows(console, names, rows[:SHOWN_ROWS])
    if not rows:
        console.print("No rows.")
    if len(rows) > SHOWN_ROWS:
        console.print(f"The first {SHOWN_ROWS} rows; --format csv gives all.")
