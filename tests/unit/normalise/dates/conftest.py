"""Dates of a text, as rows, through the real stages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.normalise.dates import DateRules, compile_date_rules, extract_dates
from flows.parse.rules import ParseRules, compile_parse_rules
from flows.parse.sentences import split_sentences
from flows.sources.reference import load_reference
from schemas.reference.registry import Reference

Row = dict[str, Any]
Dates = Callable[..., list[Row]]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def date_rules(reference: Reference) -> DateRules:
    return compile_date_rules(reference)


@pytest.fixture(scope="session")
def parse_rules(reference: Reference) -> ParseRules:
    return compile_parse_rules(reference)


@pytest.fixture(scope="session")
def dates(date_rules: DateRules, parse_rules: ParseRules) -> Dates:
    def extract(text: str, published: date | None = date(2023, 11, 6)) -> list[Row]:
        articles = pl.DataFrame(
            {"article_no": [0], "text": [text], "published_on": [published]},
            schema={"article_no": pl.UInt32, "text": pl.String, "published_on": pl.Date},
        )
        return extract_dates(articles, split_sentences(articles, parse_rules), date_rules).to_dicts()

    return extract
