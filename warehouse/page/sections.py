"""What the page says of each table and mart, gathered from the contracts, the marts, DuckDB and the examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.contract import Column, Contract, columns, description, key, qualified_name, table_name
from schemas.lineage import ORIGINS
from schemas.reference.registry import REFERENCE_TABLES
from schemas.registry import ALL_TABLES, FACT_TABLES
from schemas.tableschema import definitions
from warehouse.ddl import history_name
from warehouse.examples import Examples
from warehouse.lineage import MartShape


@dataclass(frozen=True, slots=True)
class Row:
    """A column; `link` is the qualified name of the column that it names, `meanings` define its values."""

    name: str
    type: str
    null: bool | None
    description: str
    unit: str
    meanings: Mapping[str, str]
    link: str
    example: str


@dataclass(frozen=True, slots=True)
class Section:
    """A table or mart: what it holds, where its rows come from and who reads them, its columns."""

    name: str
    description: str
    row: str
    key: Sequence[str]
    step: str
    reads: Sequence[str]
    reference: Sequence[str]
    read_by: Sequence[str]
    history: str
    rows: Sequence[Row]
    query: str


def table_sections(shapes: Sequence[MartShape], examples: Examples) -> list[Section]:
    """A section for each table of the warehouse, in the order of the contracts."""
    return [_table(contract, shapes, examples.get(qualified_name(contract), {})) for contract in ALL_TABLES]


def mart_sections(shapes: Sequence[MartShape], examples: Examples) -> list[Section]:
    """A section for each mart, by name."""
    return [_mart(shape, shapes, examples.get(f"mart.{shape.mart.name}", {})) for shape in shapes]


def reference_tables() -> Mapping[str, str]:
    """What each reference table holds, by name."""
    return {table_name(contract): description(contract) for contract in sorted(REFERENCE_TABLES, key=table_name)}


def _table(contract: type[Contract], shapes: Sequence[MartShape], examples: Mapping[str, str]) -> Section:
    origin = ORIGINS[contract]
    return Section(
        name=qualified_name(contract),
        description=description(contract),
        row="",
        key=key(contract),
        step=origin.step,
        reads=(),
        reference=origin.reads,
        read_by=_readers(qualified_name(contract), shapes),
        history=history_name(contract) if contract in FACT_TABLES else "",
        rows=[_row(column, examples.get(column.name, "")) for column in columns(contract)],
        query="",
    )


def _mart(shape: MartShape, shapes: Sequence[MartShape], examples: Mapping[str, str]) -> Section:
    mart = shape.mart
    return Section(
        name=f"mart.{mart.name}",
        description=mart.question,
        row=mart.row,
        key=(),
        step="publish: a table in the file that readers open" if mart.stored_as == "table" else "a view",
        reads=shape.reads,
        reference=(),
        read_by=_readers(f"mart.{mart.name}", shapes),
        history="",
        rows=[
            Row(name, shape.types[name], None, says, "", {}, "", examples.get(name, ""))
            for name, says in mart.columns.items()
        ],
        query=mart.query.strip(),
    )


def _row(column: Column, example: str) -> Row:
    return Row(
        name=column.name,
        type=column.duckdb_type,
        null=column.nullable,
        description=column.description,
        unit=column.unit or "",
        meanings=definitions(column) or dict.fromkeys(column.allowed, ""),
        link=f"{column.link.table}.{column.link.columns[-1]}" if column.link else "",
        example=example,
    )


def _readers(table: str, shapes: Sequence[MartShape]) -> list[str]:
    return [f"mart.{shape.mart.name}" for shape in shapes if table in shape.reads]
