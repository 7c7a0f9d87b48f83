"""Text that holds nothing but digits, number words or signs costs time in proportion to its length, and not much."""

import time
from importlib.resources import files

import polars as pl
import pytest

from flows.normalise.figures import FigureRules, extract_figures
from flows.parse.rules import ParseRules
from flows.parse.sentences import split_sentences

SMALL, LARGE = 100_000, 800_000
WHOLE = 5_000_000
"""The largest article whose facts are extracted."""
MOST = 10
"""How many times as much as news a byte of digits may cost."""
DIGITS = ("7", "7 ", "12, ", "1-", "12:30 ", "1,234\n")


def article(text: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"article_no": [0], "text": [text], "url": [None]},
        schema={"article_no": pl.UInt32, "text": pl.String, "url": pl.String},
    )


def seconds(articles: pl.DataFrame, sentences: pl.DataFrame, rules: FigureRules) -> float:
    started = time.process_time()
    extract_figures(articles, sentences, None, rules)
    return time.process_time() - started


def in_one_sentence(text: str, rules: FigureRules) -> float:
    sentences = pl.DataFrame(
        {"sentence_id": [0], "article_no": [0], "text": [text]},
        schema={"sentence_id": pl.UInt32, "article_no": pl.UInt32, "text": pl.String},
    )
    return seconds(article(text), sentences, rules)


@pytest.fixture(scope="module")
def news(figure_rules: FigureRules, parse_rules: ParseRules) -> float:
    """Seconds that a byte of the sample articles costs."""
    folder = files("seeds") / "articles"
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".txt")]
    text = "\n\n".join(texts * (2_000_000 // sum(map(len, texts)) + 1))
    articles = article(text)
    sentences = split_sentences(articles, parse_rules)
    return min(seconds(articles, sentences, figure_rules) for _ in range(2)) / len(text.encode())


@pytest.mark.parametrize("unit", ["7", "one hundred ", "$", "1-", "twenty-"])
def test_eight_times_the_text_takes_about_eight_times_as_long(figure_rules: FigureRules, unit: str) -> None:
    small, large = (in_one_sentence(unit * (size // len(unit)), figure_rules) for size in (SMALL, LARGE))
    assert large < 24 * max(small, 0.05)


@pytest.mark.parametrize("unit", DIGITS)
def test_a_text_of_digits_costs_at_most_ten_times_what_news_does(
    figure_rules: FigureRules, news: float, unit: str
) -> None:
    text = unit * (LARGE // len(unit))
    assert min(in_one_sentence(text, figure_rules) for _ in range(2)) / len(text) <= MOST * news


@pytest.mark.full
@pytest.mark.parametrize("unit", DIGITS)
def test_the_largest_article_of_digits_costs_at_most_ten_times_what_news_does(
    figure_rules: FigureRules, news: float, unit: str
) -> None:
    text = unit * (WHOLE // len(unit))
    assert in_one_sentence(text, figure_rules) / len(text) <= MOST * news
