"""A short signature of each article's wording: near-copies of one text have signatures that agree in most places.

MinHash by one permutation (Li, Owen, Zhang 2012), empty places filled from the next full one (Shrivastava, Li 2014):
every run of five words gets a number, the numbers fall into 64 places, and four digits of the least number of each are
kept. The share of places in which two signatures agree estimates the share of runs that the two texts have in common,
to about six hundredths.

The numbers are arithmetic on the words' bytes, so a text has the same signature on every machine and with every version
of Polars; its own `hash` promises neither.
"""

import polars as pl

from schemas.stories import SIGNATURE_DIGITS as DIGITS
from schemas.stories import SIGNATURE_PLACES as PLACES

RUN = 5
"""Words of a run: long enough that unrelated texts share next to none."""
WORD_BYTES = 8
"""Bytes of a word that count: as many as one number holds."""
FACTOR = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio, odd: its powers spread the words' bytes over all digits (Knuth, TAOCP 6.4)."""


def sign_articles(articles: pl.DataFrame) -> pl.DataFrame:
    """The signature of every article.

    Args:
        articles: columns `article_id` and `text`.

    Returns:
        `article_id` and `signature`, PLACES groups of DIGITS decimal digits, null for a text shorter than a run; in the
        order of `articles`.
    """
    numbered = articles.lazy().with_row_index("article")
    least = _runs(numbered).group_by("article", "place").agg(pl.col("number").min())
    places = pl.LazyFrame({"place": range(PLACES)}, schema={"place": pl.UInt64})
    group = (pl.col("number") // 2**20 % 10**DIGITS).cast(pl.String).str.zfill(DIGITS)
    return (
        numbered.select("article", "article_id")
        .join(places, how="cross")
        .join(least, on=["article", "place"], how="left")
        .sort("article", "place")
        .with_columns(pl.col("number").backward_fill().over("article"))
        .with_columns(pl.col("number").fill_null(pl.col("number").first().over("article")))
        .group_by("article", "article_id", maintain_order=True)
        .agg(group=group)
        .select("article_id", signature=pl.col("group").list.join("", ignore_nulls=False))
        .collect()
    )


def _runs(articles: pl.LazyFrame) -> pl.LazyFrame:
    """The number of every run of words, and its place: the six highest bits."""
    bare = pl.col("text").str.to_lowercase().str.replace_all(r"[^\pL\pN ]+", " ")
    head = pl.col("word").str.pad_end(WORD_BYTES, " ").cast(pl.Binary).bin.slice(0, WORD_BYTES)
    weighted = [pl.col("word_number").shift(back) * _wrapped(FACTOR ** (back + 1)) for back in range(RUN)]
    mixed = (pl.col("number") // 2**32 + pl.col("number")) * _wrapped(FACTOR)
    return (
        articles.select("article", word=bare.str.split(" "))
        .explode("word")
        .filter(pl.col("word") != "")
        .with_columns(word_number=head.bin.reinterpret(dtype=pl.UInt64, endianness="little"))
        .with_columns(number=sum(weighted, pl.lit(0, pl.UInt64)))
        .filter(pl.col("article") == pl.col("article").shift(RUN - 1))
        .select("article", number=mixed)
        .with_columns(place=pl.col("number") // (2**64 // PLACES))
    )


def _wrapped(number: int) -> pl.Expr:
    return pl.lit(number % 2**64, pl.UInt64)
