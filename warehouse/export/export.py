"""One export: the chosen tables of the published version, written as a draft and put in its place at the end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.tableschema import Descriptor
from warehouse.export.catalog import ExportError, Table, chosen_tables
from warehouse.export.descriptor import Version, package, read_version, resource, workbook_resource
from warehouse.export.files import Exported, Output, Progress, described, spilling_into, write_table
from warehouse.export.folder import DESCRIPTOR, draft_of
from warehouse.export.workbook import write_workbook
from warehouse.reader import Reader

MONTH_ROWS = 1_000_000
"""A table of articles with more rows is written as a file a month, where no setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to export: format, names of tables (all where there is none), and how.

    Attributes:
        form: parquet, csv or xlsx.
        tables: their names; xlsx takes named ones only.
        name: the warehouse's name.
        month_rows: a table with more rows is a file a month.
        licence: the licence that the user gives the export.
    """

    form: str
    tables: Sequence[str]
    name: str
    month_rows: int = MONTH_ROWS
    licence: str | None = None


def export(reader: Reader, target: Path, request: Request, progress: Progress) -> list[Exported]:
    """Export the version that the reader has open into a folder; an earlier export there is replaced.

    Raises:
        ExportError: the folder holds something else, a table is unknown, or Excel cannot take one.
        OtherSchemaError: another version of Dateline made the warehouse.
        StorageError: the machine refused a file or memory.
    """
    if request.form == "xlsx" and not request.tables:
        message = "Excel takes the tables that you name: --table mart.claims, more than once for more sheets"
        raise ExportError(message)
    tables = chosen_tables(reader, request.tables)
    version = read_version(reader)
    with draft_of(target) as folder, spilling_into(reader, folder):
        if request.form == "xlsx":
            exported, resources = _workbook(reader, tables, folder, request.name, progress)
        else:
            exported, resources = _files(reader, tables, folder, request, progress)
        _describe(folder, request, version, resources)
    return exported


def _files(
    reader: Reader, tables: Sequence[Table], folder: Path, request: Request, progress: Progress
) -> tuple[list[Exported], list[Descriptor]]:
    names = {table.name for table in tables}
    output = Output(reader, folder, request.form, request.month_rows, progress)
    exported = [write_table(output, table) for table in tables]
    return exported, [resource(found, request.form, names) for found in exported]


def _workbook(
    reader: Reader, tables: Sequence[Table], folder: Path, name: str, progress: Progress
) -> tuple[list[Exported], list[Descriptor]]:
    path = f"{name}.xlsx"
    rows = write_workbook(reader, tables, folder / path, progress)
    file = described(folder, path, sum(rows.values()))
    return [Exported(table, rows[table.name], (file,)) for table in tables], [
        workbook_resource("workbook", file, tables)
    ]


def _describe(folder: Path, request: Request, version: Version, resources: Sequence[Descriptor]) -> None:
    text = json.dumps(package(request.name, version, resources, request.licence), ensure_ascii=False, indent=2)
    (folder / DESCRIPTOR).write_text(f"{text}\n", encoding="utf-8")
