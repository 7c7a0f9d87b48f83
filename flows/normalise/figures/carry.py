"""What a figure takes over from the one before it: the same amount said again in another unit."""

import polars as pl

AGAIN = r"^(?:\s+[\p{L}-]+){0,2}(?:,?\s+or\s+|\s*\()[\p{L}\s]*$"
"""Between two ways to say one amount: "190 points, or 0.6%"; "100 kilometers (60 miles)"."""

NEAR = 24


def carry_over(figures: pl.DataFrame) -> pl.DataFrame:
    """Carry `direction` and `bound` over to a figure that repeats the one before it in another unit."""
    distance = pl.col("start") - pl.col("end").shift(1)
    same = (pl.col("sentence_id") == pl.col("sentence_id").shift(1)) & distance.is_between(1, NEAR)
    between = pl.when(same).then(pl.col("rest").shift(1).str.head(distance))
    other = pl.col("unit").ne_missing(pl.col("unit").shift(1)) & pl.col("unit").is_not_null()
    again = (between.str.contains(AGAIN) & other).fill_null(value=False)
    bracket = again & between.str.contains("(", literal=True) & (pl.col("bound") == "exact")
    return figures.with_columns(
        direction=pl.when(again).then(pl.coalesce("direction", pl.col("direction").shift(1))).otherwise("direction"),
        bound=pl.when(bracket & (pl.col("bound").shift(1) != "range"))
        .then(pl.col("bound").shift(1))
        .otherwise("bound"),
    )
