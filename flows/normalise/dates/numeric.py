"""Numeric dates such as 04/05/2023: the article's own evidence decides between day-month and month-day order."""

import polars as pl

from flows.normalise.dates.decode import year_in_full

PARTS = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})$"
MONTHS = 12


def read_numeric_dates(mentions: pl.DataFrame) -> pl.DataFrame:
    """Fill `year`, `month`, `day` of numeric dates, and drop those that no calendar holds.

    A number above 12 tells the order, in this date or in another of the same article; with dots between, the day stands
    first (the order of all who write so). Without evidence, or with evidence for both, month and day stay null: such a
    date is never guessed.

    Args:
        mentions: `kind`, `written`, `article_no`, `published_on`, `year`, `month`, `day`.
    """
    is_numeric = pl.col("kind") == "numeric"
    dates = mentions.filter(is_numeric)
    if dates.is_empty():
        return mentions
    first, second, last = (pl.col("written").str.extract(PARTS, group) for group in (1, 2, 3))
    parted = dates.with_columns(
        first=first.cast(pl.Int32), second=second.cast(pl.Int32), year=year_in_full(last)
    ).with_columns(**_order())
    read = parted.with_columns(
        month=pl.when("by_day").then("second").when("by_month").then("first"),
        day=pl.when("by_day").then("first").when("by_month").then("second"),
    ).filter((pl.col("month") <= MONTHS).fill_null(value=True))
    return pl.concat([mentions.filter(~is_numeric), read.select(mentions.columns)])


def _order() -> dict[str, pl.Expr]:
    """Which number is the day: `by_day` the first, `by_month` the second; neither where nothing tells."""
    dotted = pl.col("written").str.contains(".", literal=True)
    day_first = (pl.col("first") > MONTHS) | dotted
    month_first = (pl.col("second") > MONTHS) & ~dotted
    any_day, any_month = day_first.any().over("article_no"), month_first.any().over("article_no")
    same = pl.col("first") == pl.col("second")
    return {
        "by_day": day_first | same | (~month_first & any_day & ~any_month),
        "by_month": month_first | (~day_first & any_month & ~any_day),
    }
