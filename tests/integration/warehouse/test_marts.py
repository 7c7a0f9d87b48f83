"""The views for BI: each says which question it answers, and what each of its columns holds."""

from importlib.resources import files

import duckdb
import pytest

from warehouse.ddl import create_marts, create_tables

MARTS = sorted(entry.name.removesuffix(".sql") for entry in (files("warehouse") / "marts").iterdir())


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_tables(connection)
    create_marts(connection)
    return connection


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_says_what_it_answers_and_what_its_columns_hold(warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    question = warehouse.execute(
        "SELECT comment FROM duckdb_views() WHERE schema_name = 'mart' AND view_name = ?", [mart]
    ).fetchall()
    assert question[0][0]
    columns = warehouse.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ?", [mart]
    ).fetchall()
    assert [name for name, comment in columns if not comment] == []
    text = (files("warehouse") / "marts" / f"{mart}.sql").read_text(encoding="utf-8")
    assert text.splitlines()[1].startswith("-- One row ")


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_is_flat_and_plainly_typed(warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    types = warehouse.execute(
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ?", [mart]
    ).fetchall()
    assert {name for (name,) in types} <= {"VARCHAR", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "INTEGER", "BIGINT"}
