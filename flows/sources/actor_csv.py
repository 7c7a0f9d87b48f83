"""A user's own actors from a CSV, a row each."""

import csv
import io
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from flows.sources.discover import COMPRESSIONS, SourceFile
from flows.sources.streams import open_bytes
from schemas.contract import polars_schema
from schemas.user_actors import REQUIRED, UserActor

LINE: Final = "line"
"""The column with the number of the line on which a row ends."""


class ActorFileError(ValueError):
    """A file of actors that cannot be taken; the message says why and where, and nothing of it was taken."""


def open_actor_file(path: Path, form: str) -> BinaryIO:
    """Open a file of actors, decompressed where its name ends in .gz or .zst.

    Raises:
        ActorFileError: it cannot be read.
    """
    try:
        size = path.stat().st_size
        return open_bytes(SourceFile(str(path), path, path.name, size, 0, form, COMPRESSIONS.get(path.suffix.lower())))
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise ActorFileError(message) from error


def read_actor_csv(path: Path) -> pl.DataFrame:
    """Read actors from a CSV in UTF-8 with a header; `UserActor` has its columns, of which only two are required.

    Returns:
        The columns of UserActor as text, and `line`; an empty cell is null.

    Raises:
        ActorFileError: the file is no such CSV.
    """
    names = polars_schema(UserActor).names()
    try:
        with open_actor_file(path, "csv") as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            _check_header(path, list(reader.fieldnames or []), names)
            rows = [_row(path, reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read as CSV in UTF-8: {error}"
        raise ActorFileError(message) from error
    return pl.DataFrame(rows, schema={LINE: pl.Int64, **dict.fromkeys(names, pl.String)}, orient="row")


def _check_header(path: Path, header: list[str], names: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in header]
    unknown = [repr(name) for name in header if name not in names]
    if missing or unknown:
        fault = f"no column {' and '.join(missing)}" if missing else f"unknown columns {', '.join(unknown)}"
        message = f"{path}, line 1: {fault}; the header takes {', '.join(names)}"
        raise ActorFileError(message)


def _row(path: Path, line: int, row: dict[str | None, str | list[str] | None]) -> dict[str, object]:
    if None in row or None in row.values():
        message = f"{path}, line {line}: it has not as many cells as the header has names"
        raise ActorFileError(message)
    return {LINE: line} | {str(name): str(value).strip() or None for name, value in row.items()}
