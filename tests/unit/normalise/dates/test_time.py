"""Extraction takes time in proportion to the text, whatever the text."""

import time

import polars as pl
import pytest

from flows.normalise.dates import DateRules, extract_dates

CHARACTERS = 200_000
SLACK = 3.0
"""Twice the length may take so many times as long: machines are noisy."""


def seconds(text: str, rules: DateRules) -> float:
    articles = pl.DataFrame(
        {"article_no": [0], "published_on": [None]}, schema={"article_no": pl.UInt32, "published_on": pl.Date}
    )
    sentences = pl.DataFrame(
        {"sentence_id": [0], "article_no": [0], "sentence_no": [0], "text": [text]},
        schema={"sentence_id": pl.UInt32, "article_no": pl.UInt32, "sentence_no": pl.Int32, "text": pl.String},
    )
    start = time.process_time()
    extract_dates(articles, sentences, rules)
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["1234567890", "7 ", "January ", "the day after the day after ", "two days later "])
def test_twice_the_text_takes_about_twice_the_time(date_rules: DateRules, unit: str) -> None:
    once = unit * (CHARACTERS // len(unit))
    seconds(once, date_rules)
    shorter = min(seconds(once, date_rules) for _ in range(2))
    longer = min(seconds(once * 2, date_rules) for _ in range(2))
    assert longer < SLACK * max(shorter, 0.1)
