"""Extraction takes time and memory in proportion to the text, whatever the text: measured in processor time."""

import subprocess
import sys
import time
from datetime import date

import polars as pl
import pytest

from flows.normalise.dates import DateRules, extract_dates

MEGABYTE = 1_000_000
PER_BYTE = 15.0
"""A text may cost so many times as much per byte as the news below: ten times what real news does, which repeats its
ways of speaking less and costs half as much again (measured over 3,788 articles)."""
TWICE = 3.0
"""Twice the length may take so many times as long: machines are noisy."""
MEASURABLE = 0.1
"""Seconds below which a run is all fixed cost and noise."""
PEAK_MEGABYTES = 3000
"""The most that a process may hold over an article of 5 MB in which each word is a date."""
HARD = (
    "1234567890", "7 ", "12 ", "January ", "May ", "1998 ", "'98 ", "Monday ", "last ", "two ", "May 5, 2003 ",
    "12/05/2003 ", "2003-05-05 ", "10:30 a.m. ", "the day after the day after ", "two days later ",
    "the third quarter of 1998, ",
)  # fmt: skip
SAMPLE = ("1234567890", "January ", "May ", "May 5, 2003 ", "the day after the day after ", "two days later ")
NEWS = (
    "The ministry said on May {day}, {year} that it had paid {count} families in the valleys, fewer than it promised.",
    "Nobody in the village of some forty houses had been told why the road to the coast was closed to all traffic.",
    "Its budget, approved {count} days ago, is almost spent, two officials warned, and no more is due this year.",
    "“We are tired,” the mayor of the harbour town told reporters as the second ferry left for the mainland again.",
    "A spokesman declined to say how many of the vessels were insured or who would pay for the damaged warehouses.",
    "Rain is expected on {weekday}, and schools in three districts remain shut until the bridges are mended.",
)
"""As many dates a byte as news has."""


def frames(texts: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One article of these sentences."""
    articles = pl.DataFrame(
        {"article_no": [0], "published_on": [date(2023, 11, 6)]},
        schema={"article_no": pl.UInt32, "published_on": pl.Date},
    )
    numbers = pl.int_range(len(texts), eager=True)
    sentences = pl.DataFrame(
        {"sentence_id": numbers.cast(pl.UInt32), "sentence_no": numbers.cast(pl.Int32), "text": texts}
    ).with_columns(article_no=pl.lit(0, pl.UInt32))
    return articles, sentences


def seconds(texts: list[str], rules: DateRules, runs: int = 2) -> float:
    """The least processor time of some runs."""
    articles, sentences = frames(texts)
    found = []
    for _ in range(runs):
        start = time.process_time()
        extract_dates(articles, sentences, rules)
        found.append(time.process_time() - start)
    return min(found)


def article(unit: str, size: int) -> list[str]:
    """An article of one sentence that says the same again and again."""
    return [unit * (size // len(unit))]


def news(size: int) -> list[str]:
    """News of so many bytes, in sentences that do not repeat each other."""
    days = ("Monday", "Wednesday morning", "Friday", "Saturday night", "Sunday")
    return [
        sentence.format(day=n % 28 + 1, year=1980 + n % 40, count=n % 900 + 2, weekday=days[n % 5])
        for n in range(size // sum(map(len, NEWS)))
        for sentence in NEWS
    ]


def assert_linear(unit: str, size: int, rules: DateRules) -> None:
    shorter, longer = seconds(article(unit, size // 2), rules), seconds(article(unit, size), rules)
    assert longer < TWICE * max(shorter, MEASURABLE)
    assert longer < PER_BYTE * max(seconds(news(size), rules), MEASURABLE)


@pytest.mark.parametrize("unit", SAMPLE)
def test_hard_texts_take_linear_time(date_rules: DateRules, unit: str) -> None:
    assert_linear(unit, MEGABYTE // 2, date_rules)


@pytest.mark.full
@pytest.mark.parametrize("unit", HARD)
def test_hard_articles_of_five_megabytes_take_linear_time(date_rules: DateRules, unit: str) -> None:
    assert_linear(unit, 5 * MEGABYTE, date_rules)


@pytest.mark.full
@pytest.mark.parametrize("unit", ["May ", "May 5, 2003 ", "'98 "])
def test_hard_articles_of_five_megabytes_fit_into_memory(unit: str) -> None:
    program = (
        "import resource\n"
        "from flows.normalise.dates import compile_date_rules, extract_dates\n"
        "from flows.sources.reference import load_reference\n"
        "from tests.unit.normalise.dates.test_time import MEGABYTE, article, frames\n"
        f"extract_dates(*frames(article({unit!r}, 5 * MEGABYTE)), compile_date_rules(load_reference()))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(done.stdout) < PEAK_MEGABYTES
