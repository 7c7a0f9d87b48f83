"""The calendar of holidays: for each holiday and year its first and last day."""

import polars as pl

YEARS = (1800, 2100)
"""First and last year for which fixed holidays are listed; moving ones as far as their table reaches."""


def holiday_calendar(rules: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """Compute the calendar from the tables `holiday_rule` and `holiday_date`.

    Returns:
        `holiday`, `holiday_year`, `holiday_from`, `holiday_to`.
    """
    years = pl.DataFrame({"year": pl.int_range(*YEARS, eager=True).cast(pl.Int32)})
    ruled = rules.join(years, how="cross")
    easter = dates.filter(pl.col("holiday") == "easter").select("year", easter="starts_on")
    day = pl.coalesce(
        pl.date("year", "month", "day"),
        _nth_weekday(),
        pl.col("easter") + pl.duration(days=pl.col("easter_offset")),
    )
    computed = (
        ruled.join(easter, on="year", how="left")
        .with_columns(day_of_holiday=day)
        .filter(pl.col("day_of_holiday").is_not_null())
        .select("holiday", "year", starts_on="day_of_holiday", ends_on="day_of_holiday")
    )
    moving = dates.join(computed.select("holiday").unique(), on="holiday", how="anti")
    return pl.concat([computed, moving.select(computed.columns)]).rename(
        {"year": "holiday_year", "starts_on": "holiday_from", "ends_on": "holiday_to"}
    )


def _nth_weekday() -> pl.Expr:
    """The nth weekday of a month; for nth = -1 the last, counted back from the first of the next month."""
    first = pl.date("year", "month", 1)
    forward = (pl.col("weekday") - first.dt.weekday()) % 7 + 7 * (pl.col("nth") - 1)
    last = first.dt.month_end()
    backward = (last.dt.weekday() - pl.col("weekday")) % 7
    return (
        pl.when(pl.col("nth") > 0)
        .then(first + pl.duration(days=forward))
        .when(pl.col("nth") < 0)
        .then(last - pl.duration(days=backward))
    )
