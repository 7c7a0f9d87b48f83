"""The key of a claim: the same for the same claim wherever it is told."""

from typing import Final

import polars as pl

FIGURES: Final = 2
"""Significant digits of the value: retellings round."""
LARGE: Final = 1000
"""From here on a value says something of its own: two articles seldom name it for two different things."""
MARKS_ENOUGH: Final = 2
"""Marks by which a claim is known again in another article."""
OF_PEOPLE: Final = ("casualties", "displacement", "detention")
"""Topics whose bare numbers are of people ("six were killed")."""
CALENDAR: Final = r"^\d{4}"
"""How the value of a date begins that stands in the calendar: no duration, no "now"."""
DAY: Final = 10
"""Length of a day's value: times of the day are not told again."""


def claim_keys(claims: pl.DataFrame, sentences: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add `claim_key`: topic/status/subject/object/unit/period/value.

    A party is its actor's id, else its words in lower case; the period is that of a date in the calendar. A claim is
    known again by two marks at least: an actor (each counts), a party's words, a period, a number that is large
    or not round. With fewer, its article stands in the key behind the period, and it is a claim of that article alone.
    """
    place = sentences.select("sentence_id", "article_no").join(
        articles.select("article_no", "article_id"), on="article_no"
    )
    people = pl.when(pl.col("topic").is_in(list(OF_PEOPLE))).then(pl.lit("person"))
    value = pl.coalesce("value", "value_low", "value_high").round_sig_figs(FIGURES)
    alone = pl.when(_marks() < MARKS_ENOUGH).then(pl.lit("in ") + pl.col("article_id"))
    return (
        claims.join(place.select("sentence_id", "article_id"), on="sentence_id", maintain_order="left")
        .with_columns(
            claim_key=pl.concat_str(
                "topic",
                pl.col("status").fill_null("-"),
                _party("subject"),
                _party("object"),
                pl.coalesce("unit", "counted", people, pl.lit("-")),
                pl.concat_str(_period().fill_null("-"), alone, separator=" ", ignore_nulls=True),
                value.cast(pl.Float32).cast(pl.String).fill_null("-"),
                separator="/",
            )
        )
        .drop("article_id")
    )


def _marks() -> pl.Expr:
    """How many marks a claim has by which it is known again."""
    value = pl.col("value")
    telling = ((value >= LARGE) | (value.round_sig_figs(FIGURES) != value)).fill_null(value=False)
    actors = [pl.col(f"{role}_actor_id").is_not_null() for role in ("subject", "object")]
    words = [pl.col(f"{role}_surface").is_not_null() for role in ("subject", "object")]
    named = pl.any_horizontal(words) & ~pl.any_horizontal(actors)
    return pl.sum_horizontal(mark.cast(pl.Int32) for mark in (*actors, named, _period().is_not_null(), telling))


def _period() -> pl.Expr:
    return pl.when(pl.col("timex_value").str.contains(CALENDAR)).then(pl.col("timex_value").str.head(DAY))


def _party(role: str) -> pl.Expr:
    words = pl.col(f"{role}_surface").str.to_lowercase().str.replace_all("/", " ").str.replace_all(r"\s+", " ")
    return pl.coalesce(f"{role}_actor_id", words, pl.lit("-"))
