"""Contracts of what keeps a warehouse right over time: its schema's history, copies of articles, corrections."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import ARTICLE_ID, Contract, joins, row_check, run_at_load
from schemas.vocabulary import CORRECTION_STATE

DROP = "drop"
"""The value of a correction that takes a whole row out; its `column_name` is empty."""


class EtlSchemaVersion(Contract):
    """The schemas that this file had: the newest row is the present one."""

    class Config:
        """The table and its key."""

        name = "schema_version"
        metadata = {"schema": "etl", "key": ("applied_at",)}

    applied_at: pl.Datetime = pa.Field(description="when the file was brought to this schema, UTC")
    schema_version: pl.Int32 = pa.Field(ge=1, description="number of the newest migration in it")
    fingerprint: str = pa.Field(description="hash of all tables, columns, comments and views")
    dateline_version: str = pa.Field(description="version of Dateline that applied it")
    after_run_id: str = pa.Field(
        nullable=True, description="the last run before it; null in a new file", metadata=joins("etl.run.run_id")
    )


class EtlArticleCopy(Contract):
    """Further sources that hold an article, beside the one that etl.article names: `--prune` keeps what they hold."""

    class Config:
        """The table and its key."""

        name = "article_copy"
        metadata = {"schema": "etl", "key": ("article_id", "source_uri")}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=joins("etl.article.article_id")
    )
    source_uri: str = pa.Field(
        description="the other file or feed that holds it", metadata=joins("etl.source.source_uri")
    )


class Correction(Contract):
    """One line of the file of corrections: what an analyst puts right in one fact.

    `column_name` is empty and `value` is `drop` where the whole row goes; `expected` is then its surface. An empty
    `value` or `expected` is null.
    """

    class Config:
        """The file and its key."""

        name = "corrections"
        metadata = {"key": ("article_id", "fact_table", "span_start", "span_end", "column_name", "expected")}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=joins("etl.article.article_id")
    )
    fact_table: str = pa.Field(str_matches="^fact_", description="the table of the fact")
    span_start: pl.Int32 = pa.Field(ge=0, description="the fact's span_start", metadata={"unit": "code points"})
    span_end: pl.Int32 = pa.Field(ge=1, description="the fact's span_end", metadata={"unit": "code points"})
    column_name: str = pa.Field(nullable=True, description="the column to put right; empty to drop the row")
    expected: str = pa.Field(nullable=True, description="what extraction gives there now; empty for null")
    value: str = pa.Field(nullable=True, description="what is right; empty for null, `drop` to drop the row")
    reason: str = pa.Field(description="why", str_length={"min_value": 1})
    author: str = pa.Field(description="who says so", str_length={"min_value": 1})

    @pa.dataframe_check(name="drop_names_no_column", description="an empty column_name goes with the value drop")
    def drop_names_no_column(cls, data: PolarsData) -> pl.LazyFrame:
        """A line without a column drops its row; a line that drops nothing names a column."""
        return row_check(data, pl.col("column_name").is_not_null() | pl.col("value").eq_missing(DROP))


class EtlCorrection(Correction):
    """The analysts' corrections, and whether each stands in the facts."""

    class Config:
        """The table and its key."""

        name = "correction"
        metadata = {"schema": "etl", "key": Correction.Config.metadata["key"]}

    state: str = pa.Field(isin=list(CORRECTION_STATE), description="whether it stands in the facts")
    run_id: str = run_at_load("the run that last applied or refused it")
