"""Write tables as an Excel workbook: a sheet each with typed cells, and a sheet that describes all columns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schemas.tableschema import resource_name
from warehouse.export.catalog import ExportError, Table
from warehouse.export.files import Progress, count_rows
from warehouse.reader import Reader

MOST_ROWS = 1_048_575
"""Rows of an Excel sheet, without the header."""
LONGEST_TEXT = 32_767
"""Characters of an Excel cell, as UTF-16 counts them."""
FIRST_YEAR = 1900
"""Excel's calendar begins here: earlier days are written as text."""
EXACT = 2**53
"""Up to here Excel, whose numbers are doubles, holds every whole number: larger ones are written as text."""
FETCHED = 5_000
WIDTHS: Final[Mapping[str, int]] = {"VARCHAR": 28, "DOUBLE": 16, "TIMESTAMP": 19}
WIDTH = 12
NUMBER_FORMATS: Final[Mapping[str, str]] = {"DATE": "yyyy-mm-dd", "TIMESTAMP": "yyyy-mm-dd hh:mm:ss"}
OPTIONS: Final[Mapping[str, Any]] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
DESCRIBED = ("table", "column", "type", "description")
DESCRIPTIONS = "columns"
"""The sheet that describes the columns of the others."""


def write_workbook(reader: Reader, tables: Sequence[Table], target: Path, progress: Progress) -> dict[str, int]:
    """Write a workbook, row by row.

    Returns:
        Rows by table.

    Raises:
        ExportError: a table has more rows, or a cell more characters, than Excel takes.
    """
    rows = {table.name: count_rows(reader, table) for table in tables}
    for table in tables:
        if rows[table.name] > MOST_ROWS:
            message = (
                f"{resource_name(table.name)} has {rows[table.name]:,} rows, and an Excel sheet takes {MOST_ROWS:,}: "
                f"export it with --format csv or parquet, or a part of it with dateline sql QUERY --format csv"
            )
            raise ExportError(message)
    with Workbook(str(target), {**OPTIONS, "tmpdir": str(target.parent)}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        for table in tables:
            _write_sheet(reader, table, book.add_worksheet(resource_name(table.name)), head, formats)
            progress(table.name, 1, 1)
        _describe(tables, book.add_worksheet(DESCRIPTIONS), head)
    return rows


def _write_sheet(reader: Reader, table: Table, sheet: Worksheet, head: Format, formats: Mapping[str, Format]) -> None:
    kinds = [field.duckdb_type for field in table.fields]
    _open(sheet, [field.name for field in table.fields], [WIDTHS.get(kind, WIDTH) for kind in kinds], head)
    found = reader.connection.execute(f"SELECT * FROM {table.name} ORDER BY {table.order}")
    at = 1
    while batch := found.fetchmany(FETCHED):
        for values in batch:
            for place, value in enumerate(values):
                if value is not None:
                    _write_cell(sheet, table, (at, place), value, formats)
            at += 1
    sheet.autofilter(0, 0, max(at - 1, 1), len(kinds) - 1)


def _write_cell(
    sheet: Worksheet, table: Table, place: tuple[int, int], value: object, formats: Mapping[str, Format]
) -> None:
    """Write a value as what it is; a text is never taken for a formula, a link or a number."""
    match value:
        case bool():
            sheet.write_boolean(*place, value)
        case int() if abs(value) > EXACT:
            sheet.write_string(*place, str(value))
        case int() | float():
            sheet.write_number(*place, value)
        case date() if value.year < FIRST_YEAR:
            sheet.write_string(*place, value.isoformat())
        case date():
            kind = "TIMESTAMP" if isinstance(value, datetime) else "DATE"
            sheet.write_datetime(*place, value, formats[kind])
        case _:
            sheet.write_string(*place, _fitting(str(value), table, place[1]))


def _fitting(text: str, table: Table, column: int) -> str:
    """The text, where a cell takes it.

    Raises:
        ExportError: it is too long.
    """
    if len(text) * 2 > LONGEST_TEXT and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        message = (
            f"a text of {len(text):,} characters in {resource_name(table.name)}.{table.fields[column].name} does not "
            f"fit an Excel cell, which takes {LONGEST_TEXT:,}: export the table with --format csv or parquet"
        )
        raise ExportError(message)
    return text


def _describe(tables: Sequence[Table], sheet: Worksheet, head: Format) -> None:
    _open(sheet, DESCRIBED, (24, 24, 12, 100), head)
    described = [
        (resource_name(table.name), field.name, field.duckdb_type, field.comment)
        for table in tables
        for field in table.fields
    ]
    for at, row in enumerate(described, 1):
        for place, text in enumerate(row):
            sheet.write_string(at, place, text)


def _open(sheet: Worksheet, names: Sequence[str], widths: Sequence[int], head: Format) -> None:
    """The header: bold, frozen, above columns of a width that fits their type."""
    sheet.freeze_panes(1, 0)
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
