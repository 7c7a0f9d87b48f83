"""Brackets: a conversion repeats the figure before it, a short aside parts nothing."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import CLOSING, FIGURE, OPENING

NOWHERE: Final = 2**32 - 1
"""No sentence has this number."""
LONGEST: Final = 4
"""Words of an aside that is passed over, its brackets not counted."""


def take_out_asides(words: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take conversions and short asides out of the words, so that phrases go on behind them.

    A bracket behind a figure that begins with a figure holds conversions of it.

    Args:
        words: `sentence_id`, `letter`, `row` in reading order.

    Returns:
        The words without them, with `word` counted anew; `row` of each conversion with `leader`, the row of its figure.
    """
    opens, closes = (pl.col("letter") == mark for mark in (OPENING, CLOSING))
    bracketed = words.join(words.filter(opens).select("sentence_id").unique(), on="sentence_id", how="semi")
    depth = opens.cast(pl.Int32).cum_sum() - (closes.cast(pl.Int32).cum_sum() - closes.cast(pl.Int32))
    follows = (pl.col("letter").shift(1) == FIGURE) & (pl.col("sentence_id").shift(1) == pl.col("sentence_id"))
    numbered = (
        bracketed.with_row_index("place")
        .with_columns(
            bracket=opens.cast(pl.Int32).cum_sum().over("sentence_id"),
            inside=depth.over("sentence_id") > 0,
            leader=pl.when(follows).then(pl.col("row").shift(1)),
        )
        .filter("inside")
    )
    figure = pl.col("letter") == FIGURE
    kinds = numbered.group_by("sentence_id", "bracket", maintain_order=True).agg(
        leader=pl.col("leader").first(),
        converts=(pl.col("letter").slice(1, 2) == FIGURE).any() & pl.col("leader").first().is_not_null(),
        short=(pl.len() <= LONGEST + 2) & ~figure.any(),
        closed=(pl.col("letter") == CLOSING).any(),
    )
    gone = numbered.drop("leader").join(
        kinds.filter("closed", pl.col("converts") | pl.col("short")), on=["sentence_id", "bracket"]
    )
    conversions = gone.filter("converts", figure).select("row", "leader")
    kept = words.join(
        gone.select("sentence_id", "start"), on=["sentence_id", "start"], how="anti", maintain_order="left"
    )
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    first = pl.when(pl.col("sentence_id") != pl.col("sentence_id").shift(1).fill_null(NOWHERE)).then(place)
    return kept.with_columns(word=place - first.forward_fill()), conversions
