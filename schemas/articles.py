"""Contracts of the article tables."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import ARTICLE_ID, Contract, at_load, joins, references, row_check, run_at_load
from schemas.vocabulary import EXTRACTION, PUBLISHED_FROM

SHA256 = r"^[0-9a-f]{64}$"


class DimArticle(Contract):
    """The articles: where each came from, when it was published, how long it is."""

    class Config:
        """The table and its key."""

        name = "dim_article"
        metadata = {"key": ("article_id",)}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="start of the SHA-256 of the identity (source name and id, URL or path)"
    )
    external_id: str = pa.Field(nullable=True, description="the id that the source gave")
    source_uri: str = pa.Field(description="the file or feed it was read from", metadata=joins("etl.source.source_uri"))
    source_name: str = pa.Field(nullable=True, description="who published it, as the source says")
    url: str = pa.Field(nullable=True, description="its address")
    title: str = pa.Field(nullable=True, description="its title; no facts are taken from it")
    author: str = pa.Field(nullable=True, description="who wrote it, as the source says")
    language: str = pa.Field(str_matches=r"^[a-z]{2,3}$", description="ISO 639 code, declared or detected")
    published_on: pl.Date = pa.Field(
        nullable=True, description="day of publication; null where nothing says it", metadata=joins("dim_date.day")
    )
    published_at: pl.Datetime = pa.Field(nullable=True, description="time of publication in UTC, where known")
    published_from: str = pa.Field(isin=list(PUBLISHED_FROM), description="what the day of publication was taken from")
    extraction: str = pa.Field(isin=list(EXTRACTION), description="whether facts were extracted")
    char_count: pl.Int32 = pa.Field(ge=1, description="length of the text", metadata={"unit": "code points"})
    word_count: pl.Int32 = pa.Field(ge=0, description="words in the text")
    sentence_count: pl.Int32 = pa.Field(ge=0, description="sentences in the text")
    content_sha256: str = pa.Field(str_matches=SHA256, description="SHA-256 of text and fields")
    run_id: str = run_at_load("the run that loaded the row")
    loaded_at: pl.Datetime = at_load("when the row was loaded, UTC")


class ArticleText(Contract):
    """The text of each article, code point for code point; every span counts into it."""

    class Config:
        """The table and its key."""

        name = "article_text"
        metadata = {"key": ("article_id",)}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=references("dim_article.article_id")
    )
    text: str = pa.Field(str_length={"min_value": 1}, description="its body, header taken off")


class ArticleSentence(Contract):
    """The sentences of each article, by their spans."""

    class Config:
        """The table and its key."""

        name = "article_sentence"
        metadata = {"key": ("article_id", "sentence_no")}

    article_id: str = pa.Field(
        str_matches=ARTICLE_ID, description="the article", metadata=references("dim_article.article_id")
    )
    sentence_no: pl.Int32 = pa.Field(ge=0, description="counted from 0 in the article")
    paragraph_no: pl.Int32 = pa.Field(ge=0, description="the paragraph, counted from 0 in the article")
    span_start: pl.Int32 = pa.Field(
        ge=0, description="first character in article_text.text", metadata={"unit": "code points"}
    )
    span_end: pl.Int32 = pa.Field(
        ge=1, description="one past the last character in article_text.text", metadata={"unit": "code points"}
    )

    @pa.dataframe_check(name="span_not_empty", description="a sentence has at least one character")
    def span_not_empty(cls, data: PolarsData) -> pl.LazyFrame:
        """A sentence ends after it starts."""
        return row_check(data, pl.col("span_start") < pl.col("span_end"))
