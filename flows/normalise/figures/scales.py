"""Places on a scale: the magnitude of an earthquake, degrees of temperature."""

from collections.abc import Mapping

import polars as pl

STRONGEST = 12
"""No earthquake's magnitude is above."""


def place_on_scales(figures: pl.DataFrame, patterns: Mapping[str, str]) -> pl.DataFrame:
    """Give bare numbers of earthquakes the dimension `magnitude`, and degrees of heat and cold `temperature`.

    A degree whose scale is not told keeps `degree` as its unit.
    """
    before, rest = pl.col("before"), pl.col("rest")
    bare = pl.col("dimension").is_null() & pl.col("prefix").is_null() & (pl.col("high") < STRONGEST)
    quake = bare & (before.str.contains(patterns["magnitude"]) | rest.str.contains(patterns["magnitude_behind"]))
    degrees = pl.col("unit") == "degree"
    weather = degrees & pl.any_horizontal(
        before.str.contains(rf"{patterns['weather']}[^,;]*$"),
        before.str.contains(patterns["negative"]),
        rest.str.contains(rf"^[^,;]*{patterns['weather']}"),
    )
    return figures.with_columns(
        dimension=pl.when(quake)
        .then(pl.lit("magnitude"))
        .when(weather)
        .then(pl.lit("temperature"))
        .otherwise("dimension")
    )
