"""Ages: a 50-year-old, aged 35, Smith, 44, said."""

from collections.abc import Mapping

import polars as pl

AGE = "age"
OLDEST = 120
UNITS = ("year", "month", "week", "day")


def mark_ages(figures: pl.DataFrame, patterns: Mapping[str, str]) -> pl.DataFrame:
    """Turn numbers and durations that tell an age into figures of dimension age, unit year unless the text says other.

    Sets `counted` to "age", the noun by which a reader would ask for it.
    """
    lasting = pl.col("unit").is_in(UNITS) & (pl.col("dimension") == "duration")
    bare = (
        pl.col("dimension").is_null()
        & pl.col("prefix").is_null()
        & pl.col("pair").is_in(["range"]).or_(pl.col("pair").is_null())
    )
    plausible = bare & pl.col("high").is_between(0, OLDEST) & (pl.col("scale") == 1)
    before, rest = (pl.when(lasting | plausible).then(pl.col(name)) for name in ("before", "rest"))
    old = lasting & (rest.str.contains(patterns["old"]) | before.str.contains(patterns["aged"]))
    told = before.str.contains(patterns["aged"]) & ~rest.str.contains(patterns["age_counts"])
    apposed = (
        rest.str.contains(patterns["comma"])
        & before.str.contains(patterns["name_comma"])
        & pl.col("surface").str.contains(r"^\d{1,3}$")
    )
    was = before.str.contains(patterns["pronoun_age"]) & rest.str.contains(patterns["age_end"])
    age = (old | (plausible & (told | apposed | was | rest.str.contains(patterns["older"])))).fill_null(value=False)
    return (
        figures.with_columns(_age=age)
        .with_columns(
            dimension=pl.when("_age").then(pl.lit(AGE)).otherwise("dimension"),
            unit=pl.when("_age").then(pl.coalesce("unit", pl.lit("year"))).otherwise("unit"),
            counted=pl.when("_age").then(pl.lit(AGE)),
        )
        .drop("_age")
    )
