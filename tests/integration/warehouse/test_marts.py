"""The views for BI: each says which question it answers, and what each of its columns holds."""

import duckdb
import pytest

from schemas.contract import table_name
from schemas.registry import ALL_TABLES
from warehouse.ddl import create_marts, create_tables
from warehouse.views import Mart, read_marts

MARTS = [mart.name for mart in read_marts()]


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
        "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ? "
        "ORDER BY column_index",
        [mart],
    ).fetchall()
    assert [name for name, comment in columns if not comment] == []
    (described,) = [found for found in read_marts() if found.name == mart]
    assert described.row.startswith("One row ")
    assert list(described.columns) == [name for name, _ in columns]


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_is_flat_and_plainly_typed(warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    types = warehouse.execute(
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ?", [mart]
    ).fetchall()
    assert {name for (name,) in types} <= {"VARCHAR", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "INTEGER", "BIGINT"}


@pytest.mark.parametrize("mart", read_marts(), ids=lambda mart: mart.name)
def test_a_mart_names_the_tables_whose_rows_it_shows_and_takes_them_from_there(mart: Mart) -> None:
    tables = {table_name(contract) for contract in ALL_TABLES}
    for owner in mart.owner.split(", "):
        assert owner in tables
        assert f"main.{owner}" in mart.query
        assert owner in mart.comment
