"""SQLAlchemy through duckdb-engine: what it shows of the warehouse, its types, and when it sees a new version."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Event

import polars as pl
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.pool import NullPool

from schemas.contract import Contract, columns, description, polars_schema, qualified_name, table_name
from schemas.registry import ALL_TABLES
from tests.conftest import Figures
from tests.integration.bi.newsroom import Newsroom, publish_titles
from warehouse.connection import open_build
from warehouse.ddl import comment_of
from warehouse.views import Mart, read_marts

PYTHON_TYPES = {
    "VARCHAR": str,
    "DOUBLE": float,
    "INTEGER": int,
    "BIGINT": int,
    "BOOLEAN": bool,
    "DATE": date,
    "TIMESTAMP": datetime,
}
TITLES = "SELECT DISTINCT title FROM dim_article"
PUBLISHES = 4


def engine_of(newsroom: Newsroom, poolclass: type[sa.Pool] | None = NullPool) -> sa.Engine:
    """An engine as the README tells to make it."""
    return sa.create_engine(f"duckdb:///{newsroom.warehouse}", connect_args={"read_only": True}, poolclass=poolclass)


@pytest.fixture(scope="module")
def engine(newsroom: Newsroom) -> sa.Engine:
    return engine_of(newsroom, None)


@pytest.fixture(scope="module")
def inspector(engine: sa.Engine) -> sa.Inspector:
    return sa.inspect(engine)


def titles(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(sa.text(TITLES)).scalar_one())


def schema_of(contract: type[Contract]) -> str:
    schema, dot, _ = qualified_name(contract).rpartition(".")
    return schema if dot else "main"


def test_every_schema_and_table_is_shown_in_the_catalog_that_is_called_like_the_warehouse(
    inspector: sa.Inspector,
) -> None:
    assert {f"dateline.{schema}" for schema in ("main", "mart", "etl", "hist")} <= set(inspector.get_schema_names())
    for schema in ("main", "etl"):
        declared = {table_name(contract) for contract in ALL_TABLES if schema_of(contract) == schema}
        assert set(inspector.get_table_names(schema)) == declared
    shown = {*inspector.get_view_names("dateline.mart"), *inspector.get_table_names("dateline.mart")}
    assert shown == {mart.name for mart in read_marts()}


@pytest.mark.parametrize("contract", ALL_TABLES, ids=table_name)
def test_a_table_is_shown_with_its_types_and_comments(inspector: sa.Inspector, contract: type[Contract]) -> None:
    name, schema = table_name(contract), schema_of(contract)
    assert inspector.get_table_comment(name, schema)["text"] == description(contract)
    shown = inspector.get_columns(name, schema)
    assert [
        (column["name"], column["type"].python_type, column["nullable"], column["comment"]) for column in shown
    ] == [
        (column.name, PYTHON_TYPES[column.duckdb_type], column.nullable, comment_of(column))
        for column in columns(contract)
    ]


@pytest.mark.parametrize("mart", read_marts(), ids=lambda mart: mart.name)
def test_a_mart_is_shown_with_its_question_and_comments(inspector: sa.Inspector, mart: Mart) -> None:
    assert str(inspector.get_table_comment(mart.name, "mart")["text"]).startswith(mart.question)
    shown = inspector.get_columns(mart.name, "mart")
    assert {column["name"]: column["comment"] for column in shown} == mart.columns
    assert {column["type"].python_type for column in shown} <= set(PYTHON_TYPES.values())


@pytest.mark.xfail(
    strict=True, raises=ProgrammingError, reason="duckdb-engine asks DuckDB for REGCLASS, which it has not"
)
def test_a_table_reflects_itself(engine: sa.Engine) -> None:
    sa.Table("money_flows", sa.MetaData(), schema="mart", autoload_with=engine)


def test_a_table_made_of_what_the_inspector_shows_is_queried(engine: sa.Engine, inspector: sa.Inspector) -> None:
    shown = [sa.column(column["name"], column["type"]) for column in inspector.get_columns("money_flows", "mart")]
    flows = sa.table("money_flows", *shown, schema="mart")
    query = sa.select(flows.c.giver, flows.c.amount).where(flows.c.dated_from == date(2021, 3, 3))
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("Japan", 2e9)]


@pytest.mark.parametrize("contract", ALL_TABLES, ids=table_name)
def test_polars_reads_a_table_with_the_types_of_its_contract(engine: sa.Engine, contract: type[Contract]) -> None:
    with engine.connect() as connection:
        read = pl.read_database(f"FROM {qualified_name(contract)}", connection)
    assert read.schema == polars_schema(contract)


def test_nothing_can_be_written(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(sa.text("DELETE FROM dim_article"))


def read_until(ended: Event, engine: sa.Engine) -> Iterator[str]:
    """What is read, over and over, until the event."""
    while not ended.is_set():
        yield titles(engine)


def test_an_engine_without_a_pool_sees_each_new_version_and_meets_no_lock(
    own_newsroom: Newsroom, measured: Figures
) -> None:
    engine, ended, paths = engine_of(own_newsroom), Event(), own_newsroom.paths
    names = [f"b{number}" for number in range(PUBLISHES)]
    with open_build(paths) as build, ThreadPoolExecutor(1) as thread:
        publish_titles(build, paths, names[0])
        reader = thread.submit(lambda: list(read_until(ended, engine)))
        try:
            for name in names:
                publish_titles(build, paths, name)
                assert titles(engine) == name
        finally:
            ended.set()
    seen = reader.result()
    assert set(seen) <= set(names)
    assert seen == sorted(seen)
    measured.update(publishes=len(names), reads=len(seen), builds_seen=len(set(seen)))


def test_an_engine_with_a_pool_keeps_its_version_until_it_is_disposed_of(own_newsroom: Newsroom) -> None:
    engine, paths = engine_of(own_newsroom, None), own_newsroom.paths
    with open_build(paths) as build:
        publish_titles(build, paths, "b1")
        assert titles(engine) == "b1"
        publish_titles(build, paths, "b2")
        assert titles(engine) == "b1"
        engine.dispose()
        assert titles(engine) == "b2"
