"""Figures of a text, as rows, through the real stages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.normalise.dates import DateRules, extract_dates
from flows.normalise.figures import FigureRules, compile_figure_rules, extract_figures
from flows.parse.rules import ParseRules
from flows.parse.sentences import split_sentences
from schemas.reference.registry import Reference

Row = dict[str, Any]
Figures = Callable[..., list[Row]]
ARTICLE = pl.Schema({"article_no": pl.UInt32, "text": pl.String, "published_on": pl.Date, "url": pl.String})


@pytest.fixture(scope="session")
def figure_rules(reference: Reference) -> FigureRules:
    return compile_figure_rules(reference)


@pytest.fixture(scope="session")
def figures(figure_rules: FigureRules, date_rules: DateRules, parse_rules: ParseRules) -> Figures:
    def extract(text: str, url: str | None = None) -> list[Row]:
        articles = pl.DataFrame(
            {"article_no": [0], "text": [text], "published_on": [date(2023, 11, 6)], "url": [url]}, schema=ARTICLE
        )
        sentences = split_sentences(articles, parse_rules)
        dates = extract_dates(articles, sentences, date_rules)
        return extract_figures(articles, sentences, dates, figure_rules).to_dicts()

    return extract
