"""Elliptical figures: 3.9 million headsets, up from 2.4 million; 2 percent, but the other by 1."""

from collections.abc import Mapping

import polars as pl

FAR = 60
INHERITED = ("unit", "dimension", "counted", "family")


def inherit_units(figures: pl.DataFrame, patterns: Mapping[str, str]) -> pl.DataFrame:
    """Give a bare figure the unit or noun of the figure before it, where a word joins or compares the two."""
    distance = pl.col("start") - pl.col("end").shift(1)
    near = (pl.col("sentence_id") == pl.col("sentence_id").shift(1)) & distance.is_between(1, FAR)
    naked = (
        pl.col("dimension").is_null()
        & pl.col("counted").is_null()
        & pl.col("pair").is_in(["ratio", "tally"]).fill_null(value=False).not_()
    )
    whole = ~pl.col("form").is_in(["part", "parts", "multiple", "zero"]) & ~pl.col("named").fill_null(value=False)
    giver = pl.col("dimension").is_in(["duration", "age"]).fill_null(value=False).not_().shift(1)
    may = near & naked & whole & giver
    before, rest = (pl.when(may).then(pl.col(name)) for name in ("before", "rest"))
    level = (pl.col("dimension").shift(1) == "percent") & before.str.contains(patterns["level"])
    stands = rest.str.contains(patterns["ellipsis"]) & before.str.contains(patterns["compared"])
    takes = (may & stands & ~level.fill_null(value=False)).fill_null(value=False)
    return (
        figures.with_columns(_takes=takes)
        .with_columns(
            pl.when("_takes").then(pl.coalesce(name, pl.col(name).shift(1))).otherwise(name).alias(name)
            for name in INHERITED
        )
        .drop("_takes")
    )
