"""What a figure takes over from the one before it: the same amount said again in another unit."""

import polars as pl

NEAR = 24


def carry_over(figures: pl.DataFrame, again: str) -> pl.DataFrame:
    """Carry `direction` and `bound` over to a figure that repeats the one before it in another unit.

    `again` is a regex for the text between the two.
    """
    distance = pl.col("start") - pl.col("end").shift(1)
    same = (pl.col("sentence_id") == pl.col("sentence_id").shift(1)) & distance.is_between(1, NEAR)
    between = pl.when(same).then(pl.col("rest").shift(1).str.head(distance))
    other = pl.col("unit").ne_missing(pl.col("unit").shift(1)) & pl.col("unit").is_not_null()
    repeats = (between.str.contains(again) & other).fill_null(value=False)
    bracket = repeats & between.str.contains("(", literal=True) & (pl.col("bound") == "exact")
    return figures.with_columns(
        direction=pl.when(repeats).then(pl.coalesce("direction", pl.col("direction").shift(1))).otherwise("direction"),
        bound=pl.when(bracket & (pl.col("bound").shift(1) != "range"))
        .then(pl.col("bound").shift(1))
        .otherwise("bound"),
    )
