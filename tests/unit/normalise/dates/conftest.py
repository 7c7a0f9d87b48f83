"""Dates of a text, as rows, through the real stages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.normalise.dates import DateRules, extract_dates
from flows.parse.rules import ParseRules
from flows.parse.sentences import split_sentences

Row = dict[str, Any]
Dates = Callable[..., list[Row]]
SentenceDates = Callable[[list[str]], list[Row]]


@pytest.fixture(scope="session")
def dates(date_rules: DateRules, parse_rules: ParseRules) -> Dates:
    def extract(text: str, published: date | None = date(2023, 11, 6)) -> list[Row]:
        articles = pl.DataFrame(
            {"article_no": [0], "text": [text], "published_on": [published]},
            schema={"article_no": pl.UInt32, "text": pl.String, "published_on": pl.Date},
        )
        return extract_dates(articles, split_sentences(articles, parse_rules), date_rules).to_dicts()

    return extract


@pytest.fixture(scope="session")
def dates_in(date_rules: DateRules) -> SentenceDates:
    """Dates of sentences as they stand, line breaks inside included."""

    def extract(texts: list[str]) -> list[Row]:
        articles = pl.DataFrame(
            {"article_no": [0], "published_on": [date(2023, 11, 6)]},
            schema={"article_no": pl.UInt32, "published_on": pl.Date},
        )
        sentences = pl.DataFrame({"text": texts}).select(
            pl.int_range(pl.len()).cast(pl.UInt32).alias("sentence_id"),
            pl.lit(0, pl.UInt32).alias("article_no"),
            pl.int_range(pl.len()).cast(pl.Int32).alias("sentence_no"),
            "text",
        )
        return extract_dates(articles, sentences, date_rules).to_dicts()

    return extract
