"""`dateline export`: write tables and marts into a folder, show how far it is, then what was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from flows.console.tables import print_rows, to_the_right
from flows.options import ExportOptions
from schemas.tableschema import resource_name
from warehouse.export.export import Request, export
from warehouse.export.files import Exported
from warehouse.export.files import Progress as Listener
from warehouse.reader import open_published


def export_command(folder: Path, warehouse: Path, options: ExportOptions) -> int:
    """Export the published warehouse.

    Raises:
        ExportError: the folder holds something else, a table is unknown, or Excel cannot take one.
        NoWarehouseError: nothing has been published.
    """
    request = Request(options.form, options.table, warehouse.stem, options.month_rows, options.licence)
    console = Console()
    with open_published(warehouse) as reader, _progress(console) as listener:
        exported = export(reader, folder, request, listener)
    _print(console, folder, exported)
    return 0


def _print(console: Console, folder: Path, exported: list[Exported]) -> None:
    files = {file.path: file for found in exported for file in found.files}
    rows = [
        (
            resource_name(found.table.name),
            found.rows,
            len(found.files),
            to_the_right(decimal(sum(file.bytes for file in found.files))),
        )
        for found in exported
    ]
    print_rows(console, ["table", "rows", "files", "size"], rows)
    total = decimal(sum(file.bytes for file in files.values()))
    console.print(f"{total} in {len(files)} files, described by {folder / 'datapackage.json'}", soft_wrap=True)


@contextmanager
def _progress(console: Console) -> Iterator[Listener]:
    """A bar for the table that is written, on a terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("export", total=None)
        yield lambda name, done, total: progress.update(task, description=name, completed=done, total=total)
