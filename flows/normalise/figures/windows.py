"""Windows over the sentences, so that text around a figure costs the same however long its sentence is.

A slice by code points walks the text from its start: in one sentence of megabytes (a table, a list) slices would cost
the square of its length. Sentences are cut into windows that overlap enough for any figure and its context.
"""

import polars as pl

WIDTH = 1024
LEAD, TRAIL = 64, 640
"""Code points that a window shares with its neighbours: context before, and the longest figure with context behind."""


def cut_windows(sentences: pl.DataFrame) -> pl.DataFrame:
    """Cut the texts: `sentence_id`, `window` (counted from 0), `base` (its first code point), `window_text`."""
    length = pl.col("text").str.len_bytes()
    short = sentences.filter(length <= WIDTH).select(
        "sentence_id", window=pl.lit(0, pl.Int32), base=pl.lit(0, pl.Int32), window_text="text"
    )
    pieces = (
        sentences.filter(length > WIDTH)
        .select("sentence_id", piece=pl.col("text").str.extract_all(rf"(?s).{{1,{WIDTH}}}"))
        .explode("piece")
        .with_columns(window=pl.int_range(pl.len(), dtype=pl.Int32).over("sentence_id"))
    )
    before, after = (pl.col("piece").shift(step).over("sentence_id").fill_null("") for step in (1, -1))
    long = pieces.select(
        "sentence_id",
        "window",
        base=(pl.col("window") * WIDTH - before.str.tail(LEAD).str.len_chars()).cast(pl.Int32),
        window_text=before.str.tail(LEAD) + pl.col("piece") + after.str.head(TRAIL),
    )
    return pl.concat([short, long])


def at_window(spans: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    """Add `window_text` and `base` of the window that each span starts in."""
    return (
        spans.with_columns(window=pl.col("start") // WIDTH)
        .join(windows, on=["sentence_id", "window"], how="left", maintain_order="left")
        .drop("window")
    )
