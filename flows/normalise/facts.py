"""From mentions within sentences to staged fact rows: identity, article, offsets into the article's text."""

import polars as pl

from schemas.contract import key, polars_schema
from schemas.fact import Fact


def stage_facts(
    mentions: pl.DataFrame, articles: pl.DataFrame, sentences: pl.DataFrame, contract: type[Fact], letter: str
) -> pl.DataFrame:
    """Give each mention its article, its offsets into the article and a readable id.

    Args:
        mentions: a mention frame with the contract's own columns and `rule`.
        articles: `article_no`, `article_id`.
        sentences: `sentence_id`, `article_no`, `sentence_no`, `span_start`.
        contract: the fact table.
        letter: the table's letter in the id.

    Returns:
        The staged columns of the contract, in reading order. An id is article, letter, span and ordinal, so that it
        stays the same whatever else is found.
    """
    placed = (
        mentions.drop("article_id", "article_no", "sentence_no", "span_start", strict=False)
        .join(sentences.select("sentence_id", "article_no", "sentence_no", "span_start"), on="sentence_id")
        .join(articles.select("article_no", "article_id"), on="article_no")
        .with_columns(
            span_end=(pl.col("span_start") + pl.col("end")).cast(pl.Int32),
            span_start=(pl.col("span_start") + pl.col("start")).cast(pl.Int32),
        )
        .sort("article_no", "span_start", "span_end", "rule", maintain_order=True)
    )
    identity = pl.format("{}-{}-{}-{}-{}", "article_id", pl.lit(letter), "span_start", "span_end", _ordinal())
    schema = polars_schema(contract, staged=True)
    return placed.with_columns(identity.alias(key(contract)[0])).select(
        pl.col(name).cast(polars_type) for name, polars_type in schema.items()
    )


def _ordinal() -> pl.Expr:
    """The number of each row among those of its span, which stand together; windows cost ten times as much."""
    row = pl.int_range(pl.len())
    shared = pl.all_horizontal(
        pl.col(name) == pl.col(name).shift(1) for name in ("article_no", "span_start", "span_end")
    )
    return row - pl.when(~shared.fill_null(value=False)).then(row).forward_fill()
