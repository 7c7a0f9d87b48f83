"""The marts as DuckDB sees them: the types of their columns, and the tables that their queries read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from warehouse.ddl import create_marts, create_tables
from warehouse.views import Mart, read_marts


@dataclass(frozen=True, slots=True)
class MartShape:
    """A mart with DuckDB's type of each column, and the qualified names of what it reads: tables and other marts."""

    mart: Mart
    types: Mapping[str, str]
    reads: tuple[str, ...]


def mart_shapes() -> list[MartShape]:
    """Every mart, by name, from an empty database in memory."""
    with duckdb.connect() as connection:
        create_tables(connection)
        create_marts(connection)
        return [
            MartShape(mart, _types(connection, mart.name), _tables_read(connection, mart.query))
            for mart in read_marts()
        ]


def _types(connection: duckdb.DuckDBPyConnection, mart: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in connection.sql(f"DESCRIBE mart.{mart}").fetchall()}


def _tables_read(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    """The tables that a query names with their schema, in DuckDB's own parse of it; other names are of its WITH."""
    ((parsed,),) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchall()
    return tuple(sorted(set(_base_tables(json.loads(parsed)))))


def _base_tables(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node["schema_name"]:
            yield f"{node['schema_name']}.{node['table_name']}"
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _base_tables(inner)
