"""What the warehouse knows already, as frames: sources, articles, exchange rates."""

import duckdb
import polars as pl

from schemas.contract import polars_schema
from schemas.etl import EtlArticle, EtlSource
from schemas.figures import DimFxRate


def known_sources(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of sources: columns of etl.source."""
    return _frame(connection, "FROM etl.source", polars_schema(EtlSource))


def known_articles(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of articles: columns of etl.article."""
    return _frame(connection, "FROM etl.article", polars_schema(EtlArticle))


def known_rates(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The exchange rates that the warehouse holds: dim_fx_rate, by currency and day."""
    return _frame(connection, "FROM main.dim_fx_rate ORDER BY currency, starts_on", polars_schema(DimFxRate))


def _frame(connection: duckdb.DuckDBPyConnection, query: str, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(query)).select(schema.names()).cast(schema)
