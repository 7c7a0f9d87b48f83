"""Parquet: one record a row, read a few thousand rows at a time."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import polars as pl

from flows.sources.discover import SourceFile
from flows.sources.items import FIELDS, Item, Record, Refusal, SourceError
from flows.sources.streams import CHUNK, bomb, empty_file, most_bytes, open_bytes

ROWS = 1000
"""Rows that are held at a time."""


def read_parquet(file: SourceFile, mapping: Mapping[str, str]) -> Iterator[Item]:
    """Read Parquet; columns may be text, numbers, days or times.

    Raises:
        SourceError: `missing_column`, `bad_type`, `broken_table`, `bomb` (a text that is stored once may stand in
            millions of rows) or what opening raises; the rows before it stand.
    """
    if file.size_bytes == 0:
        raise empty_file()
    with _on_disk(file) as path:
        number = size = 0
        try:
            frame = pl.scan_parquet(path, glob=False)
            columns, refusals = _columns(frame.collect_schema(), mapping)
            yield from refusals
            for batch in frame.select(columns).collect_batches(chunk_size=ROWS, maintain_order=True):
                size += int(batch.select(pl.sum_horizontal(pl.col(pl.String).str.len_bytes().sum())).item())
                if size > most_bytes(file):
                    raise bomb(most_bytes(file))
                for row in batch.iter_rows(named=True):
                    number += 1
                    yield Record({name: value for name, value in row.items() if value is not None}, f"row {number}")
        except (pl.exceptions.PolarsError, OSError) as error:
            detail = f"{' '.join(str(error).split())[:300]}; the file is read up to here"
            raise SourceError(reason="broken_table", detail=detail, place=f"row {number + 1}") from error


@contextmanager
def _on_disk(file: SourceFile) -> Iterator[Path]:
    """The file's path; an archive is unpacked into a temporary file, for Parquet is read from its end."""
    if file.compression is None:
        with file.path.open("rb"):
            yield file.path
        return
    with NamedTemporaryFile(prefix="dateline-", suffix=".parquet") as unpacked:
        with open_bytes(file) as stream:
            shutil.copyfileobj(stream, unpacked, CHUNK)
        unpacked.flush()
        yield Path(unpacked.name)


def _columns(schema: pl.Schema, mapping: Mapping[str, str]) -> tuple[list[pl.Expr], list[Refusal]]:
    """Our columns as expressions, and a warning for each whose type can hold no such field."""
    theirs = {field: mapping.get(field, field) for field in FIELDS}
    if theirs["text"] not in schema:
        detail = f"no column {theirs['text']}; there are {', '.join(schema.names())}"
        raise SourceError(reason="missing_column", detail=detail)
    exprs, refusals = [], []
    for field, name in theirs.items():
        if name not in schema:
            continue
        kind = schema[name]
        if kind.is_nested() or (field == "text" and not isinstance(kind, pl.String | pl.Categorical | pl.Enum)):
            refusals.append(_wrong_type(field, name, kind))
            continue
        is_text = isinstance(kind, pl.Categorical | pl.Enum | pl.Binary | pl.Decimal)
        exprs.append((pl.col(name).cast(pl.String, strict=False) if is_text else pl.col(name)).alias(field))
    return exprs, refusals


def _wrong_type(field: str, name: str, kind: pl.DataType) -> Refusal:
    detail = f"column {name} is of type {kind}"
    if field == "text":
        raise SourceError(reason="bad_type", detail=detail)
    return Refusal("bad_type", f"{detail}: left out", f"column {name}", severity="warning")
