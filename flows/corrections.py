"""The file of an analyst's corrections: read, checked against the fact tables, compared with what stands."""

from pathlib import Path

import polars as pl

from flows.errors import UsageError
from schemas.contract import Contract, key, polars_schema, table_name
from schemas.registry import FACT_TABLES
from schemas.upkeep import Correction
from schemas.validate import split_rows

LINE = polars_schema(Correction).names()
SEPARATORS = ",;\t"
LONGEST_HEADER = 10_000
FIXED = {"article_id", "sentence_no", "span_start", "span_end", "surface", "rule"}
"""Columns that say where a fact stands: a fact at another place is another fact."""


class CorrectionFileError(UsageError):
    """The file of corrections cannot be used; the message names the line and what to do."""


def corrections_file(named: Path | None, published: Path) -> Path:
    """The file that was named, else NAME.corrections.csv beside the warehouse NAME.duckdb."""
    return named or published.with_name(f"{published.name.removesuffix('.duckdb')}.corrections.csv")


def read_corrections(file: Path, held: pl.DataFrame, *, named: bool) -> pl.DataFrame:
    """Read the file of corrections; where there is none, there are none.

    Args:
        file: a CSV, with commas, semicolons or tabs, of the columns of schemas.upkeep.Correction.
        held: etl.correction.
        named: whether the user named the file.

    Raises:
        CorrectionFileError: it is missing although it was named or had corrections; a column is missing; a line breaks
            the contract, names no fact table, no column that can be put right, or a value of another type.
    """
    if not file.exists():
        if not named and held.is_empty():
            return polars_schema(Correction).to_frame()
        message = (
            f"there is no file of corrections {file}, and {held.height} stand in the warehouse: put it back or name it "
            "with --corrections (a file with its header alone undoes them)"
        )
        raise CorrectionFileError(message)
    try:
        lines = pl.read_csv(file, separator=_separator(file), infer_schema=False, glob=False).select(LINE)
        frame = lines.select(pl.all().replace("", None)).cast(dict(polars_schema(Correction)))  # type: ignore[arg-type]
    except (pl.exceptions.PolarsError, UnicodeError, OSError) as error:
        message = f"{file} cannot be read as corrections ({', '.join(LINE)}): {str(error).splitlines()[0]}"
        raise CorrectionFileError(message) from error
    _check(file, frame)
    return frame


def _separator(file: Path) -> str:
    """What stands between the columns' names: spreadsheets of many countries write a semicolon."""
    with file.open("rb") as stream:
        header = stream.readline(LONGEST_HEADER).decode("utf-8", "replace")
    return max(SEPARATORS, key=header.count)


def altered_articles(wanted: pl.DataFrame, held: pl.DataFrame) -> pl.Series:
    """The articles of which other corrections are wanted than stand, or one that waited for them to come."""
    waiting = held.filter(pl.col("state") == "waiting")["article_id"]
    new = wanted.join(held, on=LINE, how="anti", nulls_equal=True)["article_id"]
    gone = held.join(wanted, on=LINE, how="anti", nulls_equal=True)["article_id"]
    return pl.concat([new, gone, waiting]).unique().sort()


def typed(texts: pl.Series, kind: pl.DataType) -> pl.Series:
    """The values that texts of the file name; null where one names none of the column's type."""
    if kind == pl.Boolean():
        words = {"true": True, "false": False}
        return texts.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean())
    return texts.str.to_date(strict=False) if kind == pl.Date() else texts.cast(kind, strict=False)


def _check(file: Path, frame: pl.DataFrame) -> None:
    _, broken = split_rows(frame, Correction)
    if broken.height:
        message = f"{file}: {broken['detail'][0]}: {broken['raw'][0]}"
        raise CorrectionFileError(message)
    _refuse_twice(file, frame, frame)
    tables = {table_name(contract): contract for contract in FACT_TABLES}
    for (name, column), lines in frame.group_by("fact_table", "column_name", maintain_order=True):
        if str(name) not in tables:
            message = f"{file}: there is no fact table {name}; there are {', '.join(tables)}"
            raise CorrectionFileError(message)
        if column is not None:
            _check_column(file, tables[str(name)], str(column), lines)


def _check_column(file: Path, contract: type[Contract], column: str, lines: pl.DataFrame) -> None:
    """Refuse a column that is none, a value of another type, and one value that two lines write in two ways (2e9)."""
    schema = polars_schema(contract, staged=True)
    free = [name for name in schema if name not in {*FIXED, *key(contract)}]
    if column not in free:
        message = f"{file}: {column} of {table_name(contract)} cannot be put right; what can be: {', '.join(free)}"
        raise CorrectionFileError(message)
    for side in ("expected", "value"):
        wrong = lines.filter(typed(lines[side], schema[column]).is_null() & lines[side].is_not_null())
        if wrong.height:
            message = f"{file}: {wrong[side][0]!r} is no {schema[column]} for {column}: {wrong.row(0)}"
            raise CorrectionFileError(message)
    _refuse_twice(file, lines, lines.with_columns(expected=typed(lines["expected"], schema[column])))


def _refuse_twice(file: Path, lines: pl.DataFrame, read: pl.DataFrame) -> None:
    """Refuse lines that put one value right twice; `read` has what they expect as it is understood."""
    twice = lines.filter(read.select(key(Correction)).is_duplicated())
    if twice.height:
        message = f"{file}: one value is put right twice: {twice.row(0)}"
        raise CorrectionFileError(message)
