"""Check a frame against its schema: all checks in one query, and Pandera's own report where one of them fails."""

from collections.abc import Iterator

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

AS_WRITTEN = pl.QueryOptFlags.none()
"""A check is one expression over one frame: there is nothing to optimise."""


def check(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> None:
    """Check the columns of a frame, their types, nulls and unique values, and run all checks of its schema.

    Pandera asks each check by some five queries of its own. That all hold, as they nearly always do, one query tells.

    Raises:
        pandera.errors.SchemaErrors: what fails, with its rows.
    """
    if not _holds(frame, schema):
        schema.validate(frame, lazy=True)


def _holds(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Whether all is certain to hold; Pandera decides on the rest, and on demands that no contract here makes."""
    fields = schema.columns
    if schema.unique or schema.ordered or any(field.regex or field.coerce for field in fields.values()):
        return False
    if frame.schema.keys() != fields.keys():
        return False
    if not all(field.dtype.check(frame.schema[name]) for name, field in fields.items()):
        return False
    lazy = frame.lazy()
    asked = [lazy.select(_of_fields(schema)), *_answers(lazy, schema)]
    return all(all(answer.row(0)) for answer in pl.collect_all(asked, optimizations=AS_WRITTEN))


def _of_fields(schema: pa.DataFrameSchema) -> Iterator[pl.Expr]:
    """What a field itself asks for, a truth each: values, as Pandera counts NaN as none, and unique ones."""
    for name, field in schema.columns.items():
        column = pl.col(name)
        if not field.nullable:
            there = column.is_not_null() & column.is_not_nan() if field.dtype.type.is_float() else column.is_not_null()
            yield there.all().alias(f"{name}: not null")
        if field.unique:
            yield column.is_duplicated().any().not_().alias(f"{name}: unique")


def _answers(lazy: pl.LazyFrame, schema: pa.DataFrameSchema) -> Iterator[pl.LazyFrame]:
    """What each check says of all rows together; whether it passes a null, the check says."""
    of_fields = [(name, found) for name, field in schema.columns.items() for found in field.checks]
    for name, found in (*of_fields, *(("*", found) for found in schema.checks)):
        answer = found.get_backend(lazy)(found).apply(PolarsData(lazy, name))
        yield answer.select(pl.all().fill_null(found.ignore_na).all())
