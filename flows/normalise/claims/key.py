"""The key of a claim: the same for the same claim wherever it is told."""

from typing import Final

import polars as pl

FIGURES: Final = 2
"""Significant digits of the value: retellings round."""


def claim_keys(claims: pl.DataFrame, sentences: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add `claim_key`: topic/status/subject/object/unit/period/value.

    A party is its actor's id, else its words in lower case. A claim that names neither an actor nor a date is told
    apart by its article, for its words alone are too few to know it again.
    """
    place = sentences.select("sentence_id", "article_no").join(
        articles.select("article_no", "article_id"), on="article_no"
    )
    thin = pl.col("subject_actor_id").is_null() & pl.col("object_actor_id").is_null() & pl.col("timex_value").is_null()
    period = pl.coalesce("timex_value", pl.when(thin).then(pl.concat_str(pl.lit("in "), "article_id")), pl.lit("-"))
    unit = pl.coalesce("unit", "counted", pl.lit("-"))
    value = pl.coalesce("value", "value_low", "value_high").round_sig_figs(FIGURES)
    return (
        claims.join(place.select("sentence_id", "article_id"), on="sentence_id", maintain_order="left")
        .with_columns(
            claim_key=pl.concat_str(
                "topic",
                pl.col("status").fill_null("-"),
                _party("subject"),
                _party("object"),
                unit,
                period,
                value.cast(pl.String).fill_null("-"),
                separator="/",
            )
        )
        .drop("article_id")
    )


def _party(role: str) -> pl.Expr:
    words = pl.col(f"{role}_surface").str.to_lowercase().str.replace_all("/", " ").str.replace_all(r"\s+", " ")
    return pl.coalesce(f"{role}_actor_id", words, pl.lit("-"))
