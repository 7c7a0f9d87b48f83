"""The base of all contracts, and what other layers read from one: columns, types, allowed values, load-time fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

pa.DataFrameSchema.register_default_backends(pl.DataFrame)  # a contract copies the checks known when it is made

DUCKDB_TYPES: Mapping[str, str] = {
    "String": "VARCHAR",
    "Float64": "DOUBLE",
    "Int32": "INTEGER",
    "Int64": "BIGINT",
    "Boolean": "BOOLEAN",
    "Date": "DATE",
    "Datetime": "TIMESTAMP",
}
"""DuckDB's type for each Polars type that a contract may use; times are UTC without an offset."""

ARTICLE_ID = r"^[0-9a-f]{16}$"
"""The first 16 hexadecimal digits of a SHA-256."""

WIKIDATA_ID = r"^Q[1-9][0-9]*$"
"""A Wikidata item."""


class Contract(pa.DataFrameModel):
    """One table: its docstring is the table's description, each field's description the column's.

    A subclass names its table in `Config`: `name`, and in `metadata` the `key` (the columns that identify a row;
    uniqueness is proved by an audit, not by an index) and, where it is not main, the DuckDB `schema`.
    """

    class Config:
        """Every declared column must be there, and no other."""

        strict = True


@dataclass(frozen=True, slots=True)
class Link:
    """Another table's column that a column names.

    Attributes:
        table: the other table, with its schema.
        columns: the column named; before it those that both tables have and that belong to its key.
        total: whether every value that is not null stands there; otherwise some may lack (a day outside the calendar).
    """

    table: str
    columns: tuple[str, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the other layers see it; `limits` has its other checks by their Pandera name."""

    name: str
    polars_type: pl.DataType
    duckdb_type: str
    nullable: bool
    description: str
    unit: str | None
    allowed: tuple[str, ...]
    limits: Mapping[str, Any]
    link: Link | None
    filled_by_load: bool


def at_load(description: str, **options: Any) -> Any:  # noqa: ANN401  (Pandera's Field takes and gives Any)
    """Declare a column that the load fills (loaded_at): staged packages do not carry it."""
    return pa.Field(description=description, metadata={"filled_by": "load"}, **options)


def run_at_load(description: str) -> Any:  # noqa: ANN401  (Pandera's Field gives Any)
    """Declare a column that the load fills with the run's id."""
    return pa.Field(description=description, metadata={"filled_by": "load", "references": "etl.run.run_id"})


def references(column: str, *beside: str) -> dict[str, Any]:
    """The metadata of a column whose every value that is not null stands in `column`, TABLE.COLUMN of another table.

    Args:
        column: the other table's column; a table of main is named without its schema.
        beside: columns that both tables have and that belong to the other's key.
    """
    return {"references": column, "beside": beside}


def joins(column: str) -> dict[str, Any]:
    """The metadata of a column that can be joined with `column` of another table, which may lack some values."""
    return {"joins": column}


@cache
def full_schema(contract: type[Contract]) -> pa.DataFrameSchema:
    """The Pandera schema of the table as it stands in the warehouse."""
    return contract.to_schema()


@cache
def stage_schema(contract: type[Contract]) -> pa.DataFrameSchema:
    """The Pandera schema of the staged rows: all columns but those that the load fills."""
    schema: pa.DataFrameSchema = full_schema(contract)
    return schema.remove_columns([column.name for column in columns(contract) if column.filled_by_load])


@cache
def columns(contract: type[Contract]) -> tuple[Column, ...]:
    """The table's columns: the key first, then in the order of declaration, what the load fills last.

    Raises:
        KeyError: a column has a type that DUCKDB_TYPES does not know, or no description.
    """
    schema = full_schema(contract)
    found = [_column(field) for field in schema.columns.values()]
    return tuple(sorted(found, key=lambda column: (column.filled_by_load, column.name not in key(contract))))


def polars_schema(contract: type[Contract], *, staged: bool = False) -> pl.Schema:
    """Names and Polars types in the table's order; with `staged`, without what the load fills."""
    return pl.Schema({c.name: c.polars_type for c in columns(contract) if not (staged and c.filled_by_load)})


def qualified_name(contract: type[Contract]) -> str:
    """The table's name in SQL: schema and table."""
    return f"{_metadata(contract).get('schema', 'main')}.{table_name(contract)}"


def table_name(contract: type[Contract]) -> str:
    """The table's name, without its schema."""
    name: str = full_schema(contract).name
    return name


def key(contract: type[Contract]) -> tuple[str, ...]:
    """The columns that identify a row."""
    found: tuple[str, ...] = _metadata(contract)["key"]
    return found


def description(contract: type[Contract]) -> str:
    """The table's one-line description: the first line of its docstring."""
    return (contract.__doc__ or "").strip().splitlines()[0]


@cache
def _metadata(contract: type[Contract]) -> dict[str, Any]:
    found: dict[str, Any] = contract.get_metadata()[table_name(contract)]["dataframe"]
    return found


def _column(field: Any) -> Column:  # noqa: ANN401  (a Pandera column)
    polars_type: pl.DataType = field.dtype.type
    metadata = field.metadata or {}
    limits = {check.name: next(iter(check.statistics.values())) for check in field.checks}
    if not field.description:
        message = f"column {field.name} has no description"
        raise KeyError(message)
    return Column(
        name=field.name,
        polars_type=polars_type,
        duckdb_type=DUCKDB_TYPES[str(polars_type.base_type())],
        nullable=field.nullable,
        description=field.description,
        unit=metadata.get("unit"),
        allowed=tuple(limits.pop("isin", ())),
        limits=limits,
        link=_link(metadata),
        filled_by_load=metadata.get("filled_by") == "load",
    )


def _link(metadata: Mapping[str, Any]) -> Link | None:
    named = metadata.get("references") or metadata.get("joins")
    if not named:
        return None
    table, _, column = named.rpartition(".")
    qualified = table if "." in table else f"main.{table}"
    return Link(qualified, (*metadata.get("beside", ()), column), total="references" in metadata)


def row_check(data: PolarsData, holds: pl.Expr) -> pl.LazyFrame:
    """The frame that a Pandera row check returns: true where the rule `holds`."""
    return data.lazyframe.select(holds)
