"""Which year's holiday a text means: the written one, or the nearest that fits the tense."""

import polars as pl

from flows.normalise.dates.tense import FUTURE, PAST


def place_holidays(points: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """Add `holiday_from` and `holiday_to` to points that name a holiday; others get nulls.

    Args:
        points: `row`, `holiday`, `at_year`, `shift`, `tense`, `published_on`.
        calendar: `holiday`, `holiday_year`, `holiday_from`, `holiday_to`.
    """
    wanted = points.filter(pl.col("holiday").is_not_null()).select(
        "row", "holiday", "published_on", "tense", year="at_year", named="shift"
    )
    told = pl.col("published_on").dt.year()
    possible = pl.int_ranges(pl.coalesce("year", told - 1), pl.coalesce("year", told + 1) + 1, dtype=pl.Int32)
    candidates = (
        wanted.with_columns(holiday_year=possible)
        .explode("holiday_year")
        .join(calendar, on=["holiday", "holiday_year"])
    )
    gap = (pl.col("holiday_from") - pl.col("published_on")).dt.total_days()
    direction = pl.coalesce("named", "tense")
    fits = (
        pl.when(pl.col("year").is_not_null())
        .then(0)
        .when((direction == PAST) & (gap > 0) | (direction == FUTURE) & (gap < 0))
        .then(1000 + gap.abs())
        .otherwise(gap.abs())
    )
    best = (
        candidates.with_columns(distance=fits)
        .sort("row", "distance")
        .unique("row", keep="first", maintain_order=True)
        .select("row", "holiday_from", "holiday_to")
    )
    return points.join(best, on="row", how="left", maintain_order="left").with_columns(
        at_year=pl.coalesce(pl.col("holiday_from").dt.year(), "at_year"),
        at_month=pl.coalesce(pl.col("holiday_from").dt.month().cast(pl.Int32), "at_month"),
        at_day=pl.coalesce(pl.col("holiday_from").dt.day().cast(pl.Int32), "at_day"),
    )
