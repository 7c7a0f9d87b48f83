"""Write tables as files: Parquet or CSV, by DuckDB's COPY, large ones a file a month of publication."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from schemas.tableschema import resource_name
from warehouse.connection import MEMORY_LIMIT
from warehouse.ddl import quoted
from warehouse.export.catalog import MONTH, Table
from warehouse.reader import Reader
from warehouse.storage import storage_errors

OPTIONS: Final[Mapping[str, str]] = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ'",
}
"""DuckDB's options for each format. In CSV a null is an empty field, an empty text two quotes; times are ISO 8601."""
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""The folder of rows without a day of publication: what readers of Hive's folders take for null."""
CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Told what is written, how many of its parts are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class File:
    """A written file: its path in the export, rows, bytes and SHA-256."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A table or mart with its rows and files; `months` where there is a file a month."""

    table: Table
    rows: int
    files: tuple[File, ...]
    months: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """Where the files of an export go, and how.

    Attributes:
        reader: the version that is exported.
        folder: where they are written.
        form: parquet or csv.
        month_rows: a table of articles with more rows is a file a month.
        progress: told what is written.
    """

    reader: Reader
    folder: Path
    form: str
    month_rows: int
    progress: Progress


@contextmanager
def spilling_into(reader: Reader, folder: Path) -> Iterator[None]:
    """Bound DuckDB's memory within the block; beyond it, it spills into a folder that is gone afterwards.

    Raises:
        StorageError: the machine refused a file or memory.
    """
    spill = folder / "spill"
    reader.connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    reader.connection.execute(f"SET temp_directory = {quoted(str(spill))}")
    with storage_errors():
        yield
    if spill.exists():
        spill.rmdir()


def write_table(output: Output, table: Table) -> Exported:
    """Write a table in the order of its key, in one file or, where it is large, in a file a month.

    Raises:
        duckdb.Error: it cannot be written.
    """
    if table.month and count_rows(output.reader, table) > output.month_rows:
        return _write_months(output, table)
    query = f"FROM {table.name} ORDER BY {table.order}"
    file = _write(output, query, f"{_base(table)}.{output.form}")
    output.progress(table.name, 1, 1)
    return Exported(table, file.rows, (file,))


def _write_months(output: Output, table: Table) -> Exported:
    """A file for each month, one after the other: what is sorted at once is a month's rows."""
    found = output.reader.rows(f"SELECT DISTINCT {table.month} AS month FROM {table.name} AS rows ORDER BY month")
    files = []
    for number, (month,) in enumerate(found, 1):
        only = quoted(str(month)) if month else "NULL"
        query = f"FROM {table.name} AS rows WHERE {table.month} IS NOT DISTINCT FROM {only} ORDER BY {table.order}"
        files.append(_write(output, query, f"{_base(table)}/{MONTH}={month or NO_MONTH}/data.{output.form}"))
        output.progress(table.name, number, len(found))
    return Exported(table, sum(file.rows for file in files), tuple(files), months=True)


def _write(output: Output, query: str, path: str) -> File:
    target = output.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = f"COPY ({query}) TO {quoted(str(target))} ({OPTIONS[output.form]})"
    ((rows,),) = output.reader.connection.execute(copy).fetchall()
    return described(output.folder, path, rows)


def _base(table: Table) -> str:
    """The path of a table without its ending: main's tables at the top, those of other schemas in folders."""
    return resource_name(table.name).replace(".", "/")


def described(folder: Path, path: str, rows: int) -> File:
    """A file that has been written, with its size and hash."""
    digest = hashlib.sha256()
    with (folder / path).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return File(path, rows, (folder / path).stat().st_size, digest.hexdigest())


def count_rows(reader: Reader, table: Table) -> int:
    """The rows of a table."""
    ((rows,),) = reader.rows(f"SELECT count(*) FROM {table.name}")
    return int(str(rows))
