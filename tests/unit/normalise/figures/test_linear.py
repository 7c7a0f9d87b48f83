"""Text that holds nothing but digits, number words or signs costs time in proportion to its length."""

import time

import polars as pl
import pytest

from flows.normalise.figures import FigureRules, extract_figures

SMALL, LARGE = 100_000, 800_000


def seconds(text: str, rules: FigureRules) -> float:
    sentences = pl.DataFrame(
        {"sentence_id": [0], "article_no": [0], "text": [text]},
        schema={"sentence_id": pl.UInt32, "article_no": pl.UInt32, "text": pl.String},
    )
    articles = pl.DataFrame(
        {"article_no": [0], "text": [text], "url": [None]},
        schema={"article_no": pl.UInt32, "text": pl.String, "url": pl.String},
    )
    started = time.process_time()
    extract_figures(articles, sentences, None, rules)
    return time.process_time() - started


@pytest.mark.parametrize("unit", ["7", "one hundred ", "$", "1-", "twenty-"])
def test_eight_times_the_text_takes_about_eight_times_as_long(figure_rules: FigureRules, unit: str) -> None:
    small, large = (seconds(unit * (size // len(unit)), figure_rules) for size in (SMALL, LARGE))
    assert large < 24 * max(small, 0.05)
