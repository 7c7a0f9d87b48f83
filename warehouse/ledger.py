"""What the warehouse knows already, as frames: sources, articles, exchange rates."""

from collections.abc import Collection, Sequence

import duckdb
import polars as pl

from schemas.contract import polars_schema
from schemas.etl import EtlArticle, EtlReject, EtlSource
from schemas.figures import DimFxRate
from schemas.upkeep import EtlCorrection


def known_sources(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of sources: columns of etl.source."""
    return _frame(connection, "FROM etl.source", polars_schema(EtlSource))


def known_articles(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The ledger of articles: columns of etl.article."""
    return _frame(connection, "FROM etl.article", polars_schema(EtlArticle))


def forgotten_sources(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The files and addresses from which articles came that are forgotten."""
    found = connection.sql("SELECT source_uri FROM etl.article WHERE state = 'forgotten'").fetchall()
    return {str(uri) for (uri,) in found}


def known_rates(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The exchange rates that the warehouse holds: dim_fx_rate, by currency and day."""
    return _frame(connection, "FROM main.dim_fx_rate ORDER BY currency, starts_on", polars_schema(DimFxRate))


def known_corrections(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The corrections as the last load left them: columns of etl.correction."""
    return _frame(connection, "FROM etl.correction", polars_schema(EtlCorrection))


def known_rejects(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Everything that was refused: columns of etl.reject."""
    return _frame(connection, "FROM etl.reject", polars_schema(EtlReject))


def stored_articles(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], names: Sequence[str]
) -> duckdb.DuckDBPyConnection:
    """Articles with their texts by id, columns of dim_article and `text`, to be fetched piece by piece."""
    return connection.execute(
        f"SELECT {', '.join(names)} FROM main.dim_article JOIN main.article_text USING (article_id) "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id",
        [list(articles)],
    )


def _frame(connection: duckdb.DuckDBPyConnection, query: str, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(query)).select(schema.names()).cast(schema)
