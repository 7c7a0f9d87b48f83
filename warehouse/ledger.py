"""The ledgers as frames: which sources and which articles the warehouse knows already."""

import duckdb
import polars as pl

from schemas.contract import polars_schema
from schemas.etl import EtlArticle, EtlSource


def known_sources(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of sources: columns of etl.source."""
    return _frame(connection, "FROM etl.source", polars_schema(EtlSource))


def known_articles(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of articles: columns of etl.article."""
    return _frame(connection, "FROM etl.article", polars_schema(EtlArticle))


def _frame(connection: duckdb.DuckDBPyConnection, query: str, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(query)).select(schema.names()).cast(schema)
