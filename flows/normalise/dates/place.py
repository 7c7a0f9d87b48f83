"""Where on the calendar a mention lies: its own fields, a shift from an anchor, or the nearest one that fits."""

import polars as pl

from flows.normalise.dates.tense import FUTURE, PAST

PLACES = ("at_year", "at_month", "at_day", "at_quarter", "at_half", "at_season", "at_week", "at_decade", "at_century")
"""What is known of a mention's place; `at_week` is the Monday of the week."""
FEBRUARY = 2
SATURDAY = 6
MONTH = 31
"""Days of a month where only the order of days counts."""
AHEAD = 4 * MONTH
"""Without a tense a date up to so far ahead is meant, otherwise the last one: news tells more of the past."""
NEAR_DAYS = 60
"""A day of the month named without its year is of this year if it lies so near, whatever the tense."""
FARTHEST = 400_000
"""Days beyond which a count of days is not placed."""
TURN_OF_YEAR = 8 * MONTH
"""In a story a month so far before the last one is of the next year: January after October."""
NEAR_QUARTER = 5 * MONTH
"""The same for a quarter: its results are told, and expected, in the one that follows."""
MIN_YEAR, MAX_YEAR = 1, 9999
"""Years that a Date can hold."""


def place(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of `PLACES`.

    Args:
        mentions: decoded fields, and the anchor: `from_year`, `from_month`, `from_day` (null where the anchor is not so
            precise), `from_quarter`; `tense` (-1, 1 or null) and `anchored` (whether the rule counts from the anchor).
    """
    return (
        mentions.lazy()
        .with_columns(from_date=date_of("from_year", "from_month", "from_day"), steps=_steps())
        .with_columns(_shifted())
        .with_columns(_years())
        .with_columns(_rest())
        .collect(engine="in-memory")
    )


def date_of(year: str, month: str, day: str) -> pl.Expr:
    """The date of the parts, null where one is missing or the day does not exist."""
    fits = pl.col(year).is_between(MIN_YEAR, MAX_YEAR) & (pl.col(day) <= _month_length(pl.col(year), pl.col(month)))
    return pl.when(fits).then(pl.date(pl.col(year), pl.col(month), pl.when(fits).then(pl.col(day)).otherwise(1)))


def _month_length(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    return (
        pl.when(month == FEBRUARY)
        .then(28 + leap.cast(pl.Int32))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .when(month.is_between(1, 12))
        .then(31)
    )


def _steps() -> pl.Expr:
    """How many base units from the anchor: a direction times a count, or a shift; null where nothing is counted."""
    counted = pl.col("dir") * pl.col("n")
    whole = pl.when(counted == counted.round()).then(counted)
    steps = pl.when(pl.col("kind") == "counted").then(whole).otherwise(pl.col("shift"))
    return pl.when(pl.col("anchored")).then(steps.cast(pl.Int64) * pl.col("step"))


def _shifted() -> list[pl.Expr]:
    """The place that the shift leads to, by unit: s_year, s_month, s_quarter, s_date, s_week."""
    base, unit, steps = pl.col("base"), pl.col("unit"), pl.col("steps")
    months = pl.col("from_year") * 12 + pl.col("from_month") - 1 + steps
    quarters = pl.col("from_year") * 4 + pl.col("from_quarter") - 1 + steps // 3
    days = pl.when(steps.abs() < FARTHEST).then(steps)
    moved = pl.col("from_date") + pl.duration(days=days * pl.when(base == "W").then(7).otherwise(1))
    by_quarter = (unit == "Q") | ((base == "Y") & pl.col("keeps_quarter"))
    year_quarters = pl.col("from_year") * 4 + pl.col("from_quarter") - 1 + steps * 4
    quarter_index = pl.when(unit == "Q").then(quarters).otherwise(year_quarters)
    is_day = base == "D"
    return [
        pl.when(by_quarter)
        .then(quarter_index // 4)
        .when(base == "Y")
        .then(_skip_year_zero(pl.col("from_year"), steps))
        .when(base == "M")
        .then(months // 12)
        .when(is_day)
        .then(moved.dt.year())
        .cast(pl.Int32)
        .alias("s_year"),
        pl.when(by_quarter)
        .then(None)
        .when(base == "M")
        .then(months % 12 + 1)
        .when(is_day)
        .then(moved.dt.month())
        .cast(pl.Int32)
        .alias("s_month"),
        pl.when(by_quarter).then(quarter_index % 4 + 1).cast(pl.Int32).alias("s_quarter"),
        pl.when(is_day).then(moved.dt.day()).cast(pl.Int32).alias("s_day"),
        pl.when(base == "W").then(moved.dt.truncate("1w")).alias("s_week"),
    ]


def _skip_year_zero(year: pl.Expr, steps: pl.Expr) -> pl.Expr:
    """1 BC is followed by AD 1."""
    moved = year + steps
    return (
        pl.when((year < 0) & (moved >= 0))
        .then(moved + 1)
        .when((year > 0) & (moved <= 0))
        .then(moved - 1)
        .otherwise(moved)
    )


def _years() -> list[pl.Expr]:
    """The year: written, shifted to, or the nearest in which the named month, quarter or season fits the tense."""
    half = pl.when(pl.col("half").is_not_null()).then(pl.col("half") * 6)
    first = pl.coalesce("month", pl.col("quarter") * 3 - 2, half - 5, "season_month")
    last = pl.coalesce("month", pl.col("quarter") * 3, half, pl.col("season_month") + 2)
    inherited = pl.when(pl.col("inherits") & pl.col("holiday").is_not_null()).then("from_year")
    inferred = pl.when(first.is_not_null()).then(pl.col("from_year") + _years_away(first, last)).otherwise(inherited)
    return [pl.coalesce("year", "s_year", inferred).cast(pl.Int32).alias("at_year")]


def _years_away(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """How many years from the anchor's the named months lie: -1, 0 or 1.

    A date that lies close to the anchor is of the same year whatever the tense: verbs around it speak of other things
    too often ("said it will redeem", "a deadline set for").
    """
    has_day = pl.col("day").is_not_null()
    day = pl.when(has_day).then("day").otherwise(0)
    here = pl.col("from_month") * MONTH + pl.when(has_day).then("from_day").otherwise(0)
    begins, ends = first * MONTH + day - here, last * MONTH + day - here
    near = (
        pl.when(has_day)
        .then(NEAR_DAYS)
        .when(pl.col("month").is_not_null())
        .then(MONTH)
        .when(pl.col("quarter").is_not_null())
        .then(NEAR_QUARTER)
        .otherwise(0)
    )
    named = pl.when(~pl.col("anchored")).then(pl.col("shift"))
    nearest = pl.when(begins > AHEAD).then(-1).when(begins < AHEAD - 12 * MONTH).then(1).otherwise(0)
    return (
        pl.when(pl.col("inherits"))
        .then(pl.when(begins < -TURN_OF_YEAR).then(1).otherwise(0))
        .when(named == PAST)
        .then(pl.when(ends < 0).then(0).otherwise(-1))
        .when(named == FUTURE)
        .then(pl.when(begins > 0).then(0).otherwise(1))
        .when(named == 0)
        .then(0)
        .when(pl.col("tense") == PAST)
        .then(pl.when(begins <= near).then(0).otherwise(-1))
        .when(pl.col("tense") == FUTURE)
        .then(pl.when(ends >= -near).then(0).otherwise(1))
        .otherwise(nearest)
    )


def _rest() -> list[pl.Expr]:
    """Month, day and the other parts, finer than the year."""
    by_weekday = pl.col("weekday").is_not_null() & pl.col("day").is_null() & pl.col("s_day").is_null()
    on_weekday = pl.when(by_weekday).then(_weekday_date())
    alone = pl.col("day_only") | pl.col("hour_only")
    year = pl.coalesce("at_year", on_weekday.dt.year(), pl.when(alone).then(pl.col("from_year")))
    month = pl.coalesce("month", "s_month", on_weekday.dt.month(), pl.when(alone).then(pl.col("from_month")))
    day = pl.coalesce("day", "s_day", on_weekday.dt.day(), pl.when(pl.col("hour_only")).then(pl.col("from_day")))
    exists = (day <= _month_length(year, month)).fill_null(value=True)
    century = pl.when(pl.col("unit") == "CE")
    decade = pl.when(pl.col("unit") == "DE")
    counted_decades = pl.col("kind") == "counted"
    return [
        year.cast(pl.Int32).alias("at_year"),
        month.cast(pl.Int32).alias("at_month"),
        pl.when(exists).then(day).cast(pl.Int32).alias("at_day"),
        pl.coalesce("quarter", "s_quarter").alias("at_quarter"),
        pl.col("half").alias("at_half"),
        pl.col("season").alias("at_season"),
        pl.coalesce(
            "s_week",
            _weekend(),
            pl.date(_calendar_year(), 1, 4).dt.truncate("1w") + pl.duration(weeks=pl.col("week") - 1),
        ).alias("at_week"),
        pl.coalesce("decade", decade.then(pl.when(~counted_decades).then(pl.col("s_year") // 10))).alias("at_decade"),
        pl.coalesce(
            pl.when(pl.col("kind") == "century").then(_century()),
            century.then(pl.when(~counted_decades).then(pl.col("s_year") // 100)),
        ).alias("at_century"),
    ]


def _calendar_year() -> pl.Expr:
    """The written year, null where no calendar has it ("879999 BC")."""
    return pl.when(pl.col("year").is_between(MIN_YEAR, MAX_YEAR)).then("year")


def _weekend() -> pl.Expr:
    """The Monday of the week whose weekend is meant: "the weekend" is the last one, or with a future tense the next."""
    published = pl.when(pl.col("kind") == "weekend").then(pl.col("from_date"))
    monday = published.dt.truncate("1w")
    is_over = published.dt.weekday() >= SATURDAY
    ahead = (pl.col("tense") == FUTURE) | is_over
    weeks = pl.coalesce("shift", pl.when(ahead).then(0).otherwise(-1))
    return monday + pl.duration(weeks=weeks)


def _century() -> pl.Expr:
    """The first two digits of its years, negative before Christ: the 20th is 19."""
    return pl.when(pl.col("era") == "BC").then(-pl.col("ordinal")).otherwise(pl.col("ordinal") - 1)


def _weekday_date() -> pl.Expr:
    """The day that bears the weekday's name: the last one up to the anchor, or with a future tense the next."""
    gap = pl.col("from_date").dt.weekday().cast(pl.Int32) - pl.col("weekday")
    named = pl.when(~pl.col("anchored")).then(pl.col("shift"))
    back, ahead = gap % 7, -gap % 7
    days = (
        pl.when(named == PAST)
        .then(-((gap - 1) % 7 + 1))
        .when(named == FUTURE)
        .then((-gap - 1) % 7 + 1)
        .when((pl.col("tense") == FUTURE) & ~pl.col("inherits"))
        .then(ahead)
        .otherwise(-back)
    )
    return pl.col("from_date") + pl.duration(days=days)
