"""Parse a batch: clean the texts, tell their languages, split what is to be extracted into sentences."""

from dataclasses import dataclass

import polars as pl

from flows.parse.language import ENGLISH, languages
from flows.parse.rules import ParseRules
from flows.parse.sentences import split_sentences

CONTROL = r"[\x00-\x08\x0B-\x1F\x7F]"
"""The control characters of ASCII but tab and line feed."""
LONGEST = 5_000_000
"""Code points: a longer text is stored, and no facts are taken from it."""


@dataclass(frozen=True, slots=True)
class ParsedBatch:
    """A parsed batch.

    Attributes:
        articles: what extraction reads: `article_no`, `article_id`, `text`, `published_on`, `title`, `url`,
            `source_name`, `language`; only the articles whose facts are extracted.
        sentences: the sentences of these articles, as `split_sentences` gives them.
        dimension: all articles, with the staged columns of dim_article and `text`.
    """

    articles: pl.DataFrame
    sentences: pl.DataFrame
    dimension: pl.DataFrame


def parse_articles(raw_articles: pl.DataFrame, rules: ParseRules) -> ParsedBatch:
    """Parse the articles of a batch as the sources gave them.

    Each control character but tab and line feed becomes a space; every other code point stays as it is.

    Args:
        raw_articles: the columns of `flows.sources.records.ARTICLE_SCHEMA`.
        rules: the compiled reference tables.
    """
    cleaned = raw_articles.with_columns(pl.col("text").str.replace_all(CONTROL, " ")).with_row_index("article_no")
    counted = cleaned.with_columns(
        languages(cleaned, rules),
        char_count=pl.col("text").str.len_chars().cast(pl.Int32),
        word_count=pl.col("text").str.count_matches(r"\S+").cast(pl.Int32),
    ).with_columns(extraction=_extraction())
    articles = counted.filter(pl.col("extraction") == "done").select(
        "article_no", "article_id", "text", "published_on", "title", "url", "source_name", "language"
    )
    sentences = split_sentences(articles, rules)
    counts = sentences.group_by("article_no").agg(sentence_count=pl.len().cast(pl.Int32))
    dimension = counted.join(counts, on="article_no", how="left", maintain_order="left").with_columns(
        pl.col("sentence_count").fill_null(0)
    )
    return ParsedBatch(articles, sentences, dimension.drop("article_no"))


def _extraction() -> pl.Expr:
    return (
        pl.when(pl.col("language") != ENGLISH)
        .then(pl.lit("language"))
        .when(pl.col("char_count") > LONGEST)
        .then(pl.lit("too_long"))
        .otherwise(pl.lit("done"))
    )
