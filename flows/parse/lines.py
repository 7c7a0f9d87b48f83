"""Tell line ends that end a sentence from those where a line was wrapped."""

import polars as pl

WIDEST_WRAP = 120
"""Code points: a text with a longer line was not wrapped, and its line ends are its author's."""
FILLED = 0.8
"""A wrapped line is filled to this part of the longest one, the next line's first word counted in."""

BULLET = r"^(?:[•‣▪●◦·*]|[-–])\s"
INLINE_BULLET = r"^[•‣▪●◦]\s"
TABLE_ROW = r"\t|\S {3,}\S|\s\|\s"


def add_line_ends(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `line_ends`: the piece closes a line and with it, whatever its marks, a sentence and a paragraph.

    So it is before a blank line, before a bullet, after a table's row, and after a line that wrapping did not fill
    unless the next one goes on in lower case.

    Args:
        pieces: `article_no`, `body`, `gap`, `start`, in reading order; every line end closes a piece.
    """
    following = pl.col("body").shift(-1).fill_null("")
    newlines = pl.col("gap").str.count_matches("\n", literal=True)
    at_line_end = newlines == 1
    breaks = (
        (newlines > 1)
        | (at_line_end & following.str.contains(BULLET))
        | ((pl.col("gap") != "") & following.str.contains(INLINE_BULLET))
        | (at_line_end & pl.col("body").str.contains(TABLE_ROW))
        | (at_line_end & ~pl.col("filled") & ~following.str.contains(r"^\p{Ll}"))
    )
    return _add_filled(pieces).with_columns(line_ends=breaks.fill_null(value=False)).drop("filled")


def _add_filled(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `filled`: the next line's first word would not have fitted; null within a line."""
    next_word = pl.col("body").shift(-1).str.head(WIDEST_WRAP).str.extract(r"^(\S+)").str.len_chars().fill_null(0)
    ends = pl.col("start") + pl.col("body").str.len_chars()
    numbered = pieces.with_row_index("_row")
    lines = (
        numbered.with_columns(ends=ends, next_word=next_word, next_start=pl.col("start").shift(-1))
        .filter(pl.col("gap").str.contains("\n", literal=True) | pl.col("last"))
        .with_columns(begins=pl.col("next_start").shift(1).over("article_no").fill_null(0))
        .with_columns(width=pl.col("ends") - pl.col("begins"))
        .with_columns(longest=pl.col("width").max().over("article_no"))
        .select(
            "_row",
            filled=(pl.col("longest") <= WIDEST_WRAP)
            & (pl.col("width") + 1 + pl.col("next_word") >= FILLED * pl.col("longest")),
        )
    )
    return numbered.join(lines, on="_row", how="left", maintain_order="left").drop("_row")
