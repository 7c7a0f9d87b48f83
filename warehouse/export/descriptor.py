"""The descriptor of an export: a Data Package 2.0 with a Table Schema for each table, made from the contracts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.contract import columns
from schemas.tableschema import Descriptor, plain_field, resource_name, table_schema
from warehouse.export.catalog import CONTRACTS, HISTORY, Table
from warehouse.export.files import Exported, File
from warehouse.export.folder import MARK
from warehouse.reader import Reader

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABULAR: Final[Mapping[str, Descriptor]] = {
    "parquet": {"type": "table", "format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    "csv": {
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
    },
}
"""What the descriptor says of the files of each format."""
WORKBOOK: Final[Descriptor] = {
    "format": "xlsx",
    "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DESCRIPTION = (
    "Dates, figures, actors and claims taken from news articles by Dateline, with the exact place of each in the text. "
    "Times are UTC, offsets code points. In CSV an empty field is null, one of two quotes an empty text; texts "
    "stand as they are, also those that a spreadsheet would take for a formula (= + - @): import them as text, or "
    "export xlsx. The rights to the articles are their publishers'."
)
VERSION = """
SELECT run_id, strftime(finished_at, '%Y-%m-%dT%H:%M:%SZ'), dateline_version
FROM etl.run WHERE changed ORDER BY run_id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Version:
    """The published version that is exported: the run that made it, when it did, and the Dateline that ran."""

    run_id: str
    finished_at: str
    dateline: str


def read_version(reader: Reader) -> Version:
    """The version that the reader has open."""
    found = reader.rows(VERSION)
    return Version(*map(str, found[0])) if found else Version("0", "1970-01-01T00:00:00Z", "0")


def package(name: str, version: Version, resources: Sequence[Descriptor], licence: str | None) -> Descriptor:
    """The descriptor of a whole export.

    Args:
        name: the warehouse's name.
        version: what was exported; its time stands for the export's, so that the same data gives the same files.
        resources: one a table, or the workbook.
        licence: the licence that the user gives the export.
    """
    slug = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    described: Descriptor = {
        "$schema": PROFILE,
        "name": slug,
        "title": f"Dateline warehouse {name}",
        "description": DESCRIPTION,
        "version": version.run_id,
        "created": version.finished_at,
        "contributors": [{"title": f"Dateline {version.dateline}", "roles": ["wrangler"]}],
        MARK: {"version": version.dateline, "run_id": version.run_id},
    }
    if licence:
        described["licenses"] = [{"name": licence}]
    return {**described, "resources": list(resources)}


def resource(exported: Exported, form: str, tables: Collection[str]) -> Descriptor:
    """The resource of a table: its files with size and hash, and its schema.

    Args:
        exported: the table and its files.
        form: parquet or csv.
        tables: the qualified names of all tables of the export.
    """
    table = exported.table
    return {
        "name": resource_name(table.name),
        "description": table.comment,
        **TABULAR[form],
        **_files(exported),
        "rows": exported.rows,
        "schema": _schema(table, tables),
    }


def workbook_resource(name: str, file: File, tables: Sequence[Table]) -> Descriptor:
    """The resource of an Excel workbook, which describes its columns itself."""
    sheets = ", ".join(resource_name(table.name) for table in tables)
    return {"name": name, "description": f"Sheets: {sheets}", **WORKBOOK, **_one_file(file)}


def _files(exported: Exported) -> Descriptor:
    """The files; of several each has its own size and hash in `parts`, as the standard knows only those of one."""
    if not exported.months:
        return _one_file(exported.files[0])
    parts = [{**_one_file(file), "rows": file.rows} for file in exported.files]
    return {"path": [file.path for file in exported.files], "parts": parts}


def _one_file(file: File) -> Descriptor:
    return {"path": file.path, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _schema(table: Table, tables: Collection[str]) -> Descriptor:
    if table.name in CONTRACTS:
        return table_schema(CONTRACTS[table.name], tables)
    known = (
        {column.name: column.description for column in columns(HISTORY[table.name])} if table.name in HISTORY else {}
    )
    described: list[dict[str, Any]] = [
        plain_field(field.name, field.duckdb_type, field.comment or known.get(field.name, "")) for field in table.fields
    ]
    return {"fields": described, "missingValues": [""]}
