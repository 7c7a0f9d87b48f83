"""Durations, sets and references: expressions that name no point of the calendar."""

import polars as pl

from flows.normalise.dates.values import GRANULARITY_OF_UNIT

PERIODS = ("duration", "duration_half", "half", "span")
"""Kinds of rules for lengths of time."""
CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}
OFFSETS = {"D": "d", "W": "w", "M": "mo", "Y": "y"}
HALVES = {"Y": "P{}Y6M", "TH": "PT{}H30M", "TM": "PT{}M30S"}
"""How half a unit is written with the next smaller one; other units take a decimal."""
HALF = 0.5
HALF_UNITS = {"Y": "P6M", "D": "PT12H", "TH": "PT30M", "TM": "PT30S", "DE": "P5Y", "CE": "P50Y"}
"""Half of one unit in whole smaller ones."""
LONGEST = 3000
"""Units beyond which a duration is not placed against publication."""


def with_period_values(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add value, granularity, days and resolution to durations ("two years", "the past three months").

    "The past two months" and "the next two years" lie against the day of publication; other durations have no days.
    """
    n = pl.when(pl.col("kind") == "half").then(HALF).when(pl.col("kind") == "duration_half").then(pl.col("n") + HALF)
    return (
        mentions.with_columns(n=n.otherwise("n"), letter=pl.col("unit").replace({**CLOCK_UNITS, "2W": "W"}))
        .with_columns(timex_value=_period(), granularity=_granularity())
        .with_columns(_anchored_days())
        .with_columns(
            resolution=pl.when(pl.col("starts_on").is_not_null())
            .then(pl.lit("publication"))
            .otherwise(pl.lit("explicit")),
        )
    )


def _granularity() -> pl.Expr:
    return pl.col("unit").replace_strict(GRANULARITY_OF_UNIT, default="week", return_dtype=pl.String)


def _period() -> pl.Expr:
    """PnU, with T before hours, minutes and seconds; X where the count is vague."""
    count = pl.col("n") * pl.when(pl.col("unit") == "2W").then(2.0).otherwise(1.0)
    whole = count.floor()
    is_whole = count == whole
    number = pl.when(is_whole).then(whole.cast(pl.Int64).cast(pl.String)).otherwise(count.cast(pl.String))
    prefix = pl.when(pl.col("unit").is_in(list(CLOCK_UNITS))).then(pl.lit("PT")).otherwise(pl.lit("P"))
    halves = [
        pl.when((pl.col("unit") == unit) & ~is_whole & (whole > 0) & (count - whole == HALF)).then(
            pl.format(form, whole.cast(pl.Int64))
        )
        for unit, form in HALVES.items()
    ]
    half = pl.when(count == HALF).then(pl.col("unit").replace_strict(HALF_UNITS, default=None, return_dtype=pl.String))
    return pl.coalesce(half, *halves, prefix + number.fill_null("X") + pl.col("letter"))


def _anchored_days() -> list[pl.Expr]:
    """The days that "the past" or "the next" so many units cover, up to or from the day of publication."""
    steps = pl.col("n") * pl.col("step")
    fits = (
        (pl.col("kind") == "span") & (steps == steps.floor()) & (steps < LONGEST) & pl.col("base").is_in(list(OFFSETS))
    )
    published = pl.when(fits).then("published_on")
    letter = pl.col("base").replace_strict(OFFSETS, default=None, return_dtype=pl.String)
    count = steps.cast(pl.Int64).cast(pl.String)
    back = published.dt.offset_by(pl.when(fits).then("-" + count + letter).otherwise(pl.lit("0d")))
    ahead = published.dt.offset_by(pl.when(fits).then(count + letter).otherwise(pl.lit("0d")))
    shift = pl.col("shift")
    return [
        pl.when(shift < 0).then(back).when(shift > 0).then(published).alias("starts_on"),
        pl.when(shift < 0).then(published).when(shift > 0).then(ahead).alias("ends_on"),
    ]


def with_set_values(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add value, granularity and resolution to recurring times ("every Monday", "twice a week")."""
    count = pl.col("n").fill_null(1.0).cast(pl.Int64).cast(pl.String)
    is_clock = pl.col("unit").is_in(list(CLOCK_UNITS))
    letter = pl.col("unit").replace({**CLOCK_UNITS, "2W": "W"})
    period = pl.when(is_clock).then(pl.lit("PT")).otherwise(pl.lit("P")) + count + letter
    weekday = pl.format("XXXX-WXX-{}", "weekday") + pl.coalesce("T" + pl.col("part"), pl.lit(""))
    month = "XXXX-" + pl.col("month").cast(pl.String).str.zfill(2)
    value = pl.coalesce(
        weekday,
        month,
        pl.format("XXXX-{}", "season"),
        pl.format("XXXX-Q{}", "quarter"),
        pl.format("XXXX-XX-XXT{}", "part"),
        period,
    )
    unit = pl.col("unit").replace_strict(GRANULARITY_OF_UNIT, default=None, return_dtype=pl.String)
    granularity = (
        pl.when(pl.col("part").is_not_null())
        .then(pl.lit("time"))
        .when(pl.col("weekday").is_not_null())
        .then(pl.lit("day"))
        .when(pl.col("month").is_not_null())
        .then(pl.lit("month"))
        .when(pl.col("season").is_not_null())
        .then(pl.lit("season"))
        .otherwise(unit.fill_null("none"))
    )
    return mentions.with_columns(timex_value=value, granularity=granularity, **_no_days("explicit"))


def with_reference_values(mentions: pl.DataFrame) -> pl.DataFrame:
    """Add value, granularity and resolution to what refers to past, present or future as such, and to "daily"."""
    is_set = pl.col("timex_type") == "SET"
    vague = (
        pl.when(pl.col("dir").fill_null(pl.col("shift")) > 0).then(pl.lit("FUTURE_REF")).otherwise(pl.lit("PAST_REF"))
    )
    return mentions.with_columns(
        timex_value=pl.coalesce("ref", vague),
        granularity=pl.lit("none"),
        **_no_days("vague"),
    ).with_columns(
        resolution=pl.when(is_set).then(pl.lit("explicit")).otherwise("resolution"),
    )


def _no_days(resolution: str) -> dict[str, pl.Expr]:
    nothing = pl.lit(None, pl.Date)
    return {"starts_on": nothing, "ends_on": nothing, "resolution": pl.lit(resolution)}
