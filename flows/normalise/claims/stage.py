"""From claims to staged rows: their ids, and the ids of the figure and the date that they stand on."""

import polars as pl

from flows.normalise.claims.extract import ClaimFacts
from flows.normalise.facts import stage_facts
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import polars_schema


def stage_claims(
    found: ClaimFacts, articles: pl.DataFrame, sentences: pl.DataFrame, figures: pl.DataFrame, dates: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Stage claims and their parties.

    Args:
        found: of `extract_claims`.
        articles: `article_no`, `article_id`.
        sentences: `sentence_id`, `article_no`, `sentence_no`, `span_start`.
        figures: the staged rows of fact_figure.
        dates: the staged rows of fact_date_mention.

    Returns:
        The staged rows of fact_claim and of claim_party.
    """
    place = sentences.select("sentence_id", "article_no", offset="span_start").join(
        articles.select("article_no", "article_id"), on="article_no"
    )
    spans = (
        found.claims.select("sentence_id", "start", "end", "date_start", "date_end")
        .join(place, on="sentence_id", maintain_order="left")
        .with_columns(pl.col("start", "end") + pl.col("offset"))
    )
    ids = pl.concat(
        [
            found.claims,
            spans.join(
                _ids(figures, "figure_id", "start", "end"),
                on=["article_id", "start", "end"],
                how="left",
                maintain_order="left",
            ).select("figure_id"),
            spans.join(
                _ids(dates, "date_id", "date_start", "date_end"),
                on=["article_id", "date_start", "date_end"],
                how="left",
                maintain_order="left",
            ).select("date_id"),
        ],
        how="horizontal",
    )
    claims = stage_facts(ids, articles, sentences, FactClaim, "c")
    return claims, _parties(found.parties, place, claims)


def _ids(facts: pl.DataFrame, name: str, start: str, end: str) -> pl.DataFrame:
    return facts.select("article_id", name, pl.col("span_start").alias(start), pl.col("span_end").alias(end)).unique(
        ["article_id", start, end], keep="first", maintain_order=True
    )


def _parties(parties: pl.DataFrame, place: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    keys = claims.select("claim_id", "article_id", span_start="span_start", span_end="span_end")
    placed = parties.join(place, on="sentence_id", maintain_order="left").with_columns(
        span_start=(pl.col("start") + pl.col("offset")).cast(pl.Int32),
        span_end=(pl.col("end") + pl.col("offset")).cast(pl.Int32),
    )
    schema = polars_schema(ClaimParty, staged=True)
    return (
        placed.join(keys, on=["article_id", "span_start", "span_end"], maintain_order="left")
        .unique(["claim_id", "role", "part_start", "part_end"], keep="first", maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in schema.items())
    )
