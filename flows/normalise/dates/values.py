"""TIMEX3 values, granularity, and first and last day of what was placed."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.dates.place import MAX_YEAR, MIN_YEAR, PLACES, date_of

UNKNOWN_YEAR = "XXXX"
LARGEST: Mapping[str, int] = {"at_year": 9999, "at_decade": 999, "at_century": 99}
"""What the four digits of a TIMEX3 year can write, on either side of its beginning."""
GRANULARITY_OF_UNIT = {
    "D": "day", "W": "week", "M": "month", "Y": "year", "Q": "quarter", "WE": "weekend", "DE": "decade",
    "CE": "century", "ML": "millennium", "TH": "time", "TM": "time", "TS": "time",
}  # fmt: skip


def with_point_values(points: pl.DataFrame) -> pl.DataFrame:
    """Add `timex_value`, `granularity`, `starts_on`, `ends_on` and `resolution` to placed points."""
    is_week_of_day = pl.col("kind") == "week_of"
    return (
        points.lazy()
        .with_columns(pl.when(_can_be_written()).then(name).alias(name) for name in PLACES)
        .with_columns(granularity=_granularity())
        .with_columns(day_date=date_of("at_year", "at_month", "at_day"))
        .with_columns(
            at_week=pl.coalesce("at_week", pl.when(is_week_of_day).then(pl.col("day_date").dt.truncate("1w")))
        )
        .with_columns(calendar=_calendar_value())
        .with_columns(timex_value=pl.coalesce(_vague_count(), _with_time()))
        .with_columns(_span())
        .with_columns(resolution=_resolution())
        .collect(engine="in-memory")
    )


def _can_be_written() -> pl.Expr:
    """Whether the year has at most four digits: a later or earlier place is told as unknown."""
    beyond = [pl.col(name).abs() > most for name, most in LARGEST.items()]
    return ~pl.any_horizontal(pl.col("at_week").dt.iso_year() > LARGEST["at_year"], *beyond).fill_null(value=False)


def _granularity() -> pl.Expr:
    """How precise the text is: the finest field that it gives, whether or not the rest could be placed."""
    unit = pl.col("unit").replace_strict(GRANULARITY_OF_UNIT, default=None, return_dtype=pl.String)
    has_day = pl.any_horizontal(pl.col("day", "weekday").is_not_null()) & (pl.col("kind") != "week_of")
    return (
        pl.when((pl.col("kind") == "counted") & pl.col("n").is_null())
        .then(pl.lit("none"))
        .when(pl.any_horizontal(pl.col("hour", "part").is_not_null()))
        .then(pl.lit("time"))
        .when(pl.col("kind") == "weekend")
        .then(pl.lit("weekend"))
        .when(has_day | pl.col("kind").is_in(["holiday", "numeric"]))
        .then(pl.lit("day"))
        .when((pl.col("kind") == "week_of") | pl.col("week").is_not_null())
        .then(pl.lit("week"))
        .when(pl.col("month").is_not_null())
        .then(pl.lit("month"))
        .when(pl.any_horizontal(pl.col("quarter", "at_quarter").is_not_null()))
        .then(pl.lit("quarter"))
        .when(pl.col("half").is_not_null())
        .then(pl.lit("half"))
        .when(pl.col("season").is_not_null())
        .then(pl.lit("season"))
        .when(pl.col("kind") == "century")
        .then(pl.lit("century"))
        .when(pl.col("decade").is_not_null())
        .then(pl.lit("decade"))
        .when((pl.col("kind") == "counted") & (pl.col("base") == "Y"))
        .then(pl.lit("year"))
        .otherwise(unit.fill_null("year"))
    )


def _pad(column: str, width: int) -> pl.Expr:
    return pl.col(column).abs().cast(pl.String).str.zfill(width)


def _era(column: str) -> pl.Expr:
    return pl.when(pl.col(column) < 0).then(pl.lit("BC")).otherwise(pl.lit(""))


def _calendar_value() -> pl.Expr:
    """The value without a time of day: unknown parts are X."""
    year = pl.coalesce(_era("at_year") + _pad("at_year", 4), pl.lit(UNKNOWN_YEAR))
    month = pl.coalesce(_pad("at_month", 2), pl.lit("XX"))
    day = pl.coalesce(_pad("at_day", 2), pl.lit("XX"))
    monday = pl.col("at_week")
    week = pl.coalesce(
        monday.dt.iso_year().cast(pl.String).str.zfill(4) + "-W" + monday.dt.week().cast(pl.String).str.zfill(2),
        pl.lit("XXXX-WXX"),
    )
    weekday = pl.format("XXXX-WXX-{}", "weekday")
    granularity = pl.col("granularity")
    is_named_day = pl.col("at_day").is_null() & pl.col("weekday").is_not_null() & pl.col("month").is_null()
    values = {
        "day": pl.when(is_named_day).then(weekday).otherwise(year + "-" + month + "-" + day),
        "week": week,
        "weekend": week + "-WE",
        "month": year + "-" + month,
        "quarter": year + "-Q" + pl.coalesce(_pad("at_quarter", 1), pl.lit("X")),
        "half": year + "-H" + pl.coalesce(_pad("at_half", 1), pl.lit("X")),
        "season": year + "-" + pl.col("at_season"),
        "decade": pl.coalesce(_era("at_decade") + _pad("at_decade", 3), pl.lit("XXX")),
        "century": pl.coalesce(_era("at_century") + _pad("at_century", 2), pl.lit("XX")),
        "year": year,
    }
    values["time"] = values["day"]
    return pl.coalesce(pl.when(granularity == name).then(value) for name, value in values.items()).fill_null(year)


def _vague_count() -> pl.Expr:
    """A count that is no number ("a few years ago", "some days later") only says whether it lies behind or ahead."""
    is_vague = (pl.col("kind") == "counted") & pl.col("n").is_null()
    return pl.when(is_vague).then(pl.when(pl.col("dir") < 0).then(pl.lit("PAST_REF")).otherwise(pl.lit("FUTURE_REF")))


def _with_time() -> pl.Expr:
    clock = _pad("hour", 2) + ":" + _pad("minutes", 2)
    time = pl.coalesce("T" + clock, "T" + pl.col("part"), pl.lit("TXX"))
    return pl.when(pl.col("granularity") == "time").then(pl.col("calendar") + time).otherwise("calendar")


def _span() -> list[pl.Expr]:
    """First and last day, null where the place is not known or outside the years that a date can hold."""
    year = pl.when(pl.col("at_year").is_between(MIN_YEAR, MAX_YEAR - 1)).then("at_year")
    january = pl.date(year, 1, 1)
    month = pl.date(year, pl.col("at_month").clip(1, 12), 1)
    quarter = pl.date(year, pl.col("at_quarter").clip(1, 4) * 3 - 2, 1)
    half = pl.date(year, pl.col("at_half").clip(1, 2) * 6 - 5, 1)
    season = pl.date(year, pl.col("season_month"), 1)
    decade = pl.date(pl.when(pl.col("at_decade") > 0).then(pl.col("at_decade") * 10), 1, 1)
    century = pl.date(pl.when(pl.col("at_century") > 0).then(pl.col("at_century") * 100), 1, 1)
    monday = pl.col("at_week")
    saturday = monday + pl.duration(days=5)
    spans = {
        "time": (pl.col("day_date"), "0d"),
        "day": (pl.col("day_date"), "0d"),
        "week": (monday, "6d"),
        "weekend": (saturday, "1d"),
        "month": (month, "1mo"),
        "quarter": (quarter, "3mo"),
        "half": (half, "6mo"),
        "season": (season, "3mo"),
        "year": (january, "1y"),
        "decade": (decade, "10y"),
        "century": (century, "100y"),
    }
    granularity = pl.col("granularity")
    blank = pl.col("kind") == "fiscal"
    first = pl.coalesce(pl.when((granularity == name) & ~blank).then(start) for name, (start, _) in spans.items())
    last = pl.coalesce(
        pl.when((granularity == name) & ~blank).then(_last_day(start, length))
        for name, (start, length) in spans.items()
    )
    return [pl.coalesce("holiday_from", first).alias("starts_on"), pl.coalesce("holiday_to", last).alias("ends_on")]


def _last_day(first: pl.Expr, length: str) -> pl.Expr:
    """The last day of a period that starts on `first`: lengths in days end on that day, others on the day before."""
    last = first.dt.offset_by(length)
    return last if length.endswith("d") else last - pl.duration(days=1)


def _resolution() -> pl.Expr:
    placed = pl.any_horizontal(pl.col("starts_on", "at_year", "at_decade", "at_century", "at_week").is_not_null())
    incomplete = pl.col("timex_value").str.contains("XX|REF$")
    return pl.when(~placed | incomplete).then(pl.lit("vague")).otherwise("source")
