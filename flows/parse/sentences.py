"""Split articles into sentences with exact offsets: mark candidates, judge each, join what belongs together.

A candidate is a full stop, question or exclamation mark with the white space after it, or a line end. Each piece
between two candidates is a row, and so are the judgements about its end (`boundaries`) and its line (`lines`).
"""

import polars as pl

from flows.parse.boundaries import add_ends
from flows.parse.rules import ParseRules

MARK = "\x01"

CANDIDATE = r"""[.!?…][.!?…"'”’»)\]]*[-–—]*\s+|\n\s*"""
"""A mark that may end a sentence, with what closes around it, or a line end; and all white space that follows."""

UNSPACED = (
    r"""((?:\p{Ll}{2}|\p{Lu}{2}|[\p{Nd}%)])[.!?]["”’)?]*)(["“‘]?\p{Lu}[\p{Ll}’']*[\s,"”])"""
    r"""|(\s)([•‣▪●◦]\s)"""
)
"""A sentence that begins without a blank ("the end.The next"), or a bullet within a line."""


def split_sentences(articles: pl.DataFrame, rules: ParseRules) -> pl.DataFrame:
    """Split the articles' texts into sentences and paragraphs.

    A blank line, a bullet, a heading and the end of a line that was not wrapped end a sentence; a line end within
    wrapped lines does not. The texts must be free of the control character U+0001.

    Args:
        articles: `article_no` (UInt32) and `text`.
        rules: the compiled reference tables.

    Returns:
        `sentence_id` (UInt32, in reading order), `article_no`, `sentence_no`, `paragraph_no`, `span_start`,
        `span_end` (Int32, code points in the article's text) and `text`, the slice, without white space around it.
    """
    return _assemble(add_ends(_pieces(articles), rules))


def _pieces(articles: pl.DataFrame) -> pl.DataFrame:
    """Cut at every candidate: `article_no`, `piece`, `body` (without trailing white space), `gap` (that white space).

    `start` is the piece's offset in its article, `last` says that the article ends with it.
    """
    marked = pl.col("text").str.replace_all(CANDIDATE, f"${{0}}{MARK}")
    marked = marked.str.replace_all(UNSPACED, f"${{1}}${{3}}{MARK}${{2}}${{4}}")
    pieces = articles.select("article_no", piece=marked.str.split(MARK)).explode("piece").filter(pl.col("piece") != "")
    length = pl.col("piece").str.len_chars()
    return pieces.with_columns(
        body=pl.col("piece").str.strip_chars_end(),
        start=length.cum_sum().over("article_no") - length,
        last=(pl.col("article_no") != pl.col("article_no").shift(-1)).fill_null(value=True),
    ).with_columns(gap=pl.col("piece").str.slice(pl.col("body").str.len_chars()))


def _assemble(pieces: pl.DataFrame) -> pl.DataFrame:
    """Join the pieces up to each `ends`; `paragraph_ends` numbers the paragraphs."""
    joined = _join(pieces.with_columns(number=pl.col("ends").cum_sum() - pl.col("ends")))
    text = pl.col("piece").str.strip_chars()
    lead = pl.col("piece").str.len_chars() - pl.col("piece").str.strip_chars_start().str.len_chars()
    paragraphs = pl.col("paragraph_ends").cast(pl.Int32)
    return (
        joined.select("article_no", "paragraph_ends", text=text, span_start=(pl.col("start") + lead).cast(pl.Int32))
        .filter(pl.col("text") != "")
        .with_row_index("sentence_id")
        .select(
            pl.col("sentence_id").cast(pl.UInt32),
            "article_no",
            sentence_no=pl.int_range(pl.len(), dtype=pl.Int32).over("article_no"),
            paragraph_no=(paragraphs.cum_sum() - paragraphs).over("article_no"),
            span_start="span_start",
            span_end=(pl.col("span_start") + pl.col("text").str.len_chars()).cast(pl.Int32),
            text="text",
        )
    )


def _join(pieces: pl.DataFrame) -> pl.DataFrame:
    """One row a sentence; only the few that were cut within are put together again."""
    kept = ["number", "article_no", "start", "piece", "paragraph_ends"]
    whole = pl.col("ends") & pl.col("ends").shift(1, fill_value=True)
    parts = pieces.filter(~whole).group_by("number", maintain_order=True)
    again = parts.agg(
        pl.col("article_no", "start").first(), pl.col("piece").str.join(), pl.col("paragraph_ends").last()
    )
    return pl.concat([pieces.filter(whole).select(kept), again]).sort("number")
