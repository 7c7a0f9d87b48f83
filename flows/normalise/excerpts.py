"""Excerpts of texts, so that what stands around a span costs the same however long its text is.

A slice by code points walks the text from its start: slices all over one text of megabytes would cost the square of its
length. So a long text is cut into pieces once, and a span reads the few pieces that it reaches over.
"""

import polars as pl

WIDTH = 512
"""Code points of a piece; a text of no more bytes is its own excerpt."""


def with_excerpts(spans: pl.DataFrame, texts: pl.DataFrame, key: str, first: pl.Expr, past: pl.Expr) -> pl.DataFrame:
    """Add `excerpt`, the part of its text that a span asks for and more, and `base`, where the excerpt begins in it.

    Linear in the texts and in what is asked for.

    Args:
        spans: `key`, and what `first` and `past` read.
        texts: `key`, each once, and `text`.
        key: the column that names the text.
        first: the first code point that is asked for.
        past: the code point behind the last one; it may lie behind the text's end.

    Returns:
        The spans whose text is there, in any order.
    """
    is_long = pl.col("text").str.len_bytes() > WIDTH
    short = texts.filter(~is_long).select(key, excerpt="text", base=pl.lit(0, pl.Int32))
    long = texts.filter(is_long)
    whole = spans.join(short, on=key)
    if long.is_empty():
        return whole
    ends = {"_first": first // WIDTH, "_last": pl.max_horizontal(first, past - 1) // WIDTH}
    asked = spans.join(long, on=key, how="semi").with_columns(**ends)
    place = [key, *ends]
    excerpts = (
        asked.select(place)
        .unique()
        .with_columns(_piece=pl.int_ranges("_first", pl.col("_last") + 1, dtype=pl.Int32))
        .explode("_piece")
        .join(_pieces(long, key), on=[key, "_piece"])
        .sort(*place, "_piece")
        .group_by(place, maintain_order=True)
        .agg(excerpt="text")
        .with_columns(pl.col("excerpt").list.join(""), base=(pl.col("_first") * WIDTH).cast(pl.Int32))
    )
    return pl.concat([whole, asked.join(excerpts, on=place).drop(*ends)])


def _pieces(texts: pl.DataFrame, key: str) -> pl.DataFrame:
    """The texts, cut: `key`, `_piece` (counted from 0), `text`."""
    pieces = texts.select(key, text=pl.col("text").str.extract_all(rf"(?s).{{1,{WIDTH}}}")).explode("text")
    return pieces.with_columns(_piece=pl.int_range(pl.len(), dtype=pl.Int32).over(key))
