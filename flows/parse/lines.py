"""Tell line ends that end a sentence from those where a line was wrapped."""

import polars as pl

WIDEST_WRAP = 120
"""Code points: a text with a longer line was not wrapped, and its line ends are its author's."""
NARROWEST_WRAP = 30
"""Code points: lines that are all shorter are a list or a poem."""
FILLED = 0.8
"""A wrapped line is filled to this part of the longest one, the next line's first word counted in."""

BULLET = r"^(?:[•‣▪●◦·*]|[-–])\s"
INLINE_BULLET = r"^[•‣▪●◦]\s"
TABLE_ROW = r"\t|\S {3,}\S|\s\|\s"


def add_line_ends(pieces: pl.DataFrame) -> pl.DataFrame:
    """Add `line_ends`: the piece closes a line and with it, whatever its marks, a sentence and a paragraph.

    So it is before a blank line, before a bullet, around a table's row, and after a line that wrapping did not fill
    unless the next one goes on in lower case.

    Args:
        pieces: `article_no`, `body`, `gap`, `start`, in reading order; every line end closes a piece.
    """
    following = pl.col("body").shift(-1).fill_null("").str.head(WIDEST_WRAP)
    numbered = pieces.with_columns(following=following).with_row_index("_row")
    closing = numbered.with_columns(next_start=pl.col("start").shift(-1)).filter(
        pl.col("gap").str.contains("\n", literal=True) | pl.col("last")
    )
    judged = closing.select("_row", breaks=_breaks(_is_filled()))
    bullet = (pl.col("gap") != "") & pl.col("following").str.contains(INLINE_BULLET)
    return (
        numbered.join(judged, on="_row", how="left", maintain_order="left")
        .with_columns(line_ends=pl.col("breaks").fill_null(value=False) | bullet)
        .drop("_row", "breaks", "following")
    )


def _breaks(filled: pl.Expr) -> pl.Expr:
    """Whether a piece that closes a line closes a paragraph too."""
    newlines = pl.col("gap").str.count_matches("\n", literal=True)
    ahead = pl.col("following")
    own = ahead.str.contains(BULLET) | ahead.str.contains(TABLE_ROW) | pl.col("body").str.contains(TABLE_ROW)
    return (newlines > 1) | ((newlines == 1) & (own | (~filled & ~ahead.str.contains(r"^\p{Ll}"))))


def _is_filled() -> pl.Expr:
    """Over the pieces that close lines: the next line's first word would not have fitted, so the line was wrapped."""
    next_word = pl.col("following").str.extract(r"^(\S+)").str.len_chars().fill_null(0)
    begins = pl.col("next_start").shift(1).over("article_no").fill_null(0)
    width = pl.col("start") + pl.col("body").str.len_chars() - begins
    longest = width.max().over("article_no")
    return longest.is_between(NARROWEST_WRAP, WIDEST_WRAP) & (width + 1 + next_word >= FILLED * longest)
