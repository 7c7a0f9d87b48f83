"""The warehouse's tables, comments and views, made from the contracts and the SQL files of the marts."""

import duckdb

from schemas.contract import Column, Contract, columns, description, qualified_name, table_name
from schemas.registry import ALL_TABLES, FACT_TABLES
from warehouse.views import Mart, read_marts

SCHEMAS = ("etl", "hist", "mart")
OF_MART = "schema_name = 'mart' AND database_name = current_database()"


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make every table that is missing, with its comments; those of superseded facts in schema `hist`."""
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for contract in ALL_TABLES:
        for statement in table_statements(contract):
            connection.execute(statement)
    for contract in FACT_TABLES:
        for statement in _history_statements(contract):
            connection.execute(statement)


def create_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the marts as views, as the build file has them."""
    for statement in mart_statements():
        connection.execute(statement)


def drop_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the marts, views and what a published file has of them as tables."""
    for kind in ("view", "table"):
        held = f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE {OF_MART}"
        for (name,) in connection.sql(held).fetchall():
            connection.execute(f'DROP {kind} mart."{name}"')


def stored_mart_scripts() -> list[str]:
    """The DDL that puts a table in the place of a mart's view, with its comments: a script for each stored mart.

    Readers then wait for no query over all facts, and DuckDB before 1.4 reads the marts of an attached file. A mart of
    marts comes last, and reads the tables made before it. They are not sorted: a sort at the end of many joins does
    not fit into the memory of a build, and hardly speeds up what is asked.
    """
    stored = [mart for mart in read_marts() if mart.stored_as == "table"]
    return [
        ";\n".join(
            (
                f"DROP VIEW mart.{mart.name}",
                f"CREATE TABLE mart.{mart.name} AS {mart.query}",
                *_mart_comments(mart, "TABLE"),
            )
        )
        for mart in sorted(stored, key=lambda mart: "mart." in mart.query)
    ]


def marts_are_stored(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the current database has marts as tables: it is a published file, or a copy of one."""
    return bool(connection.sql(f"FROM duckdb_tables() WHERE {OF_MART}").fetchall())


def mart_statements() -> list[str]:
    """The DDL of the marts as views, by name: CREATE VIEW, a COMMENT for each and for each of its columns."""
    return [
        statement
        for mart in read_marts()
        for statement in (f"CREATE VIEW mart.{mart.name} AS {mart.query}", *_mart_comments(mart, "VIEW"))
    ]


def table_statements(contract: type[Contract]) -> list[str]:
    """The DDL of a table: CREATE TABLE and a COMMENT for the table and each column."""
    name = qualified_name(contract)
    declared = ", ".join(
        f"{column.name} {column.duckdb_type}{'' if column.nullable else ' NOT NULL'}" for column in columns(contract)
    )
    return [
        f"CREATE TABLE IF NOT EXISTS {name} ({declared})",
        f"COMMENT ON TABLE {name} IS {quoted(description(contract))}",
        *(f"COMMENT ON COLUMN {name}.{column.name} IS {quoted(comment_of(column))}" for column in columns(contract)),
    ]


def comment_of(column: Column) -> str:
    """A column's comment: its description, unit and allowed values."""
    unit = f" [{column.unit}]" if column.unit else ""
    allowed = f" ({', '.join(column.allowed)})" if column.allowed else ""
    return f"{column.description}{unit}{allowed}"


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def history_name(contract: type[Contract]) -> str:
    """The table in `hist` that keeps a fact table's superseded rows."""
    return f"hist.{table_name(contract)}"


def history_columns(contract: type[Contract]) -> list[tuple[str, str]]:
    """Name and type of the columns of a table of superseded rows; any of them may be null."""
    return [*((column.name, column.duckdb_type) for column in columns(contract)), ("replaced_by_run_id", "VARCHAR")]


def _history_statements(contract: type[Contract]) -> list[str]:
    name = history_name(contract)
    comment = f"Superseded rows of {table_name(contract)}; replaced_by_run_id: the run that replaced the article"
    declared = ", ".join(f"{column} {kind}" for column, kind in history_columns(contract))
    return [
        f"CREATE TABLE IF NOT EXISTS {name} ({declared})",
        f"COMMENT ON TABLE {name} IS {quoted(comment)}",
    ]


def _mart_comments(mart: Mart, kind: str) -> list[str]:
    return [
        f"COMMENT ON {kind} mart.{mart.name} IS {quoted(mart.comment)}",
        *(f"COMMENT ON COLUMN mart.{mart.name}.{name} IS {quoted(says)}" for name, says in mart.columns.items()),
    ]
