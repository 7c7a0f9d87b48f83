"""ADBC: the driver is DuckDB's own library, results come as Arrow."""

from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_duckdb  # type: ignore[import-untyped]  # DuckDB ships it without types
import polars as pl
import pytest
from adbc_driver_manager import ProgrammingError, dbapi

from schemas.contract import Contract, polars_schema, qualified_name, table_name
from schemas.registry import ALL_TABLES
from tests.integration.bi.newsroom import Newsroom, publish_titles
from warehouse.connection import open_build
from warehouse.views import read_marts

TITLES = "SELECT DISTINCT title FROM dim_article"


@contextmanager
def connected(newsroom: Newsroom) -> Iterator[dbapi.Connection]:
    """A connection as the README tells to make it."""
    with dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(),
        entrypoint="duckdb_adbc_init",
        db_kwargs={"path": str(newsroom.warehouse), "access_mode": "READ_ONLY"},
        autocommit=True,
    ) as connection:
        yield connection


def titles(connection: dbapi.Connection) -> object:
    return pl.read_database(TITLES, connection).item()


@pytest.mark.parametrize("contract", ALL_TABLES, ids=table_name)
def test_a_table_comes_with_the_types_of_its_contract(newsroom: Newsroom, contract: type[Contract]) -> None:
    with connected(newsroom) as connection, connection.cursor() as cursor:
        cursor.execute(f"FROM {qualified_name(contract)}")
        read = pl.from_arrow(cursor.fetch_arrow_table())
    assert isinstance(read, pl.DataFrame)
    assert read.schema == polars_schema(contract)
    assert read.rows() == newsroom.ask(f"FROM {qualified_name(contract)}")


def test_marts_are_listed_with_the_comments_of_their_columns(newsroom: Newsroom) -> None:
    with connected(newsroom) as connection:
        listed = connection.adbc_get_objects(catalog_filter="dateline", db_schema_filter="mart").read_all().to_pylist()
    tables = [
        table for place in listed for schema in place["catalog_db_schemas"] for table in schema["db_schema_tables"]
    ]
    assert {
        table["table_name"]: {column["column_name"]: column["remarks"] for column in table["table_columns"]}
        for table in tables
    } == {mart.name: dict(mart.columns) for mart in read_marts()}


def test_nothing_can_be_written(newsroom: Newsroom) -> None:
    with (
        connected(newsroom) as connection,
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="read-only"),
    ):
        cursor.execute("DELETE FROM dim_article")


def test_a_new_connection_gets_the_new_version_beside_one_that_keeps_the_old(own_newsroom: Newsroom) -> None:
    paths = own_newsroom.paths
    with open_build(paths) as build:
        publish_titles(build, paths, "b1")
        with connected(own_newsroom) as kept:
            assert titles(kept) == "b1"
            publish_titles(build, paths, "b2")
            with connected(own_newsroom) as fresh:
                assert (titles(fresh), titles(kept)) == ("b2", "b1")
