"""`dateline sql`: query the published warehouse and print the result, or write it into a file."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.errors import UsageError
from warehouse.reader import Reader, open_published

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
        else:
            sys.stdout.flush()
            reader.export(query.strip().rstrip(";"), str(to or "/dev/stdout"), form)
    return 0


def result_table(names: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None) -> Table:
    """A Rich table of a query's result; what is null is empty."""
    table = Table(title=title, title_justify="left")
    for position, name in enumerate(names):
        numeric = any(isinstance(row[position], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


def _print_table(reader: Reader, query: str, to: Path | None) -> None:
    names, rows = reader.fetch(query, most=None if to else SHOWN_ROWS + 1)
    if to:
        with to.open("w", encoding="utf-8") as file:
            Console(file=file).print(result_table(names, rows))
        return
    console = Console()
    console.print(result_table(names, rows[:SHOWN_ROWS]))
    if len(rows) > SHOWN_ROWS:
        console.print(f"The first {SHOWN_ROWS} rows; --format csv gives all.")
